"""Records whose money hangs together: which links there are, and what of a choice of records is left out by them.

Only records that are linked are walked one by one, group by group; what a group comes to is remembered for as long as
neither a record nor a verdict changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from adam.domain.totals import SAME, LeftOut, Link, grouped, once
from adam.queries import changes, holdings
from adam.queries import findings as questions
from adam.services.columns import Array, Columns
from adam.services.work import Work

KINDS = (*SAME, "component")
COORDINATOR, REPORTER = "a coordinator", "the reporter"
KEPT = 8
MOST = np.iinfo(np.int64).max
Verdicts = tuple[questions.Verdict, ...]
Merged = tuple[tuple[str, str], ...]
Seen = tuple[changes.Mark, int]
"""The newest step of the history and the newest judgement."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Group:
    """Records that hang together by links, and what was left out of them, by which of them were asked for."""

    members: tuple[int, ...]
    links: tuple[Link, ...]
    known: dict[tuple[int, ...], tuple[LeftOut, ...]] = field(default_factory=dict)

    def left_out(self, columns: Columns, chosen: bytes) -> tuple[LeftOut, ...]:
        """What is left out of the chosen ones; a link to a record that isn't chosen counts for nothing."""
        inside = tuple(number for number in self.members if chosen[number])
        if len(inside) < 2:
            return ()
        if inside not in self.known:
            amounts = {columns.ids[number]: _usd(columns, number) for number in inside}
            self.known[inside] = once(amounts, self.links).left_out
        return self.known[inside]


@dataclass(frozen=True, slots=True)
class Bound:
    """The verdicts that stand, what reporters state, and with which others each record hangs together by either."""

    verdicts: Verdicts
    reported: tuple[Link, ...]
    together: Mapping[str, frozenset[str]]


def left_out(w: Work, columns: Columns, chosen: Array) -> tuple[LeftOut, ...]:
    """What isn't counted of the chosen records (an array of bools), and why."""
    flags = chosen.tobytes()
    return tuple(out for group in _groups(w, columns) for out in group.left_out(columns, flags))


def supposing(w: Work, columns: Columns, asked: tuple[Array, Sequence[Link]]) -> Decimal:
    """How much of the chosen records would be left out if these links held too; `asked` is (chosen, links).

    Of two records that nothing else links, one amount stays and the lower goes; only the others are walked.
    """
    chosen, more = asked
    groups = _groups(w, columns)
    added = [link for link in more if all(columns.number_of(key) is not None for key in (link.a, link.b))]
    ends = np.array([(columns.numbers[one.a], columns.numbers[one.b]) for one in added], np.int64)
    ends = ends.reshape(-1, 2)
    named = np.bincount(ends.ravel(), minlength=len(columns))
    known = [number for group in groups for number in group.members]
    np.add.at(named, np.array(known, np.int64), 1)
    alone = (named[ends] == 1).all(axis=1)
    rest = [link for link, single in zip(added, alone.tolist(), strict=True) if not single]
    walked = _joined(columns, groups, rest)
    flags = chosen.tobytes()
    left = sum((out.usd for group in walked for out in group.left_out(columns, flags)), Decimal(0))
    return left + _lower(columns, chosen, ends[alone])


def _joined(columns: Columns, groups: Sequence[Group], more: Sequence[Link]) -> Iterator[Group]:
    """The groups with these links among them: those that none touches as they are, which are remembered."""
    touched = {columns.numbers[key] for link in more for key in (link.a, link.b)}
    open_ones = [group for group in groups if not touched.isdisjoint(group.members)]
    yield from (group for group in groups if touched.isdisjoint(group.members))
    yield from _grouped(columns, [*(link for group in open_ones for link in group.links), *more])


def _lower(columns: Columns, chosen: Array, pairs: Array) -> Decimal:
    """The lower amounts of pairs whose records are both chosen and both give one."""
    counts = chosen & columns.own["given"].astype(bool)
    both = counts[pairs].all(axis=1)
    return Decimal(int(columns.own["cents"][pairs[both]].min(axis=1, initial=MOST).sum())).scaleb(-2)


def _usd(columns: Columns, number: int) -> Decimal | None:
    return Decimal(int(columns.own["cents"][number])).scaleb(-2) if columns.own["given"][number] else None


def bound(w: Work, columns: Columns) -> Bound:
    """All that binds records to each other, whatever was decided of what their reporters say."""
    return _remembered(w, columns, _bound)


