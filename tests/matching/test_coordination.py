"""Coordination questions in a crowd: one job done twice, one job shared by halves, and what is neither."""

import pytest

from adam.matching import compare_all, load_policy
from tests.matching.narcotics import narcotics, project

COORDINATION = ("duplicate_assistance", "overlap")


def between(new, name, **options):
    """What the engine claims about a project and one of the forty."""
    found = compare_all([*narcotics(), new], load_policy(), **options)
    return next((pair for pair in found if {pair.id_a, pair.id_b} == {new.id, name}), None)


def test_one_job_for_one_institution_at_one_time_is_duplicate_assistance_among_forty():
    new = project("x")

    found = between(new, "n00")

    assert found.kind == "duplicate_assistance"
    assert found.score > 0.5


@pytest.mark.parametrize(
    "otherwise",
    [
        {"beneficiaries": "Afghan Customs Department"},
        {"beneficiaries": ""},
        {"assistance_types": "information_exchange"},
    ],
)
def test_another_institution_or_type_is_an_overlap_among_forty(otherwise):
    new = project("x", **otherwise)

    found = between(new, "n00")

    assert found.kind == "overlap"
    assert found.score > 0.5


@pytest.mark.parametrize(
    "otherwise",
    [
        {"commitments": "IV.5"},
        {"commitments": ""},
        {"start": "2019-02-01", "end": "2021-06-30"},
        {"countries": "TM"},
    ],
)
def test_another_pillar_or_period_or_country_or_no_pillar_is_neither(otherwise):
    new = project("x", **otherwise)

    found = between(new, "n00", kinds=COORDINATION)

    assert found is None


def test_projects_of_one_cell_overlap_and_none_of_the_forty_is_one_project_or_one_money():
    records = narcotics()

    found = compare_all(records, load_policy())

    told = {pair.kind for pair in found if pair.score >= 0.5}
    by_id = {record.id: record for record in records}
    assert told == {"overlap"}
    assert all(by_id[p.id_a].countries == by_id[p.id_b].countries for p in found if p.kind == "overlap")
