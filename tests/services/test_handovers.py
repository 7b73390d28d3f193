"""Work passes on: the successor accepts or declines, open work moves along, the old one ends, nothing is orphaned."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ADMINISTRATOR, Actor, system
from adam.errors import Conflict, Forbidden, Invalid, NotFound
from adam.models.accounts import Account, SignIn, Token
from adam.models.handovers import Handover
from adam.models.messages import Message
from adam.models.partners import FocalPoint
from adam.models.submissions import Submission
from adam.queries import directory
from adam.queries import handovers as questions
from adam.services import accounts, focal_points, handovers, invitations, messages, rules, submissions, tokens
from adam.services.handovers import Link
from adam.services.work import Work
from tests.builders.documents import claim, coordinator, focal
from tests.builders.recording import Works, account, recorded
from tests.conftest import NOW

TODAY = NOW.date()
PASSWORD = "correct horse battery"
SECRET = "testing only"


def somebody(w: Work, label: str, partner: str = "NO") -> tuple[Actor, FocalPoint]:
    """A focal point with an account: who acts, and the person."""
    made = w.session.get_one(Account, account(w, label, "focal_point", partner))
    person = w.session.scalars(select(FocalPoint).where(FocalPoint.account_id == made.id)).one()
    return accounts.actor_of(made), person


def draft(**differences: Any) -> dict[str, Any]:
    """A HandoverSchema draft: to Nils, at once."""
    return {"name": "Nils", "email": "nils@test.example", "day": None} | differences


def offered(work: Works, **differences: Any) -> tuple[Actor, Actor, Handover]:
    """Nora offers her work to Nils, who writes for Norway too."""
    w = work()
    nora, person = somebody(w, "nora")
    nils, _ = somebody(w, "nils")
    return nora, nils, handovers.offer(work(nora), person.id, draft(**differences))


def answering(session: Session, on: date = TODAY) -> list[str]:
    """Who answers for Norway on a day."""
    query = directory.focal_points(("NO",), directory.answering(on)).order_by(FocalPoint.name)
    return [person.name for person in session.scalars(query)]


def invited(work: Works, session: Session) -> tuple[Handover, Link]:
    """Nora offers her work to somebody without an account; the link that goes out."""
    nora, person = somebody(work(), "nora")
    handover = handovers.offer(work(nora), person.id, draft(name="Ola", email="ola@test.example"))
    invitation = questions.open_invitation(session, handover_id=handover.id)
    assert invitation is not None
    return handover, Link(SECRET, invitations.token(SECRET, invitation))


def test_nothing_changes_until_the_successor_accepts(work: Works, session: Session):
    _nora, nils, handover = offered(work)

    [told] = session.scalars(select(Message).where(Message.account_id == nils.account))
    assert answering(session) == ["nils", "nora"] and handover.state == "offered"
    assert (told.kind, told.entity_id) == ("handover", handover.id)


def test_what_moves_is_named_before_and_is_what_moves(work: Works, session: Session):
    nora, nils, handover = offered(work)
    draft_kept = submissions.save(work(nora), claim())
    waiting = submissions.submit(work(nora), submissions.save(work(nora), claim()).id)
    returned = submissions.submit(work(nora), submissions.save(work(nora), claim()).id)
    submissions.return_to_partner(work(coordinator()), returned.id, {"comment": "Mend.", "pointer": None})
    record = recorded(work())
    messages.tell(work(), str(nora.account), "confirm", ("project", record.id))

    named = questions.moving(session, handover)
    handovers.accept(work(nils), handover.id)

    assert named == {"draft": 1, "returned": 1, "submitted": 1, "messages": 2, "records": 1}
    for submission in (draft_kept, waiting, returned):
        assert session.get_one(Submission, submission.id).author_id == nils.account
    kinds = session.scalars(select(Message.kind).where(Message.account_id == nils.account))
    assert {"confirm", "returned"} <= set(kinds)


def test_the_old_one_ends_on_the_day_and_signs_in_no_more(work: Works, session: Session):
    nora, nils, handover = offered(work)
    accounts.open_session(work(), session.get_one(Account, nora.account), 1)
    tokens.create(work(), {"email": "nora@test.example", "scopes": [], "days": 1})[1]

    handovers.accept(work(nils), handover.id)

    assert answering(session) == ["nils"] and handover.state == "done"
    assert session.get_one(Account, nora.account).active is False
    assert session.scalars(select(SignIn).where(SignIn.account_id == nora.account)).all() == []
    assert all(token.revoked_at for token in session.scalars(select(Token)))


def test_a_day_to_come_is_waited_for(work: Works, session: Session, sessions: sessionmaker[Session]):
    later = TODAY + timedelta(days=30)
    nora, nils, handover = offered(work, day=later)
    kept = submissions.save(work(nora), claim())

    handovers.accept(work(nils), handover.id)
    before = (kept.author_id, answering(session), answering(session, later), handover.state)
    settled = handovers.settle(work(now=NOW + timedelta(days=30)), handover)

    assert before == (nora.account, ["nils", "nora"], ["nils"], "accepted")
    assert settled and kept.author_id == nils.account and handover.state == "done"


def test_the_worker_settles_what_is_due(work: Works, session: Session, sessions: sessionmaker[Session]):
    _nora, nils, handover = offered(work, day=TODAY + timedelta(days=30))
    handovers.accept(work(nils), handover.id)
    work()
    session.commit()

    moved = [handovers.settle_due(sessions, rules.load()) for _ in range(2)]

    # The worker asks the clock, and 15 February 2026 is over.
    session.refresh(handover)
    assert moved == [1, 0] and handover.state == "done"


def test_declining_gives_it_back_and_says_so(work: Works, session: Session):
    nora, nils, handover = offered(work)

    handovers.decline(work(nils), handover.id)

    [told] = session.scalars(select(Message).where(Message.account_id == nora.account))
    assert (told.kind, told.details["answer"]) == ("handover_answered", "declined")
    assert answering(session) == ["nils", "nora"]
    handovers.offer(work(nora), handover.focal_point_id, draft(name="Kari", email="kari@test.example"))


def test_who_takes_over_answers_for_both_parts(work: Works, session: Session):
    w = work()
    nora, person = somebody(w, "nora")
    nils, own = somebody(w, "nils")
    focal_points.change(w, person.id, {"pillars": ["I"], "countries": ["AF"]})
    focal_points.change(w, own.id, {"pillars": ["II"], "countries": []})
    handover = handovers.offer(work(nora), person.id, draft())

    handovers.accept(work(nils), handover.id)

    [shown] = directory.shown_focal_points(session, [session.get_one(FocalPoint, own.id)])
    assert (shown["pillars"], shown["countries"]) == (["I", "II"], [])


def test_somebody_without_an_account_accepts_by_the_link(work: Works, session: Session):
    handover, link = invited(work, session)

    made = handovers.accept_link(work(system("Ola, by invitation")), link, PASSWORD)

    assert made.partner == "NO" and made.role == "focal_point"
    assert answering(session) == ["Ola"] and handover.state == "done"
    assert session.get_one(FocalPoint, handover.successor_id).account_id == made.id


def test_a_link_declines_too_and_works_once(work: Works, session: Session):
    handover, link = invited(work, session)

    handovers.decline_link(work(), link)

    assert handover.state == "declined" and answering(session) == ["nora"]
    with pytest.raises(NotFound):
        handovers.accept_link(work(), link, PASSWORD)


def test_a_withdrawn_offer_and_its_link_are_worth_nothing(work: Works, session: Session):
    handover, link = invited(work, session)

    handovers.withdraw(work(Actor(ADMINISTRATOR)), handover.id)

    with pytest.raises(NotFound):
        handovers.accept_link(work(), link, PASSWORD)
    with pytest.raises(Conflict):
        handovers.withdraw(work(Actor(ADMINISTRATOR)), handover.id)


def test_only_the_person_and_administrators_hand_over_and_only_the_successor_answers(
    work: Works, session: Session
):
    nora, nils, handover = offered(work)
    other, _ = somebody(work(), "other")
    uma, _ = somebody(work(), "uma", "UNODC")

    with pytest.raises(Forbidden):
        handovers.offer(work(other), handover.focal_point_id, draft())
    with pytest.raises(Forbidden):
        handovers.accept(work(nora), handover.id)
    for stranger in (other, uma, focal("NO")):
        with pytest.raises(NotFound):
            handovers.accept(work(stranger), handover.id)
    with pytest.raises(Forbidden):
        handovers.withdraw(work(nils), handover.id)


@pytest.mark.parametrize(
    ("differences", "pointer"),
    [
        ({"email": "nora@test.example"}, "#/email"),
        ({"day": TODAY + timedelta(days=90)}, "#/day"),
    ],
)
def test_what_is_wrong_with_an_offer_is_named(work: Works, differences: dict[str, Any], pointer: str):
    w = work()
    nora, person = somebody(w, "nora")
    person.until = TODAY + timedelta(days=60)
    w.session.flush()

    with pytest.raises(Invalid) as refused:
        handovers.offer(work(nora), person.id, draft(**differences))

    assert [problem.pointer for problem in refused.value.problems] == [pointer]


def test_one_offer_stands_at_a_time_and_nobody_ended_hands_over(work: Works):
    nora, _nils, handover = offered(work)

    with pytest.raises(Conflict):
        handovers.offer(work(nora), handover.focal_point_id, draft())
    ended = somebody(work(), "ended")[1]
    focal_points.end(work(), ended.id, TODAY)
    with pytest.raises(Conflict):
        handovers.offer(work(), ended.id, draft())


def test_an_address_of_another_partner_gets_the_same_answer_as_an_unknown_one(work: Works, session: Session):
    nora, person = somebody(work(), "nora")
    somebody(work(), "uma", "UNODC")

    handover = handovers.offer(work(nora), person.id, draft(name="Uma", email="uma@test.example"))

    assert handover.account_id is None
    assert questions.open_invitation(session, handover_id=handover.id) is not None
