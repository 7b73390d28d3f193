"""Reading at once gives what the slow reader gives, and nothing where that reader refuses."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.errors import Invalid
from adam.exchange import records as files
from adam.matching import Record
from adam.matching.compiled.columns import Columns, of_records
from adam.matching.compiled.reading import columns_of

RATES = {"EUR": Decimal("1.3317000001"), "TJS": Decimal("0.0912345678"), "GBP": Decimal("1.5")}
TEXTS = ("title", "description", "language", "reporter")
PLAIN_CELLS = {
    "countries": ["", "AF", "afg;TJ", " tj ;AF; TJ", "298", ";"],
    "relations": ["", "component> a", "same_money>b;component>a", "component>a;component > a"],
    "currency": ["", "USD", "eur", " TJS ", "XXX", "GBP"],
    "start": ["", "2013-06-01", " 2013-06-02", "20130603", "2013-W05-1"],
    "value_date": ["", "2013-06-01", "1999-12-31"],
    "amount": [
        "",
        "1200000",
        "0.05",
        "0.15",
        "-12.345",
        "1e3",
        " 7 ",
        "0",
        "-0",
        "+5",
        "1_000",
        "999999999999999.99",
    ],
    "amount_usd": ["", "", "0", "12.5"],
}
ODD_CELLS = {
    "countries": ["Asia", "AF;Atlantis"],
    "relations": ["component", "unrelated>a"],
    "currency": ["EURO", "12", "ЕВР"],
    "start": ["2013-06-31", "June", "0"],
    "value_date": ["13"],
    "amount": ["1,5", "nan", "inf", "-Infinity", "1e15", "1000000000000000", "0x1f", "1 000"],
    "amount_usd": ["free"],
    "id": ["", " ", "1"],
}
signs = st.sampled_from([*"ab ;>,\"'\t\\é\u00a0\u2003\u3000😀\x1f\x85", "\n", "\r\n", "\r"])
words = st.lists(signs, max_size=8).map("".join)
names = ["title", "description", "reporter", "implementers", "identifiers", *PLAIN_CELLS, "unread"]
unhurried = settings(deadline=None, max_examples=60)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows as a file may hold them; one in three sets has an odd cell somewhere."""
    columns = draw(st.lists(st.sampled_from(names), unique=True))
    found = []
    for n in range(draw(st.integers(1, 6))):
        cells = {
            name: draw(st.sampled_from(PLAIN_CELLS[name]) if name in PLAIN_CELLS else words)
            for name in columns
        }
        found.append({"id": draw(st.sampled_from(["{}", " {}", "r{}\u2003"])).format(n), **cells})
    if draw(st.integers(0, 2)) == 0:
        name = draw(st.sampled_from(["id", *(name for name in columns if name in ODD_CELLS)]))
        draw(st.sampled_from(found))[name] = draw(st.sampled_from(ODD_CELLS[name]))
    return found


def as_csv(found: list[dict[str, str]]) -> bytes:
    """The rows as a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(found[0]))
    writer.writeheader()
    writer.writerows(found)
    return file.getvalue().encode()


def rate(currency: str, day: date) -> Decimal | None:
    """Dollars for one unit, somewhat more each day."""
    found = RATES.get(currency)
    return found + Decimal(day.toordinal() % 7) / 10**10 if found else None


def convert(amount: Decimal, currency: str, on: date | None) -> Decimal | None:
    """Dollars to the cent."""
    found = rate(currency, on) if on else None
    return (amount * found).quantize(Decimal("0.01")) if found else None


def slowly(path: Path) -> list[Record] | None:
    """The records as the slow reader gives them, None where it refuses."""
    try:
        found = [Record.from_mapping(values, convert) for _, values in files.read(path)]
    except Invalid:
        return None
    return found if len({record.id for record in found}) == len(found) else None


def read_both(content: bytes, ending: str) -> tuple[list[Record] | None, Columns | None]:
    """A file read slowly and at once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"records{ending}"
        path.write_bytes(content)
        return slowly(path), columns_of(path, rate)


def agree(slow: list[Record] | None, fast: Columns | None) -> None:
    """Whatever was read at once is what the slow reader gives, column by column, to the last bit."""
    if fast is None:
        return
    assert slow is not None, "read at once what the slow reader refuses"
    expected = of_records(slow)
    assert list(fast.ids) == list(expected.ids)
    for name, text in expected.texts.items():
        assert bytes(fast.texts[name].data) == bytes(text.data), name
        np.testing.assert_array_equal(fast.texts[name].at, text.at)
    for name, cells in expected.lists.items():
        assert fast.lists[name].values == cells.values, name
        np.testing.assert_array_equal(fast.lists[name].which, cells.which)
    for name, days in expected.days.items():
        np.testing.assert_array_equal(fast.days[name], days, name)
    np.testing.assert_array_equal(fast.own, expected.own)
    np.testing.assert_array_equal(fast.usd, expected.usd)


@unhurried
@given(rows())
def test_a_csv_file_gives_the_same_columns_as_its_records(found: list[dict[str, str]]) -> None:
    slow, fast = read_both(as_csv(found), ".csv")

    agree(slow, fast)
    assert (slow is None) == (fast is None)


