"""Counting: what some records say and how many of them say it, so that Spark can add it up over all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow

from adam.matching.compiled.columns import Coded, Columns
from adam.matching.compiled.pieces import told
from adam.matching.compiled.prepare import ALL
from adam.matching.compiled.texts import Rules, carried, distinct_words, keyed
from adam.matching.compiled.tokens import pieces
from adam.matching.compiled.vocabulary import STOP, Lists, Numbering, flags, hashes, listed
from adam.matching.profiles import LONGEST, READ
from adam.matching.spark.tables import BYTES

Array = np.ndarray[Any, Any]
COUNTS = pyarrow.schema(
    [
        ("field", pyarrow.string()),
        ("text", BYTES),
        ("number", pyarrow.int64()),
        ("many", pyarrow.int64()),
    ]
)
ROLES = ("reporter", "funders", "implementers")
CODES = ("countries", "pillars", "commitments", "assistance_types", "sectors")
TEXTS = {"title": (ALL, Rules(ALL, 0)), "description": (LONGEST, Rules(READ, STOP))}


def counted(columns: Columns) -> pyarrow.Table:
    """Words, keys of texts, names, codes, sums and days of some records, each with how many of them carry it."""
    parts = [part for name in TEXTS for part in of_texts(name, columns)]
    parts += [of_names(role, columns.lists[role]) for role in (*ROLES, "beneficiaries")]
    parts.append(of_bodies(columns))
    parts += [of_codes(field, columns.lists[field]) for field in CODES]
    parts.append(of_codes("identifiers", folded(columns.lists["identifiers"])))
    parts += of_sums(columns)
    parts.append(of_numbers("start", columns.days["start"][columns.days["start"] > 0]))
    parts.append(row("size", [""], [0], [len(columns.ids)]))
    return pyarrow.concat_tables(parts)


def row(field: str, texts: Sequence[str], numbers: Any, many: Any) -> pyarrow.Table:
    """Counts of one field."""
    told = [text.encode("utf-8", "surrogatepass") for text in texts]
    columns = [
        pyarrow.repeat(field, len(told)).cast(pyarrow.string()),
        pyarrow.array(told, BYTES),
        pyarrow.array(np.asarray(numbers, np.int64)),
        pyarrow.array(np.asarray(many, np.int64)),
    ]
    return pyarrow.table(columns, schema=COUNTS)


def of_texts(name: str, columns: Columns) -> list[pyarrow.Table]:
    """Words of titles or descriptions, and keys of whole ones."""
    longest, rules = TEXTS[name]
    stream, distinct = pieces(columns.texts[name], np.arange(len(columns.ids)), longest, 1)
    read = told(distinct)
    found = [read.words[n] for n in read.which.tolist()]
    vocabulary = Numbering(word for each in found for word in each)
    kinds = np.array([flags(word) for word in vocabulary.texts], np.uint8)
    spoken = listed([[vocabulary.numbers[word] for word in each] for each in found])
    lists = distinct_words(stream, spoken, (kinds, rules), 1)
    known = hashes(vocabulary.texts)
    words = row(f"{name}_word", vocabulary.texts, np.zeros(len(vocabulary)), carried(lists, len(vocabulary)))
    return [words, of_numbers(f"{name}_key", keyed(lists, known))]


def of_numbers(field: str, values: Array) -> pyarrow.Table:
    """Whole numbers and how often each stands."""
    numbers, many = np.unique(values, return_counts=True)
    return row(field, [""] * len(numbers), numbers, many)


def of_names(field: str, coded: Coded) -> pyarrow.Table:
    """The distinct names of a field; how many records carry them is told by `of_bodies`."""
    names = sorted({name for value in coded.values for name in value})
    return row(field, names, np.zeros(len(names)), np.zeros(len(names)))


def of_bodies(columns: Columns) -> pyarrow.Table:
    """How many records name each organization in whatever role."""
    names = Numbering(name for role in ROLES for value in columns.lists[role].values for name in value)
    met = [pairs(columns.lists[role], names) for role in ROLES]
    many = max(1, len(names))
    keys = np.unique(np.concatenate([rows * many + items for rows, items in met]))
    counts = np.bincount(keys % many, minlength=many)[: len(names)]
    return row("body", names.texts, np.zeros(len(names)), counts)


def of_codes(field: str, coded: Coded) -> pyarrow.Table:
    """How many records carry each code."""
    codes = Numbering(code for value in coded.values for code in value)
    counts = np.bincount(pairs(coded, codes)[1], minlength=len(codes))
    return row(field, codes.texts, np.zeros(len(codes)), counts)


def folded(coded: Coded) -> Coded:
    """Identifiers, capital or small."""
    return Coded([tuple(each.casefold() for each in value) for value in coded.values], coded.which)


def pairs(coded: Coded, known: Numbering) -> tuple[Array, Array]:
    """For each item of each record the record and the number of the item, each once."""
    lists: Lists = listed([sorted({known.numbers[item] for item in value}) for value in coded.values])
    return expanded(lists, coded.which)


def expanded(lists: Lists, which: Array) -> tuple[Array, Array]:
    """For each item of each record's list the record and the item."""
    sizes = np.diff(lists.at)[which]
    rows = np.repeat(np.arange(len(which), dtype=np.int64), sizes)
    begins = np.repeat(lists.at[:-1][which], sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows, lists.items[begins + within].astype(np.int64)


def of_sums(columns: Columns) -> Iterable[pyarrow.Table]:
    """Amounts in their own currency, and in US dollars, as the bits of their numbers."""
    usd = np.abs(np.nan_to_num(columns.usd))
    yield of_numbers("usd", usd[usd > 0].view(np.int64))
    own = np.nan_to_num(columns.own)
    currency = columns.lists["currency"]
    for number, text in enumerate(currency.values):
        bits, many = np.unique(own[currency.which == number].view(np.int64), return_counts=True)
        yield row("own", [text] * len(bits), bits, many)
