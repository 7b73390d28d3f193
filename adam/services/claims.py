"""A claim: what a partner says, before it is a submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.errors import Problem


@dataclass(frozen=True, slots=True)
class Claim:
    """What a partner says: the document as it came, and what the schema made of it.

    `draft` is None where the schema found `problems`; a form may keep such a document as a draft and mend it later.
    `once` is the hidden key of a form: the same key never makes a second submission, and the page that holds it may go
    on from a version of its own of which it never heard. `typing` says that the form was kept while somebody writes.
    An addition (`adds_to` is the record) has the six lists of its rows in `document`, and a whole draft all the same.
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
