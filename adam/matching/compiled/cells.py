"""Cells: organizations, places, purposes and identifiers of a set in numbers; each distinct value is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.aside import set_lists_aside
from adam.matching.compiled.columns import Columns
from adam.matching.compiled.gathering import either, united
from adam.matching.compiled.identifiers import columns, identified, latest
from adam.matching.compiled.layout import Shelf
from adam.matching.compiled.naming import reach_all
from adam.matching.compiled.roles import (
    ROLES,
    Doers,
    bodies,
    chained,
    each,
    filtered,
    signed,
    single,
)
from adam.matching.compiled.rows import RELATION_KINDS
from adam.matching.compiled.scalars import told as rarities
from adam.matching.compiled.scalars import yearly_lines
from adam.matching.compiled.vocabulary import (
    NAME,
    NAMED,
    Lists,
    Numbering,
    begins,
    hashed,
    in_lower_case,
    listed,
)
from adam.matching.countries import ISO3
from adam.matching.names import Names
from adam.matching.policy import Policy
from adam.matching.profiles import FEW

Array = np.ndarray[Any, Any]
CODES = {
    "countries": at.COUNTRIES,
    "commitments": at.COMMITMENTS,
    "assistance_types": at.TYPES,
    "sectors": at.SECTORS,
}


class Cells:
    """What stands in the list columns of a set."""

    def __init__(self, columns: Columns, policy: Policy):
        self.columns = columns
        self.size = len(columns.ids)
        self.every: dict[str, Lists] = {}
        values = {name: coded.values for name, coded in columns.lists.items()}
        self.organizations = Names(
            (name for role in ROLES for value in values[role] for name in value), policy.aliases
        )
        self.institutions = Names((name for value in values["beneficiaries"] for name in value), {})
        self.reach, self.homes = reach_all(self.organizations), reach_all(self.institutions)
        fields = ("countries", "pillars", "commitments", "assistance_types", "sectors")
        codes = {code for field in fields for value in values[field] for code in value}
        pillars = {code.split(".")[0] for value in values["commitments"] for code in value}
        groups = {code[:3] for value in values["sectors"] for code in value}
        # All countries from the start: a live set must take the same first five as the readable rules do.
        self.codes = Numbering(codes | pillars | groups | set(ISO3.values()))
        self.currencies = Numbering(["", "USD"])
        for currency in sorted(set(values["currency"])):
            self.currencies.number(currency)

    def doers(self) -> Doers:
        """Those who implement."""
        told = bodies(self.organizations, self.values("implementers"))
        return Doers(self.organizations, told, self.reach)

    def words(self) -> Iterable[Iterable[str]]:
        """The words and initials that name those who implement."""
        return self.doers().texts()

    def lists(self, field: str, read: Callable[[Any], Iterable[int]], kind: type = np.int32) -> Lists:
        """One sorted list of distinct numbers for each distinct value of a field."""
        return listed([sorted(set(read(value))) for value in self.columns.lists[field].values], kind)

    def put(self, pool: Any, marks: Any, masks: Array, told: tuple[Array, Numbering]) -> None:
        """Lays out all lists; `told` is the order of the records and the vocabulary."""
        ordered, vocabulary = told
        yearly = self.yearly()[ordered]
        which = {field: coded.which[ordered] for field, coded in self.columns.lists.items()}
        set_lists_aside(self.columns)
        code = self.codes.numbers
        self.put_roles(pool, which, (yearly, vocabulary.numbers))
        homes = self.lists("beneficiaries", self.institutions.bodies)
        pool.put(at.BENEFICIARIES, homes, which["beneficiaries"])
        self.coded = {field: self.lists(field, lambda v: [code[c] for c in v]) for field in CODES}
        for field, column in CODES.items():
            pool.put(column, self.coded[field], which[field])
        pool.put(at.GROUPS, self.lists("sectors", lambda v: [code[c[:3]] for c in v]), which["sectors"])
        self.put_pillars(pool, which)
        self.put_marks(marks, masks, which)
        self.count(which)

    def put_roles(self, pool: Any, which: dict[str, Array], told: tuple[Array, Any]) -> None:
        """Bodies by role: `told` is which records are lines of yearly returns, and the numbers of words."""
        yearly, word = told
        for role, column in ROLES.items():
            every = self.every[role] = bodies(self.organizations, self.values(role))
            # Once as an ordinary record tells the bodies of a value, and once more as a yearly return does.
            both = chained(every if role == "reporter" else filtered(every, self.parties), every)
            at_hand = which[role] + yearly * len(self.values(role))
            pool.put(column, signed(both, self.reach), at_hand, np.diff(both.at))
            if role == "implementers":
                doers = self.doers()
                pool.put(at.DOERS, each(both, doers.words(word)), at_hand)
                pool.put(at.LETTERS, each(both, doers.initials(word)), at_hand)

    @cached_property
    def parties(self) -> Array:
        """Which spellings name a party."""
        names = self.organizations
        return np.fromiter(map(names.is_party, range(len(names.spellings))), np.bool_)

    def numbered(self) -> Array:
        """Which records have an outside identifier."""
        told = self.columns.lists["identifiers"]
        return np.array([bool(value) for value in told.values], bool)[told.which]

    def yearly(self) -> Array:
        """Which records are lines of yearly returns."""
        start, paid = (self.columns.days[name] for name in ("start", "value_date"))
        return yearly_lines(start, paid, self.numbered())

    def collected(self) -> Array:
        """Which records come from who collects what others report."""
        told = self.columns.lists["reporter"]
        names = self.organizations
        return np.array([any(map(names.collects, v)) for v in told.values], bool)[told.which]

    def put_pillars(self, pool: Any, which: dict[str, Array]) -> None:
        """Pillars are given, or follow from the commitments: one list for each distinct pair of both."""
        left, right = self.columns.lists["pillars"], self.columns.lists["commitments"]
        pairs = which["pillars"].astype(np.int64) * len(right.values) + which["commitments"]
        distinct, each = np.unique(pairs, return_inverse=True)
        code = self.codes.numbers
        found = []
        for pair in distinct.tolist():
            given, followed = left.values[pair // len(right.values)], right.values[pair % len(right.values)]
            found.append(sorted({code[c] for c in given} | {code[c.split(".")[0]] for c in followed}))
        pool.put(at.PILLARS, listed(found), each)

    def put_marks(self, marks: Any, masks: Array, which: dict[str, Array]) -> None:
        """Identifiers and stated relations as hashes."""
        values = self.values("identifiers")
        told = list(chain.from_iterable(values))
        number = {text: n for n, text in enumerate(dict.fromkeys(told))}
        lists = Lists(begins(values), np.fromiter(map(number.__getitem__, told), np.int32, len(told)))
        texts, span = list(number), (0, len(values))
        found = identified(texts)
        few = self.few(texts, found.whole, (lists, which["identifiers"]))
        for column, parts in columns(found, few).items():
            marks.put(column, Lists(*united(lists, parts, span)), which["identifiers"])
        years = either(lists, found.years)
        masks[:, at.NUMBERED : at.NUMBERED + 2] = years[which["identifiers"]]
        marks.ints[:, at.LAST_NUMBERED] = latest(years)[which["identifiers"]]
        stated = [
            [hashed(target.casefold()) for _, target in value]
            + [len(value), *(RELATION_KINDS.index(kind) for kind, _ in value)] * bool(value)
            for value in self.values("relations")
        ]
        lists = listed(stated, np.int64)
        marks.put(at.TARGETS, lists, which["relations"], np.diff(lists.at) // 2)

    def few(self, texts: list[str], hashed: Array, told: tuple[Lists, Array]) -> Array:
        """Which identifiers few records carry, so that they may name a project: as profiles.Lexicon tells it.

        Told are the numbers of each distinct value, and which value each record has.
        """
        lists, which = told
        _, first, number = np.unique(hashed, return_index=True, return_inverse=True)
        at, items = united(lists, single(number), (0, len(lists.at) - 1))
        seen = through(Lists(at, items), np.bincount(which, minlength=len(lists.at) - 1), len(first))
        self.carried = [texts[n] for n in first.tolist()], seen
        return seen[number] <= FEW

    @cached_property
    def seen(self) -> Counter[str]:
        """How many records carry each identifier."""
        texts, seen = self.carried
        return Counter(dict(zip(in_lower_case(texts), seen.tolist(), strict=True)))

    def values(self, field: str) -> list[Any]:
        """The distinct values of a field."""
        return self.columns.lists[field].values

    def count(self, which: dict[str, Array]) -> None:
        """How many records name each body, country and sector."""
        every = (self.every["reporter"], self.every["funders"], self.every["implementers"])
        told = (which["reporter"], which["funders"], which["implementers"])
        self.named = naming(every, told, len(self.organizations.spellings))
        self.coded_seen = {
            field: through(self.coded[field], np.bincount(which[field]), len(self.codes))
            for field in ("countries", "sectors")
        }

    def shelf(self, title: Any, said: Any, known: Any) -> Shelf:
        """What all rows share."""
        size, reach, homes = self.size, self.reach, self.homes
        spoken = np.repeat(np.arange(len(reach.at) - 1), np.diff(reach.at))
        named = np.bincount(spoken, self.named[reach.items], len(reach.at) - 1).astype(np.int64)
        seen = np.where(
            self.coded_seen["sectors"] > 0, self.coded_seen["sectors"], self.coded_seen["countries"]
        )
        code = self.codes.numbers
        flags = known.flags | np.where(
            (known.flags & NAME > 0) & (title.seen <= max(FEW, size // 250)), NAMED, 0
        )
        return Shelf(
            title.weights,
            said.weights,
            flags.astype(np.uint8),
            known.forms.at,
            known.forms.items,
            known.trigrams.at,
            known.trigrams.items,
            np.array([len(known.trigrams.values)], np.int64),
            reach.items[reach.at[:-1]],
            reach.at,
            reach.items,
            homes.at,
            homes.items,
            np.array([code.get(text.split(".")[0], -1) for text in self.codes.texts], np.int32),
            rarities(named, size),
            rarities(seen, size),
        )


def through(lists: Lists, carried: Array, many: int) -> Array:
    """How many records hold each item, where so many have each of the lists."""
    sizes = np.diff(lists.at)[: len(carried)]
    held = np.repeat(carried, sizes)
    return np.bincount(lists.items[: len(held)], held, many).astype(np.int64)


@njit(cache=True, nogil=True)
def naming(lists, which, many):  # type: ignore[no-untyped-def]
    """How many records hold each item in any of three lists: of each the lists, and which one each record has."""
    found, last = np.zeros(many, np.int64), np.full(many, -1, np.int64)
    for n in range(which[0].size):
        for part in range(len(lists)):
            at, items, value = lists[part].at, lists[part].items, which[part][n]
            for p in range(at[value], at[value + 1]):
                item = items[p]
                found[item] += last[item] != n
                last[item] = n
    return found
