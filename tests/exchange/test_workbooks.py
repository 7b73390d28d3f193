"""Workbooks nobody should send: refused with what to do, quickly, and without taking the memory of the machine."""

from __future__ import annotations

import io
import zipfile

import pytest

from adam.errors import Invalid
from adam.exchange import workbooks
from tests.builders.sheets import project, repacked, workbook

GOOD = workbook({"projects": project()})
SHEET = "xl__worksheets__sheet1_xml"
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def refused(data: bytes) -> tuple[str, str]:
    """The code and the sentence of a refusal."""
    with pytest.raises(Invalid) as error:
        workbooks.read(data)
    [problem] = error.value.problems
    return problem.code, problem.detail


def sheet(rows: bytes) -> bytes:
    """The good workbook with another first sheet."""
    return repacked(GOOD, **{SHEET: HEAD + rows + TAIL})


def strings(*items: bytes) -> bytes:
    """Shared strings."""
    listed = b"".join(b"<si><t>" + item + b"</t></si>" for item in items)
    return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + listed + b"</sst>"


def test_a_good_workbook_is_read():
    [table] = workbooks.read(GOOD)

    assert (table.name, len(table.rows)) == ("projects", 2)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", GOOD[:1000], GOOD[:-60], b"PK" + bytes(4000)])
def test_what_is_no_workbook_is_refused(data: bytes):
    code, sentence = refused(data)

    assert code == "not_xlsx" and "save it again as .xlsx" in sentence


def test_old_and_locked_workbooks_are_refused():
    assert refused(workbooks.OLD + bytes(2000))[0] == "locked"


def test_macros_are_refused():
    assert refused(repacked(GOOD, xl__vbaProject_bin=b"x"))[0] == "macros"


def test_entities_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + HEAD[21:] + TAIL

    assert refused(repacked(GOOD, **{SHEET: bomb}))[0] == "doctype"


def test_what_unpacks_hugely_is_refused():
    bomb = repacked(GOOD, xl__media__image_bin=bytes(workbooks.MOST_UNPACKED + 1))

    assert len(bomb) < 1 << 20
    assert refused(bomb)[0] == "too_large"


def test_a_table_of_contents_that_lies_about_sizes_is_no_way_round():
    data = bytearray(repacked(GOOD, xl__media__image_bin=bytes(1 << 22)))
    place = data.rindex(b"xl/media/image.bin") - 22
    data[place : place + 4] = (10).to_bytes(4, "little")

    assert refused(bytes(data))[0] == "not_xlsx"


def test_many_parts_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(workbooks.MOST_PARTS + 1):
            file.writestr(f"p{number}", b"")

    assert refused(out.getvalue())[0] == "too_large"


def test_a_million_empty_rows_are_nothing():
    rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(3, 1_048_577))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>source_ref</t></is></c></row>'

    [table] = workbooks.read(sheet(first + rows))

    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1">'
        b'<x:c r="A1"><x:v>1</x:v></x:c></x:row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 5000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 5000,
    ],
)
def test_cells_far_out_are_refused_before_anything_is_built(rows: bytes):
    code, sentence = refused(sheet(rows))

    assert code == "too_far" and "delete the empty rows and columns" in sentence


def test_one_long_text_used_a_million_times_is_refused():
    cells = b'<row r="1">' + b'<c r="A1" t="s"><v>0</v></c>' * 20_000 + b"</row>"
    data = repacked(GOOD, **{SHEET: HEAD + cells + TAIL, "xl__sharedStrings_xml": strings(b"x" * 32_000)})

    assert refused(data)[0] == "too_large"


def test_lone_surrogates_and_nul_don_t_crash_the_reader():
    for sign in (b"&#xD800;", b"&#0;", b"\x00", b"_x0000_"):
        cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a' + sign + b"b</t></is></c></row>"
        try:
            tables = workbooks.read(sheet(cells))
        except Invalid as error:
            assert error.problems[0].code == "not_xlsx"
        else:
            assert all(isinstance(row, list) for table in tables for _, row in table.rows)
