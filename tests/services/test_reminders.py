"""What comes up as days go by is told once, to those who answer, a little at a time."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.models.accounts import Account
from adam.models.messages import Message
from adam.models.partners import FocalPoint
from adam.models.projects import Project
from adam.services import focal_points, reminders, rules, screening
from tests.builders.recording import Works, account, many, recorded

RULES = rules.load()
Make = sessionmaker[Session]
TODAY = datetime.now(UTC).date()


def told(session: Session, kind: str) -> list[tuple[str, str]]:
    """(address, what it is about) of each message of a kind."""
    query = select(Account.email, Message.entity_id).join(Account, Account.id == Message.account_id)
    rows = session.execute(query.where(Message.kind == kind).order_by(Account.email, Message.entity_id))
    return [(row[0].split("@")[0], row[1]) for row in rows]


def people(work: Works) -> None:
    """Somebody for Norway, somebody for UNODC."""
    w = work()
    account(w, "nora", "focal_point", "NO"), account(w, "uma", "focal_point", "UNODC")


def test_a_record_that_ends_soon_is_told_to_its_owner_once(work: Works, session: Session, sessions: Make):
    people(work)
    soon, later = TODAY + timedelta(days=60), TODAY + timedelta(days=200)
    record = recorded(work(), start_planned="2024-01-01", end_planned=soon.isoformat())
    recorded(work(), title="Later", start_planned="2024-01-01", end_planned=later.isoformat())
    work(), session.commit()

    rounds = [reminders.remind(sessions, RULES) for _ in range(2)]

    assert rounds == [1, 0] and told(session, "ending") == [("nora", record.id)]
    assert session.scalars(select(Message.details)).one() == {"day": soon.isoformat()}


def test_a_record_nobody_confirmed_for_a_year_is_asked_about(work: Works, session: Session, sessions: Make):
    people(work)
    old = recorded(work(), start_planned="2024-01-01", end_planned="2099-12-31")
    fresh = recorded(work(), title="Fresh", start_planned="2024-01-01", end_planned="2099-12-31")
    for record, day in ((old, TODAY - timedelta(days=400)), (fresh, TODAY - timedelta(days=10))):
        session.execute(update(Project).where(Project.id == record.id).values(last_confirmed_on=day))
    work(), session.commit()

    reminders.remind(sessions, RULES)

    assert told(session, "confirm") == [("nora", old.id)]


def test_a_new_finding_is_told_to_the_owners_who_see_both_records(
    work: Works, session: Session, sessions: Make
):
    people(work)
    w = work(now=datetime.now(UTC))
    recorded(w), recorded(w, "UNODC")
    recorded(w, title="Hidden posts", visibility="confidential")
    screening.run(w, full=True)
    work(), session.commit()

    reminders.remind(sessions, RULES)

    norway = {key for who, key in told(session, "finding") if who == "nora"}
    unodc = {key for who, key in told(session, "finding") if who == "uma"}
    assert unodc and unodc < norway


def test_at_most_so_many_at_a_time_and_the_rest_follows(work: Works, session: Session, sessions: Make):
    people(work)
    many(work(), reminders.MOST + 3)
    session.execute(update(Project).values(ends=TODAY + timedelta(days=9), last_confirmed_on=TODAY))
    work(), session.commit()

    rounds = [reminders.remind(sessions, RULES) for _ in range(3)]

    assert rounds == [reminders.MOST, 3, 0]


def test_who_no_longer_answers_is_told_nothing(work: Works, session: Session, sessions: Make):
    people(work)
    recorded(work(), start_planned="2024-01-01", end_planned=(TODAY + timedelta(days=9)).isoformat())
    nora = session.scalars(select(FocalPoint).where(FocalPoint.partner == "NO")).one()
    focal_points.end(work(), nora.id, max(nora.since, date(2026, 1, 15)))
    work(), session.commit()

    assert reminders.remind(sessions, RULES) == 0
