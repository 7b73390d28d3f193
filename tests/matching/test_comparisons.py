"""Each comparison grades one respect; what is missing is never different."""

import pytest

from adam.matching import Record, load_policy
from adam.matching.comparisons import COMPARISONS, level
from adam.matching.sentences import SAID, reason
from tests.matching.builders import border, profiles, record

GRADED = [
    ("identifiers", {"identifiers": "iati:XM-1-2"}, {"identifiers": "IATI:xm-1-2"}, "same"),
    ("identifiers", {"identifiers": "iati:US-GOV-1"}, {"identifiers": "iati:US-GOV-2"}, "apart"),
    ("identifiers", {"identifiers": "iati:US-GOV-1"}, {"identifiers": "iati:NO-BRC-2"}, "different"),
    ("relations", {"relations": "component>b"}, {}, "stated"),
    ("reporter", {"reporter": "Norway"}, {"reporter": "NORWAY"}, "same"),
    ("funders", {"funders": "Norway;France"}, {"funders": "Norway"}, "some"),
    ("funders", {"funders": "Norway"}, {"funders": "France"}, "different"),
    ("implementers", {"implementers": "UNODC"}, {"implementers": "UNODC"}, "same"),
    (
        "roles",
        {"reporter": "Norway", "implementers": "UNODC"},
        {"reporter": "UNODC", "funders": "Norway"},
        "both",
    ),
    ("roles", {"reporter": "Norway"}, {"reporter": "UNODC", "funders": "Norway"}, "crossed"),
    ("roles", {"reporter": "Norway"}, {"reporter": "UNODC", "funders": "France"}, "none"),
    ("roles", {"reporter": "Norway"}, {"reporter": "OECD CRS", "implementers": "UNODC"}, "missing"),
    ("funders", {"funders": "Norway"}, {"funders": "AidData"}, "missing"),
    ("implementers", {"implementers": "UNODC"}, {"implementers": "Various"}, "missing"),
    (
        "implementers",
        {"implementers": "UNODC", "start": "2013-03-01", "value_date": "2014-01-01"},
        {"implementers": "Other", "start": "2013-03-01", "value_date": "2015-01-01"},
        "different",
    ),
    ("beneficiaries", {"beneficiaries": "State Customs"}, {"beneficiaries": "state customs"}, "same"),
    (
        "assistance_types",
        {"assistance_types": "training;equipment"},
        {"assistance_types": "training"},
        "some",
    ),
    ("assistance_types", {"assistance_types": "training"}, {"assistance_types": "equipment"}, "different"),
    ("countries", {"countries": "AF;TJ"}, {"countries": "TJ;AF"}, "same"),
    ("countries", {"countries": "AF;TJ"}, {"countries": "TJ"}, "contained"),
    ("countries", {"countries": "AF;TJ"}, {"countries": "TJ;UZ"}, "some"),
    ("countries", {"countries": "AF"}, {"countries": "TJ"}, "different"),
    ("countries", {"countries": "AF"}, {}, "one_sided"),
    ("pillars", {"commitments": "I.4"}, {"commitments": "I.4;II.1"}, "same"),
    ("pillars", {"commitments": "I.4"}, {"pillars": "I"}, "pillar"),
    ("pillars", {"commitments": "I.4"}, {"commitments": "I.5"}, "other"),
    ("pillars", {"pillars": "I"}, {"pillars": "IV"}, "different"),
    ("sectors", {"sectors": "16063"}, {"sectors": "16061"}, "group"),
    ("start", {"start": "2013-06-11"}, {"start": "2013-06-11"}, "same_day"),
    ("start", {"start": "2013-01-01"}, {"start": "2013-01-01"}, "new_year"),
    ("start", {"start": "2013-06-11"}, {"start": "2013-06-25"}, "weeks"),
    ("start", {"start": "2013-06-11"}, {"start": "2014-06-10"}, "instalment"),
    ("start", {"start": "2013-06-11"}, {"start": "2017-02-10"}, "far"),
    (
        "period",
        {"start": "2013-01-01", "end": "2014-12-31"},
        {"start": "2013-01-01", "end": "2014-12-30"},
        "same",
    ),
    ("period", {"start": "2013-01-01", "end": "2013-12-31"}, {"start": "2014-01-01"}, "follows"),
    ("period", {"start": "2010-01-01", "end": "2010-12-31"}, {"start": "2014-01-01"}, "apart"),
    ("period", {"start": "2010-01-01"}, {"start": "2014-01-01"}, "open"),
    ("value_date", {"value_date": "2013-06-11"}, {"value_date": "2013-06-11"}, "same_day"),
    ("value_date", {"value_date": "2013-01-01"}, {"value_date": "2013-01-01"}, "missing"),
    ("title", {"title": "Border liaison offices"}, {"title": "Offices, border liaison"}, "same_rare"),
    ("title", {"title": "Border liaison offices"}, {"title": "Prison reform"}, "different"),
    ("phases", {"title": "Border posts II"}, {"title": "Border posts, third phase"}, "different"),
    ("phases", {"title": "Border posts II"}, {"title": "Border posts"}, "one_sided"),
    ("phases", {"title": "Border posts II"}, {"title": "Border posts, phase 2"}, "same"),
    ("description", {"description": "Trains officers"}, {"description": "Trains officers"}, "same_rare"),
    (
        "description",
        {"description": "Officers of the customs laboratory in Herat learn to test seizures"},
        {"description": "Officers of the customs laboratory in Kunduz learn to test seizures"},
        "each",
    ),
    (
        "description",
        {"description": "Officers of the customs laboratory in Herat learn to test seizures"},
        {"description": "Officers of the customs laboratory in Herat province learn to test seizures"},
        "same_rare",
    ),
    ("spelling", {"title": "Border control"}, {"title": "Охрана границ"}, "scripts"),
    ("spelling", {"title": "Border control"}, {"title": "Bordr control"}, "nearly"),
]


