"""The domain's words for what can go wrong; no HTTP here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where (a JSON pointer such as "#/project/title"), a stable code, a sentence, a row."""

    pointer: str
    code: str
    detail: str
    row: int | None = None


class AdamError(Exception):
    """The parent of everything ADAM raises on purpose."""


class Invalid(AdamError):
    """The input can't be taken as it is; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.detail for problem in self.problems))


class NotFound(AdamError):
    """Not there, or not for this person to see: the two can't be told apart."""


class Forbidden(AdamError):
    """Seen, but not allowed."""


class Conflict(AdamError):
    """The record is not in a state that allows this move, or somebody else was faster."""

    def __init__(self, detail: str, code: str = "conflict"):
        self.code = code
        super().__init__(detail)


class Stale(Conflict):
    """The caller worked on an older version of the record."""

    def __init__(
        self, detail: str = "Somebody changed this record meanwhile: read it again, then repeat your change."
    ):
        super().__init__(detail, "stale")
