"""Seeds: the vocabulary and the real projects of the source documents, taken in like any other input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adam.errors import Invalid
from adam.services import imports, vocabulary
from adam.services import meetings as verbs
from adam.services.work import Work

ORIGIN = "seed"


def words(w: Work, files: Sequence[tuple[str, list[dict[str, Any]]]]) -> dict[str, int]:
    """Load the vocabulary, file by file in order; returns how many rows of each were new or changed."""
    return {name: vocabulary.load(w, name, rows) for name, rows in files}


def projects(w: Work, by_partner: dict[str, list[imports.Item]]) -> list[imports.Outcome]:
    """Take the seeded projects in as accepted records; raises Invalid when one of them has a fault."""
    outcomes: list[imports.Outcome] = []
    for partner, items in by_partner.items():
        outcomes.extend(imports.take(w, items, imports.Options(partner, validate=True, origin=ORIGIN)))
    faults = [problem for outcome in outcomes for problem in outcome.problems]
    if faults:
        raise Invalid(faults)
    return outcomes


def meetings(w: Work, rows: list[dict[str, Any]]) -> int:
    """Enter the meetings of the sources that are not there yet; answers how many."""
    return verbs.load(w, rows)
