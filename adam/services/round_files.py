"""The report of a validation round as a file: a row for each partner and pillar, and one for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from adam.domain.rounds import COLUMNS
from adam.exchange import tables
from adam.queries.vocabulary import Vocabulary

HEAD = ("group", "code", "name", *COLUMNS, "share_confirmed", "share_answered")


def text(figures: Mapping[str, Any], words: Vocabulary) -> str:
    """CSV with a head; a share is in percent and empty where there is no record."""
    out = StringIO()
    tables.write_csv(out, HEAD, _rows(figures, words))
    return out.getvalue()


def _rows(figures: Mapping[str, Any], words: Vocabulary) -> Iterator[list[Any]]:
    def row(group: str, code: str, name: str, counts: Mapping[str, Any]) -> list[Any]:
        shares = [counts[key] or "" for key in ("share_confirmed", "share_answered")]
        return [group, code, name, *(counts[key] for key in COLUMNS), *shares]

    for code, counts in figures["partners"].items():
        yield row("partner", code, words.partner(code), counts)
    for code, counts in figures["pillars"].items():
        yield row("pillar", code, words.pillar(code) if code else "not assigned", counts)
    yield row("all", "", "", figures["all"])
