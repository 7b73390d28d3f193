"""Accepted projects: found, read, with their history and what the engine says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from adam.api import answers, findings
from adam.api import history as histories
from adam.api.reading import Blueprint, Body
from adam.domain.actors import Actor
from adam.domain.visibility import fields_for
from adam.errors import Forbidden, Invalid, Problem
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import history, listings
from adam.queries import projects as questions
from adam.schemas.api_answers import ChangeAnswer, page_of
from adam.schemas.api_findings import FindingBrief
from adam.schemas.api_queries import FindingsQuery, PageQuery, ProjectsQuery
from adam.schemas.findings import ReasonSchema
from adam.schemas.projects import ProjectSchema
from adam.services import filters as known
from adam.services import findings as verdicts
from adam.services import merges, readings
from adam.services.work import Work

blueprint = Blueprint("projects", __name__, "Accepted projects, as the caller may see them.")


@blueprint.route("/projects")
@guards.scope_if_signed_in("read")
@blueprint.arguments(ProjectsQuery, location="query")
@blueprint.response(200, page_of(ProjectSchema))
def listed(asked: dict[str, Any]) -> Response:
    """Find projects

    Without a token: public projects, without amounts by funder and attached documents, and not in the order of their
    money. Whoever reads all records leaves one entry of the history a page that names the confidential ones on it.
    """
    _by_money(asked["sort"])
    filters = questions.Filters(
        **{name: asked[name] for name in (*questions.LISTS, "active_from", "active_to")}, text=asked["q"]
    )
    secret: list[Any] = []
    with work(read_only=True) as w:
        known.refuse_unknown(w, asked)
        query = questions.matching(w.actor, filters)

        def show(items: list[Any]) -> list[dict[str, Any]]:
            secret.extend(readings.secret(w.actor, items))
            return shown(w, items)

        response = answers.page(w, query, listings.projects(asked["sort"], asked["q"]), show)
    if secret:
        with work() as w:
            readings.together(w, secret)
    return response


@blueprint.route("/projects/<record:project_id>")
@guards.scope_if_signed_in("read")
@blueprint.response(200, ProjectSchema)
def one(project_id: str) -> Response:
    """One project; for one that was merged into another that one, with where it stands in Content-Location"""
    with work(read_only=not readings.noted(actor())) as w:
        found = readings.project(w, project_id)
        response = answers.one(shown(w, [found])[0])
        if found.id != project_id:
            response.headers["Content-Location"] = f"/api/v1/projects/{found.id}"
        return response


@blueprint.route("/projects/<record:project_id>/unmerge", methods=["POST"])
@guards.scope("coordinate")
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, ProjectSchema)
def unmerge(body: Body, project_id: str) -> Response:
    """Take a record out of the one into which it was merged: both stand as before, and the question is open again"""
    draft = body.taken()
    with work() as w:
        questions.one(w.session, w.actor, project_id)
        verdicts.take_back(w, merges.into(w, project_id).finding_id, draft["reason"])
        return answers.one(shown(w, [questions.one(w.session, w.actor, project_id)])[0])


@blueprint.route("/projects/<record:project_id>/history")
@guards.scope("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(ChangeAnswer), example=histories.EXAMPLE)
def changes(_asked: dict[str, Any], project_id: str) -> Response:
    """What was changed, by whom and when, newest first: for the partner that reports it and for coordinators"""
    with work(read_only=not readings.noted(actor())) as w:
        project = questions.one(w.session, w.actor, project_id)
        _all_fields(w.actor, project.owner)
        readings.beside(w, project)
        return histories.page(w, history.of_record(project_id))


@blueprint.route("/projects/<record:project_id>/findings")
@guards.scope("read")
@blueprint.arguments(FindingsQuery, location="query")
@blueprint.response(200, page_of(FindingBrief))
def found(asked: dict[str, Any], project_id: str) -> Response:
    """What the engine says of this project and others: for the partner that reports it and for coordinators"""
    return findings.page(asked, project_id)


def shown(w: Work, projects: Sequence[Any]) -> list[dict[str, Any]]:
    """The project objects as the caller may read them, without relations to records that aren't there for them."""
    objects = [questions.readable(project, w.actor) for project in projects]
    named = {row["project"] for item in objects for row in item["relations"] if row.get("project")}
    seen = listings.seen(w.session, w.actor, sorted(named))
    for item in objects:
        item["relations"] = [
            row for row in item["relations"] if not row.get("project") or row["project"] in seen
        ]
    return objects


def _by_money(sort: str | None) -> None:
    """An order by money tells who has more, and its cursor how much: amounts are not for strangers."""
    if sort == "money" and not actor().signed_in:
        sentence = "By money only with a token: without one no amounts are told. Choose another order."
        raise Invalid([Problem("?sort", "needs_token", sentence)])


def _all_fields(asks: Actor, owner: str) -> None:
    if fields_for(asks, owner) != "all":
        raise Forbidden("The history is for the partner that reports this project and for coordinators.")
