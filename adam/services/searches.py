"""Keeps what is searched in step with the records, in the transaction that changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, select

from adam.domain import additions
from adam.domain.searches import texts
from adam.models.partners import Organization, OrganizationAlias
from adam.models.project_parts import ProjectCountry, ProjectOrganization
from adam.models.projects import Project
from adam.models.searches import SearchText
from adam.queries import vocabulary
from adam.services import bulk
from adam.services.work import Work

BATCH = 500
Names = dict[str, list[str]]


def refresh(w: Work, ids: Sequence[str]) -> None:
    """Write the words of these records anew, as they stand now."""
    for start in range(0, len(ids), BATCH):
        _write(w, ids[start : start + BATCH])


def refresh_all(w: Work) -> int:
    """Write the words of all records anew, and answer how many: after names of the vocabulary have changed."""
    ids = list(w.session.scalars(select(Project.id).order_by(Project.id)))
    refresh(w, ids)
    return len(ids)


def _write(w: Work, ids: Sequence[str]) -> None:
    named, merged = _names(w, ids), _merged_here(w, ids)
    columns = (Project.id, Project.reference, Project.document, Project.added)
    rows = [
        {"project_id": key} | texts(additions.merged(document, added), reference, [*named[key], *merged[key]])
        for key, reference, document, added in w.session.execute(
            select(*columns).where(Project.id.in_(ids)).order_by(Project.id)
        )
    ]
    w.session.execute(delete(SearchText).where(SearchText.project_id.in_(ids)))
    bulk.add(w.session, SearchText, rows)


def _names(w: Work, ids: Sequence[str]) -> Names:
    """Record → the names of its countries in every language and of its organizations in every spelling."""
    found: Names = defaultdict(list)
    spoken = vocabulary.snapshot(w.session)
    places = select(ProjectCountry.project_id, ProjectCountry.country).where(
        ProjectCountry.project_id.in_(ids)
    )
    for key, code in w.session.execute(places.order_by(ProjectCountry.id)):
        found[key] += [spoken.country(code)]
        found[key] += [names[code] for names in spoken.country_names.values() if code in names]
    roles = select(ProjectOrganization.project_id, ProjectOrganization.organization_id).where(
        ProjectOrganization.project_id.in_(ids)
    )
    stated = list(w.session.execute(roles.order_by(ProjectOrganization.id)))
    bodies = _bodies(w, sorted({body for _, body in stated}))
    for key, body in stated:
        found[key] += bodies[body]
    return found


def _bodies(w: Work, ids: Sequence[str]) -> Names:
    found: Names = defaultdict(list)
    columns = (Organization.id, Organization.name, Organization.code)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for key, name, code in w.session.execute(select(*columns).where(Organization.id.in_(some))):
            found[key] += [name, *([code] if code else [])]
        aliases = select(OrganizationAlias.organization_id, OrganizationAlias.name)
        aliases = aliases.where(OrganizationAlias.organization_id.in_(some))
        for key, name in w.session.execute(aliases.order_by(OrganizationAlias.id)):
            found[key].append(name)
    return found


def _merged_here(w: Work, ids: Sequence[str]) -> Names:
    """Record → the references of those that were merged into it: who knows one of them still finds it."""
    found: Names = defaultdict(list)
    query = select(Project.merged_into, Project.reference).where(Project.merged_into.in_(ids))
    for key, reference in w.session.execute(query.order_by(Project.reference)):
        found[key or ""].append(reference)
    return found
