"""The findings of the records that changed: each is compared with all others, and what that shifts is put right.

Whether two records are one project depends on what else either may be one with: where a changed record is such a rival,
the other claims of the record that it rivals are weighed anew. In a crowded cell each record keeps its strongest
overlaps only (`claims` in config/matching.toml); where a claim of a changed record enters or leaves the strongest of
another, that other is compared as well. Groups are drawn anew where a link of theirs may have come or gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select, update

from adam.domain.findings import ASSISTANCE_KINDS, GONE, PAIR_KINDS, RECORD_KINDS
from adam.matching import Group, Pair, group
from adam.models.findings import Finding
from adam.queries import comparing
from adam.services import finding_rows
from adam.services.finding_rows import Row
from adam.services.records import record_of
from adam.services.register import Register
from adam.services.resemblances import Say, Search, rivalled
from adam.services.work import Work

ROUNDING = 1e-5


@dataclass(frozen=True, slots=True)
class Found:
    """The findings about the records `touched`: those that changed, and those that this shifted."""

    rows: list[Row]
    touched: frozenset[str]


def claims(w: Work, kept: Register, changed: frozenset[str], say: Say = lambda _: None) -> Found:
    """The findings about these records as they are now, and about those that they shift."""
    search = Search(w, kept, comparing.some(w.session, changed))
    search.ask(changed, say)
    touched = changed | _shifted(search, changed) | rivalled(search, changed, _claimed(w, changed))
    search.ask(touched, say)
    pairs = _explained(search, touched)
    drawn = _groups(search, touched, pairs)
    return Found([finding_rows.of_pair(w, pair, search.facts, drawn) for pair in pairs], touched)


def _claimed(w: Work, changed: frozenset[str]) -> set[str]:
    """The records about which something is stored that says they are one project with a changed one."""
    return {key for row in _stored(w, changed, RECORD_KINDS) for key in (row.a_id, row.b_id)} - changed


def _shifted(search: Search, changed: frozenset[str]) -> frozenset[str]:
    """The records among whose strongest coordination claims one of a changed record is new, or is no more."""
    now: dict[str, dict[str, float]] = defaultdict(dict)
    for key in changed:
        for hit in search.hits(key):
            if hit.kind in ASSISTANCE_KINDS and hit.id not in changed:
                now[hit.id][key] = hit.score
    before: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _stored(search.w, changed, ASSISTANCE_KINDS):
        for one, other in ((row.a_id, row.b_id), (row.b_id, row.a_id)):
            if one in changed and other not in changed:
                before[other][one] = float(row.score)
    moved = {key for key in now.keys() | before.keys() if now[key].keys() != before[key].keys()}
    rest = _strengths(search.w, moved, changed)
    return frozenset(
        key
        for key in moved
        if len(rest[key]) + max(len(now[key]), len(before[key])) >= search.most
        and any(_stronger(rest[key], score) < search.most for score in (now[key] | before[key]).values())
    )


def _kept(search: Search, touched: frozenset[str]) -> defaultdict[str, set[str]]:
    """Record → the others it is claimed with: the claims that are among the strongest of either of the two."""
    kept: defaultdict[str, set[str]] = defaultdict(set)
    weak: dict[str, list[tuple[float, str]]] = defaultdict(list)
    against: dict[str, list[float]] = defaultdict(list)
    for key in touched:
        rank = 0
        for hit in search.hits(key):
            if hit.kind in ASSISTANCE_KINDS:
                rank += 1
                against[hit.id].append(hit.score)
                if rank > search.most:
                    weak[hit.id].append((hit.score, key))
                    continue
            kept[key].add(hit.id)
    rest = _strengths(search.w, weak.keys() - touched, touched)
    for other in weak.keys() - touched:
        strengths = sorted(rest[other] + against[other])
        hoping = [(score, key) for score, key in weak[other] if _stronger(strengths, score) < search.most]
        if any(_stronger(strengths, score - 2 * ROUNDING) > search.most for score, _ in hoping):
            # Equally strong claims stand at the limit: only the engine knows which come first.
            first = _strongest(search, other)
            hoping = [(score, key) for score, key in hoping if key in first]
        for _, key in hoping:
            kept[key].add(other)
    return kept


def _strongest(search: Search, key: str) -> set[str]:
    """The records with which one has its strongest coordination claims."""
    search.ask([key])
    hits = [hit for hit in search.hits(key) if hit.kind in ASSISTANCE_KINDS]
    return {hit.id for hit in hits[: search.most]}


def _stronger(strengths: Sequence[float], score: float) -> int:
    """How many of the strengths, weakest first, are above a score; what differs by a rounding is not."""
    return len(strengths) - bisect_left(strengths, score + ROUNDING)


def _explained(search: Search, touched: frozenset[str]) -> list[Pair]:
    """The claims of these records with their reasons, weighed by all that rivals them on either side."""
    wanted = _kept(search, touched)
    for key in touched:
        wanted[key] |= search.likely(key)
    search.read({other for others in wanted.values() for other in others})
    if search.rivalry:
        search.ask({other for key in touched for other in search.likely(key)})
    return search.explained(wanted)


def _stored(w: Work, ids: Collection[str], kinds: Sequence[str]) -> list[Any]:
    """What is stored and stands about these records, of these kinds; each once."""
    columns = (Finding.id, Finding.a_id, Finding.b_id, Finding.kind, Finding.score, Finding.group_key)
    query = select(*columns).where(Finding.kind.in_(kinds), Finding.state != GONE)
    found = {}
    for part in finding_rows.parts(ids):
        either = or_(Finding.a_id.in_(part), Finding.b_id.in_(part))
        found.update({row.id: row for row in w.session.execute(query.where(either))})
    return list(found.values())


def _strengths(w: Work, ids: Collection[str], without: Collection[str]) -> dict[str, list[float]]:
    """Record → the scores of its stored coordination claims with others than `without`, weakest first."""
    found: dict[str, list[float]] = defaultdict(list)
    for row in _stored(w, ids, ASSISTANCE_KINDS):
        for one, other in ((row.a_id, row.b_id), (row.b_id, row.a_id)):
            if one in ids and other not in without:
                found[one].append(float(row.score))
    for scores in found.values():
        scores.sort()
    return found


def _groups(search: Search, touched: frozenset[str], pairs: Sequence[Pair]) -> dict[str, str]:
    """Record → the representative of its group; findings that stay, but whose group is another, are put right."""
    links = {(pair.id_a, pair.id_b): pair for pair in pairs if pair.kind in RECORD_KINDS}
    stored: dict[str, Any] = {}
    seen: set[str] = set()
    frontier = set(touched) | {key for link in links for key in link}
    while frontier:
        seen |= frontier
        reached = _stored(search.w, frontier, RECORD_KINDS)
        stored.update({row.id: row for row in reached if row.a_id not in touched and row.b_id not in touched})
        frontier = {key for row in reached for key in (row.a_id, row.b_id)} - seen
    for row in stored.values():
        links[row.a_id, row.b_id] = Pair(row.a_id, row.b_id, row.kind, float(row.score), 0.0, ())
    search.read({key for link in links for key in link})
    # The link that merged a record stands, and the record itself is compared no more.
    links = {ends: pair for ends, pair in links.items() if all(key in search.facts for key in ends)}
    records = [record_of(search.facts[key]) for key in {key for link in links for key in link}]
    drawn = keys(group(links.values(), records))
    _redraw(search.w, seen - touched, drawn)
    return drawn


def _redraw(w: Work, members: Collection[str], drawn: Mapping[str, str]) -> None:
    """Put right the group of every stored finding between two of these records."""
    for row in _stored(w, members, PAIR_KINDS):
        if row.a_id in members and row.b_id in members:
            key = drawn.get(row.a_id)
            key = key if key == drawn.get(row.b_id) else None
            if key != row.group_key:
                values = {"group_key": key, "version": Finding.version + 1}
                w.session.execute(update(Finding).where(Finding.id == row.id).values(**values))


def keys(groups: Iterable[Group]) -> dict[str, str]:
    """Record → the representative of its group, for groups of three and more."""
    return {member: one.representative for one in groups if len(one.members) > 2 for member in one.members}
