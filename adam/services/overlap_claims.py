"""What a report counts of findings: every one of its scope in a few words each, and which of them it lists in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import compress, product
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, or_, select

from adam.domain.findings import DECIDED, GONE, KINDS, RECORD_KINDS
from adam.models.findings import Finding
from adam.queries import visibility
from adam.services import coverage
from adam.services.columns import Array, Columns, places_of
from adam.services.counting import Counted
from adam.services.coverage import Picture
from adam.services.work import Work

MOST, MOST_QUESTIONS, MOST_OF_KIND = 1500, 60, 240
"""So many findings are listed in full; beyond, of each kind the weightiest questions, and so many pairs at most."""
SPAN = 1000


class Claim(NamedTuple):
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
    found = [Claim(*row) for row in w.session.execute(ordered.order_by(Finding.reference))]
    there = _there(shown.total, [(claim.a_id, claim.b_id) for claim in found])
    return list(compress(found, there.tolist()))


def _everything(scope: Mapping[str, Any]) -> bool:
    lists = ("countries", "pillars", "organizations", "date_from", "date_to")
    return not any(scope[name] for name in lists)


def _there(total: Counted, pairs: Sequence[tuple[str | None, str | None]]) -> Array:
    """Of each pair whether its records stand and one of them is in the scope; of a cell, which has none, that it is."""
    numbers = ends_of(total.columns, pairs)
    # A place for what has no number: it never stands, and a record that there is none of neither.
    chosen = np.append(total.chosen, False)
    cell = np.array([a is None and b is None for a, b in pairs], bool)
    return cell | ((numbers >= 0).all(axis=1) & chosen[numbers].any(axis=1))


def ends_of(columns: Columns, pairs: Sequence[tuple[str | None, str | None]]) -> Array:
    """The numbers of the records of pairs, two columns; -1 for one that isn't there."""
    known = columns.numbers
    found = [(known.get(a or "", -1), known.get(b or "", -1)) for a, b in pairs]
    numbers = np.array(found, np.int64).reshape(-1, 2)
    return np.where(numbers < len(columns), numbers, -1)


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


Cells = Counter[tuple[str, str]]


def in_cells(shown: Picture, found: Iterable[Claim]) -> tuple[Cells, Cells]:
    """How many overlaps and duplicate assistances lie in each country and pillar that both records share.

    The first counts all, the second those whose records both are in the scope.
    """
    columns = shown.total.columns
    asked = [(claim.a_id, claim.b_id) for claim in found if claim.a_id and claim.kind not in RECORD_KINDS]
    pairs = ends_of(columns, asked)
    both: list[bool] = np.all(shown.total.chosen[pairs], axis=1).tolist()
    countries, pillars = (_marks(columns, name, pairs) for name in ("country", "pillar"))
    shared = Counter(
        (countries[0][a] & countries[0][b], pillars[0][a] & pillars[0][b], inside)
        for (a, b), inside in zip(pairs.tolist(), both, strict=True)
    )
    counts: tuple[Cells, Cells] = (Counter(), Counter())
    for (where, under, inside), number in shared.items():
        for cell in product(_codes(where, countries[1]), _codes(under, pillars[1])):
            counts[0][cell] += number
            counts[1][cell] += number * inside
    return counts[0], +counts[1]


def _marks(columns: Columns, name: str, numbers: Array) -> tuple[dict[int, int], list[str]]:
    """Record → the codes that it names in a column of places, as bits; the codes in the order of the bits."""
    table = columns.tables["place"]
    wanted = np.zeros(len(columns), bool)
    wanted[numbers] = True
    rows = np.flatnonzero(wanted[table["record"]] & table["stands"].astype(bool) & (table[name] >= 0))
    kinds, places = places_of(table[name][rows])
    found: dict[int, int] = defaultdict(int)
    for record, place in zip(table["record"][rows].tolist(), places.tolist(), strict=True):
        found[record] |= 1 << place
    return found, [columns.words.texts[kind] for kind in kinds]


def _codes(marks: int, codes: Sequence[str]) -> list[str]:
    return [code for place, code in enumerate(codes) if marks >> place & 1]
