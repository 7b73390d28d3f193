"""The benchmarks' made-up records: the same for the same seed, readable, and with the pairs that they claim."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from adam.exchange import iati
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from tests.builders.benchmarks import imported


@pytest.fixture
def made() -> Iterator[SimpleNamespace]:
    """The modules that make records up, imported as the benchmarks do."""
    with imported("_activities", "_projects") as (activities, projects):
        yield SimpleNamespace(activities=activities, projects=projects)


def test_every_made_up_activity_is_read_whole_and_accepted(made: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    made.activities.write(path, 12)

    found = list(iati.read(BytesIO(path.read_bytes())))

    assert [item.problems for item in found] == [()] * 12
    drafts = [load(ProjectSchema(), item.document) for item in found]
    assert all(len(draft["contributions"]) > 3 and draft["countries"] for draft in drafts)


def test_an_activity_is_as_large_as_a_real_one_and_the_same_for_the_same_seed(made: SimpleNamespace) -> None:
    first = made.activities.activity(7, seed=3)

    again = made.activities.activity(7, seed=3)

    assert first == again != made.activities.activity(7, seed=4)
    assert 10_000 < len(first) < 20_000


def test_planted_projects_say_what_they_were_made_from(made: SimpleNamespace) -> None:
    listed = made.projects.projects(200)

    planted = [(number, one) for number, one in enumerate(listed) if one.how]

    assert {one.how for _, one in planted} == {"twin", "same money", "next phase", "look-alike"}
    assert all(one.of < number and not listed[one.of].how for number, one in planted)
    assert all(load(ProjectSchema(), one.document) for one in listed)


def test_a_look_alike_is_a_project_in_another_country(made: SimpleNamespace) -> None:
    listed = made.projects.projects(200)

    pairs = [(one, listed[one.of]) for one in listed if one.how == "look-alike"]

    assert all(one.document["title"] == other.document["title"] for one, other in pairs)
    assert not any(one.document["countries"] == other.document["countries"] for one, other in pairs)
