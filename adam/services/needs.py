"""Recorded needs and recommendations: without one an empty cell is only "no recorded assistance"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from adam.errors import Invalid, Problem
from adam.models.findings import Need
from adam.services.work import Work

WORDS = {
    "country": ("countries", "country"),
    "pillar": ("pillars", "pillar"),
    "commitment": ("commitments", "commitment"),
    "assistance_type": ("assistance_types", "kind of help"),
}


def load(w: Work, rows: list[dict[str, Any]]) -> int:
    """Record the needs that are not recorded yet, or complete what changed; returns how many were new or changed.

    Raises Invalid with every unknown code, by the row of the file (the header is row 1).
    """
    problems = [problem for number, row in enumerate(rows, 2) for problem in _unknown(w, row, number)]
    if problems:
        raise Invalid(problems)
    known = {_key(need.__dict__): need for need in w.session.scalars(select(Need))}
    changed = 0
    for row in rows:
        need = known.get(_key(row))
        if need is None:
            need = known[_key(row)] = Need(**row)
            w.session.add(need)
        elif all(getattr(need, name) == value for name, value in row.items()):
            continue
        else:
            for name, value in row.items():
                setattr(need, name, value)
        changed += 1
    w.session.flush()
    if changed:
        w.record("needs.loaded", ("need", "needs"), None, {"rows": len(rows), "changed": changed})
    return changed


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("country", "pillar", "commitment", "statement"))


def _unknown(w: Work, row: dict[str, Any], number: int) -> Iterator[Problem]:
    for field, (vocabulary, word) in WORDS.items():
        code = row[field]
        if code is not None and code not in getattr(w.vocabulary, vocabulary):
            sentence = f"{code} is no {word} that ADAM knows: choose one from the list."
            yield Problem(f"#/{number}/{field}", "unknown_code", sentence, number)
    if row["commitment"] and not row["commitment"].startswith(f"{row['pillar']}."):
        sentence = (
            f"Commitment {row['commitment']} doesn't belong to pillar {row['pillar']}: mend one of the two."
        )
        yield Problem(f"#/{number}/commitment", "commitment_of_other_pillar", sentence, number)
