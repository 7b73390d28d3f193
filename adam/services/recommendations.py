"""Verbs of recommendations: enter one, change it, say how far it is, link the projects that carry it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, or_, select

from adam.domain.documents import plain
from adam.domain.recommendations import DONE, LIVE
from adam.errors import Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.meetings import Meeting
from adam.models.projects import Project
from adam.models.recommendations import (
    Recommendation,
    RecommendationCountry,
    RecommendationPartner,
    RecommendationProject,
)
from adam.queries import recommendations as questions
from adam.queries import visibility
from adam.services import counters, messages
from adam.services.work import Work

PLAIN = (
    "title",
    "text",
    "pillar",
    "commitment",
    "assistance_type",
    "meeting_id",
    "status",
    "outcome",
    "due",
    "source",
)
LISTS = (
    ("countries", "country", RecommendationCountry, "countries", "country"),
    ("partners", "partner", RecommendationPartner, "partners", "partner"),
)
"""Field, column, table, vocabulary, word."""


def record(w: Work, draft: dict[str, Any]) -> Recommendation:
    """Enter a recommendation and tell the partners it is addressed to.

    Raises Forbidden but for coordinators, Invalid with every problem.
    """
    _may(w)
    _judge(w, draft)
    found = Recommendation(
        reference=counters.reference(w.session, "recommendation"),
        **{name: draft[name] for name in PLAIN},
        author_id=w.actor.account,
        author=w.actor.label,
        created_at=w.now,
        updated_at=w.now,
        version=1,
    )
    _lists(found, draft)
    w.session.add(found)
    w.session.flush()
    w.record("recommendation.recorded", _key(found), None, document(found))
    _tell(w, found, document(found)["partners"])
    return found


def change(
    w: Work, recommendation_id: str, draft: dict[str, Any], version: int | None = None
) -> Recommendation:
    """Change what the draft names. Raises NotFound, Forbidden, Stale, or Invalid with every problem."""
    found = _locked(w, recommendation_id, version)
    before = document(found)
    _judge(w, {name: getattr(found, name) for name in PLAIN} | {"countries": [], "partners": []} | draft)
    for name in PLAIN:
        if name in draft:
            setattr(found, name, draft[name])
    _lists(found, draft)
    after = document(found)
    if after != before:
        found.version += 1
        found.updated_at = w.now
        w.session.flush()
        w.record("recommendation.changed", _key(found), before, after)
        _tell(w, found, [code for code in after["partners"] if code not in before["partners"]])
    return found


def link(w: Work, recommendation_id: str, named: str) -> Project:
    """Say that a project, by id or reference, carries it out; once said, saying it again changes nothing.

    Coordinators link any project, focal points those of their own partner. Raises NotFound, Forbidden, Invalid.
    """
    found = questions.one(w.session, w.actor, recommendation_id)
    project = _project(w, named)
    there = select(RecommendationProject.id).where(*_link(found.id, project.id))
    if w.session.scalar(there) is None:
        row = RecommendationProject(
            recommendation_id=found.id, project_id=project.id, author=w.actor.label, at=w.now
        )
        w.session.add(row)
        w.session.flush()
        w.record("recommendation.linked", _key(found), None, {"project": project.id})
    return project


def unlink(w: Work, recommendation_id: str, project_id: str) -> None:
    """Take the link back. Raises NotFound where there is none, Forbidden as for linking."""
    found = questions.one(w.session, w.actor, recommendation_id)
    project = _project(w, project_id)
    gone = w.session.execute(delete(RecommendationProject).where(*_link(found.id, project.id)))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound("There is no such link.")
    w.record("recommendation.unlinked", _key(found), {"project": project.id}, None)


def document(found: Recommendation) -> dict[str, Any]:
    """What was entered, as the history and the API hold it."""
    lists = {
        field: [getattr(row, column) for row in getattr(found, field)] for field, column, *_more in LISTS
    }
    return plain({name: getattr(found, name) for name in PLAIN}) | lists


def _may(w: Work) -> None:
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator enters or changes a recommendation.")


def _locked(w: Work, recommendation_id: str, version: int | None) -> Recommendation:
    found = questions.one(w.session, w.actor, recommendation_id)
    _may(w)
    w.session.refresh(found, with_for_update=True)
    if version is not None and version != found.version:
        raise Stale()
    return found


def _judge(w: Work, draft: dict[str, Any]) -> None:
    problems = [*_unknown(w, draft), *_contrary(w, draft)]
    if problems:
        raise Invalid(problems)


def _unknown(w: Work, draft: dict[str, Any]) -> Iterator[Problem]:
    for field, _column, _table, vocabulary, word in LISTS:
        for number, code in enumerate(draft[field]):
            if code not in getattr(w.vocabulary, vocabulary):
                yield Problem(f"#/{field}/{number}", "unknown_code", f"{code} is no {word} that ADAM knows.")
    for field, vocabulary in (("commitment", "commitments"), ("assistance_type", "assistance_types")):
        code = draft[field]
        if code is not None and code not in getattr(w.vocabulary, vocabulary):
            yield Problem(f"#/{field}", "unknown_code", f"{code} is not on the list: choose one from it.")
    meeting = draft["meeting_id"]
    if meeting is not None and w.session.get(Meeting, meeting) is None:
        yield Problem(
            "#/meeting_id", "unknown_meeting", "There is no such meeting: choose one from the list."
        )


def _contrary(w: Work, draft: dict[str, Any]) -> Iterator[Problem]:
    row = w.vocabulary.commitments.get(draft["commitment"] or "")
    if row is not None and row.pillar != draft["pillar"]:
        told = f"Commitment {row.code} belongs to pillar {row.pillar}, not {draft['pillar']}: mend one of the two."
        yield Problem("#/commitment", "commitment_of_other_pillar", told)
    if draft["status"] not in LIVE and not draft["outcome"]:
        told = "Say what came of it." if draft["status"] == DONE else "Say why it is dropped."
        yield Problem("#/outcome", "outcome_missing", told)


def _lists(found: Recommendation, draft: dict[str, Any]) -> None:
    """Keep the rows that stay, so that nothing is entered twice."""
    for field, column, table, *_more in LISTS:
        if field in draft:
            known = {getattr(row, column): row for row in getattr(found, field)}
            wanted = list(dict.fromkeys(draft[field]))
            setattr(found, field, [known.get(code) or table(**{column: code}) for code in wanted])


def _project(w: Work, named: str) -> Project:
    """The project that somebody may link."""
    query = select(Project).where(
        or_(Project.id == named, Project.reference == named),
        visibility.projects(w.actor),
        Project.merged_into.is_(None),
    )
    found = w.session.scalar(query)
    if found is None:
        told = f"There is no project {named}: give its reference, such as ADAM-000123."
        raise Invalid([Problem("#/project", "unknown_project", told)])
    if not (w.actor.coordinates or w.actor.system or found.owner == w.actor.writes_for):
        raise Forbidden("Link the projects of your own partner; a coordinator links others.")
    return found


def _link(recommendation_id: str, project_id: str) -> tuple[Any, Any]:
    table = RecommendationProject
    return table.recommendation_id == recommendation_id, table.project_id == project_id


def _tell(w: Work, found: Recommendation, partners: list[str]) -> None:
    day = found.due.isoformat() if found.due else None
    for partner in partners:
        messages.tell_partner(w, partner, "recommendation", _key(found), title=found.title, day=day)


def _key(found: Recommendation) -> tuple[str, str]:
    return ("recommendation", found.id)
