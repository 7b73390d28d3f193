"""Files whose sheets, first rows or text can't be used: refused as a whole, each fault named with what to do."""

from __future__ import annotations

import pytest

from adam.errors import Invalid
from adam.exchange import spreadsheets
from tests.builders.sheets import HEADER, choices, lines, project, workbook


def faults(data: bytes, form: str = "xlsx") -> list[str]:
    """What is wrong with a file as a whole."""
    with pytest.raises(Invalid) as refused:
        spreadsheets.read(data, form, choices())
    return [problem.detail for problem in refused.value.problems]


HEADS = {
    "no sheet": ({"Sheet1": project()}, "There is no sheet projects"),
    "wrong name": (
        {"projects": [[*HEADER, "colour"], ["X", "T", "active", "public", None, "red"]]},
        "“colour”",
    ),
    "twice": (
        {"projects": [[*HEADER, "Title"], ["X", "T", "active", "public", None, "U"]]},
        "title stands twice",
    ),
    "missing": ({"projects": [["source_ref", "title"], ["X", "T"]]}, "the column status is missing"),
    "nameless": (
        {"projects": [HEADER, ["X", "T", "active", "public", None, "stray"]]},
        "column F, which has no name",
    ),
    "nothing": ({"projects": [HEADER]}, "No project stands in this file"),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_wrong_first_row_is_named(case: str):
    sheets, sentence = HEADS[case]

    assert any(sentence in text for text in faults(workbook(sheets)))


def test_hidden_sheets_and_merged_cells_are_refused_with_what_to_do():
    sheets = {"projects": project(), "countries": [["source_ref", "country"], ["X-1", "AF"], ["X-1", "TJ"]]}

    hidden = faults(workbook(sheets, lambda book, pages: pages["countries"].hide()))
    merged = faults(workbook(sheets, lambda book, pages: pages["countries"].merge_range("A2:A3", "X-1")))

    assert hidden == ["The sheet countries is hidden: show it, so that you see what you send, or delete it."]
    assert "merged (row 2)" in merged[0]


def test_sheets_of_one_s_own_are_passed_over():
    content = workbook({"projects": project(), "notes": [["anything", "at all"]]})

    [record] = spreadsheets.read(content, "xlsx", choices()).records

    assert record.key == "X-1"


BROKEN = {
    "latin": (
        lines(["source_ref", "title"], ["A", "x"]) + "B,Überwachung\r\n".encode("latin-1"),
        "CSV UTF-8",
    ),
    "quote": (b'source_ref,title\r\nA,"never closed\r\n', "mend its quotes"),
    "half utf-16": (b"\xff\xfea\x00\x00\xd8b", "breaks at byte"),
    "more fields": (b"source_ref,title\r\nA,B,C\r\n", "column C, which has no name"),
    "no key": (b"title\r\nx\r\n", "column source_ref is missing"),
    "binary": (bytes(range(256)), "isn't UTF-8"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_csv_is_refused_with_what_to_do(case: str):
    data, sentence = BROKEN[case]

    assert any(sentence in text for text in faults(data, "csv"))
