"""Words are compared whatever their script; phases and years stand apart."""

import pytest

from adam.matching.words import ADDITIONAL, fold, ordinals, words, years


def test_accents_and_scripts_make_no_difference():
    spellings = ["Lähetysseura", "Афганистан", "Érablière"]

    folded = [fold(spelling) for spelling in spellings]

    assert folded == ["lahetysseura", "afganistan", "erabliere"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Border control, Phase II", {2}),
        ("Second Education Project", {2}),
        ("Education Project (03)", {3}),
        ("Deuxième projet de santé", {2}),
        ("Border control, phase I", {1}),
        ("Rural roads, additional financing", {ADDITIONAL}),
        ("COVID-19 response", set()),
        ("Support for iv drug users", {4}),
        ("Border control", set()),
    ],
)
def test_phases_are_read_as_numbers_rounds_or_ordinals(title, expected):
    found = ordinals(title)

    assert found == expected


def test_years_in_a_title_are_no_phases():
    title = "Annual programme 2013"

    found = years(title), ordinals(title)

    assert found == ({2013}, set())


def test_chinese_is_compared_by_pairs_of_characters():
    title = "边境管理"

    found = words(title)

    assert found == ["边境", "境管", "管理"]
