"""Tables out: CSV that runs no formulas, and terminal tables that fit."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest

from adam.exchange import tables


def written(value: object) -> str:
    file = StringIO(newline="")
    tables.write_csv(file, ["column"], [[value]])
    return list(csv.reader(StringIO(file.getvalue(), newline="")))[1][0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(text):
    assert written(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Posts;=cmd|'/C calc'!A0", "Posts;'=cmd|'/C calc'!A0"),
        ('Posts;"=1+1"', 'Posts;"\'=1+1"'),
        ("Posts\t@SUM(A1)", "Posts\t'@SUM(A1)"),
        ("Posts\n=1+1", "Posts\n'=1+1"),
        (["AF", "=1+1"], "AF;'=1+1"),
        ("Aims:\n- train; - equip\n+ more", "Aims:\n- train; - equip\n+ more"),
    ],
)
def test_text_that_begins_a_formula_where_programs_part_cells_at_semicolons_is_neutralised(text, cell):
    assert written(text) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (Decimal("-1.50"), "-1.50"),
        (None, ""),
        (True, "yes"),
        (["AF", "IR"], "AF;IR"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_numbers_stay_numbers_and_lists_are_joined(value, cell):
    assert written(value) == cell


def test_rows_are_counted_and_hostile_headers_are_neutralised():
    file = StringIO(newline="")

    count = tables.write_csv(file, ["=x", "b"], [[1, 2], [3, 4]])

    assert count == 2
    assert file.getvalue().splitlines()[0] == "'=x,b"


def test_a_terminal_table_fits_its_width_and_aligns_numbers_to_the_right():
    rows = [["A very long name of an organization that nobody can read", Decimal("1200.50")], ["中国", None]]

    table = tables.format_table(["name", "USD"], rows, 30)

    lines = table.splitlines()
    assert max(len(line) for line in lines) <= 30
    assert lines[2].endswith("1,200.50")
    assert "…" in lines[2]


def test_an_empty_table_has_its_header():
    assert tables.format_table(["a", "b"], []).splitlines()[0] == "a  b"
