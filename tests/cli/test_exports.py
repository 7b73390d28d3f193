"""`adam export`: files that are whole or not there, and checked against IATI's schema."""

from pathlib import Path

from adam.exchange import iati_schema
from tests.builders.commands import adam, kept
from tests.builders.recording import recorded
from tests.databases import Database


def test_iati_is_written_checked_and_read_back_unchanged(fresh_database: Database, tmp_path: Path):
    kept(fresh_database, lambda w: recorded(w, identifiers=[{"scheme": "iati", "value": "NO-1-7"}]))
    target = tmp_path / "out.xml"

    wrote = adam(fresh_database, "export", "iati", "-o", target)
    read = adam(fresh_database, "import", "iati", target, "--partner", "AF", "--validate")

    assert wrote.exit_code == 0 and "1 projects" in wrote.output and "It validates" in wrote.output
    assert iati_schema.faults(target.read_bytes()) == []
    assert "1 read: 1 new" in read.output


def test_an_export_of_nothing_writes_nothing_and_says_so(fresh_database: Database, tmp_path: Path):
    refused = adam(fresh_database, "export", "iati", "--country", "TJ", "-o", tmp_path / "out.xml")

    assert refused.exit_code != 0 and "No project fits" in refused.output + refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_does_what_where_goes_out_as_a_table(fresh_database: Database, tmp_path: Path):
    kept(fresh_database, recorded)

    wrote = adam(fresh_database, "export", "hxl", "-o", tmp_path / "out.csv")

    assert wrote.exit_code == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1].startswith("#activity+code+v_adam,")
