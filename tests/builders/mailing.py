"""Somebody is told something, and the mail that follows is made and sent to an office of the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.models.accounts import Account
from adam.models.messages import Mail, Message
from adam.services import mails, messages, rules
from adam.services.post import Letter
from adam.services.work import Work
from tests.builders import post as offices
from tests.builders.post import Office
from tests.builders.recording import Works, account, recorded

RULES = rules.load()
Make = sessionmaker[Session]


def written(w: Work, mail: Mail) -> Letter:
    """A letter that says how many messages the mail carries."""
    carried = w.session.scalars(select(Message).where(Message.mail_id == mail.id)).all()
    said = f"{len(carried)} messages: Грузия, ა"
    return Letter(mail.address, f"Ünread: {len(carried)}", said, f"<p>{said}</p>", "en", {"X-Test": "yes"})


def told(work: Works, kind: str = "returned", label: str = "nora", times: int = 1) -> str:
    """Somebody is told something; their address."""
    w = work()
    found = w.session.scalar(select(Account.id).where(Account.email == f"{label}@test.example"))
    who = found or account(w, label, "focal_point", "NO")
    for _ in range(times):
        messages.tell(w, who, kind, ("project", recorded(w).id))
    w.session.commit()
    return f"{label}@test.example"


def delivered(sessions: Make, office: Office, **differences: Any) -> int:
    """Make and send what is due now."""
    mails.gather(sessions, RULES)
    return mails.deliver(sessions, RULES, offices.post(office.port, **differences), written)


def states(session: Session) -> list[tuple[str, int, str | None]]:
    """State, tries and error of each mail."""
    session.expire_all()
    query = select(Mail.state, Mail.tries, Mail.error).order_by(Mail.address, Mail.id)
    return [tuple(row) for row in session.execute(query)]


def again(session: Session) -> None:
    """The pause before the next try is over."""
    session.execute(update(Mail).values(next_at=datetime.now(UTC) - timedelta(seconds=1)))
    session.commit()
