"""Twins: above a size the compiled engine compares, and says the same as the readable one, to the last digit."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from math import exp

import pytest

from adam.matching import Record, compare_all, load_policy
from adam.matching.answers import compare_columns
from adam.matching.policy import KINDS
from tests.matching.builders import BORDER, border, job, record
from tests.matching.narcotics import narcotics, project

POLICY = load_policy()
LEAST = 0.001
RETURN = {
    "title": "Wheat for camps",
    "reporter": "Norway",
    "implementers": "WFP",
    "countries": "TJ",
    "currency": "NOK",
    "value_date": "2014-01-01",
    "start": "2014-03-01",
}
SET = [
    *narcotics(),
    project("x"),
    border("a", end="2015-06-10"),
    border("b", reporter="UNODC", end="2015-06-10"),
    border("c", title=f"{BORDER['title']}, phase II", start="2015-06-11", end="2018-05-31", amount="2000000"),
    border(
        "d", title="Border programme", countries="TJ;UZ;KG", amount="9000000", identifiers="XM-DAC-41304-7"
    ),
    border("e", title="Border programme: Tajikistan", amount="2100000", relations="component>XM-DAC-41304-7"),
    border("f", title="Liaison in Khorog", start="2011-01-01", identifiers="XM-DAC-41304-77"),
    border("g", title="Liaison", identifiers="XM-DAC-41304-77"),
    *(job(f"j{n}", beneficiaries="" if n % 3 else "Kabul police") for n in range(9)),
    *(record(f"y{n}", **RETURN, amount=str(50000 + n // 2)) for n in range(6)),
]
"""Every kind of claim is made about these."""
STRANGERS = [
    Record(
        f"s{n:03}",
        title=f"Well{n} number{n * 7}",
        description=f"Deep{n % 90} drilled{n % 70} pumped{n}",
        reporter=("Norway", "France", "Japan")[n % 3],
        countries=(("KE", "UG", "TZ", "ET")[n % 4],),
        start=date(1990, 1, 1) + timedelta(days=29 * n),
    )
    for n in range(260)
]
"""With so many others rivals are asked."""


def by(readable, records):
    """The pairs of one engine or the other."""
    limits = {**POLICY.limits, "small": len(records) if readable else 0}
    return compare_all(records, replace(POLICY, limits=limits), threshold=LEAST)


def certainty(pair):
    """What the prior and the evidence come to, one after the other as the engine adds them."""
    told = pair.prior
    for reason in pair.evidence:
        told += reason.score
    return 1 / (1 + exp(-told))


@pytest.mark.parametrize("records", [SET, [*SET, *STRANGERS]], ids=["few", "many"])
def test_both_engines_make_the_same_claims_with_the_same_reasons(records):
    readable, compiled = by(True, records), by(False, records)

    assert {pair.kind for pair in readable} == set(KINDS)
    assert list(compiled) == list(readable)
    assert compiled.notes == readable.notes


@pytest.mark.parametrize("readable", [True, False])
def test_a_claim_is_as_certain_as_its_reasons_add_up_to_whatever_its_kind(readable):
    found = by(readable, [*SET, *STRANGERS])

    assert {reason.level for pair in found for reason in pair.evidence if reason.feature == "rivals"}
    assert [certainty(pair) for pair in found] == pytest.approx([pair.score for pair in found], abs=1e-12)


def test_the_pairs_that_are_explained_and_the_pairs_file_add_up_to_the_same():
    answer = compare_columns([*SET, *STRANGERS], POLICY, (None, LEAST, "local"))
    file = io.BytesIO()
    answer.write(file)

    explained = [pair for pair, _, _ in answer.explained(10_000)]

    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode())))
    assert len(explained) == len(rows) > 100
    for pair, row in zip(explained, rows, strict=True):
        told = {one["feature"]: one["score"] for one in json.loads(row["evidence"])}
        assert (row["id_a"], row["id_b"], row["kind"]) == (pair.id_a, pair.id_b, pair.kind)
        assert row["score"] == f"{certainty(pair):.6f}"
        assert told == {one.feature: one.score for one in pair.evidence if one.score}


def test_a_set_up_to_the_limit_is_compared_by_the_readable_engine(monkeypatch):
    monkeypatch.setattr("adam.matching.compiled.explaining.compared", lambda *_: pytest.fail("compiled"))

    assert by(True, SET)
