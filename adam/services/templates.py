"""The template of a partner: the lists in force, an example of the sources, and the partner's own records if asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from adam.domain import documents
from adam.exchange import layouts, sheet_rows, templates
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import partners, projects, visibility
from adam.services.import_files import CSV
from adam.services.work import Work

ORIGIN_OF_EXAMPLE = "seed"


def choices(w: Work) -> layouts.Choices:
    """Every list: code and name of each entry, in the order in which people expect them."""
    words = w.vocabulary
    first = sorted(words.countries.items(), key=lambda item: (not item[1].priority, item[1].name.casefold()))
    listed: dict[str, Any] = dict(layouts.FIXED)
    listed["countries"] = [(code, row.name) for code, row in first]
    listed["organizations"] = [tuple(body) for body in partners.bodies(w.session)]
    listed["currencies"] = [(code, row.name) for code, row in words.currencies.items()]
    listed["sectors"] = [(code, title) for (scheme, code), title in words.sectors.items() if scheme == "DAC"]
    for name in (
        "pillars",
        "commitments",
        "assistance_types",
        "beneficiary_kinds",
        "result_areas",
        "action_plans",
    ):
        listed[name] = [(code, row.title) for code, row in getattr(words, name).items()]
    return listed


def template(w: Work, form: str, owner: str | None = None) -> bytes:
    """The template as XLSX or CSV; with `owner` it holds that partner's records, as far as the actor sees them."""
    entries = _records(w, owner) if owner else []
    filling = templates.Filling(entries, choices(w), _example(w), made=w.today)
    return templates.to_csv(filling) if form == CSV else templates.to_xlsx(filling)


def exported(w: Work, form: str, found: Iterable[Project]) -> bytes:
    """Records in the layout of the template, under their references; as the actor may read them."""
    entries = [
        sheet_rows.of_document(project.reference, projects.readable(project, w.actor)) for project in found
    ]
    filling = templates.Filling(entries, choices(w), made=w.today, exported=True)
    return templates.to_csv(filling) if form == CSV else templates.to_xlsx(filling)


def _records(w: Work, owner: str) -> list[sheet_rows.Entry]:
    """Each record under the partner's own key, or under its reference where it has none."""
    own = (
        select(Submission.project_id, func.max(Submission.source_ref).label("key"))
        .where(Submission.partner == owner, Submission.source_ref.is_not(None), Submission.adds_to.is_(None))
        .group_by(Submission.project_id)
        .subquery()
    )
    query = (
        select(Project.reference, Project.document, own.c.key)
        .outerjoin(own, own.c.project_id == Project.id)
        .where(Project.owner == owner, Project.merged_into.is_(None), visibility.projects(w.actor))
        .order_by(Project.reference)
    )
    return [
        sheet_rows.of_document(row.key or row.reference, row.document) for row in w.session.execute(query)
    ]


def _example(w: Work) -> dict[str, Any] | None:
    """A public record of the source documents: the one with most in it, the same every time."""
    query = (
        select(Project.document)
        .join(Submission, Submission.project_id == Project.id)
        .where(Submission.origin == ORIGIN_OF_EXAMPLE, Submission.adds_to.is_(None))
        .where(Project.visibility == "public")
        .where(Project.merged_into.is_(None))
        .order_by(Project.reference)
    )
    found = list(w.session.scalars(query))
    return max(found, key=_fullness, default=None)


def _fullness(document: dict[str, Any]) -> tuple[int, str]:
    """How many tables it fills with few rows; a digest breaks ties the same way every time."""
    filled = [sheet.name for sheet in layouts.SHEETS[1:] if 0 < len(document.get(sheet.name) or ()) <= 4]
    return len(filled) * (2 if document.get("contributions") else 1), documents.digest(document)
