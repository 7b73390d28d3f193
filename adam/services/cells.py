"""Findings about cells: more donors than agreed, needs that nobody answers, and cells that will soon be empty."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from adam.domain.findings import OPEN
from adam.matching import Assistance, Gap, fragmentation, gaps
from adam.matching.cells import cells
from adam.queries.comparing import Facts
from adam.services import needs
from adam.services.work import Work

LISTS = ("organizations", "countries", "pillars", "types")
"""What is asked of a record here."""


def findings(w: Work, facts: Iterable[Facts]) -> list[dict[str, Any]]:
    """The columns of every finding about a cell, judged on the day of this work. Cancelled projects don't count."""
    held = cells(one for item in facts if item.status != "cancelled" for one in _assistance(w, item))
    claims: list[tuple[str, Place, str, tuple[str, ...]]] = []
    for one in fragmentation(held, w.rules.policy, w.today):
        cell = (one.cell.country, one.cell.pillar, one.cell.assistance_type)
        claims.append(
            ("fragmentation", cell, one.sentence.replace(one.cell.name, in_words(w, cell)), one.projects)
        )
    for gap in gaps(needs.asked(w), held, w.today, w.rules.policy):
        cell = (gap.country, gap.pillar, gap.assistance_type)
        claims.append((gap.kind, cell, _told(gap, in_words(w, cell)), gap.projects))
    found = [_row(*claim) for claim in claims]
    return list({row["subject"]: row for row in found}.values())


Place = tuple[str, str, str | None]
"""Country, pillar and kind of help (None: any, or not given)."""


def in_words(w: Work, cell: Place) -> str:
    """A cell as a sentence names it: "Tajikistan, pillar I, training"."""
    country, pillar, kind = cell
    parts = [w.vocabulary.country(country), f"pillar {pillar}"]
    return ", ".join([*parts, w.vocabulary.assistance_type(kind).lower()] if kind else parts)


def _told(gap: Gap, place: str) -> str:
    """A gap or a coming gap in a sentence."""
    if gap.ends is None:
        return f"A need is recorded for {place}, and no active project answers it."
    day = f"{gap.ends.day} {gap.ends:%B %Y}"
    return f"The last project for {place} ends on {day}, within 12 months."


def _assistance(w: Work, item: Facts) -> Iterable[Assistance]:
    """A project stands in the cell of each of its countries, pillars and kinds of help."""
    donors = tuple(dict.fromkeys(donor(w, item, row) for row in item.organizations if row[0] == "funding"))
    for country in dict.fromkeys(code for code, _ in item.countries):
        for pillar in dict.fromkeys(row[0] for row in item.pillars):
            for kind in item.types or [None]:  # type: ignore[list-item]
                yield Assistance(item.id, country, pillar, kind, donors, item.begins, item.ends)


def donor(w: Work, item: Facts, row: tuple[str, str, str]) -> str:
    """Whose money it is: the partner that the funding body belongs to, or the body itself."""
    return w.vocabulary.partner(row[2]) if row[2] in w.vocabulary.partners else row[1]


def _row(
    kind: str, cell: tuple[str, str, str | None], sentence: str, projects: tuple[str, ...]
) -> dict[str, Any]:
    evidence = [
        {"feature": "cell", "level": "exact", "score": 0.0, "left": "", "right": "", "sentence": sentence},
        {
            "feature": "projects",
            "level": "exact",
            "score": 0.0,
            "left": ";".join(projects),
            "right": "",
            "sentence": "",
        },
    ]
    country, pillar, assistance_type = cell
    return {
        "subject": f"{kind}|{country}|{pillar}|{assistance_type or ''}",
        "kind": kind,
        "a_id": None,
        "b_id": None,
        "country": country,
        "pillar": pillar,
        "assistance_type": assistance_type,
        "score": Decimal(1),
        "prior": Decimal(0),
        "evidence": evidence,
        "stake": None,
        "stake_reason": None,
        "fingerprint": "",
        "group_key": None,
        "state": OPEN,
    }
