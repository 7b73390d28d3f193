"""The index over all records: it follows every commit, holds nothing that is not committed, and costs one question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.queries import comparing
from adam.queries.changes import Mark
from adam.services import money, projects, register
from adam.services.records import record_of
from adam.services.register import Register
from adam.services.work import Work
from tests.builders.documents import draft
from tests.builders.documents import money as amounts
from tests.builders.recording import Works, many, recorded, statements

NEAR = 0.0001
SAME_ID = [{"scheme": "iati", "value": "NO-1-7", "owner": "NO"}]


def caught_up(w: Work, kept: Register | None = None) -> Register:
    """A register that has caught up with what this work sees."""
    kept = Register("test") if kept is None else kept
    kept.catch_up(w)
    return kept


def near(w: Work, kept: Register, project_id: str) -> set[str]:
    """The ids of all records in the register that resemble this one."""
    record = record_of(comparing.some(w.session, [project_id])[project_id])
    return {hit.id for hit in kept.hits(record, 1000, NEAR)}


def written(w: Work, project: Project, **differences: Any) -> None:
    """The record is written down anew."""
    projects.record(w, [projects.Entry(draft(**differences), project.owner, project.id)])


def test_a_new_record_is_found_without_building_anew(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO", identifiers=SAME_ID)
    kept = caught_up(work())
    monkeypatch.setattr(Register, "_build", lambda *_: pytest.fail("it was built anew"))

    b = recorded(work(), "FR", identifiers=SAME_ID)
    caught_up(work(), kept)

    assert near(work(), kept, a.id) == {b.id} and len(kept) == 2


def test_a_changed_record_is_found_by_what_it_says_now(work: Works):
    a, b = recorded(work(), "NO", identifiers=SAME_ID), recorded(work(), "FR", **OTHER)
    kept = caught_up(work())
    before = near(work(), kept, a.id)

    written(work(), b, **OTHER | {"identifiers": SAME_ID})
    caught_up(work(), kept)

    assert before == set()
    assert near(work(), kept, a.id) == {b.id}


OTHER = {
    "title": "Forensic laboratory",
    "countries": [{"country": "AF"}],
    "pillars": [],
    "organizations": [],
    "contributions": [],
    "assistance_types": [],
    "beneficiaries": [],
    "start_planned": "2010-01-01",
    "end_planned": "2011-12-31",
}


def test_a_merged_record_is_left_out(work: Works):
    a, b = recorded(work(), "NO", identifiers=SAME_ID), recorded(work(), "FR", identifiers=SAME_ID)
    kept = caught_up(work())

    w = work()
    b.merged_into = a.id
    w.session.flush()
    w.record("project.merged", ("project", b.id), None, {"merged_into": a.id})
    caught_up(work(), kept)

    assert near(work(), kept, a.id) == set() and len(kept) == 1


def test_a_record_converted_at_a_new_rate_is_taken_in_anew(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO", contributions=amounts("600000.00", "AFN"))
    kept = caught_up(work())
    put: list[Any] = []
    monkeypatch.setattr(kept.index, "put", put.append)

    day = datetime(2024, 1, 1, tzinfo=UTC).date()
    money.load_rates(work(), [{"currency": "AFN", "day": day, "usd": 2, "source": "bank"}])
    caught_up(work(), kept)

    assert [(record.id, record.amount_usd) for record in put] == [(a.id, 1200000)]


def test_reading_a_record_changes_nothing(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO")
    kept = caught_up(work())
    monkeypatch.setattr(kept.index, "put", lambda _: pytest.fail("it was taken in anew"))

    work().record("project.read", ("project", a.id), None, None)
    caught_up(work(), kept)

    assert len(kept) == 1


def test_a_body_that_gets_an_identifier_renames_who_reported(work: Works):
    owner = {"identifiers": [{"scheme": "iati", "value": "XX-77-1", "owner": "XX-77"}]}
    a = recorded(work(), "NO", **owner)
    kept = caught_up(work())
    put: list[Any] = []
    kept.index.put = put.append  # type: ignore[union-attr, method-assign]

    recorded(work(), "NO", organizations=[{"role": "funding", "organization": "XX-77", "name": "Red Cross"}])
    caught_up(work(), kept)

    assert {record.id: record.reporter for record in put}[a.id] == "Red Cross"


def test_other_rules_build_it_anew(work: Works):
    recorded(work(), "NO")
    kept = caught_up(work())
    w = work()
    w.rules = replace(w.rules, policy=replace(w.rules.policy, version="another"))

    caught_up(w, kept)

    assert kept.rules == "another" and len(kept) == 1
    assert kept.index is not None and kept.index.policy.version == "another"


def test_a_history_that_is_another_builds_it_anew(work: Works):
    recorded(work(), "NO")
    kept = caught_up(work())

    kept.mark = Mark(kept.mark.number, "0" * 64)
    recorded(work(), "FR")
    caught_up(work(), kept)

    assert len(kept) == 2 and kept.mark.hash != "0" * 64


def test_one_question_is_asked_where_nothing_changed(work: Works, session: Session):
    many(work(), 20)
    kept = caught_up(work())
    w = work()
    caught_up(w, kept)

    assert statements(session, lambda: kept.catch_up(w)) == 1


def test_catching_up_takes_as_many_questions_for_fifty_as_for_two(work: Works, session: Session):
    kept = caught_up(work())
    asked = []

    for number in (2, 50):
        many(work(), number)
        w = work()
        asked.append(statements(session, lambda w=w: kept.catch_up(w)))

    assert asked[0] == asked[1]
    assert len(kept) == 52


def test_the_register_of_a_database_is_one_for_the_process(work: Works):
    recorded(work(), "NO")

    assert register.current(work()) is register.current(work())
    assert len(register.current(work())) == 1
