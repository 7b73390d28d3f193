"""`adam screen`: what was found, in words; nothing where nothing changed."""

from __future__ import annotations

from tests.builders.commands import adam, kept
from tests.builders.documents import funded_by, money
from tests.builders.recording import recorded
from tests.databases import Database

FRENCH = {
    "title": "Training of border guards",
    "organizations": funded_by("FR"),
    "contributions": money("600000.00", organization="FR"),
}


def test_screening_says_what_it_found_and_then_that_nothing_changed(fresh_database: Database):
    kept(fresh_database, lambda w: [recorded(w, "NO"), recorded(w, "FR", **FRENCH)])

    first, second = adam(fresh_database, "screen"), adam(fresh_database, "screen")
    full = adam(fresh_database, "screen", "--full")

    assert "Screened 2 records" in first.stdout and "duplicate assistance 1" in first.stdout
    assert "nothing changed" in second.stdout
    assert "0 new, 0 reopened, 0 gone." in full.stdout
