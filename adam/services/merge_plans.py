"""What would stay of two records, as a document for a reader who is to choose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adam.domain import additions
from adam.domain.merges import PARTS, Side, choices_of
from adam.errors import Conflict, Forbidden, Invalid
from adam.models.projects import Project
from adam.queries import findings as questions
from adam.services import merges
from adam.services.work import Work


def of(w: Work, finding_id: str, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The plan of a merge: {"stays", "absorbed", "why", "visibility", "credited", "parts"}.

    `terms` may say which record stays and which side each part comes from. Raises NotFound, Forbidden for anybody
    but a coordinator, Invalid for terms that don't fit, Conflict for a finding about a cell or merged records.
    """
    finding = questions.one(w.session, w.actor, finding_id)
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator merges records.")
    if finding.a_id is None:
        raise Conflict("This finding is about a cell: there is nothing to merge.", "state")
    found = merges.problems(w, finding, terms)
    if found:
        raise Invalid(found)
    plan = merges.plan(w, finding, terms)
    stays, other = plan.sides
    result = Side(stays.id, stays.owner, plan.result.document, plan.result.added)
    return {
        "stays": _named(plan.stays),
        "absorbed": _named(plan.absorbed),
        "why": plan.why,
        "visibility": result.document["visibility"],
        "credited": sorted({stays.owner, other.owner, *result.added}),
        "parts": [
            {
                "part": part,
                "choice": plan.choices[part],
                "choices": list(choices_of(part)),
                "differs": _said(stays, part) != _said(other, part),
                "stays": _said(stays, part),
                "other": _said(other, part),
                "result": _said(result, part),
            }
            for part in PARTS
        ],
    }


def _named(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "reference": project.reference,
        "title": project.title,
        "owner": project.owner,
    }


def _said(side: Side, part: str) -> dict[str, Any]:
    """Field to what a side says, with who states each row that another partner added."""
    whole = additions.merged(side.document, side.added)
    return {name: whole.get(name) for name in PARTS[part]}
