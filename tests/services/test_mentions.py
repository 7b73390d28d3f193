"""What partners say of records that name them: kept with its date, asked again when that part changes."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from adam.domain.mentions import CONFIRMED, DISPUTED, OPEN
from adam.errors import Conflict, Forbidden, NotFound
from adam.models.projects import Project
from adam.queries import mentions as questions
from adam.services import mentions
from tests.builders.documents import READER, coordinator, document, focal, funded_by, money
from tests.builders.recording import Works, added, recorded, statements, validated

REASON = "We paid for phase I only."


def named(work: Works, partner: str, state: str = OPEN) -> list[str]:
    """The records that name a partner, by what it said."""
    session = work().session
    return [row.id for row in session.scalars(questions.listed(focal(partner), state))]


def test_a_record_of_another_partner_that_names_us_is_to_be_confirmed_or_disputed(work: Works):
    record = recorded(work(), "NO")

    assert named(work, "UNODC") == [record.id]
    assert named(work, "NO") == named(work, "SE") == []


def test_a_payer_is_named_as_well_as_a_body_in_a_role(work: Works):
    record = recorded(work(), "UNODC", organizations=[], contributions=money("5.00", organization="SE"))

    assert named(work, "SE") == [record.id]


def test_what_is_confidential_names_nobody_and_what_we_added_ourselves_is_our_own_word(work: Works):
    recorded(work(), "NO", visibility="confidential")
    silent = recorded(work(), "NO", organizations=funded_by("NO"), contributions=[])
    added(work, silent, "SE", contributions=money("5.00", organization="SE"))

    assert named(work, "UNODC") == [silent.id]
    assert named(work, "SE") == []


def test_confirming_is_kept_and_asked_again_when_what_names_us_changes(work: Works):
    record = validated(work, "NO")
    said = mentions.confirm(work(focal("UNODC")), record.id)
    kept = (named(work, "UNODC"), named(work, "UNODC", CONFIRMED))

    validated(work, "NO", document(title="Another title"), project_id=record.id)
    same = named(work, "UNODC")
    other = [{"role": "extending", "organization": "UNODC"}, {"role": "funding", "organization": "NO"}]
    validated(work, "NO", document(organizations=other), project_id=record.id)

    assert (said.verdict, said.author, kept) == (CONFIRMED, "focal point of UNODC", ([], [record.id]))
    assert same == []
    assert named(work, "UNODC") == [record.id]


def test_a_dispute_goes_to_the_owner_and_to_coordinators_of_neither(work: Works, session: Session):
    record = recorded(work(), "NO")

    mentions.dispute(work(focal("UNODC")), record.id, REASON)

    assert named(work, "UNODC", DISPUTED) == [record.id]
    seen = {
        who.label: questions.open_disputes(work().session, who)
        for who in (focal("NO"), coordinator(), focal("SE"), focal("UNODC"))
    }
    assert seen == {"focal point of NO": 1, "Cora": 1, "focal point of SE": 0, "focal point of UNODC": 0}
    assert questions.open_disputes(session, coordinator("UNODC")) == 0


def test_a_dispute_is_settled_with_a_word_once_by_a_coordinator_of_neither(work: Works):
    record = recorded(work(), "NO")
    said = mentions.dispute(work(focal("UNODC")), record.id, REASON)

    for wrong in (focal("NO"), READER, coordinator("NO"), coordinator("UNODC")):
        with pytest.raises(Forbidden):
            mentions.settle(work(wrong), said.id, "Phase I it is.")
    mentions.settle(work(coordinator()), said.id, "Phase I it is.")

    assert (said.settled_by, said.settlement) == ("Cora", "Phase I it is.")
    assert questions.open_disputes(work().session, focal("NO")) == 0
    with pytest.raises(Conflict):
        mentions.settle(work(coordinator()), said.id, "Again.")


def test_nothing_can_be_said_of_a_record_that_is_ours_names_us_not_or_is_not_there(work: Works):
    own, secret = recorded(work(), "NO"), recorded(work(), "NO", visibility="confidential")

    for partner in ("NO", "SE"):
        with pytest.raises(Conflict):
            mentions.confirm(work(focal(partner)), own.id)
    with pytest.raises(NotFound):
        mentions.dispute(work(focal("UNODC")), secret.id, REASON)
    with pytest.raises(Forbidden):
        mentions.confirm(work(READER), own.id)


def test_changing_your_mind_leaves_one_answer_and_reopens_a_settled_dispute(work: Works):
    record = recorded(work(), "NO")
    said = mentions.dispute(work(focal("UNODC")), record.id, REASON)
    mentions.settle(work(coordinator()), said.id, "Phase I it is.")

    again = mentions.dispute(work(focal("UNODC")), record.id, "Not even that.")

    assert (again.id, again.settled_at) == (said.id, None)
    assert questions.open_disputes(work().session, focal("NO")) == 1


def test_the_parts_of_many_records_take_as_many_questions_as_of_one(work: Works):
    ids = [recorded(work(), "NO").id for _ in range(5)]
    session = work().session

    few = statements(session, lambda: questions.parts(session, ids[:1], ["UNODC"]))
    many = statements(session, lambda: questions.parts(session, ids, ["UNODC"]))

    assert many == few == 2


def test_a_record_shows_who_of_others_called_it_right(work: Works):
    record = recorded(work(), "NO")
    mentions.confirm(work(focal("UNODC")), record.id)

    session = work().session
    assert questions.confirmed_by_others(session, focal("NO")) == 1
    assert session.get(Project, record.id).version == 1
