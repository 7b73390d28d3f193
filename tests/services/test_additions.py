"""Additions: what a partner knows of another's record stands on it, credited, and changes nobody else's word."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain import additions as additions_of
from adam.errors import Conflict, Forbidden, Invalid, NotFound
from adam.models.history import HistoryEntry
from adam.models.project_parts import Contribution, ProjectLocation
from adam.models.projects import Project
from adam.queries import projects as records
from adam.queries import submissions as questions
from adam.services import additions, projects, submissions
from tests.builders.documents import READER, addition, coordinator, document, draft, focal, money
from tests.builders.recording import Works, added, recorded, validated

PLACE = {"locations": [{"country": "TJ", "name": "Khorog"}]}


def codes(error: Invalid) -> set[tuple[str, str]]:
    """Pointer and code of each problem."""
    return {(problem.pointer, problem.code) for problem in error.problems}


def refused(work: Works, project_id: str, partner: str = "UNODC", **lists: Any) -> set[tuple[str, str]]:
    """What keeps an addition from being stored and submitted."""
    try:
        kept = submissions.save(work(focal(partner)), addition(project_id, **lists))
        submissions.submit(work(focal(partner)), kept.id)
    except Invalid as error:
        return codes(error)
    return set()


def test_an_accepted_addition_stands_on_the_record_credited_to_whoever_stated_it(work: Works):
    record = recorded(work(), "NO")

    done = added(work, record, "UNODC", **PLACE)

    found = records.readable(work().session.get(Project, record.id), READER)
    assert (done.state, done.project_id, done.title) == ("validated", None, record.title)
    assert [(row["name"], row["stated_by"]) for row in found["locations"]] == [("Khorog", "UNODC")]
    assert all("stated_by" not in row for row in found["organizations"])
    assert work().session.scalar(select(ProjectLocation.stated_by)) == "UNODC"


def test_history_says_who_added_what_to_a_record(work: Works, session: Session):
    record = recorded(work(), "NO")
    added(work, record, "UNODC", **PLACE)
    work()

    entry = session.scalar(select(HistoryEntry).where(HistoryEntry.action == "project.added"))

    assert entry is not None and entry.after is not None and entry.before is not None
    assert (entry.entity_id, entry.after["stated_by"]) == (record.id, "UNODC")
    assert (entry.before["locations"], entry.after["locations"][0]["name"]) == ([], "Khorog")


def test_the_owners_next_update_keeps_what_others_added(work: Works):
    record = validated(work, "NO")
    added(work, record, "UNODC", **PLACE)

    validated(work, "NO", document(title="Border posts, second year"), project_id=record.id)

    found = records.readable(work().session.get(Project, record.id), READER)
    assert found["title"] == "Border posts, second year"
    assert [row["name"] for row in found["locations"]] == ["Khorog"]
    assert len(work().session.scalars(select(ProjectLocation)).all()) == 1


def test_a_record_that_was_read_may_be_sent_back_without_claiming_the_words_of_others(work: Works):
    record = validated(work, "NO")
    added(work, record, "UNODC", **PLACE)
    read = records.readable(work().session.get(Project, record.id), focal("NO"))

    validated(work, "NO", read, project_id=record.id)

    after = work().session.get(Project, record.id)
    assert after.document["locations"] == []
    assert after.added["UNODC"]["locations"][0]["name"] == "Khorog"


def test_a_later_addition_takes_the_place_of_the_partners_former_one_and_touches_no_other(work: Works):
    record = recorded(work(), "NO")
    added(work, record, "UNODC", **PLACE)
    added(work, record, "SE", contributions=money("5000.00", organization="SE"))

    added(work, record, "UNODC", beneficiaries=[{"name": "Customs of Tajikistan"}])

    after = work().session.get(Project, record.id)
    assert after.added["UNODC"]["locations"] == []
    assert after.added["UNODC"]["beneficiaries"][0]["name"] == "Customs of Tajikistan"
    assert after.added["SE"]["contributions"][0]["amount"] == "5000.00"


def test_an_empty_addition_takes_back_what_was_added(work: Works):
    record = recorded(work(), "NO")
    fingerprint = record.fingerprint
    added(work, record, "UNODC", beneficiaries=[{"name": "Customs of Tajikistan"}])

    added(work, record, "UNODC")

    after = work().session.get(Project, record.id)
    assert (after.added, after.fingerprint) == ({}, fingerprint)


def test_the_same_money_stated_by_both_counts_once(work: Works):
    record = recorded(work(), "NO")

    added(work, record, "UNODC", contributions=money("1200000.00", organization="NO"))

    after = work().session.get(Project, record.id)
    rows = work().session.scalars(select(Contribution).order_by(Contribution.id)).all()
    assert after.usd == Decimal("1200000.00")
    assert [(row.stated_by, row.counted) for row in rows] == [(None, True), ("UNODC", False)]


def test_money_of_the_partner_itself_is_co_financing_and_counts(work: Works):
    record = recorded(work(), "NO")

    added(work, record, "SE", contributions=money("300000.00", organization="SE"))

    assert work().session.get(Project, record.id).usd == Decimal("1500000.00")


def test_an_addition_that_repeats_the_owners_figure_says_so_before_it_is_sent(work: Works):
    record = recorded(work(), "NO")

    same = submissions.check(
        work(focal("UNODC")), addition(record.id, contributions=money("1200000.00", organization="NO"))
    )
    more = submissions.check(
        work(focal("UNODC")), addition(record.id, contributions=money("1300000.00", organization="NO"))
    )
    paid = submissions.check(
        work(focal("UNODC")), addition(record.id, contributions=money("1.00", kind="disbursement"))
    )

    assert [item.code for item in same.remarks] == ["same_money"]
    assert "Norway states 1 200 000.00 USD" in same.remarks[0].detail
    assert [item.code for item in more.remarks] == ["more_than_stated"]
    assert [item.code for item in paid.remarks] == ["other_kind"]
    assert same.problems == more.problems == paid.problems == []


def test_a_row_that_stands_already_is_to_be_left_out(work: Works):
    record = recorded(work(), "NO", **PLACE)

    found = refused(
        work, record.id, locations=[{"country": "TJ", "name": "khorog"}, {"country": "TJ", "name": "Murghab"}]
    )

    assert found == {("#/project/locations/0", "stands_already")}


def test_an_addition_holds_rows_alone_and_says_whose_money_it_is(work: Works):
    record = recorded(work(), "NO")

    with pytest.raises(Invalid) as fields:
        claimed = addition(record.id, title="Mine", **PLACE)
        raise Invalid(claimed.problems)
    nobodys = addition(record.id, contributions=money("1.00", organization=None))

    assert codes(fields.value) == {("#/project/title", "owners_alone")}
    assert [(item.pointer, item.code) for item in nobodys.problems] == [
        ("#/project/contributions/0/organization", "required")
    ]


def test_nobody_adds_to_their_own_record_to_nothing_or_to_what_they_may_not_see(work: Works):
    own, secret = recorded(work(), "NO"), recorded(work(), "NO", visibility="confidential")

    assert refused(work, own.id, "NO", **PLACE) == {("#/adds_to", "own_record")}
    assert refused(work, secret.id, **PLACE) == {("#/adds_to", "unknown_project")}
    assert refused(work, "0192aaaa-0000-7000-8000-000000000000", **PLACE) == {
        ("#/adds_to", "unknown_project")
    }
    assert refused(work, own.id) == {("#/project", "nothing_added")}


def test_an_addition_loses_the_name_of_a_record_that_becomes_confidential(work: Works):
    record = recorded(work(), "NO", title="Posts on the Panj")
    open_once = added(work, record, locations=[{"country": "TJ", "name": "Khorog"}])
    assert open_once.title == "Posts on the Panj"

    for visibility, name in (("confidential", additions_of.UNNAMED), ("partners", "Informants")):
        changed = draft(title="Informants", visibility=visibility)
        projects.record(work(), [projects.Entry(changed, "NO", record.id)])
        work().session.refresh(open_once)
        assert open_once.title == name


def test_an_addition_that_is_changed_learns_nothing_of_a_record_that_is_hidden_now(work: Works):
    record = recorded(work(), "NO")
    said = [{"country": "TJ", "name": "Ishkashim"}]
    kept = submissions.save(work(focal("UNODC")), addition(record.id, locations=said))
    hidden = draft(title="Informants", visibility="confidential")
    projects.record(work(), [projects.Entry(hidden, "NO", record.id)])

    more = addition(record.id, locations=[{"country": "TJ", "name": "Khorog"}])
    changed = submissions.change(work(focal("UNODC")), kept.id, more)

    assert changed.title == additions_of.UNNAMED


def test_a_partner_has_one_unfinished_addition_to_a_record(work: Works):
    record = recorded(work(), "NO")
    submissions.save(work(focal("UNODC")), addition(record.id, **PLACE))

    assert refused(work, record.id, **PLACE) == {("#/adds_to", "addition_open")}


@pytest.mark.parametrize("partner", ["NO", "UNODC"])
def test_no_coordinator_of_either_partner_decides(work: Works, partner: str):
    record = recorded(work(), "NO")
    kept = submissions.save(work(focal("UNODC")), addition(record.id, **PLACE))
    submissions.submit(work(focal("UNODC")), kept.id)

    with pytest.raises(Forbidden):
        submissions.validate(work(coordinator(partner)), kept.id)
    with pytest.raises(Forbidden):
        submissions.reject(work(coordinator(partner)), kept.id, {"comment": "No."})


def test_the_owner_sees_what_is_added_once_it_is_handed_in_and_may_say_a_word(work: Works):
    record = recorded(work(), "NO")
    kept = submissions.save(work(focal("UNODC")), addition(record.id, **PLACE))
    with pytest.raises(NotFound):
        questions.one(work().session, focal("NO"), kept.id)
    submissions.submit(work(focal("UNODC")), kept.id)

    additions.remark(work(focal("NO")), kept.id, {"comment": "We know of no work there."})

    said = questions.comments(work().session, kept.id)
    assert [(row.author, row.text) for row in said] == [("focal point of NO", "We know of no work there.")]
    for stranger in (focal("SE"), READER):
        with pytest.raises(NotFound):
            additions.remark(work(stranger), kept.id, {"comment": "We too."})
    with pytest.raises(Forbidden):
        additions.remark(work(focal("UNODC")), kept.id, {"comment": "And we."})
    with pytest.raises(Forbidden):
        submissions.withdraw(work(focal("NO")), kept.id)


def test_an_addition_goes_back_and_comes_again_as_any_submission(work: Works):
    record = recorded(work(), "NO")
    kept = submissions.save(work(focal("UNODC")), addition(record.id, **PLACE))
    submissions.submit(work(focal("UNODC")), kept.id)
    submissions.return_to_partner(work(coordinator()), kept.id, {"comment": "Which district?"})

    submissions.change(
        work(focal("UNODC")), kept.id, addition(record.id, locations=[{"country": "TJ", "name": "Rushan"}])
    )
    submissions.submit(work(focal("UNODC")), kept.id)
    submissions.validate(work(coordinator()), kept.id)

    assert work().session.get(Project, record.id).added["UNODC"]["locations"][0]["name"] == "Rushan"


def test_what_was_merged_meanwhile_takes_no_addition(work: Works, session: Session):
    record, other = recorded(work(), "NO"), recorded(work(), "NO", title="Another")
    kept = submissions.save(work(focal("UNODC")), addition(record.id, **PLACE))
    submissions.submit(work(focal("UNODC")), kept.id)
    session.get_one(Project, record.id).merged_into = other.id
    session.flush()

    with pytest.raises(Conflict):
        submissions.validate(work(coordinator()), kept.id)

    assert refused(work, record.id, "SE", **PLACE) == {("#/adds_to", "merged")}
