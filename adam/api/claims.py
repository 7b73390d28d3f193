"""From a body of the API to a partner's claim, whole or as a change of one that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adam.api.reading import Body, judged
from adam.domain import documents
from adam.errors import Invalid, Problem
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.schemas.submissions import SubmissionSchema
from adam.services import facts, warnings
from adam.services.claims import Answer, Claim, Whose
from adam.services.work import Work

ORIGIN = "api"


def of(w: Work, body: Body) -> Claim:
    """The claim of a body; where its shape has problems, what can be read of it is held against the facts too."""
    if body.draft is not None and body.draft["adds_to"]:
        part = documents.plain(body.draft["project"])
        return Claim(
            document=part,
            draft=documents.part_draft(part),
            source_ref=body.draft["source_ref"],
            adds_to=body.draft["adds_to"],
            origin=ORIGIN,
        )
    if body.draft is not None:
        return Claim(
            document=body.document["project"],
            draft=body.draft["project"],
            source_ref=body.draft["source_ref"],
            project_id=body.draft["project_id"],
            origin=ORIGIN,
            answers=_answers(body),
        )
    if isinstance(body.document, dict) and body.document.get("adds_to"):
        return Claim(document={}, draft=None, problems=body.problems, origin=ORIGIN)
    project = body.document.get("project") if isinstance(body.document, dict) else None
    if not isinstance(project, dict):
        return Claim({}, None, body.problems, origin=ORIGIN)
    part = readable(project)
    found = (*body.problems, *facts.beside(w, part, Whose(w.actor.writes_for, ORIGIN), body.problems))
    return Claim(documents.plain(part), None, found, origin=ORIGIN, part=part)


def _answers(body: Body) -> tuple[Answer, ...]:
    rows = body.draft["answers"] if body.draft is not None else ()
    return tuple(Answer(row["code"], row["reason"], row["pointer"]) for row in rows)


def changed(w: Work, standing: Any, patch: dict[str, Any]) -> Claim:
    """The claim that a submission becomes with this patch, with the problems of its shape."""
    document = {
        "source_ref": patch.get("source_ref", standing.source_ref),
        "project": standing.document | patch.get("project", {}),
        "project_id": standing.project_id,
        "adds_to": standing.adds_to,
        "answers": patch.get("answers", []),
    }
    claim = of(w, judged(SubmissionSchema(), document))
    claim = replace(claim, problems=(*claim.problems, *warnings.unmatched(w, claim)))
    sentence = "Which record a submission is about can't be changed: make a new submission."
    fixed = [name for name in ("project_id", "adds_to") if patch.get(name, document[name]) != document[name]]
    return replace(
        claim, problems=(*claim.problems, *(Problem(f"#/{name}", "fixed", sentence) for name in fixed))
    )


def insist(w: Work, submission: Any) -> Any:
    """The submission, if nothing is left to mend; raises Invalid with every problem, and nothing is kept."""
    left = questions.problems(w.session, submission.id)
    if left:
        raise Invalid(Problem(row.pointer, row.code, row.detail) for row in left)
    return submission
