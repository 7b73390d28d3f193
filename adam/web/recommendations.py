"""The compendium of recommendations: the list, one, a new one, changes, and links to the projects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.errors import AdamError, Forbidden, Invalid, NotFound, Stale
from adam.http import guards
from adam.http.work import work
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationLinkSchema, RecommendationSchema
from adam.services import recommendations
from adam.web import recommendation_page as shown
from adam.web.submission_form import version

blueprint = Blueprint("recommendations", __name__, url_prefix="/recommendations")
Answer = Any
READERS = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
LISTS = {"countries": "country", "partners": "partner"}
TEXTS = (
    *("title", "text", "pillar", "commitment", "assistance_type", "meeting_id"),
    *("status", "outcome", "due", "source"),
)


@blueprint.get("")
@guards.role(*READERS)
def listed() -> str:
    """The compendium, pillar by pillar."""
    with work(read_only=True) as w:
        return shown.listed(w)


@blueprint.get("/new")
@guards.role(COORDINATOR)
def new() -> str:
    """The form of a new recommendation; its meeting or pillar may come in the address."""
    known = {name: request.args.get(name, "") for name in ("meeting_id", "pillar")}
    with work(read_only=True) as w:
        return shown.form(w, known, {})


@blueprint.post("/new")
@guards.role(COORDINATOR)
def create() -> Answer:
    """Enter it."""
    values = _values()
    try:
        draft = load(RecommendationSchema(), _given(values))
        with work() as w:
            key = recommendations.record(w, draft).id
    except Invalid as error:
        return _refused(values, error, None)
    flash(_("Entered; the partners that it is addressed to are told."), "done")
    return redirect(f"/recommendations/{key}", 303)


@blueprint.get("/<uuid:recommendation_id>")
@guards.role(*READERS)
def show(recommendation_id: UUID) -> str:
    """One recommendation with its projects."""
    with work(read_only=True) as w:
        return shown.page(w, str(recommendation_id))


@blueprint.get("/<uuid:recommendation_id>/edit")
@guards.role(COORDINATOR)
def edit(recommendation_id: UUID) -> str:
    """The form with what stands."""
    with work(read_only=True) as w:
        return shown.form(w, shown.values_of(w, str(recommendation_id)), {}, str(recommendation_id))


@blueprint.post("/<uuid:recommendation_id>/edit")
@guards.role(COORDINATOR)
def change(recommendation_id: UUID) -> Answer:
    """Change it."""
    values, key = _values(), str(recommendation_id)
    try:
        draft = load(RecommendationSchema(), _given(values))
        with work() as w:
            recommendations.change(w, key, draft, version())
    except Invalid as error:
        return _refused(values, error, key)
    except Stale:
        told = _("Somebody else changed it while you wrote: look at what stands now, then change it again.")
        flash(told, "bad")
        return redirect(f"/recommendations/{key}", 303)
    flash(_("Changed."), "done")
    return redirect(f"/recommendations/{key}", 303)


@blueprint.post("/<uuid:recommendation_id>/projects")
@guards.role(FOCAL_POINT, COORDINATOR)
def link(recommendation_id: UUID) -> Answer:
    """A project carries it out."""
    key = str(recommendation_id)
    try:
        draft = load(RecommendationLinkSchema(), {"project": request.form.get("project", "").strip()})
        with work() as w:
            recommendations.link(w, key, draft["project"])
    except (Invalid, Forbidden) as error:
        with work(read_only=True) as w:
            return shown.page(w, key, _told(error)), 422 if isinstance(error, Invalid) else 403
    flash(_("Linked."), "done")
    return redirect(f"/recommendations/{key}", 303)


@blueprint.post("/<uuid:recommendation_id>/projects/<uuid:project_id>/unlink")
@guards.role(FOCAL_POINT, COORDINATOR)
def unlink(recommendation_id: UUID, project_id: UUID) -> Answer:
    """It doesn't."""
    with work() as w:
        recommendations.unlink(w, str(recommendation_id), str(project_id))
    flash(_("The link is taken back."), "done")
    return redirect(f"/recommendations/{recommendation_id}", 303)


@blueprint.post("/of-project/<uuid:project_id>")
@guards.role(FOCAL_POINT, COORDINATOR)
def link_from_project(project_id: UUID) -> Answer:
    """From the page of a project: the recommendation that it carries out."""
    chosen = request.form.get("recommendation", "")
    try:
        with work() as w:
            recommendations.link(w, chosen, str(project_id))
        flash(_("Linked."), "done")
    except (Invalid, Forbidden, NotFound) as error:
        flash(_told(error), "bad")
    return redirect(f"/projects/{project_id}", 303)


def _told(error: AdamError) -> str:
    if isinstance(error, Invalid):
        return " ".join(problem.detail for problem in error.problems)
    return str(error)


def _values() -> dict[str, Any]:
    lists = {name: request.form.getlist(field) for name, field in LISTS.items()}
    return lists | {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _refused(values: dict[str, Any], error: Invalid, key: str | None) -> Answer:
    with work(read_only=True) as w:
        return shown.form(w, values | {"version": version()}, shown.errors(error), key), 422
