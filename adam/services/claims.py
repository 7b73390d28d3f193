"""A claim: what a partner says, before it is a submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.errors import Problem


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose draft it is and how it came: what some rules depend on besides the draft itself.

    It is not `whole` where rows are added to a record of another partner.
    """

    partner: str | None
    origin: str = "form"
    project_id: str | None = None
    source_ref: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a warning may stand: its code, its place (None: wherever it stands), and the reason.

    `about` is what the warning was about when it was answered; without it the reason is about what stands now.
    """

    code: str
    reason: str
    pointer: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a partner says: the document as it came, and what the schema made of it.

    `draft` is None where the schema found `problems`; a form may keep such a document as a draft and mend it later.
    `once` is the hidden key of a form: the same key never makes a second submission, and the page that holds it may go
    on from a version of its own of which it never heard. `typing` says that the form was kept while somebody writes.
    An addition (`adds_to` is the record) has the six lists of its rows in `document`, and a whole draft all the same.
    `part` is what can be read of a document without a draft, every key there; `answers` say why warnings may stand.
    """

    document: dict[str, Any]
    draft: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    source_ref: str | None = None
    project_id: str | None = None
    adds_to: str | None = None
    once: str | None = None
    origin: str = "form"
    typing: bool = False
    part: dict[str, Any] | None = None
    answers: tuple[Answer, ...] = ()

    def whose(self, partner: str | None) -> Whose:
        """Whose it is, if `partner` makes it."""
        return Whose(partner, self.origin, self.project_id, self.source_ref, whole=self.adds_to is None)
