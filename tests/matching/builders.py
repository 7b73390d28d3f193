"""Builders of records, pairs and assistance for the engine's tests: plain functions with defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from adam.matching import Assistance, Pair, Record, load_policy
from adam.matching.profiles import Lexicon, Profile

BORDER = {
    "title": "Border liaison offices on the Tajik-Afghan border",
    "countries": "TJ",
    "start": "2013-06-11",
    "end": "2016-05-31",
    "amount": "1234567",
    "currency": "USD",
    "value_date": "2013-06-11",
    "reporter": "Norway",
    "funders": "Norway",
    "implementers": "UNODC",
}


def record(name: str = "a", /, **fields: Any) -> Record:
    """A record with nothing but what is named."""
    return Record.from_mapping({"id": name, **fields})


def border(name: str = "a", /, **fields: Any) -> Record:
    """The border project as Norway reports it, with some fields otherwise."""
    return record(name, **{**BORDER, **fields})


def job(name: str = "a", /, **fields: Any) -> Record:
    """A project that trains Kabul's counter-narcotics police, with some fields otherwise."""
    told = {
        "title": f"Undertaking {name}",
        "countries": "AF",
        "commitments": "I.4",
        "assistance_types": "training",
        "beneficiaries": "Counter Narcotics Police of Afghanistan",
        "start": "2013-01-15",
        "end": "2015-12-31",
        "reporter": f"Donor {name}",
    }
    return record(name, **{**told, **fields})


def profiles(*records: Record) -> list[Profile]:
    """Profiles of a set that holds these records."""
    lexicon = Lexicon(records, load_policy())
    return [lexicon.profile(one) for one in records]


def pair(one: str, other: str, score: float = 0.9) -> Pair:
    """A link between two records."""
    return Pair(*sorted((one, other)), "record_duplicate", score, 0.0, ())


def assistance(project: str, **fields: Any) -> Assistance:
    """A project in the cell AF × I × training, active in 2025."""
    told = {"donors": (f"Donor of {project}",), "start": date(2025, 1, 1), "end": date(2027, 12, 31)}
    return Assistance(
        project, **{"country": "AF", "pillar": "I", "assistance_type": "training", **told, **fields}
    )
