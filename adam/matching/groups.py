"""Groups: pairs drawn together, without one weak link chaining strangers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from adam.matching.pairs import Pair
from adam.matching.records import Record

HOLDS = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Records that belong together: the fullest, best linked one stands for them; `pairs` are the links inside."""

    representative: str
    members: tuple[str, ...]
    pairs: tuple[Pair, ...]


def group(pairs: Iterable[Pair], records: Iterable[Record], holds: float = HOLDS) -> list[Group]:
    """Groups of two or more records, largest first; every record stands in at most one.

    Two groups join only if the mean score over all links between their members reaches `holds`, a link that was
    not claimed counting as 0: A~B and B~C alone don't make A, B, C one group.

    >>> from adam.matching.pairs import Pair
    >>> chain = [Pair("a", "b", "record_duplicate", 0.9, 0, ()), Pair("b", "c", "record_duplicate", 0.6, 0, ())]
    >>> [found.members for found in group(chain, [])]
    [('a', 'b')]
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.id_a, pair.id_b))
    home, members = clusters(ordered, holds)
    inside: dict[str, list[Pair]] = defaultdict(list)
    for pair in ordered:
        if home[pair.id_a] == home[pair.id_b]:
            inside[home[pair.id_a]].append(pair)
    full = {record.id: fullness(record) for record in records}
    found = [drawn(members[name], inside[name], full) for name in inside]
    return sorted(found, key=lambda g: (-len(g.members), g.representative))


def clusters(ordered: list[Pair], holds: float) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Average linkage, strongest link first: the cluster of each record, and the members of each cluster."""
    home = {name: name for pair in ordered for name in (pair.id_a, pair.id_b)}
    members = {name: {name} for name in home}
    links: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pair in ordered:
        links[pair.id_a][pair.id_b] += pair.score
        links[pair.id_b][pair.id_a] += pair.score
    joined = True
    while joined:
        joined = False
        for pair in ordered:
            one, other = home[pair.id_a], home[pair.id_b]
            if one != other and links[one][other] >= holds * len(members[one]) * len(members[other]):
                merge(one, other, (home, members, links))
                joined = True
    return home, members


def merge(
    one: str, other: str, state: tuple[dict[str, str], dict[str, set[str]], dict[str, dict[str, float]]]
) -> None:
    """Takes the second cluster into the first."""
    home, members, links = state
    for name in members.pop(other):
        home[name] = one
        members[one].add(name)
    for third, score in links.pop(other).items():
        del links[third][other]
        if third != one:
            links[one][third] += score
            links[third][one] += score


def drawn(members: set[str], pairs: list[Pair], full: dict[str, int]) -> Group:
    """The group of some members, with its representative."""
    linked: dict[str, float] = defaultdict(float)
    for pair in pairs:
        linked[pair.id_a] += pair.score
        linked[pair.id_b] += pair.score
    first = min(members, key=lambda name: (-round(linked[name], 6), -full.get(name, 0), name))
    return Group(first, tuple(sorted(members)), tuple(pairs))


def fullness(record: Record) -> int:
    """How many fields of a record are given."""
    return sum(bool(getattr(record, name)) for name in record.__slots__)
