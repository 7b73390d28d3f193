"""Saving a live set: arrays to be used where they lie, texts as JSON in UTF-8; nothing of a file is ever run."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from adam.matching import mapped
from adam.matching.compiled import layout as at
from adam.matching.compiled import live_lexicon
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.live import Live, Parts
from adam.matching.compiled.live_kernels import Held, Sorted, keys_alone, lot_of
from adam.matching.compiled.live_laying import Spelt
from adam.matching.compiled.live_rows import GrowingRows, GrowingShelf
from adam.matching.compiled.rows import Codes
from adam.matching.compiled.vocabulary import numbered
from adam.matching.policy import Policy

Array = np.ndarray[Any, Any]
FORMAT = "adam live set 4"
ENTRIES = ("plain", "finer", "cells")
PORTION, SEPARATOR = 5000, "\n"
CODES = ("words", "codes", "currencies", "trigrams")
UNUSUAL = (KeyError, IndexError, TypeError, AttributeError, BadZipFile, EOFError, zlib.error, OverflowError)


class Frozen(NamedTuple):
    """A set as it is at a moment: arrays that nobody writes into any more, and copies of all that grows."""

    arrays: dict[str, Any]
    texts: dict[str, Any]
    ids: list[str]
    lexicon: Any


def frozen(live: Live) -> Frozen:
    """The set as it is now, in no more time than a question takes: only short lists are copied.

    Rows, entries and what all rows share are only ever added to behind what is in use, so they are not copied.
    """
    shelf, added = live.shelf, live.added.whole()
    arrays = {
        "alive": live.held.alive.copy(),
        "added_alive": live.alive[: len(live.added)].copy(),
        **{f"row_{name}": part for name, part in live.held.rows._asdict().items()},
        **{f"added_{name}": part for name, part in added._asdict().items()},
        **{f"entries_{name}": getattr(live.held, name).entries for name in ENTRIES},
        **{f"begins_{name}": getattr(live.held, name).begins for name in ENTRIES},
        **shelf.shelf._asdict(),
        **shelf.spelt._asdict(),
        **live_lexicon.arrays(live.lexicon),
    }
    texts = {
        "format": FORMAT,
        "filled": [shelf.words, shelf.codes, shelf.bodies, shelf.institutions],
        "vocabulary": {name: list(getattr(live.codes, name).texts) for name in CODES},
    }
    return Frozen(arrays, texts, list(live.ids), live_lexicon.frozen(live.lexicon))


def save(now: Frozen, path: str | Path, more: Mapping[str, Any]) -> None:
    """Writes the set to a file that `load` reads, with `more` that its owner wants back."""
    texts = now.texts | {"lexicon": live_lexicon.texts(now.lexicon), "more": more}
    ids = SEPARATOR.join(json.dumps(portion) for portion in portions(now.ids))
    told = {"texts": in_bytes("".join(dumped(texts))), "ids": in_bytes(ids)}
    mapped.write(path, told | now.arrays)


def in_bytes(text: str) -> Array:
    """A text as an array of its bytes."""
    return np.frombuffer(text.encode(), np.uint8)


def portions(told: list[Any]) -> Iterator[list[Any]]:
    """A list in portions, each written or read while other threads wait for their turn."""
    return (told[at : at + PORTION] for at in range(0, len(told), PORTION))


def dumped(told: Any) -> Iterator[str]:
    """JSON in portions, so that other threads have their turn between them."""
    if isinstance(told, Mapping):
        yield "{"
        for number, (name, value) in enumerate(told.items()):
            yield f"{',' if number else ''}{json.dumps(str(name))}:"
            yield from dumped(value)
        yield "}"
    elif isinstance(told, list) and len(told) > PORTION:
        for number, portion in enumerate(portions(told)):
            yield "," if number else "["
            yield json.dumps(portion)[1:-1]
        yield "]"
    else:
        yield json.dumps(told)


def load(path: str | Path, policy: Policy) -> tuple[Live, Any]:
    """The set of a file that `save` wrote, and what its owner wanted back; ValueError when it is no such file."""
    try:
        found = mapped.read(path)
        texts = json.loads(found.pop("texts").tobytes())
        if texts["format"] != FORMAT:
            raise ValueError(f"{path} was written in another form.")
        lines = found.pop("ids").tobytes().decode().split(SEPARATOR)
        ids = [one for line in lines if line for one in json.loads(line)]
        live = Live(parts((texts, ids), found, policy), policy)
        take_in(live, found)
        mapped.fetched(found)
        return live, texts["more"]
    except UNUSUAL as wrong:
        raise ValueError(f"{path} holds no index: {wrong!r}") from wrong


def parts(told: tuple[Any, list[str]], found: Mapping[str, Array], policy: Policy) -> Parts:
    """What the set is made of."""
    (texts, ids), codes = told, Codes()
    for name in CODES:
        setattr(codes, name, numbered(texts["vocabulary"][name]))
    lexicon = live_lexicon.loaded(texts["lexicon"], found, codes, policy)
    shelf = GrowingShelf(
        Shelf(*(found[name] for name in Shelf._fields)), Spelt(*(found[name] for name in Spelt._fields))
    )
    shelf.words, shelf.codes, shelf.bodies, shelf.institutions = map(int, texts["filled"])
    alive = found["alive"]
    bits = max(1, int(len(alive) - 1).bit_length())
    held = Held(rows(found, "row"), alive, *(sorted_entries(found, name, bits) for name in ENTRIES))
    return Parts(held, lexicon, codes, shelf, ids)


def take_in(live: Live, found: Mapping[str, Array]) -> None:
    """The records that were added one by one, and which of all still stand."""
    live.added = GrowingRows(rows(found, "added"))
    live.alive = np.append(found["added_alive"], np.zeros(1, np.bool_))
    live._make_room(len(live.alive))
    alive = np.concatenate((live.held.alive, found["added_alive"]))
    if len(alive) != len(live.ids):
        raise KeyError("ids")
    live.dropped = len(live.held.alive) - int(live.held.alive.sum())
    for number in np.flatnonzero(~alive).tolist():
        if live.numbers.get(live.ids[number]) == number:
            del live.numbers[live.ids[number]]
    home, used = live.shelf.shelf.home, live.added.rows
    for n in range(len(live.added)):
        first = {name: getattr(used, name)[n : n + 1] for name in ("ints", "wide", "reals")}
        one = used._replace(**first)
        live.chains.add(n, keys_alone(one, home, live.bounds.rules))


def rows(found: Mapping[str, Array], name: str) -> Rows:
    """Rows of a file, if they are laid out as rows are today."""
    told = Rows(*(found[f"{name}_{part}"] for part in Rows._fields))
    kinds = [(part.dtype, part.shape[1:]) for part in told]
    known = [
        (np.dtype(np.int32), (at.INTS,)),
        (np.dtype(np.int64), (at.WIDE,)),
        (np.dtype(np.float64), (at.REALS,)),
        (np.dtype(np.int32), ()),
        (np.dtype(np.int64), ()),
        (np.dtype(np.int64), (at.MASKED,)),
    ]
    if kinds != known or not len(told.ints) == len(told.wide) == len(told.reals):
        raise KeyError(name)
    return told


def sorted_entries(found: Mapping[str, Array], name: str, bits: int) -> Sorted:
    """Entries of a file."""
    entries, begins = found[f"entries_{name}"], found[f"begins_{name}"]
    shift = lot_of(len(entries))
    if (entries.dtype, begins.dtype, len(begins)) != (np.uint64, np.int64, (1 << (64 - shift)) + 1):
        raise KeyError(name)
    return Sorted(entries, begins, shift, bits)
