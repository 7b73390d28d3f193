"""Cells: read where they can be read in one way, refused with a sentence where they can't."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from adam.exchange import sheet_cells
from adam.exchange.sheet_cells import Unclear, guarded, unguarded

READ: list[tuple[str, Any, str]] = [
    ("day", datetime(2008, 1, 15), "2008-01-15"),
    ("day", datetime(2008, 1, 15, 13, 30), "2008-01-15"),
    ("day", date(2008, 1, 15), "2008-01-15"),
    ("day", "2008-01-15", "2008-01-15"),
    ("day", "2008/1/5", "2008-01-05"),
    ("day", "31.05.2008", "2008-05-31"),
    ("day", "05/31/2008", "2008-05-31"),
    ("day", "5/5/2008", "2008-05-05"),
    ("amount", 1200000.0, "1200000.00"),
    ("amount", 1200000, "1200000.00"),
    ("amount", 0.1 + 0.2, "0.30"),
    ("amount", "1200000", "1200000"),
    ("amount", "1,200,000.50", "1200000.50"),
    ("amount", "1.200.000,50", "1200000.50"),
    ("amount", "1\u202f200\u00a0000,5", "1200000.5"),
    ("amount", "1'200'000", "1200000"),
    ("amount", "1200000,50", "1200000.50"),
    ("amount", "12,345,678", "12345678"),
    ("share", 60.0, "60.00"),
    ("share", "60 %", "60"),
    ("share", "33,3", "33.3"),
    ("share", "0.50", "0.50"),
    ("degrees", -12.5, "-12.5"),
    ("degrees", "34,52", "34.52"),
    ("degrees", 1e-06, "0.000001"),
    ("flag", True, True),
    ("flag", "No", False),
]
REFUSED = [
    ("day", "03/04/2008", "date_ambiguous", "2008-04-03 or 2008-03-04"),
    ("day", 39462.0, "date", "perhaps 2008-01-15"),
    ("day", 2008, "date", "such as 2008-01-15"),
    ("amount", "1,200", "decimal_ambiguous", "1200.00 or 1.2"),
    ("amount", "1.200", "decimal_ambiguous", "1200.00 or 1.2"),
    ("amount", True, "decimal", "no amount"),
    ("amount", datetime(2008, 1, 1), "decimal", "no amount"),
    ("amount", float("inf"), "decimal", "no number"),
    ("share", 0.6, "share_ambiguous", "may mean 60 % or 0.6 %"),
    ("share", 1.0, "share_ambiguous", "may mean 100 % or 1 %"),
]
LEFT = [("amount", "USD 5"), ("amount", "-5"), ("amount", "1.2.3,4"), ("amount", "1,20,000"), ("day", "soon")]
"""What the schema refuses in its own words."""


@pytest.mark.parametrize(("kind", "value", "expected"), READ)
def test_what_can_be_read_in_one_way_is_read(kind: str, value: Any, expected: Any):
    assert sheet_cells.READERS[kind](value) == expected


@pytest.mark.parametrize(("kind", "value", "code", "words"), REFUSED)
def test_what_can_be_read_in_two_ways_is_refused_with_both(kind: str, value: Any, code: str, words: str):
    with pytest.raises(Unclear) as unclear:
        sheet_cells.READERS[kind](value)

    assert unclear.value.code == code
    assert words in str(unclear.value)


@pytest.mark.parametrize(("kind", "value"), LEFT)
def test_what_is_no_figure_and_no_day_is_left_for_the_schema(kind: str, value: str):
    assert sheet_cells.READERS[kind](value) == value


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "'=1", "''=1", "@x", "-5", "+5", "\tx", "'x", "x", "", "'"),
        *("a;=1", "a;'=1", "a;''=1", 'a;"=1', "\n=1", "\t=1", "';'=1", ";;\t@x", "a\n- b; - c"),
    ],
)
def test_guarding_is_undone_by_reading(text: str):
    assert unguarded(guarded(text)) == text


def test_a_name_that_two_codes_share_is_nobody_s():
    codes = sheet_cells.Codes({"list": [("A", "Same"), ("B", "same "), ("C", "Other"), ("Other", "")]})

    assert [codes.code("list", text) for text in ("same", "b", "other", "C Other")] == [
        "same",
        "B",
        "Other",
        "C",
    ]
