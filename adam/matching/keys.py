"""Keys: the rules that say which records are compared at all, as one readable union."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product
from math import log

from adam.matching.policy import Policy
from adam.matching.profiles import Profile

Key = tuple[object, ...]
QUARTER, HALF_YEAR = 91, 182
NOWHERE = ("",)


def identifier(p: Profile) -> Iterator[Key]:
    """One outside identifier on both, one number that both stand under, or a stated relation; any country."""
    yield from ((value,) for value in p.identifiers)
    yield from ((value.split(":", 1)[-1],) for value in p.identifiers)
    yield from ((value,) for value in p.stems)
    yield (p.record.id.casefold(),)
    yield from ((target.casefold(),) for _, target in p.record.relations)


def same_title(p: Profile) -> Iterator[Key]:
    """The same words in the title; any country."""
    if p.title.key:
        yield (p.title.key,)


def rare_words(p: Profile) -> Iterator[Key]:
    """Two of the five rarest words of the title; any country."""
    yield from combinations(sorted(p.title.rarest(5)), 2)


def described_alike(p: Profile) -> Iterator[Key]:
    """Two of the five rarest words of the description; any country."""
    yield from combinations(sorted(p.description.rarest(5)), 2)


def same_amount(p: Profile) -> Iterator[Key]:
    """The same amount to the unit in its own currency, or in US dollars; any country."""
    if p.own:
        yield (p.record.currency, round(p.own))
    if p.usd and p.record.currency != "USD":
        yield ("USD", round(p.usd))


def place_time_money(p: Profile) -> Iterator[Key]:
    """A country, a start within about three months, an amount of about the same size."""
    if p.start is not None and (p.usd or p.own):
        size = log(abs(p.usd or p.own or 1.0)) / log(1.35)
        yield from product(places(p), windows(p.start, QUARTER), windows(size, 1))


def place_time_body(p: Profile) -> Iterator[Key]:
    """A country, a start within about six months, an organization in whatever role."""
    if p.start is not None:
        yield from product(places(p), windows(p.start, HALF_YEAR), doers(p))


def place_words(p: Profile) -> Iterator[Key]:
    """A country and one of the three rarest words of the title."""
    yield from product(places(p), p.title.rarest(3))


def place_sector_body(p: Profile) -> Iterator[Key]:
    """A country, a sector code and an organization."""
    yield from product(places(p), sorted(p.sectors)[:6], doers(p))


def cell(p: Profile) -> Iterator[Key]:
    """A country and a pillar: for the coordination questions."""
    yield from product(sorted(p.countries), sorted(p.pillars))


RULES: dict[str, Callable[[Profile], Iterator[Key]]] = {
    rule.__name__: rule
    for rule in (
        identifier,
        same_title,
        rare_words,
        described_alike,
        same_amount,
        place_time_money,
        place_time_body,
        place_words,
        place_sector_body,
        cell,
    )
}


def places(p: Profile) -> Sequence[str]:
    """Up to five countries of a record; records without any meet one another."""
    return sorted(p.countries)[:5] or NOWHERE


def doers(p: Profile) -> Sequence[int]:
    """One number for each body that implements (or else reports): the smallest of all that mean it."""
    role = p.implementers if p.implementers.ids else p.reporter
    return sorted(role.reach)[:4]


def windows(value: float, width: float) -> tuple[int, int]:
    """The window a value lies in and its nearer neighbour, so that close values always share one."""
    at = int(value // width)
    return (at, at + 1) if value / width - at >= 0.5 else (at - 1, at)


def keys(p: Profile, policy: Policy) -> Iterator[tuple[str, Key]]:
    """Every key of a record under the rules that are switched on."""
    for name in policy.rules:
        for key in RULES[name](p):
            yield name, key


def candidates(profiles: Sequence[Profile], policy: Policy) -> tuple[set[int], list[str]]:
    """The pairs to compare, each as i * n + j with i < j, and a sentence for every bucket that was limited."""
    buckets: dict[tuple[str, Key], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for key in set(keys(profile, policy)):
            buckets[key].append(number)
    found: set[int] = set()
    crowded: dict[str, list[int]] = defaultdict(list)
    for (rule, _), members in buckets.items():
        limit = policy.limits["cell" if rule == "cell" else "bucket"]
        if len(members) > limit:
            crowded[rule].append(len(members))
            pairs: Iterable[tuple[int, int]] = neighbours(members, profiles, policy.limits["neighbours"])
        else:
            pairs = combinations(members, 2)
        found.update(i * len(profiles) + j for i, j in pairs)
    return found, [limited(rule, sizes, policy) for rule, sizes in sorted(crowded.items())]


def neighbours(members: Sequence[int], profiles: Sequence[Profile], count: int) -> Iterator[tuple[int, int]]:
    """The rule for a crowded bucket: each record meets its nearest by title, and its nearest by start and amount."""
    by_title = sorted(members, key=lambda n: (profiles[n].title.key, profiles[n].start or 0, n))
    by_date = sorted(
        members, key=lambda n: (profiles[n].start or 0, profiles[n].usd or profiles[n].own or 0, n)
    )
    for line in (by_title, by_date):
        for at, one in enumerate(line):
            for other in line[at + 1 : at + 1 + count]:
                yield (one, other) if one < other else (other, one)


def limited(rule: str, sizes: Sequence[int], policy: Policy) -> str:
    """What was not compared all with all, said once for each rule."""
    groups = "1 group" if len(sizes) == 1 else f"{len(sizes)} groups"
    return (
        f"Rule {rule}: {groups} of up to {max(sizes)} records too many to compare all with all; there each record "
        f"was compared with its {policy.limits['neighbours']} nearest by title and by start and amount."
    )
