"""`adam import iati`: every activity has an outcome, no bad one stops another, and a dry run keeps nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from adam.exchange import iati
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.models.submissions import Submission
from tests.builders.commands import adam, asked
from tests.databases import Database
from tests.exchange.iati_files import activity, file_of, transaction

TAJIKISTAN = (
    '<activity-status code="2"/><recipient-country code="TJ"/><sector code="16063" vocabulary="1"/>'
    '<activity-date type="1" iso-date="2020-01-01"/>' + transaction("2", "1000")
)
NOWHERE = '<activity-status code="2"/><recipient-country code="XX"/>'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three activities, the second of which can't be taken."""
    path = tmp_path / "three.xml"
    path.write_bytes(
        file_of(
            activity("XM-1", "Border posts", TAJIKISTAN),
            activity("XM-2", "", ""),
            activity("XM-3", "Laboratory", TAJIKISTAN),
        )
    )
    return path


def count(database: Database, table: type) -> int:
    """How many rows a table has."""
    return asked(database, lambda session: session.scalar(select(func.count()).select_from(table)))


def summary(result) -> str:
    """The last line without its seconds."""
    return result.stdout.strip().splitlines()[-1].split(";")[0]


def test_a_bad_activity_is_named_and_stops_no_other(fresh_database: Database, file: Path):
    result = adam(fresh_database, "import", "iati", file, "--partner", "UNODC", "--validate")

    assert result.exit_code == 0
    assert summary(result) == "3 read: 2 new, 0 updated, 0 unchanged, 1 refused"
    assert "refused XM-2 (three.xml, activity 2): " in result.stderr
    assert count(fresh_database, Project) == 2


def test_the_same_file_again_changes_nothing(fresh_database: Database, file: Path):
    adam(fresh_database, "import", "iati", file, "--partner", "UNODC", "--validate")
    before = count(fresh_database, HistoryEntry)

    again = adam(fresh_database, "import", "iati", file, "--partner", "UNODC", "--validate")

    assert summary(again) == "3 read: 0 new, 0 updated, 2 unchanged, 1 refused"
    assert count(fresh_database, HistoryEntry) == before


def test_a_dry_run_says_the_same_and_keeps_nothing(fresh_database: Database, file: Path):
    before = count(fresh_database, HistoryEntry)

    result = adam(fresh_database, "import", "iati", file, "--partner", "UNODC", "--dry-run")

    assert summary(result) == "3 read: 2 new, 0 updated, 0 unchanged, 1 refused"
    assert "Nothing was kept" in result.stdout
    assert count(fresh_database, Submission) == count(fresh_database, Project) == 0
    assert count(fresh_database, HistoryEntry) == before


def test_without_validation_they_wait_for_a_coordinator(fresh_database: Database, file: Path):
    adam(fresh_database, "import", "iati", file, "--partner", "UNODC")

    states = asked(fresh_database, lambda session: set(session.scalars(select(Submission.state))))

    assert (states, count(fresh_database, Project)) == ({"submitted"}, 0)


def test_the_refused_ones_are_written_back_with_reasons_and_can_be_mended(
    fresh_database: Database, file: Path, tmp_path: Path
):
    failures = tmp_path / "failures.xml"

    adam(fresh_database, "import", "iati", file, "--partner", "UNODC", "--failures", failures)

    text = failures.read_text(encoding="utf-8")
    assert [one.identifier for one in iati.read(failures)] == ["XM-2"]
    assert "<!--" in text and "#/project" in text


def test_one_key_with_two_contents_is_refused_and_named_across_files(
    fresh_database: Database, tmp_path: Path
):
    paths = [tmp_path / name for name in ("a.xml", "b.xml")]
    for path, title in zip(paths, ("Border posts", "Something else"), strict=True):
        path.write_bytes(file_of(activity("XM-1", title, TAJIKISTAN)))

    result = adam(fresh_database, "import", "iati", *paths, "--partner", "UNODC", "--validate")

    assert summary(result) == "2 read: 1 new, 0 updated, 0 unchanged, 1 refused"
    assert "XM-1" in result.stderr and "a.xml, activity 1" in result.stderr
    title = asked(fresh_database, lambda session: session.scalar(select(Project.title)))
    assert title == "Border posts"


def test_a_file_that_breaks_off_gives_what_stood_before_and_the_next_file_goes_on(
    fresh_database: Database, tmp_path: Path
):
    whole = file_of(activity("XM-1", "Border posts", TAJIKISTAN), activity("XM-2", "Laboratory", TAJIKISTAN))
    broken, next_one = tmp_path / "broken.xml", tmp_path / "next.xml"
    broken.write_bytes(whole[: whole.index(b"XM-2")] + b"<<<")
    next_one.write_bytes(file_of(activity("XM-3", "Courses", TAJIKISTAN)))

    result = adam(fresh_database, "import", "iati", broken, next_one, "--partner", "UNODC", "--validate")

    assert summary(result) == "3 read: 2 new, 0 updated, 0 unchanged, 1 refused"
    assert "broken.xml" in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"not xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><iati-activities/>", b"<html/>", b"\xff\xfe"]
)
def test_what_is_no_iati_file_is_refused_without_a_traceback(
    fresh_database: Database, tmp_path: Path, content: bytes
):
    path = tmp_path / "strange.xml"
    path.write_bytes(content)

    result = adam(fresh_database, "import", "iati", path, "--partner", "UNODC")

    assert result.exit_code == 1 and "Traceback" not in result.output
    assert summary(result) == "1 read: 0 new, 0 updated, 0 unchanged, 1 refused"
    assert "strange.xml" in result.stderr


@pytest.mark.parametrize("words", [["--partner", "ATLANTIS"], []])
def test_the_partner_must_be_one(fresh_database: Database, file: Path, words: list[str]):
    result = adam(fresh_database, "import", "iati", file, *words)

    assert result.exit_code == 2
    assert count(fresh_database, Submission) == 0


def test_a_file_that_is_not_there_is_named(fresh_database: Database, tmp_path: Path):
    result = adam(fresh_database, "import", "iati", tmp_path / "nothing.xml", "--partner", "UNODC")

    assert result.exit_code == 2 and "nothing.xml" in result.stderr


@pytest.mark.parametrize("place", ["missing/failures.xml", "three.xml"])
def test_failures_that_have_no_good_place_are_said_before_anything_is_kept(
    fresh_database: Database, file: Path, place: str
):
    result = adam(
        fresh_database, "import", "iati", file, "--partner", "UNODC", "--failures", file.parent / place
    )

    assert result.exit_code == 2
    assert count(fresh_database, Submission) == 0 and b"XM-3" in file.read_bytes()
