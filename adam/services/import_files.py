"""Files of partners as claims with their places, and the refused ones as the same kind of file again."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adam.errors import Invalid, Problem
from adam.exchange import iati, layouts, sheet_rows, spreadsheets, templates
from adam.services.imports import Item

XLSX, CSV, IATI = "xlsx", "csv", "iati"
FORMATS = (XLSX, CSV, IATI)
ENDINGS = {XLSX: "xlsx", CSV: "csv", IATI: "xml"}
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
    IATI: "application/xml",
}
ORIGINS = {XLSX: "spreadsheet", CSV: "spreadsheet", IATI: "iati"}
Judge = Callable[[dict[str, Any]], Any]
"""The schema's word on a project document: something with `draft`, `problems` and `part`."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim of a file: the item, how it is called, where it stood, so that it can be given back, and what of it
    had no place ("element: why" → how often).
    """

    item: Item
    title: str
    origin: Any = field(repr=False, default=None)
    dropped: dict[str, int] = field(default_factory=dict)

    def place(self, pointer: str) -> str:
        """Where in the file that is which a pointer into the document is about."""
        return self.origin.place(pointer) if isinstance(self.origin, spreadsheets.Record) else self.item.place


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, in its order, and what there is to say about it as a whole."""

    claims: list[Claimed]
    notes: list[str]


def form_of(name: str) -> str | None:
    """The format that a file's name promises, or None."""
    ending = name.lower().rpartition(".")[2]
    return next((form for form, known in ENDINGS.items() if known == ending), None)


def read(data: bytes, form: str, given: tuple[layouts.Choices, Judge]) -> Contents:
    """The claims of a file, each judged by its schema; `given` are the lists in force and the judge.

    Raises Invalid where the file as a whole can't be read.
    """
    choices, judge = given
    if form == IATI:
        return _once(_activities(data, judge))
    reading = spreadsheets.read(data, form, choices)
    notes = [_examples(reading.examples)] if reading.examples else []
    return Contents([_claimed(record, judge) for record in reading.records], notes)


def _examples(number: int) -> str:
    rows = "row" if number == 1 else "rows"
    return f"{number} {rows} marked {layouts.EXAMPLE} passed over."


def _claimed(record: spreadsheets.Record, judge: Judge) -> Claimed:
    """What a cell's reader found goes before what the schema says of the same place."""
    judged = judge(record.document) if record.document else None
    at = {problem.pointer for problem in record.problems}
    found = list(record.problems)
    found += [problem for problem in (judged.problems if judged else ()) if problem.pointer not in at]
    draft = judged.draft if judged and not found else None
    item = Item(
        record.key or None,
        draft,
        tuple(_placed(record, problem) for problem in found),
        record.place("#"),
        judged.part if judged and found else None,
    )
    return Claimed(item, _title(record.document), record)


def _placed(record: spreadsheets.Record, problem: Problem) -> Problem:
    line, _ = record.line_of(problem.pointer)
    return replace(problem, row=line.number) if line else problem


def _title(document: dict[str, Any]) -> str:
    return str(document.get("title") or "")[:500]


def _activities(data: bytes, judge: Judge) -> Iterator[Claimed]:
    for activity in iati.read(io.BytesIO(data)):
        place = f"activity {activity.position}"
        if activity.document is None:
            item = Item(activity.identifier, None, activity.problems, place)
            yield Claimed(item, "", activity.xml, activity.dropped)
            continue
        judged = judge(activity.document)
        told = (activity.identifier, judged.draft, judged.problems, place, judged.part)
        item = Item(*told, unsaid=activity.unsaid)
        yield Claimed(item, _title(activity.document), activity.xml, activity.dropped)


def _once(claims: Iterable[Claimed]) -> Contents:
    """The second of two that carry one key is refused, never silently chosen."""
    seen: dict[str, str] = {}
    kept = []
    for claim in claims:
        key = claim.item.source_ref
        first = seen.setdefault(key, claim.item.place) if key else claim.item.place
        if first != claim.item.place:
            sentence = f"{key} stands twice in this file, first in {first}: keep one of them."
            twice = Problem("#/source_ref", "source_ref_twice", sentence)
            claim = replace(claim, item=replace(claim.item, draft=None, problems=(twice,), part=None))
        kept.append(claim)
    if not kept:
        raise Invalid([Problem("#", "empty", "This file has no activities.")])
    left_out = Counter[str]()
    for claim in kept:
        left_out.update(claim.dropped)
    return Contents(kept, [left_out_note(left_out)] if left_out else [])


def left_out_note(left_out: Mapping[str, int], most: int = 12) -> str:
    """What had no place, the most frequent first, in one sentence."""
    ordered = sorted(left_out.items(), key=lambda item: (-item[1], item[0]))
    said = [f"{count} × {remark.removesuffix(f': {iati.NO_PLACE}')}" for remark, count in ordered[:most]]
    more = f"; and {len(ordered) - most} other kinds" if len(ordered) > most else ""
    return f"Left out, for want of a place in ADAM: {'; '.join(said)}{more}."


def refused(
    form: str, claims: Sequence[tuple[Claimed, Sequence[Problem]]], choices: layouts.Choices
) -> bytes:
    """The refused claims as a file of the same kind, with what to mend; mended, it can be sent again."""
    if form == IATI:
        file = io.BytesIO()
        iati.write_refused(file, [(claim.origin, _reasons(problems)) for claim, problems in claims])
        return file.getvalue()
    entries = [sheet_rows.of_record(claim.origin, problems) for claim, problems in claims]
    filling = templates.Filling(entries, choices, mend=True)
    return templates.to_csv(filling) if form == CSV else templates.to_xlsx(filling)


def _reasons(problems: Iterable[Problem]) -> list[str]:
    return [f"{problem.pointer}: {problem.detail}" for problem in problems]
