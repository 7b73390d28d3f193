"""Submissions as the API takes them: whole, as a patch, and what can be read of one that has problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import ValidationError, fields

from adam.errors import Problem
from adam.schemas.fields import MESSAGES, Code, Text
from adam.schemas.projects import ProjectSchema, Strict

REQUIRED = ("title", "status", "visibility")


class SubmissionPatchSchema(Strict):
    """What is to change: a field of the project that is given replaces the one that stands, lists as a whole."""

    source_ref = Text(200, allow_none=True)
    project = fields.Dict(keys=fields.String(), error_messages=MESSAGES)
    project_id = Code(allow_none=True)
    adds_to = Code(allow_none=True)


def readable_part(document: Any, problems: Iterable[Problem]) -> dict[str, Any] | None:
    """A draft of those fields of a project that are in order, so that they too can be checked against the facts.

    `document` is the body of a submission; None where there is no project in it to speak of.
    """
    project = document.get("project") if isinstance(document, dict) else None
    if not isinstance(project, dict):
        return None
    if document.get("adds_to"):
        return None
    broken = {item.pointer.split("/")[2] for item in problems if item.pointer.startswith("#/project/")}
    known = ProjectSchema(partial=REQUIRED)
    whole = {name: value for name, value in project.items() if name in known.fields and name not in broken}
    try:
        return dict.fromkeys(REQUIRED) | known.load(whole)
    except ValidationError:
        return None