@unhurried
@given(
    st.lists(
        st.sampled_from(
            [
                b"id",
                b"title",
                b"a",
                b"b",
                b",",
                b",",
                b'"',
                b'"',
                b"\n",
                b"\n",
                b"\r",
                b" ",
                b"\xff",
                b"\xc3\xa9",
            ]
        ),
        max_size=14,
    ).map(b"".join),
    st.sampled_from(
        [b"id,title\n", b'"id",title\r\n', b"\xef\xbb\xbfid,title\n", b"id\n", b"", b"\nid\n", b"id,id\n"]
    ),
)
def test_no_malformed_csv_is_read_at_once_that_the_slow_reader_refuses(content: bytes, first: bytes) -> None:
    slow, fast = read_both(first + content, ".csv")

    agree(slow, fast)


@unhurried
@given(rows(), st.data())
def test_json_lines_give_the_same_columns_as_their_records(
    found: list[dict[str, Any]], data: st.DataObject
) -> None:
    for row in found:
        row["sectors"] = data.draw(
            st.sampled_from([None, "1;2", ["1", " 2", ""], [3], [], [None], {"a": 1}, 7, True])
        )
        row["amount"] = data.draw(st.sampled_from([None, 5, 1.25, 1e22, "7", float("nan"), False]))
        row["pillars"] = data.draw(st.sampled_from(["P1", "\ud800", ["P1", "P2"]]))
        row["relations"] = data.draw(st.sampled_from(["", [["component", "a"]], "component>b", []]))

    slow, fast = read_both("\n".join(map(json.dumps, found)).encode(), ".jsonl")

    agree(slow, fast)


@unhurried
@given(rows())
def test_a_parquet_file_gives_the_same_columns_as_its_records(found: list[dict[str, str]]) -> None:
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(found), file)

    slow, fast = read_both(file.getvalue(), ".parquet")

    agree(slow, fast)
    assert (slow is None) == (fast is None)


@pytest.mark.parametrize(
    "column",
    [
        pyarrow.array([1.5, None, 7.0]),
        pyarrow.array([1.5, float("nan"), 2.0]),
        pyarrow.array([1, 2, None]),
        pyarrow.array([Decimal("1.50"), None, Decimal("-2.25")]),
        pyarrow.array([date(2013, 6, 1), None, date(2014, 1, 1)]),
        pyarrow.array([["a", "b;c"], None, []]),
        pyarrow.array([["a", None], None, []]),
        pyarrow.array([True, False, None]),
        pyarrow.array(["1", None, "2"]).dictionary_encode(),
        pyarrow.array(["1", None, "2"], pyarrow.large_string()),
        pyarrow.nulls(3),
    ],
)
@pytest.mark.parametrize("name", ["title", "start", "amount", "sectors", "unread"])
def test_no_type_of_parquet_is_read_otherwise_than_by_the_slow_reader(
    name: str, column: pyarrow.Array
) -> None:
    file = io.BytesIO()
    table = pyarrow.table({"id": ["a", "b", "c"], name: column})
    pyarrow.parquet.write_table(table, file)

    slow, fast = read_both(file.getvalue(), ".parquet")

    agree(slow, fast)


@unhurried
@given(
    st.lists(
        st.tuples(st.decimals(-(10**14), 10**14, places=4), st.sampled_from(sorted(RATES)), st.dates()),
        min_size=1,
        max_size=20,
    )
)
def test_dollars_are_rounded_to_the_cent_as_decimals_are(money: list[tuple[Decimal, str, date]]) -> None:
    found = [
        {"id": str(n), "amount": f"{amount:f}", "currency": currency, "value_date": str(day)}
        for n, (amount, currency, day) in enumerate(money)
    ]

    slow, fast = read_both(as_csv(found), ".csv")

    assert fast is not None
    agree(slow, fast)


@unhurried
@given(st.integers(-(10**9), 10**9))
def test_half_a_cent_is_rounded_to_the_even_cent(cents: int) -> None:
    amount = Decimal(2 * cents + 1) / 100
    found = [{"id": "a", "amount": f"{amount:f}", "currency": "GBP", "value_date": "0001-01-07"}]

    slow, fast = read_both(as_csv(found), ".csv")

    assert fast is not None
    agree(slow, fast)


def test_a_set_in_many_blocks_is_read_in_the_order_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adam.matching.compiled.reading_files.BLOCK", 512)
    found = [
        {"id": str(n), "title": f' "{n}"\nand, more ', "sectors": str(n % 7), "amount": str(n % 11)}
        for n in range(500)
    ]

    slow, fast = read_both(as_csv(found), ".csv")

    assert fast is not None
    agree(slow, fast)


@pytest.mark.parametrize("ending", [".csv", ".txt"])
def test_a_file_that_is_not_there_or_of_no_known_kind_is_left_to_the_slow_reader(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"records{ending}"
    if ending == ".txt":
        path.write_text("id\na\n")

    found = columns_of(path)

    assert found is None
