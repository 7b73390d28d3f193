"""Keys: the rules that say which records are compared at all, as one readable union."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product
from math import floor, log

from adam.matching.policy import Policy
from adam.matching.profiles import Profile

Key = tuple[object, ...]
QUARTER, HALF_YEAR = 91, 182
NOWHERE = ("",)
STEP = log(1.35)


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
    """Two of the three rarest words of the title; any country."""
    yield from combinations(sorted(p.title.rarest(3)), 2)


def described_alike(p: Profile) -> Iterator[Key]:
    """Two of the three rarest words of the description; any country."""
    yield from combinations(sorted(p.description.rarest(3)), 2)


def same_amount(p: Profile) -> Iterator[Key]:
    """The same amount to the unit in its own currency, or in US dollars; any country."""
    if p.own:
        yield (p.record.currency, round(p.own))
    if p.usd and p.record.currency != "USD":
        yield ("USD", round(p.usd))


def place_time_money(p: Profile) -> Iterator[Key]:
    """A country, a start within about three months, an amount of about the same size."""
    yield from product(places(p), quarters(p), sizes(p))


def place_time_body(p: Profile) -> Iterator[Key]:
    """A country, a start within about six months, an organization in whatever role."""
    if p.start is not None:
        yield from product(places(p), windows(p.start, HALF_YEAR), bodies(p))


def place_word(p: Profile) -> Iterator[Key]:
    """A country and one of the three rarest words of the title."""
    yield from product(places(p), p.title.rarest(3))


def place_money_body(p: Profile) -> Iterator[Key]:
    """A country, an amount of about the same size, an organization in whatever role."""
    yield from product(places(p), sizes(p), bodies(p))


def time_money_body(p: Profile) -> Iterator[Key]:
    """A start within about three months, an amount of about the same size, an organization; any country."""
    yield from product(quarters(p), sizes(p), bodies(p))


def place_sector_body(p: Profile) -> Iterator[Key]:
    """A country, a sector code and an organization in whatever role."""
    yield from product(places(p), sorted(p.sectors)[:6], bodies(p))


def place_day(p: Profile) -> Iterator[Key]:
    """A country and the very day of the start."""
    if p.start is not None:
        yield from product(places(p), (p.start,))


def cell(p: Profile) -> Iterator[Key]:
    """A country and a pillar: for the coordination questions."""
    yield from product(sorted(p.countries)[:30], sorted(p.pillars)[:4])


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
        place_word,
        place_money_body,
        time_money_body,
        place_sector_body,
        place_day,
        cell,
    )
}


def places(p: Profile) -> Sequence[str]:
    """Up to five countries of a record; records without any meet one another."""
    return sorted(p.countries)[:5] or NOWHERE


def bodies(p: Profile) -> Sequence[int]:
    """Up to six bodies in whatever role, each by the least number of all spellings that mean it."""
    roles = (p.implementers, p.reporter, p.funders)
    return list(dict.fromkeys(number for role in roles for number in role.homes))[:6]


def quarters(p: Profile) -> Sequence[int]:
    """The quarter of the start and the nearer neighbour of it."""
    return windows(p.start, QUARTER) if p.start is not None else ()


def sizes(p: Profile) -> Sequence[int]:
    """The step of the amount on a ladder of thirds, and the nearer neighbour of that step."""
    return steps(p.usd or p.own or 0.0)


def steps(amount: float) -> tuple[int, ...]:
    """The step of an amount, and the nearer neighbour of that step; none without an amount."""
    if not amount:
        return ()
    height = log(abs(amount)) / STEP + 1000
    step = floor(height)
    return step, step + 1 if height - step >= 0.5 else step - 1


def windows(day: int, width: int) -> tuple[int, int]:
    """The window a day lies in and its nearer neighbour, so that close days always share one."""
    at = day // width
    return (at, at + 1) if (day % width) * 2 >= width else (at - 1, at)


def keys(p: Profile, policy: Policy) -> Iterator[tuple[str, Key]]:
    """Every key of a record under the rules that are switched on."""
    for name in policy.rules:
        for key in RULES[name](p):
            yield name, key


def splits(p: Profile) -> Iterator[Key]:
    """What a crowded bucket is split by: quarter of the start, size of the amount, bodies, rare words."""
    yield from (("quarter", step) for step in quarters(p))
    yield from (("size", step) for step in sizes(p))
    yield from (("body", number) for number in bodies(p))
    yield from (("word", word) for word in p.title.rarest(3))


def full(policy: Policy, size: int) -> int:
    """How many records a bucket may hold to be compared all with all, in a set of so many: fewer in larger sets.

    Where crowded buckets are no longer split, more again.
    """
    limits = policy.limits
    if not splitting(policy, size):
        return int(limits["unsplit"])
    return int(max(limits["least"], min(limits["bucket"], limits["work"] // max(1, size))))


def splitting(policy: Policy, size: int) -> bool:
    """Whether crowded buckets are split in a set of so many records: in the largest it costs more than it finds."""
    return bool(size <= policy.limits["split"])


def needed(policy: Policy, size: int) -> int:
    """How many keys two records must share to be looked at, in a set of so many: true pairs share many."""
    return 1 + sum(size > bound for bound in policy.limits["agree"])


def candidates(profiles: Sequence[Profile], policy: Policy) -> tuple[set[int], list[str]]:
    """The pairs to compare, each as i * n + j with i < j, and a sentence where buckets were crowded.

    A bucket with more than `full` records is split: its records meet where they share one more trait, and each meets
    its next `neighbours` in the order of the set. A cell is not split, nor is any bucket of a set larger than `split`.
    In large sets a pair must share several keys.
    """
    most = full(policy, len(profiles))
    buckets: dict[tuple[str, Key], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for key in set(keys(profile, policy)):
            buckets[key].append(number)
    crowded = {key: held for key, held in buckets.items() if key[0] != "cell" and len(held) > most}
    finer: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for key, held in crowded.items() if splitting(policy, len(profiles)) else ():
        for number in held:
            for trait in set(splits(profiles[number])):
                finer[*key, trait].append(number)
    found: Counter[int] = Counter()
    limits = policy.limits
    for (rule, _), held in buckets.items():
        bounds = (limits["cell"], limits["near"]) if rule == "cell" else (most, limits["neighbours"])
        found.update(i * len(profiles) + j for i, j in met(held, *bounds))
    for held in finer.values():
        found.update(i * len(profiles) + j for i, j in met(held, most, limits["neighbours"]))
    enough = needed(policy, len(profiles))
    agreed = {pair for pair, votes in found.items() if votes >= enough}
    sizes = [len(held) for held in crowded.values()]
    return agreed, [limited(sizes, splitting(policy, len(profiles)))] if crowded else []


def met(held: Sequence[int], most: int, neighbours: int) -> Iterable[tuple[int, int]]:
    """All pairs of a bucket, or of a crowded one each record with its next few."""
    if len(held) <= most:
        return combinations(held, 2)
    return ((one, other) for at, one in enumerate(held) for other in held[at + 1 : at + 1 + neighbours])


def limited(sizes: Sequence[int], split: bool) -> str:
    """What was not compared all with all."""
    return crowding(len(sizes), max(sizes), split)


def crowding(many: int, largest: int, split: bool) -> str:
    """What was not compared all with all: so many buckets, the largest of so many records."""
    where = "where they also share a quarter of the start, a size of the amount, an organization or a rare word, and "
    return (
        f"{many} groups of records that share a key were too large to compare all with all, the largest of {largest}: "
        f"their records were compared {where if split else ''}with their nearest by start."
    )