def _bound(columns: Columns, verdicts: Verdicts, merged: Mapping[str, str]) -> Bound:
    reported = tuple(stated(columns, merged))
    groups = [frozenset(group) for group in grouped([*reported, *decided(columns, verdicts)])]
    return Bound(verdicts, reported, {key: group for group in groups for key in group})


def _groups(w: Work, columns: Columns) -> list[Group]:
    return _remembered(w, columns, _all_grouped)


def _all_grouped(columns: Columns, verdicts: Verdicts, merged: Mapping[str, str]) -> list[Group]:
    return list(_grouped(columns, links(columns, verdicts, merged)))


_known: dict[tuple[Any, int, Verdicts | Seen, Merged], Any] = {}
_lock = Lock()


def _remembered(
    w: Work, columns: Columns, make: Callable[[Columns, Verdicts, Mapping[str, str]], Made]
) -> Made:
    """What is made of the columns, the verdicts that stand and the merges, made once for as long as these stay."""
    merged = holdings.merged(w.session)
    seen = _seen(w)
    verdicts: Verdicts = () if seen else tuple(questions.standing(w.session))
    key = (make, columns.stand, seen or verdicts, merged)
    if key in _known:
        known: Made = _known[key]
        return known
    found = make(columns, tuple(questions.standing(w.session)) if seen else verdicts, dict(merged))
    with _lock:
        while len(_known) >= KEPT:
            del _known[next(iter(_known))]
        _known[key] = found
    return found


def _seen(w: Work) -> Seen | None:
    """What tells that no verdict changed, for work that only reads; what other work wrote itself stands nowhere yet."""
    if not w.session.connection().get_execution_options().get("read_only"):
        return None
    return w.changed, questions.newest_of_all(w.session)


def _grouped(columns: Columns, listed: Sequence[Link]) -> Iterator[Group]:
    own: dict[str, list[Link]] = defaultdict(list)
    for link in listed:
        own[link.a].append(link)
    for members in grouped(listed):
        numbers = tuple(sorted(columns.numbers[key] for key in members))
        yield Group(numbers, tuple(link for key in sorted(members) for link in own[key]))


def links(columns: Columns, verdicts: Verdicts, merged: Mapping[str, str]) -> list[Link]:
    """Why some money is counted once: verdicts that stand, and what the reporters themselves state.

    Two parts of one programme are not a part and its whole: both count. A verdict on a pair takes the place of what
    its reporters say. `merged` is record → the one into which it went: a relation to it is one to that.
    """
    judged = {frozenset((one.a, one.b)) for one in verdicts}
    reported = (link for link in stated(columns, merged) if frozenset((link.a, link.b)) not in judged)
    return [*decided(columns, verdicts), *reported]


def decided(columns: Columns, verdicts: Iterable[questions.Verdict]) -> list[Link]:
    """The links that these verdicts make."""
    return [
        Link(one.verdict, one.a, one.b, COORDINATOR, one.whole)
        for one in verdicts
        if one.verdict in KINDS and not (one.verdict == "component" and one.beside)
        if columns.number_of(one.a) is not None and columns.number_of(one.b) is not None
    ]


def stated(columns: Columns, merged: Mapping[str, str]) -> Iterator[Link]:
    """What the reporters themselves say, whatever was decided."""
    bearers = _bearers(columns)
    for number, listed in columns.relations.items():
        own = columns.ids[number]
        for kind, target, role in listed:
            for other in _meant(columns, bearers, merged.get(target, target)):
                if other != number:
                    there = columns.ids[other]
                    yield Link(kind, own, there, REPORTER, {"whole": own, "part": there}.get(role or ""))


def _bearers(columns: Columns) -> dict[str, list[int]]:
    """Who bears the identifiers that relations name."""
    wanted = {target for listed in columns.relations.values() for _, target, _ in listed}
    wanted |= {_bare(target) for target in wanted}
    found: dict[str, list[int]] = defaultdict(list)
    for number, values in columns.identifiers.items():
        for value in values:
            if value in wanted:
                found[value].append(number)
    return found


def _bare(target: str) -> str:
    """An identifier without the scheme before it."""
    return target.split(":", 1)[-1]


def _meant(columns: Columns, bearers: dict[str, list[int]], target: str) -> Iterable[int]:
    number = columns.number_of(target)
    if number is not None:
        return (number,)
    return bearers.get(target) or bearers.get(_bare(target)) or ()
