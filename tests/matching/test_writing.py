"""Writing at once gives what a plain writer gives, and parses as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching import Record, load_policy
from adam.matching.comparisons import level
from adam.matching.compiled.columns import of_records
from adam.matching.compiled.writing import Found, write
from adam.matching.compiled.writing_phrases import grades, phrase
from adam.matching.policy import COLUMNS, FEATURES, KINDS, Policy
from adam.matching.sentences import SAID

LISTS = {
    "identifiers": "identifiers",
    "funders": "funders",
    "implementers": "implementers",
    "mentions": "implementers",
    "beneficiaries": "beneficiaries",
    "assistance_types": "assistance_types",
    "countries": "countries",
    "sectors": "sectors",
}
OF_TITLE = ("whole", "title", "spelling", "retold", "phases", "codes", "names", "wording")
LOUD = replace(load_policy(), weights={key: (1.2345,) * len(COLUMNS) for key in load_policy().weights})
MUTE = replace(load_policy(), weights={key: (0.0,) * len(COLUMNS) for key in load_policy().weights})
signs = st.sampled_from([*"ab ,;\"'\\/é中😀\n\r\t\b\f\x00\x1f\x7f\u2028", "x" * 30, "😀" * 39])
words = st.lists(signs, max_size=6).map("".join)
days = st.one_of(st.none(), st.dates())


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """Some records, in the order of their ids."""
    ids = draw(st.lists(words.filter(str.strip), min_size=2, max_size=5, unique=True))
    lists = st.lists(words, max_size=3).map(tuple)
    return [
        Record(
            name,
            title=draw(words),
            description=draw(words),
            reporter=draw(words),
            start=draw(days),
            end=draw(days),
            value_date=draw(days),
            amount=draw(st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2))),
            currency=draw(st.sampled_from(["", "USD", "EUR"])),
            relations=tuple(("component", target) for target in draw(lists)),
            **{field: draw(lists) for field in {*LISTS.values(), "pillars", "commitments"}},
        )
        for name in sorted(ids)
    ]


def found_among(data: st.DataObject, size: int, policy: Policy) -> Found:
    """Pairs with whatever grades."""
    known = grades(policy)
    pairs = data.draw(
        st.lists(st.tuples(*[st.integers(0, size - 1)] * 2).filter(lambda p: p[0] < p[1]), max_size=4)
    )
    many = len(pairs)
    drawn = [[data.draw(st.integers(0, len(known[feature]) - 1)) for feature in FEATURES] for _ in pairs]
    return Found(
        np.array([a for a, _ in pairs], np.int32),
        np.array([b for _, b in pairs], np.int32),
        np.array([data.draw(st.integers(0, len(COLUMNS) - 1)) for _ in pairs], np.int8),
        np.array([data.draw(st.floats(0, 1)) for _ in pairs], np.float64),
        np.array(drawn, np.int8).reshape(many, len(FEATURES)),
    )


def clip(text: str, most: int) -> str:
    """At most so many signs."""
    return text if len(text) <= most else text[: most - 1] + "…"


def value(feature: str, record: Record) -> str:
    """What a feature quotes of a record."""
    if feature in LISTS:
        return clip("; ".join(getattr(record, LISTS[feature])), 240)
    if feature in OF_TITLE:
        return clip(record.title, 80)
    return {
        "description": lambda: clip(record.description, 80),
        "relations": lambda: clip("; ".join(map(">".join, record.relations)), 240),
        "pillars": lambda: clip("; ".join(record.commitments or record.pillars), 240),
        "reporter": lambda: record.reporter,
        "roles": lambda: record.reporter,
        "start": lambda: day(record.start),
        "period": lambda: term(record),
        "amount": lambda: money(record),
        "value_date": lambda: day(record.value_date),
        "reported": lambda: day(record.value_date),
        "chance": lambda: "",
        "rivals": lambda: "",
        "plenty": lambda: "",
    }[feature]()


def day(given: date | None) -> str:
    """A day in the form of ISO."""
    return given.isoformat() if given else ""


def term(record: Record) -> str:
    """From when to when."""
    if record.start is None and record.end is None:
        return ""
    return f"{day(record.start) or 'start not given'} to {day(record.end) or 'end not given'}"


def money(record: Record) -> str:
    """Amount and currency."""
    if not record.amount:
        return ""
    return f"{format(record.amount.normalize(), 'f')} {record.currency}".rstrip()


def evidence(
    pair: tuple[Record, Record], column: int, graded: list[int], policy: Policy
) -> list[dict[str, Any]]:
    """The evidence, feature by feature."""
    told = []
    for feature, number in zip(FEATURES, graded, strict=True):
        grade = grades(policy)[feature][number]
        weight = policy.weights[feature, grade][column]
        if weight:
            left, right = (value(feature, record) for record in pair)
            said = {"feature": feature, "level": level(feature, grade), "score": round(weight, 3)}
            told.append(said | {"left": left, "right": right, "sentence": phrase(feature, grade)})
    return told


def written(found: Found, known: list[Record], policy: Policy) -> list[list[str]]:
    """The rows of the file."""
    file = io.BytesIO()
    count = write(found, of_records(known), policy, file)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode(), newline=""), strict=True))
    assert rows[0] == ["id_a", "id_b", "kind", "score", "evidence"]
    assert len(rows) == count + 1
    return rows[1:]


@settings(deadline=None, max_examples=60)
@given(records(), st.sampled_from([load_policy(), LOUD, MUTE]), st.data())
def test_the_file_says_what_a_plain_writer_says(
    known: list[Record], policy: Policy, data: st.DataObject
) -> None:
    found = found_among(data, len(known), policy)

    rows = written(found, known, policy)

    for n, (id_a, id_b, kind, score, told) in enumerate(rows):
        a, b = known[found.a[n]], known[found.b[n]]
        column = int(found.kind[n])
        assert (id_a, id_b, kind) == (a.id, b.id, (*KINDS, "record_duplicate")[column])
        assert score == f"{found.score[n]:.6f}"
        assert json.loads(told) == evidence((a, b), column, found.grades[n].tolist(), policy)


def test_many_pairs_keep_their_order_over_all_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adam.matching.compiled.writing.CHUNK", 7)
    known = [Record(f"{n:03}", title=f"Title {n}", amount=Decimal(n)) for n in range(100)]
    first = np.arange(99, dtype=np.int32)
    graded = np.zeros((99, len(FEATURES)), np.int8)
    found = Found(first, first + 1, np.zeros(99, np.int8), np.linspace(1, 0, 99), graded)

    rows = written(found, known, load_policy())

    assert [row[0] for row in rows] == [record.id for record in known[:99]]


def test_no_pairs_make_a_file_of_its_header_alone() -> None:
    nothing = np.zeros(0, np.int32)
    found = Found(nothing, nothing, nothing, np.zeros(0), np.zeros((0, len(FEATURES)), np.int8))

    rows = written(found, [Record("a")], load_policy())

    assert rows == []


@pytest.mark.parametrize("feature", FEATURES)
def test_every_grade_of_the_policy_has_a_phrase_without_places_for_values(feature: str) -> None:
    graded = grades(load_policy())[feature]

    told = {grade: phrase(feature, grade) for grade in graded}

    assert all(told.values())
    assert not any(sign in text for text in told.values() for sign in "{}“:")


def test_every_sentence_that_says_more_than_its_values_keeps_its_sense_without() -> None:
    cut = {
        key: phrase(*key) for key, said in SAID.items() if "{" in said.split(": ")[0] and key[0] != "chance"
    }

    assert cut == {
        ("start", "weeks"): "Start within weeks",
        ("start", "months"): "Start within months",
        ("start", "year"): "Start about a year apart",
        ("amount", "rounded"): "Amounts nearly the same",
        ("amount", "converted"): "Amounts in two currencies, nearly the same once converted",
        ("amount", "near"): "Amounts near each other",
        ("amount", "about"): "Amounts of about one size",
        ("amount", "half"): "Amounts of one size",
    }
