"""Grids: counted records laid out over two things, such as country × pillar, with who and how much is in each cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from adam.domain.coverage import Cell, Key
from adam.queries import holdings as questions
from adam.services.columns import LATEST, NONE, Array, Columns, distinct, places_of
from adam.services.counting import Counted, dollars
from adam.services.work import Work

PILLAR, COMMITMENT, TYPE = "pillar", "commitment", "assistance_type"
APART = "|"
"""Between a pillar and what is finer: "I|I.4" is a column of its own, "I|" what has no commitment."""
MANY = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """Places of records: each in a row and a column, with its cents, and whether the record stands there."""

    record: Array
    row: Array
    column: Array
    cents: Array
    stands: Array
    proposed: Array


def cells(w: Work, counted: Counted, by: str = PILLAR) -> dict[Key, Cell]:
    """Every cell in which a record or money stands. The money of all cells together is the grand total."""
    return _gathered(w, counted, *_laid_out(counted, by))


def inner(w: Work, counted: Counted, key: Key) -> dict[Key, Cell]:
    """One cell of country × pillar opened: commitment × kind of help, None for what is not stated."""
    table, words = counted.columns.tables["place"], counted.columns.words
    country, pillar = (next(iter(words.known([code])), NONE - 1) if code else NONE for code in key)
    here = (table["country"] == country) & (table["pillar"] == pillar) & counted.chosen[table["record"]]
    record = table["record"][here]
    cents = np.where(counted.counts[record], table["cents"][here], 0)
    stands, proposed = (table[name][here].astype(bool) for name in ("stands", "proposed"))
    rows, kinds = _by_type(
        counted.columns, Rows(record, table["commitment"][here], record, cents, stands, proposed)
    )
    return _gathered(w, counted, replace(rows, column=kinds), words.texts)


def _gathered(w: Work, counted: Counted, rows: Rows, names: list[str]) -> dict[Key, Cell]:
    if not len(rows.record):
        return {}
    width = len(names) + 1
    keys, at = places_of((rows.row + 1) * width + rows.column + 1)
    cents = np.zeros(len(keys), np.int64)
    np.add.at(cents, at, rows.cents)
    found = [Cell(usd=dollars(sum_)) for sum_ in cents]
    _fill(w, counted.columns, found, (rows, at))
    codes = [divmod(int(key), width) for key in keys]
    named = [
        (counted.columns.words.text(row - 1), None if column == 0 else names[column - 1])
        for row, column in codes
    ]
    return dict(zip(named, found, strict=True))


def _laid_out(counted: Counted, by: str) -> tuple[Rows, list[str]]:
    """The places of the chosen records, and the names of the columns by their numbers."""
    table = counted.columns.tables["place"]
    inside = counted.chosen[table["record"]]
    record, pillar = table["record"][inside], table["pillar"][inside]
    cents = np.where(counted.counts[record], table["cents"][inside], 0)
    stands, proposed = (table[name][inside].astype(bool) for name in ("stands", "proposed"))
    rows = Rows(record, table["country"][inside], pillar, cents, stands, proposed)
    texts = counted.columns.words.texts
    if by == PILLAR:
        return rows, texts
    finer = table["commitment"][inside] if by == COMMITMENT else None
    if finer is None:
        rows, finer = _by_type(counted.columns, rows)
    size = len(texts) + 1
    pairs, column = places_of((rows.column + 1) * size + finer + 1)
    names = [_name(texts, divmod(int(pair), size)) for pair in pairs]
    nowhere = [at for at, name in enumerate(names) if name is None]
    column = np.where(np.isin(column, nowhere), NONE, column)
    return Rows(rows.record, rows.row, column, rows.cents, rows.stands, rows.proposed), [
        name or "" for name in names
    ]


def _name(texts: list[str], pair: tuple[int, int]) -> str | None:
    pillar, finer = (texts[number - 1] if number else "" for number in pair)
    return f"{pillar}{APART}{finer}" if pillar else None


def _by_type(columns: Columns, rows: Rows) -> tuple[Rows, Array]:
    """The rows once for each kind of help. Of a record of several kinds its money lies under none."""
    table = columns.tables["kind"]
    which, kinds = crossed(rows.record, (table["record"], table["code"]))
    sole = columns.own["type"]
    whole = (kinds == sole[rows.record[which]]) | (kinds == NONE)
    first = Rows(
        rows.record[which],
        rows.row[which],
        rows.column[which],
        np.where(whole, rows.cents[which], 0),
        rows.stands[which],
        rows.proposed[which],
    )
    several = np.isin(np.arange(len(rows.record)), which[~whole])
    rest = Rows(
        rows.record[several],
        rows.row[several],
        rows.column[several],
        rows.cents[several],
        np.zeros(int(several.sum()), bool),
        rows.proposed[several],
    )
    return _together(first, rest), np.concatenate((kinds, np.full(len(rest.record), NONE)))


def _together(first: Rows, second: Rows) -> Rows:
    names = ("record", "row", "column", "cents", "stands", "proposed")
    return Rows(*(np.concatenate((getattr(first, name), getattr(second, name))) for name in names))


def crossed(records: Array, table: tuple[Array, Array]) -> tuple[Array, Array]:
    """Each place in `records` once for each row that a table has for the record: (place, code).

    Where the table has none: once, with NONE.
    """
    order = np.argsort(table[0], kind="stable")
    owners, codes = table[0][order], table[1][order]
    first = np.searchsorted(owners, records, "left")
    many = np.searchsorted(owners, records, "right") - first
    times = np.maximum(many, 1)
    place = np.repeat(np.arange(len(records)), times)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
    chosen = np.minimum(np.repeat(first, times) + nth, max(len(codes) - 1, 0))
    there = np.repeat(many > 0, times)
    return place, np.where(there, codes[chosen] if len(codes) else NONE, NONE)


def _fill(w: Work, columns: Columns, found: list[Cell], laid: tuple[Rows, Array]) -> None:
    """Who stands in each cell: its records, its donors, how many only by a proposal, and when the last of them ends."""
    rows, at = laid
    size = len(columns) + 1
    pairs = distinct(at[rows.stands] * size + rows.record[rows.stands])
    sure = distinct((at * size + rows.record)[rows.stands & ~rows.proposed])
    cell, record = np.divmod(pairs, size)
    edges = np.searchsorted(cell, np.arange(len(found) + 1))
    confirmed = np.bincount(sure // size, minlength=len(found))
    ends = columns.own["ends"][record]
    for number, one in enumerate(found):
        inside = slice(edges[number], edges[number + 1])
        one.projects = record[inside].tolist()
        one.proposed = len(one.projects) - int(confirmed[number])
        known = ends[inside][ends[inside] < LATEST]
        one.open_end = len(known) < len(one.projects)
        one.last_end = date.fromordinal(int(known.max())) if len(known) else None
    _name_donors(w, columns, found, (cell, record))


def _name_donors(w: Work, columns: Columns, found: list[Cell], where: tuple[Array, Array]) -> None:
    table, words = columns.tables["donor"], columns.words
    place, donor = crossed(where[1], (table["record"], table["code"]))
    given = donor != NONE
    pairs = distinct(where[0][place][given] * (len(words.texts) + 1) + donor[given])
    cell, code = np.divmod(pairs, len(words.texts) + 1)
    names = names_of(w, [words.texts[number] for number in distinct(code)])
    for number, who in zip(cell.tolist(), code.tolist(), strict=True):
        found[number].donors.add(names[words.texts[who]])


def names_of(w: Work, keys: list[str]) -> dict[str, str]:
    """The names of partners by code and of other bodies by id."""
    partners = {key: w.vocabulary.partner(key) for key in keys if key in w.vocabulary.partners}
    others = [key for key in keys if key not in partners]
    known = questions.names(w.session, others if len(others) <= MANY else None)
    return dict.fromkeys(keys, "") | partners | {key: known.get(key, key) for key in others}
