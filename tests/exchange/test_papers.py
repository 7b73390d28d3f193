"""Papers: the same report as print, page and workbook; what stands in a name is never an instruction."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pypdfium2
import typst
from python_calamine import CalamineWorkbook

from adam.exchange import paper_prints
from adam.exchange.paper_pages import page
from adam.exchange.paper_sheets import workbook
from tests.builders.papers import HOSTILE, NAMES, SVG, paper

WHEN = datetime(2026, 1, 15, tzinfo=UTC)


def printed(*names: str, **more: int) -> str:
    """The words of the PDF, as one finds and copies them."""
    file = pypdfium2.PdfDocument(paper_prints.pdf(paper(*names, **more), WHEN))
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in file)


def sheets(**more: int) -> dict[str, list[list[object]]]:
    """The sheets of the workbook as they are read back."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(paper(HOSTILE, **more))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def bare(text: str) -> str:
    """Without the breaks of lines."""
    return re.sub(r"\s+", "", text)


def test_a_print_shows_hostile_names_as_they_are():
    words = bare(printed(HOSTILE))

    assert words.count(bare(HOSTILE)) >= 6


def test_a_print_holds_names_of_other_scripts_and_the_figures():
    words = printed(*NAMES)

    assert all(name in words for name in NAMES)
    assert "1\u00a0234\u00a0568" in words and "12.5\u00a0%" in words and "1 Feb 2024" in words


def test_a_print_says_which_signs_its_machine_has_no_font_for(monkeypatch):
    own = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(paper_prints, "fonts", lambda: own)

    assert "fonts-noto-cjk" in printed("边境管理")
    assert "fonts-noto-cjk" not in printed(*NAMES)


def test_pages_are_numbered_and_long_tables_repeat_their_head():
    words = printed("Border posts", rows=90, most=90)

    assert "Page 1 of " in words and "Page 2 of " in words
    assert words.count("US dollars") >= 2


def test_what_a_print_leaves_out_is_said_and_stands_in_the_workbook():
    words, book = printed("Border posts", rows=90), sheets(rows=90)

    assert "30 more rows are in the spreadsheet of this report, sheet Rows." in words
    assert len(book["Rows"]) == 91


def test_the_same_paper_gives_the_same_print():
    assert paper_prints.pdf(paper(), WHEN) == paper_prints.pdf(paper(), WHEN)


def test_a_workbook_has_a_sheet_a_table_with_numbers_and_days():
    book = sheets()

    assert list(book) == ["About", "Rows"]
    assert book["Rows"][1][1:] == [3, 1234567.8, 12.5, date(2024, 2, 1)]


def test_a_row_of_a_workbook_is_as_high_as_its_longest_text_needs():
    long, short = (workbook(paper(name)) for name in ("word " * 30, "word"))

    rows = [ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet2.xml").decode() for book in (long, short)]

    assert re.search(r'<row r="2"[^>]* ht="[3-9]\d"[^>]* customHeight="1"', rows[0])
    assert "customHeight" not in rows[1]


def test_a_workbook_runs_no_text():
    risky = ("=1+1", "+1", "-1", "@SUM(A1)")
    data = [CalamineWorkbook.from_filelike(io.BytesIO(workbook(paper(name)))) for name in risky]

    told = [book.get_sheet_by_name("Rows").to_python()[1][0] for book in data]

    assert told == [f"'{name}" for name in risky]


def test_a_page_escapes_every_name_and_asks_for_nothing():
    written = page(paper('<script src="https://evil.example/x.js"></script>"><img src=x onerror=y>'))

    assert "<script" not in written and "<img" not in written
    assert not re.search(r"(src|href|url\()\s*=?\s*[\"']?(https?:)?//", written.replace("&", ""))
    assert SVG in written and "<style>" in written
