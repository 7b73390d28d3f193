"""What the engine needs to know of records: all of them a portion at a time, each once, merged ones left out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.queries import compared, comparing
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, many, recorded


def test_portions_hold_every_record_once_and_none_that_is_merged(work: Works, session: Session):
    ids = sorted(many(work(), 11))
    for merged in ids[2:6]:
        session.get(Project, merged).merged_into = ids[0]
    session.flush()

    found = list(comparing.portions(session, 2))

    assert [key for portion in found for key in sorted(portion)] == [*ids[:2], *ids[6:]]
    assert all(len(portion) <= 2 for portion in found)


def test_of_a_few_records_the_same_is_read_as_of_many(work: Works, session: Session, monkeypatch: Any):
    ids = [*many(work(), 3), recorded(work(), "NO").id]
    few = comparing.facts(session, ids)

    monkeypatch.setattr(compared, "FEW", 0)

    assert few == comparing.facts(session, ids) == comparing.facts(session)
    assert sorted(few) == sorted(ids)
    assert all(item.organizations and item.reporter for item in few.values())
    assert few[ids[-1]].amounts


@pytest.mark.parametrize("number", [3, 20, 70])
def test_of_however_many_records_those_are_seen_that_are_there(work: Works, session: Session, number: int):
    ids = many(work(), 3)
    session.get_one(Project, ids[0]).visibility = "confidential"
    session.get_one(Project, ids[1]).merged_into = ids[2]
    session.flush()
    asked = [*ids, *(f"none {other}" for other in range(number - 3))]

    seen = [comparing.visible(session, actor, asked) for actor in (focal("FR"), focal("NO"), coordinator())]

    assert seen == [{ids[2]}, {ids[0], ids[2]}, {ids[0], ids[2]}]


def test_a_page_is_asked_for_by_its_ids_alone(work: Works, session: Session):
    many(work(), 3)
    asked: list[str] = []
    engine = session.get_bind().engine

    def note(*call: Any) -> None:
        asked.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    list(comparing.portions(session, 2))
    event.remove(engine, "before_cursor_execute", note)

    pages = [" ".join(said.split()) for said in asked if "LIMIT" in said]
    assert len(pages) == 3
    assert all(re.search(r"WHERE projects\.id > \S+ ORDER BY projects\.id", page) for page in pages)
