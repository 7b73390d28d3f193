"""Who sees what: every cell of the contract's table, the rule and the SQL alike, on both databases."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor, system
from adam.domain.visibility import LEVELS, fields_for, may_see, raises
from adam.errors import NotFound
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import partners, projects, submissions, visibility
from adam.services import counting, holdings
from tests.builders.documents import ADMIN, READER, coordinator, document, focal
from tests.builders.recording import Works, recorded, saved, submitted

ACTORS = {
    "anonymous": ANONYMOUS,
    "viewer": READER,
    "viewer of the owner": Actor("viewer", "NO", None, "viewer of Norway"),
    "own focal point": focal("NO"),
    "other focal point": focal("FR"),
    "coordinator": coordinator(),
    "coordinator of the owner": coordinator("NO"),
    "administrator": ADMIN,
    "installation": system(),
}
RECORDS = {
    "anonymous": ("public", None, None),
    "viewer": ("partner", "partner", None),
    "viewer of the owner": ("partner", "partner", None),
    "own focal point": ("all", "all", "all"),
    "other focal point": ("partner", "partner", None),
    "coordinator": ("all", "all", "all"),
    "coordinator of the owner": ("all", "all", "all"),
    "administrator": ("all", "all", "all"),
    "installation": ("all", "all", "all"),
}
SUBMISSIONS = {
    "anonymous": (False, False),
    "viewer": (False, False),
    "viewer of the owner": (False, False),
    "own focal point": (True, True),
    "other focal point": (False, False),
    "coordinator": (False, True),
    "coordinator of the owner": (False, True),
    "administrator": (True, True),
    "installation": (True, True),
}
"""Whether a draft is there, and whether a submission is."""
MERGED: tuple[tuple[str, ...], ...] = ((), ("FR",), ("US", "FR"), ("NO",), ("US",))
"""Whose records went into one of Norway's."""
CELLS = [(who, level, RECORDS[who][place]) for who in ACTORS for place, level in enumerate(LEVELS)]


@pytest.mark.parametrize(("who", "level", "fields"), CELLS)
def test_the_rule_says_what_the_contract_says(who: str, level: str, fields: str | None):
    actor = ACTORS[who]

    assert may_see(actor, level, "NO") is (fields is not None)
    if fields:
        assert fields_for(actor, "NO") == fields


def test_database_and_totals_answer_as_the_rule_does_for_merged_records_too(work: Works, session: Session):
    w, whose = work(), {}
    for level, owners in product(LEVELS, MERGED):
        stays = recorded(w, "NO", visibility=level).id
        for owner in owners:
            recorded(w, owner, visibility="confidential").merged_into = stays
        whose[stays] = (level, "NO", owners)
    work()

    for actor in ACTORS.values():
        w, wanted = work(actor), {key for key, said in whose.items() if may_see(actor, *said)}
        there = visibility.projects(actor), Project.merged_into.is_(None)
        columns = holdings.current(w)
        chosen = counting.selected(w, columns, projects.Filters())
        assert set(session.scalars(select(Project.id).where(*there))) == wanted, actor
        assert {columns.ids[number] for number in chosen.nonzero()[0]} == wanted, actor


@pytest.mark.parametrize("who", ACTORS)
def test_lists_single_records_and_counts_agree(work: Works, session: Session, who: str):
    w, actor = work(), ACTORS[who]
    written = [recorded(w, "NO", visibility=level) for level in LEVELS]

    query = projects.matching(actor, projects.Filters())
    listed = {project.id for project in session.scalars(query)}

    assert listed == {one.id for one in written if may_see(actor, one.visibility, "NO")}
    assert projects.count(session, query) == len(listed) == partners.counts(session, actor).get("NO", 0)
    for one in written:
        if one.id in listed:
            assert projects.one(session, actor, one.id).id == one.id
        else:
            with pytest.raises(NotFound):
                projects.one(session, actor, one.id)


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_submission_is_seen_by_its_partner_and_those_who_decide(
    work: Works, session: Session, who: str, level: str
):
    actor = ACTORS[who]
    draft = saved(work, "NO", document(visibility=level))
    waiting = submitted(work, "NO", document(visibility=level))

    seen = set(session.scalars(select(Submission.id).where(visibility.submissions(actor))))

    assert (draft.id in seen, waiting.id in seen) == SUBMISSIONS[who]
    assert {one.id for one in session.scalars(submissions.listed(actor))} == seen


def test_public_fields_leave_out_amounts_by_funder_and_reasons(work: Works):
    project = recorded(work(), pillars=[{"pillar": "I", "rationale": "Ours alone."}])

    public, partner = (projects.readable(project, actor) for actor in (ANONYMOUS, READER))

    assert (public["contributions"], public["pillars"][0]["rationale"]) == ([], None)
    assert (len(partner["contributions"]), partner["pillars"][0]["rationale"]) == (1, "Ours alone.")


def test_reading_leaves_the_stored_document_as_it_is(work: Works):
    project = recorded(work())

    projects.readable(project, ANONYMOUS)

    assert project.document["contributions"]


@pytest.mark.parametrize(
    ("before", "after", "higher"),
    [("public", "partners", True), ("partners", "confidential", True), ("confidential", "public", False)],
)
def test_hiding_more_is_raising(before: str, after: str, higher: bool):
    assert raises(before, after) is higher
    assert raises(before, before) is False


def test_what_an_actor_may_see_is_put_into_words_once() -> None:
    actor = focal("NO")

    asked = [(visibility.findings(actor), visibility.messages(actor)) for _ in range(2)]

    assert all(first is again for first, again in zip(*asked, strict=True))
    assert visibility.findings(actor) is not visibility.findings(focal("FR"))
