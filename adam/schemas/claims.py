"""A project document of a file as its schema sees it: a draft, or every problem and what could be read."""

from __future__ import annotations

from typing import Any, NamedTuple

from adam.errors import Invalid, Problem
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from adam.schemas.readable import readable

SCHEMA = ProjectSchema()


class Judged(NamedTuple):
    """`draft` is None where there are problems; `part` is what can be read then, to be held against the facts."""

    draft: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    part: dict[str, Any] | None = None


def judge(document: dict[str, Any]) -> Judged:
    """The document as the form and the API would take it."""
    try:
        return Judged(load(SCHEMA, document, "#/project"))
    except Invalid as error:
        return Judged(None, tuple(error.problems), readable(document))
