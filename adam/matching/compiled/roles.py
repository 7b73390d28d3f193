"""Roles: the organizations of a set by role in numbers: which ones each value names, and who means the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from adam.matching.compiled import layout as at
from adam.matching.compiled.gathering import either, united
from adam.matching.compiled.vocabulary import Lists, begins, listed
from adam.matching.names import Names
from adam.matching.profiles import ACRONYM

Array = np.ndarray[Any, Any]
ROLES = {"reporter": at.REPORTER, "funders": at.FUNDERS, "implementers": at.IMPLEMENTERS}


def bodies(names: Names, values: Sequence[Sequence[str]]) -> Lists:
    """The numbers of the spellings that each value names, sorted."""
    found = begins(values)
    items = np.fromiter(map(names.number, chain.from_iterable(values)), np.int32, int(found[-1]))
    return each(Lists(found, items), single(np.arange(len(names.spellings), dtype=np.int32)))


def each(lists: Lists, parts: Lists) -> Lists:
    """Each list replaced by the distinct items of its items' own lists, sorted."""
    return Lists(*united(lists, parts, (0, len(lists.at) - 1)))


def single(items: Array) -> Lists:
    """A list of one item each."""
    return Lists(np.arange(len(items) + 1), items)


def filtered(lists: Lists, kept: Array) -> Lists:
    """The lists without the items that are not kept."""
    stays = kept[lists.items]
    until = np.zeros(len(stays) + 1, np.int64)
    np.cumsum(stays, out=until[1:])
    return Lists(until[lists.at], lists.items[stays])


def chained(first: Lists, second: Lists) -> Lists:
    """Some lists and then others."""
    return Lists(
        np.concatenate((first.at, second.at[1:] + first.at[-1])), np.concatenate((first.items, second.items))
    )


def signed(lists: Lists, reach: Lists) -> Lists:
    """Lists of bodies with signatures after each: a bit for each body, and for all spellings that mean one."""
    own = np.int64(1) << (np.arange(len(reach.at) - 1) % at.SIGNED)[:, None]
    bits = either(lists, np.concatenate((own, either(reach, own)), axis=1)).astype(np.int32)
    given = np.diff(lists.at) > 0
    items = np.insert(lists.items, np.repeat(lists.at[1:][given], at.SIGNATURES), bits[given].ravel())
    return Lists(lists.at + at.SIGNATURES * np.append(0, np.cumsum(given)), items)


class Doers:
    """Those who implement: the words of their spellings, and the initials by which they are known."""

    def __init__(self, names: Names, implementers: Lists, reach: Lists):
        self.names, self.reach = names, reach
        self.numbers = np.unique(implementers.items)
        near = each(single(self.numbers), reach)
        self.near = np.unique(near.items).tolist()
        self.acronyms = {n: list(filter(ACRONYM.fullmatch, names.labels[n])) for n in self.near}

    def texts(self) -> Iterable[Iterable[str]]:
        """All their words and initials."""
        yield from (self.names.words[n] for n in self.numbers.tolist())
        yield from self.acronyms.values()

    def words(self, number: dict[str, int]) -> Lists:
        """The words of each spelling in numbers."""
        names = self.names.words
        return self._of({n: sorted(map(number.__getitem__, names[n])) for n in self.numbers.tolist()})

    def initials(self, number: dict[str, int]) -> Lists:
        """The initials by which the body of each spelling is known, in numbers."""
        own = self._of({n: list(map(number.__getitem__, found)) for n, found in self.acronyms.items()})
        return each(self.reach, own)

    def _of(self, found: dict[int, list[int]]) -> Lists:
        return listed([found.get(n, ()) for n in range(len(self.names.spellings))])
