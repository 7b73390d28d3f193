"""`adam report`: run over a scope, stored, and written as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from adam.models.reports import Report
from adam.services import report_rows
from tests.builders.commands import adam, asked, kept
from tests.builders.documents import funded_by, money
from tests.builders.recording import recorded
from tests.databases import Database

FRENCH = {
    "title": "=HYPERLINK: training of border guards",
    "organizations": funded_by("FR"),
    "contributions": money("600000.00", organization="FR"),
}


@pytest.fixture
def screened(fresh_database: Database) -> Database:
    """A database with two projects that do one job, compared."""

    def write(w):
        recorded(w, "NO")
        recorded(w, "FR", **FRENCH)

    kept(fresh_database, write)
    adam(fresh_database, "screen")
    return fresh_database


def count(database: Database, table: type) -> int:
    """How many rows a table has."""
    return asked(database, lambda session: session.scalar(select(func.count()).select_from(table)))


def test_a_report_for_a_terminal_names_kinds_totals_and_the_matrix(screened: Database):
    result = adam(screened, "report", "overlap", "--country", "tj")

    assert result.exit_code == 0
    for words in ("Overlap report: Tajikistan", "2 projects", "Duplicate assistance", "Counted once: 1.8 m"):
        assert words in result.stdout
    assert count(screened, Report) == 1


def test_a_report_as_json_is_the_whole_report(screened: Database):
    result = adam(screened, "report", "overlap", "--format", "json")

    report = json.loads(result.stdout)
    stored = asked(screened, lambda session: session.get(Report, report["id"]).figures)
    assert report["figures"] == stored
    assert report["rules_version"] and report["created_at"]


def test_a_report_as_csv_has_a_row_for_every_finding_and_no_formulas(screened: Database):
    result = adam(screened, "report", "overlap", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    assert tuple(rows[0]) == report_rows.COLUMNS
    assert {row["kind"] for row in rows} == {"duplicate_assistance", "coming_gap"}
    [pair] = [row for row in rows if row["kind"] == "duplicate_assistance"]
    assert "600000.00" in pair["money_at_stake_usd"]
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_report_can_be_written_to_a_file(screened: Database, tmp_path: Path, form: str):
    path = tmp_path / "report"

    result = adam(screened, "report", "coverage", "--format", form, "-o", path)

    assert result.exit_code == 0 and "Written to" in result.stdout
    assert "Tajikistan" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--country", "XX"], "#/scope/countries/0"),
        (["--pillar", "V"], "#/scope/pillars/0"),
        (["--from", "soon"], "#/scope/from"),
        (["--from", "2026-01-01", "--to", "2025-01-01"], "#/scope/to"),
        (["--organization", "NOBODY"], "#/scope/organizations/0"),
    ],
)
def test_a_scope_that_cannot_be_read_is_named_and_nothing_is_stored(
    screened: Database, words: list[str], expected: str
):
    result = adam(screened, "report", "overlap", *words)

    assert result.exit_code == 2
    assert expected in result.stderr
    assert count(screened, Report) == 0


def test_a_report_of_nothing_is_a_report(fresh_database: Database):
    result = adam(fresh_database, "report", "overlap")

    assert result.exit_code == 0
    assert "0 projects" in result.stdout
