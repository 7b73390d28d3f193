"""Who is told what: in the transaction of the change, as far as they may see it, the way they chose."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain import messages as kinds
from adam.domain.actors import Actor
from adam.errors import Invalid, NotFound
from adam.models.accounts import Account
from adam.models.messages import Message
from adam.models.submissions import Submission
from adam.queries import messages as questions
from adam.services import accounts, messages, projects, submissions
from adam.services.work import Work
from tests.builders.documents import coordinator, draft
from tests.builders.recording import Works, account, recorded, submitted
from tests.conftest import NOW

COMMENT = {"comment": "Name the institution that is trained.", "pointer": None}


def somebody(w: Work, partner: str = "NO", label: str = "nora") -> Actor:
    """A focal point with an account, as who acts."""
    return accounts.actor_of(w.session.get_one(Account, account(w, label, "focal_point", partner)))


def about(session: Session, who: Actor) -> list[tuple[str, str | None]]:
    """Kind and title of what somebody reads."""
    rows = questions.page(session, questions.of(who), (0, 50))
    return [(told.message.kind, told.title) for told in questions.told(session, rows)]


def wanted(**kinds_wanted: str) -> dict[str, Any]:
    """A PreferencesSchema draft: at eight in Oslo, in English."""
    return {"language": "en", "hour": 8, "time_zone": "Europe/Oslo", "kinds": kinds_wanted}


def test_everybody_who_writes_for_a_partner_is_told_but_for_who_acts(work: Works, session: Session):
    w = work()
    one, two, other = somebody(w), somebody(w, label="nils"), somebody(w, "UNODC", "uma")
    record = recorded(w)

    told = messages.tell_partner(work(one), "NO", "confirm", ("project", record.id))

    assert told == 1
    assert [about(session, who) for who in (one, two, other)] == [[], [("confirm", record.title)], []]


def test_who_has_no_account_in_use_is_not_told(work: Works, session: Session):
    w = work()
    gone = somebody(w)
    session.get_one(Account, gone.account).active = False

    assert messages.tell(w, str(gone.account), "confirm", ("project", recorded(w).id)) is None
    assert messages.tell_partner(w, "NO", "confirm", ("project", recorded(w).id)) == 0


def test_what_is_unread_is_said_anew_instead_of_twice(work: Works, session: Session):
    w = work()
    nora, record = somebody(w), recorded(w)
    later = NOW + timedelta(hours=2)

    messages.tell(w, str(nora.account), "ending", ("project", record.id), day="2026-03-01")
    messages.tell(work(now=later), str(nora.account), "ending", ("project", record.id), day="2026-04-01")

    [message] = session.scalars(select(Message))
    assert message.details == {"day": "2026-04-01"} and message.told_at == later


def test_a_message_whose_record_became_confidential_is_gone_for_others_and_counts_no_more(
    work: Works, session: Session
):
    w = work()
    uma, record = somebody(w, "UNODC", "uma"), recorded(w)
    message = messages.tell(w, str(uma.account), "named", ("project", record.id), partner="NO")
    assert message is not None and questions.number_unread(session, uma) == 1

    projects.record(w, [projects.Entry(draft(visibility="confidential"), "NO", record.id)])

    assert questions.number_unread(session, uma) == 0 and about(session, uma) == []
    with pytest.raises(NotFound):
        messages.open_one(work(uma), message.id)


def test_nobody_opens_or_reads_away_the_messages_of_others(work: Works, session: Session):
    w = work()
    nora, nils = somebody(w), somebody(w, label="nils")
    message = messages.tell(w, str(nora.account), "confirm", ("project", recorded(w).id))
    assert message is not None

    with pytest.raises(NotFound):
        messages.open_one(work(nils), message.id)
    assert messages.read(work(nils), [message.id]) == 0

    assert messages.open_one(work(nora), message.id).read_at == NOW
    assert questions.number_unread(session, nora) == 0


def test_what_blocks_goes_out_at_once_and_the_rest_at_the_hour_that_was_chosen(work: Works, session: Session):
    w = work()
    nora, record = somebody(w), recorded(w)
    messages.choose(work(nora), str(nora.account), wanted())

    blocking = messages.tell(
        work(), str(nora.account), "returned", ("project", record.id), comment="Mend it."
    )
    daily = messages.tell(work(), str(nora.account), "confirm", ("project", record.id))

    assert blocking is not None and blocking.due_at == NOW
    assert daily is not None and daily.due_at == datetime(2026, 1, 16, 7, tzinfo=UTC)


def test_what_blocks_cannot_be_silenced_and_everything_else_can(work: Works, session: Session):
    w = work()
    nora = somebody(w)
    blocking = {kind for kind, said in kinds.KINDS.items() if said.blocks}

    with pytest.raises(Invalid) as refused:
        messages.choose(work(nora), str(nora.account), wanted(**dict.fromkeys(kinds.KINDS, "never")))
    messages.silence(work(nora), str(nora.account))

    assert {problem.pointer for problem in refused.value.problems} == {f"#/kinds/{one}" for one in blocking}
    chosen = questions.chosen(session, str(nora.account))
    assert {kind for kind, delivery in chosen.items() if delivery != "never"} == blocking


def test_a_new_choice_holds_for_what_waits_already(work: Works, session: Session):
    w = work()
    nora, record = somebody(w), recorded(w)
    message = messages.tell(w, str(nora.account), "confirm", ("project", record.id))
    assert message is not None and message.due_at == datetime(2026, 1, 16, 7, tzinfo=UTC)

    messages.choose(work(nora), str(nora.account), wanted(confirm="at_once"))
    assert message.due_at == NOW

    messages.choose(work(nora), str(nora.account), wanted(confirm="never"))
    assert message.due_at is None


def test_words_that_no_mail_knows_are_a_fault_of_the_caller(work: Works):
    w = work()
    nora = somebody(w)

    with pytest.raises(ValueError, match="colour"):
        messages.tell(w, str(nora.account), "confirm", ("project", recorded(w).id), colour="red")


@pytest.mark.parametrize(
    ("move", "told"), [("return_to_partner", "returned"), ("reject", "rejected"), ("validate", "validated")]
)
def test_a_decision_is_told_to_the_partner_with_its_comment(
    work: Works, session: Session, move: str, told: str
):
    nora, uma = somebody(work()), somebody(work(), "UNODC", "uma")
    waiting: Submission = submitted(work)
    comment = () if move == "validate" else (COMMENT,)

    getattr(submissions, move)(work(coordinator()), waiting.id, *comment)

    [message] = session.scalars(select(Message).where(Message.account_id == nora.account))
    assert message.kind == told and (message.entity, message.entity_id) == ("submission", waiting.id)
    assert message.details.get("comment") == (COMMENT["comment"] if comment else None)
    assert told not in [kind for kind, _ in about(session, uma)]


def test_what_is_rolled_back_was_never_told(work: Works, session: Session):
    w = work()
    nora, record = somebody(w), recorded(w)

    with pytest.raises(RuntimeError), session.begin_nested():
        messages.tell(w, str(nora.account), "confirm", ("project", record.id))
        raise RuntimeError

    assert about(session, nora) == []
