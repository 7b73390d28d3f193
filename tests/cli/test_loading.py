"""`adam needs load` and `adam rates load`: files of a few columns, taken whole or not at all."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from adam.models.findings import Need
from adam.models.vocabulary import Rate
from tests.builders.commands import adam, asked
from tests.databases import Database

NEEDS = "country,pillar,commitment,assistance_type,statement,recorded_on,source\n"
RATES = "currency,day,usd,source\n"


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_needs_of_a_file_are_recorded_once(fresh_database: Database, tmp_path: Path):
    file = written(tmp_path, NEEDS + "KG,II,,,Analysts for the unit,2026-03-01,Vienna\n")

    first, again = (adam(fresh_database, "needs", "load", file) for _ in range(2))

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 new or changed" in first.output and "0 new or changed" in again.output
    assert asked(fresh_database, lambda session: session.scalar(select(func.count()).select_from(Need))) == 1


def test_one_wrong_row_of_needs_keeps_the_file_out_and_is_named(fresh_database: Database, tmp_path: Path):
    rows = "KG,II,,,Analysts,2026-03-01,Vienna\nXX,II,,,Nobody,2026-03-01,Vienna\n"

    result = adam(fresh_database, "needs", "load", written(tmp_path, NEEDS + rows))

    assert result.exit_code == 2
    assert "#/3/country" in result.output
    assert asked(fresh_database, lambda session: session.scalar(select(func.count()).select_from(Need))) == 0


def test_rates_of_a_file_are_kept_and_faults_named(fresh_database: Database, tmp_path: Path):
    good = adam(fresh_database, "rates", "load", written(tmp_path, RATES + "AFN,2020-12-31,0.0130,made\n"))
    bad = adam(fresh_database, "rates", "load", written(tmp_path, RATES + "AFN,2020-12-31,0,made\n"))

    assert (good.exit_code, bad.exit_code) == (0, 2)
    assert "#/2/usd" in bad.output
    assert asked(fresh_database, lambda session: session.scalar(select(func.count()).select_from(Rate))) == 1
