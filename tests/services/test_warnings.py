"""Warnings stop nothing, may be answered with a reason, and the reason lapses when the answer it is about changes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from adam.domain.warnings import FEW
from adam.models.history import HistoryEntry
from adam.models.submissions import Submission
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.services import projects, submissions, warnings
from adam.services.claims import Answer
from adam.services.imports import Item, Options, take
from tests.builders.documents import claim, coordinator, document, draft, everything, focal, money
from tests.builders.recording import Works, saved, submitted, validated

REASON = Answer("thin_description", "The agreement is confidential until May.")
OWN = [{"scheme": "own", "value": "NO-17"}]


def shown(work: Works, submission: Submission, who: Any = None) -> dict[str, warnings.Shown]:
    """Code → warning, as this person reads it."""
    w = work(who or focal())
    found = warnings.of_submission(w, submission, readable(submission.document))
    return {item.code: item for item in found}


def refusal(work: Works, content: dict[str, Any], **more: Any) -> set[tuple[str, str]]:
    """Pointer and code of what a check finds wrong."""
    found = submissions.check(work(focal()), claim(content, **more)).problems
    return {(item.pointer, item.code) for item in found}


def test_a_reason_stands_beside_its_warning_with_who_and_when(work: Works):
    waiting = submitted(work, answers=(REASON,))

    answer = shown(work, waiting, coordinator())["thin_description"].answer

    assert answer is not None
    assert (answer.text, answer.author) == (REASON.reason, "focal point of NO")
    assert answer.at == waiting.submitted_at


def test_a_reason_stands_in_the_history_of_the_submission(work: Works):
    draft_kept = saved(work, answers=(REASON,))
    work()

    entries = draft_kept.id and work().session.scalars(
        select(HistoryEntry).where(HistoryEntry.entity_id == draft_kept.id).order_by(HistoryEntry.id)
    )
    [explained] = [entry for entry in entries if entry.action == "submission.explained"]
    assert explained.after["reason"] == REASON.reason and explained.after["code"] == REASON.code


def test_a_reason_lapses_when_what_it_is_about_changes_and_stays_when_something_else_does(work: Works):
    kept = saved(work, answers=(REASON,))

    submissions.change(work(focal()), kept.id, claim(document(title="Another title")))
    stands = shown(work, kept)["thin_description"]
    submissions.change(work(focal()), kept.id, claim(document(description="Courses.")))
    lapsed = shown(work, kept)["thin_description"]

    assert stands.answer is not None and stands.lapsed is None
    assert lapsed.answer is None and lapsed.lapsed is not None and lapsed.lapsed.text == REASON.reason


def test_the_same_reason_is_kept_once_and_another_one_follows_it(work: Works):
    kept = saved(work, answers=(REASON,))

    for answer in (REASON, Answer("thin_description", "It is a pilot.")):
        submissions.change(work(focal()), kept.id, claim(answers=(answer,)))

    said = [row.reason for row in questions.warning_answers(work().session, kept.id)]
    assert said == [REASON.reason, "It is a pilot."]
    assert shown(work, kept)["thin_description"].answer.text == "It is a pilot."


def test_a_decided_submission_keeps_the_reasons_that_it_was_decided_with(work: Works):
    waiting = submitted(work, answers=(REASON,))
    submissions.validate(work(coordinator()), waiting.id)

    found = shown(work, waiting, coordinator())

    assert set(found) == {"thin_description"}
    assert found["thin_description"].answer.text == REASON.reason


def test_a_reason_for_a_warning_that_does_not_stand_is_refused(work: Works):
    found = refusal(work, document(), answers=(Answer("no_pillar", "None fits."),))

    assert found == {("#/answers/0", "no_such_warning")}


def test_a_field_that_is_wrong_anyway_is_not_warned_about(work: Works):
    content = document(start_planned="soon", description="Short.")
    part = readable(content)

    found = submissions.check(work(focal()), claim(content, part=part)).warnings

    assert {item.code for item in found} == {"thin_description"}


def test_an_organization_that_nobody_knows_is_refused(work: Works):
    nobody = document(organizations=[{"role": "funding", "organization": "NOBODY"}])

    assert refusal(work, nobody) == {("#/project/organizations/0/organization", "unknown_organization")}


def test_an_identifier_stands_on_one_record_of_a_partner(work: Works):
    project = validated(work, content=document(identifiers=OWN))

    found = submissions.check(work(focal()), claim(document(identifiers=OWN))).problems

    assert [(item.pointer, item.code) for item in found] == [
        ("#/project/identifiers/0/value", "duplicate_identifier")
    ]
    assert project.reference in found[0].detail


def test_an_update_of_the_record_and_another_partner_may_carry_the_identifier(work: Works):
    project = validated(work, content=document(identifiers=OWN))

    assert refusal(work, document(identifiers=OWN), project_id=project.id) == set()
    others = submissions.check(work(focal("FR")), claim(document(identifiers=OWN))).problems
    assert others == []


def test_an_identifier_of_another_owner_is_another_identifier(work: Works):
    validated(work, content=document(identifiers=[OWN[0] | {"owner": "NO"}]))

    assert refusal(work, document(identifiers=[OWN[0] | {"owner": "UNODC"}])) == set()


@pytest.mark.parametrize(("origin", "result"), [("iati", "new"), ("spreadsheet", "refused")])
def test_published_data_comes_in_with_what_a_person_would_have_to_mend(work: Works, origin: str, result: str):
    overpaid = draft(contributions=[*money("100.00"), *money("200.00", kind="disbursement")])

    [outcome] = take(work(), [Item("NO-1", overpaid)], Options("NO", origin=origin))

    assert outcome.result == result
    assert [item.code for item in outcome.problems] == (
        [] if result == "new" else ["disbursed_over_committed"]
    )


def test_an_import_may_be_repeated_though_it_carries_identifiers(work: Works):
    item = Item("NO-1", draft(identifiers=OWN))
    changed = Item("NO-1", draft(identifiers=OWN, title="Another title"))

    results = [
        take(work(), [one], Options("NO", validate=True, origin="spreadsheet"))[0].result
        for one in (item, item, changed)
    ]

    assert results == ["new", "unchanged", "updated"]


def accepted(work: Works, number: int, **differences: Any) -> None:
    """So many records of training, all of about a million."""
    entries = [
        projects.Entry(draft(contributions=money(f"{900_000 + 10_000 * one}.00"), **differences), "NO")
        for one in range(number)
    ]
    projects.record(work(), entries)


def test_a_budget_far_from_the_usual_is_remarked_with_the_median_of_the_records(work: Works):
    accepted(work, FEW + 1)
    huge = claim(everything() | {"contributions": money("900000000.00"), "sectors": []})

    found = {item.code: item for item in submissions.check(work(focal()), huge).warnings}

    assert "median of 1.0 million" in found["budget_unusual"].detail
    assert f"{FEW + 1} records of “Training”" in found["budget_unusual"].detail


def test_what_is_usual_rests_on_enough_records_that_the_person_may_see(work: Works):
    accepted(work, FEW - 1)
    accepted(work, 5, visibility="confidential")
    huge = claim(document(contributions=money("900000000.00")))

    seen = {item.code for item in submissions.check(work(focal("FR")), huge).warnings}
    own = {item.code for item in submissions.check(work(focal("NO")), huge).warnings}

    assert "budget_unusual" not in seen
    assert "budget_unusual" in own