@pytest.mark.parametrize(("feature", "left", "right", "expected"), GRADED)
def test_each_respect_is_graded_by_its_own_rule_from_either_side(feature, left, right, expected):
    a, b = profiles(record("a", **left), record("b", **right))

    grades = COMPARISONS[feature](a, b), COMPARISONS[feature](b, a)

    assert grades == (expected, expected)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1234567", "1234567.40", "exact"),
        ("1000000", "1000000", "round"),
        ("1234567", "1240000", "rounded"),
        ("1234567", "1120000", "near"),
        ("1234567", "1060000", "about"),
        ("1000000", "600000", "half"),
        ("1000000", "100000", "part"),
        ("1000000", "1000", "far"),
        ("0", "1000", "missing"),
        ("", "1000", "missing"),
    ],
)
def test_amounts_are_the_same_rounded_near_parts_or_far(left, right, expected):
    a, b = profiles(record("a", amount=left, currency="USD"), record("b", amount=right, currency="USD"))

    grade = COMPARISONS["amount"](a, b)

    assert grade == expected


def test_a_title_that_says_it_is_a_part_makes_the_smaller_amount_a_portion():
    whole = border("a", amount="1000000")
    part = border("b", title=f"{whole.title} (part of a larger grant)", amount="300000")
    a, b, c = profiles(whole, part, border("c", amount="300000"))

    grades = COMPARISONS["amount"](a, b), COMPARISONS["amount"](a, c)

    assert grades == ("portion", "part")


def test_a_payment_of_the_day_on_which_a_grant_was_given_is_a_portion_of_it():
    day = {"reporter": "Norway", "start": "2013-06-11", "value_date": "2013-06-11"}
    grant, payment = border("a", **day, amount="1000000"), border("b", **day, end="", amount="300000")
    later = border("c", **day | {"value_date": "2013-06-12"}, end="", amount="300000")
    a, b, c = profiles(grant, payment, later)

    grades = COMPARISONS["amount"](a, b), COMPARISONS["amount"](a, c), COMPARISONS["amount"](b, c)

    assert grades == ("portion", "part", "round")


def test_amounts_in_two_currencies_are_compared_in_dollars_and_without_a_rate_not_at_all():
    norway = record("a", amount="100000", currency="NOK", amount_usd="17000")
    unodc, iran = record("b", amount="17100", currency="USD"), record("c", amount="17100", currency="IRR")
    a, b, c = profiles(norway, unodc, iran)

    grades = COMPARISONS["amount"](a, b), COMPARISONS["amount"](b, c)

    assert grades == ("converted", "missing")


@pytest.mark.parametrize("feature", sorted(COMPARISONS))
def test_missing_is_not_different(feature):
    a, b = profiles(Record("a"), border("b", description="d", beneficiaries="b", pillars="I", sectors="1"))

    grade = COMPARISONS[feature](a, b)

    assert level(feature, grade) == "missing"
    assert feature == "countries" or load_policy().weights[feature, grade][0] == 0


def test_every_comparison_says_in_its_docstring_what_the_coordinator_reads():
    documented = {name: comparison.__doc__ for name, comparison in COMPARISONS.items()}

    short = [name for name, said in documented.items() if not said or not said.strip().endswith(".")]

    assert short == []


def test_every_grade_of_the_policy_has_its_sentence():
    silent = {"missing", "none"}
    graded = [key for key in load_policy().weights if key[1] not in silent]

    unsaid = [key for key in graded if key not in SAID]

    assert unsaid == []


def test_sentences_name_both_values():
    a, b = profiles(record("a", start="2013-06-11"), record("b", start="2013-06-25"))

    left, right, said = reason("start", "weeks", a, b)

    assert (left, right) == ("11 Jun 2013", "25 Jun 2013")
    assert said == "Start within 14 days: 11 Jun 2013 and 25 Jun 2013"


def test_equal_round_amounts_are_told_in_millions():
    a, b = profiles(*(record(name, amount="28000000", currency="USD") for name in "ab"))

    said = reason("amount", "exact", a, b)[2]

    assert said == "Same amount: 28.0 million USD"


def test_what_each_text_alone_names_is_told_as_it_is_written_there():
    herat = border(
        "a", title="Выборы в Душанбе", description="Officers in Herat learn to test seizures of drugs"
    )
    kunduz = border(
        "b", title="Выборы в Ташкенте", description="Officers in Kunduz learn to test seizures of drugs"
    )
    a, b = profiles(herat, kunduz)

    titles, descriptions = reason("names", "each", a, b), reason("description", "each", a, b)

    assert titles[:2] == ("Душанбе", "Ташкенте")
    assert descriptions[:2] == ("Herat", "Kunduz")
