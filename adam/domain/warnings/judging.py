"""Holding a draft against all rules: what stops it, what is worth a second look, and what each is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from adam.domain.documents import digest, plain
from adam.domain.rules import ERROR, WARNING, Rule, Table
from adam.domain.warnings import classifications, dates, money, parties, places, texts
from adam.domain.warnings.known import Draft, Found, Known
from adam.errors import Problem

Check = Callable[[Draft, Known], Found]
ERRORS: tuple[Check, ...] = (texts.duplicate_identifier, money.disbursed_over_committed)
"""Errors where a person can mend them, warnings in what is published already: the table says which."""
WARNINGS: tuple[Check, ...] = (
    *texts.RULES,
    *parties.RULES,
    *places.RULES,
    *dates.RULES,
    *classifications.RULES,
    *money.RULES,
)
WHOLE = "#/project"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning at a place; `about` changes when an answer that it is about changes, and a reason then lapses."""

    pointer: str
    code: str
    detail: str
    about: str


def broken(problems: Iterable[Any]) -> set[str]:
    """The fields of the project that have a problem of their own."""
    return {parts[2] for item in problems if len(parts := item.pointer.split("/")) > 2}


def errors(draft: Draft, known: Known, table: Table, origin: str) -> list[Problem]:
    """What stops a draft of this origin, beyond its shape and its codes."""
    return [
        Problem(f"{WHOLE}/{place}", check.__name__, detail)
        for check in ERRORS
        if table[check.__name__].level_for(origin) == ERROR
        for place, detail in check(draft, known)
    ]


def warnings(draft: Draft, known: Known, table: Table, origin: str) -> Iterator[Warned]:
    """What is worth a second look in a draft of this origin, in the order of the form."""
    for check in (*ERRORS, *WARNINGS):
        rule = table[check.__name__]
        if rule.level_for(origin) == WARNING:
            for place, detail in check(draft, known):
                yield Warned(f"{WHOLE}/{place}", rule.code, detail, about(draft, rule, place))


def about(draft: Draft, rule: Rule, place: str) -> str:
    """The digest of the answers that a warning is about: its row, or its whole field, and the others it weighs."""
    field, _, rest = place.partition("/")
    number = rest.partition("/")[0]
    values = {name: draft.get(name) for name in rule.fields}
    rows = draft.get(field)
    if number.isdigit() and isinstance(rows, list):
        values[field] = rows[int(number)] if int(number) < len(rows) else None
    return digest([rule.code, plain(values)])[:32]
