"""What a report counts of findings: every one of its scope in a few words each, and which of them it lists in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, or_, select

from adam.domain.findings import DECIDED, GONE, KINDS, RECORD_KINDS
from adam.models.findings import Finding
from adam.queries import visibility
from adam.services import coverage
from adam.services.columns import Columns
from adam.services.coverage import Picture
from adam.services.work import Work

MOST, MOST_QUESTIONS, MOST_OF_KIND = 1500, 60, 240
"""So many findings are listed in full; beyond, of each kind the weightiest questions, and so many pairs at most."""
SPAN = 1000


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding as it is counted; of a cell it has no records."""

    id: str
    kind: str
    state: str
    score: Decimal
    stake: Decimal | None
    a_id: str | None
    b_id: str | None
    group_key: str | None

    @property
    def question(self) -> str:
        """The pairs of one group are one question, until they are decided."""
        return self.id if self.state == DECIDED else self.group_key or self.id

    @property
    def ends(self) -> tuple[str, ...]:
        """The records that it is about."""
        return tuple(key for key in (self.a_id, self.b_id) if key)


def claims(w: Work, scope: Mapping[str, Any], shown: Picture) -> list[Claim]:
    """Every finding that touches a record of the scope or a cell of it and still holds, the weightiest first."""
    columns = shown.total.columns
    cell: ColumnElement[bool] = Finding.a_id.is_(None)
    if scope["countries"]:
        cell &= Finding.country.in_(scope["countries"])
    if scope["pillars"]:
        cell &= Finding.pillar.in_(scope["pillars"])
    names = ("id", "kind", "state", "score", "stake", "a_id", "b_id", "group_key")
    query = select(*(getattr(Finding, name) for name in names)).where(
        visibility.findings(w.actor), Finding.state != GONE
    )
    if not _everything(scope):
        ids = coverage.chosen(w, scope)
        query = query.where(or_(Finding.a_id.in_(ids), Finding.b_id.in_(ids), cell))
    ordered = query.order_by(Finding.stake.is_(None), Finding.weight.desc(), Finding.score.desc())
    found = (Claim(*row) for row in w.session.execute(ordered.order_by(Finding.reference)))
    return [claim for claim in found if _there(columns, shown, claim)]


def _everything(scope: Mapping[str, Any]) -> bool:
    lists = ("countries", "pillars", "organizations", "date_from", "date_to")
    return not any(scope[name] for name in lists)


def _there(columns: Columns, shown: Picture, claim: Claim) -> bool:
    """Whether its records stand, and one of them is in the scope."""
    numbers = [columns.numbers.get(key, -1) for key in claim.ends]
    if not numbers:
        return True
    chosen = shown.total.chosen
    return all(number >= 0 for number in numbers) and any(bool(chosen[number]) for number in numbers)


def listed(found: Sequence[Claim]) -> list[Claim]:
    """Those that the report shows in full: all, or of each kind the weightiest questions."""
    if len(found) <= MOST:
        return list(found)
    wanted: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for claim in found:
        if len(wanted[claim.kind]) < MOST_QUESTIONS:
            wanted[claim.kind].setdefault(claim.question)
    taken: Counter[str] = Counter()
    kept = []
    for claim in found:
        if claim.question in wanted[claim.kind] and taken[claim.kind] < MOST_OF_KIND:
            taken[claim.kind] += 1
            kept.append(claim)
    return kept


def whole(w: Work, ids: Iterable[str]) -> dict[str, Finding]:
    """The findings with these ids, with all that they say."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), SPAN):
        part = select(Finding).where(Finding.id.in_(wanted[start : start + SPAN]))
        found.update({finding.id: finding for finding in w.session.scalars(part)})
    return found


def counted(found: Sequence[Claim], kind: str) -> dict[str, Any]:
    """Of a kind: how many findings and questions, and the money at stake, of each question its weightiest pair."""
    own = [claim for claim in found if claim.kind == kind]
    stakes: dict[str, Decimal] = {}
    for claim in own:
        if claim.stake is not None:
            stakes[claim.question] = max(claim.stake, stakes.get(claim.question, claim.stake))
    stake = coverage.text(sum(stakes.values(), Decimal(0))) if stakes else None
    return {"count": len(own), "questions": len({claim.question for claim in own}), "stake": stake}


def in_cells(shown: Picture, found: Iterable[Claim], *, inside: bool) -> Counter[tuple[str, str]]:
    """How many overlaps and duplicate assistances lie in each country and pillar that both records share.

    `inside` counts only those whose records both are in the scope.
    """
    columns, chosen = shown.total.columns, shown.total.chosen
    pairs = [
        (columns.numbers[claim.a_id or ""], columns.numbers[claim.b_id or ""])
        for claim in found
        if claim.a_id and claim.kind not in RECORD_KINDS
    ]
    if inside:
        pairs = [(a, b) for a, b in pairs if chosen[a] and chosen[b]]
    places = _places(columns, {number for pair in pairs for number in pair})
    counts: Counter[tuple[str, str]] = Counter()
    for a, b in pairs:
        counts.update(_shared(places[a], places[b]))
    return counts


Places = tuple[set[str], set[str]]


def _shared(a: Places, b: Places) -> Iterator[tuple[str, str]]:
    return ((country, pillar) for country in a[0] & b[0] for pillar in a[1] & b[1])


def _places(columns: Columns, numbers: set[int]) -> dict[int, Places]:
    """The countries and the pillars that records name."""
    table, texts = columns.tables["place"], columns.words.texts
    wanted = np.zeros(len(columns), bool)
    wanted[list(numbers)] = True
    rows = np.flatnonzero(wanted[table["record"]] & table["stands"].astype(bool))
    found: dict[int, Places] = defaultdict(lambda: (set(), set()))
    parts = (table[name][rows].tolist() for name in ("record", "country", "pillar"))
    for record, country, pillar in zip(*parts, strict=True):
        if country >= 0:
            found[record][0].add(texts[country])
        if pillar >= 0:
            found[record][1].add(texts[pillar])
    return found
