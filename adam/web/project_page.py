"""The page of one accepted record, as its reader may see it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import LINKING
from adam.domain.visibility import fields_for
from adam.queries import findings
from adam.queries import projects as questions
from adam.services import absorbed
from adam.services.work import Work
from adam.web import documents, finding_rows, history, project_pictures, recommendation_page
from adam.web.filters import org_name
from adam.web.labels import label

Document = dict[str, Any]
MOST_FINDINGS = 25
ALL_STATES: tuple[str, ...] = ("open", "reopened", "decided", "stated")


def page(w: Work, project: Any) -> str:
    """The page of a record that its reader may see."""
    level = fields_for(w.actor, project.owner)
    document = read(w, project)
    _confirmable(w, project, document)
    return render_template(
        "projects/show.html",
        drawn=project_pictures.shown(w, project, document),
        project=_head(w, project),
        document=document,
        money=_money(project) if level != "public" else None,
        findings=_findings(w, project.id) if w.actor.sees_all_records or w.actor.writes_for else None,
        history=history.of_record(w, project.id) if _reads_all(w, project) else None,
        recommendations=recommendation_page.of_project(w, project),
        actions=_actions(w, project),
    )


def read(w: Work, project: Any) -> Document:
    """The record's document as its reader may see it, with what verdicts link and which amounts are counted."""
    document = documents.shown(w, questions.readable(project, w.actor))
    document["relations"] = [*document["relations"], *_linked(w, project)]
    if fields_for(w.actor, project.owner) == "public":
        document["contributions"] = None
    elif project.added:
        for row, kept in zip(
            document["contributions"], questions.counted(w.session, project.id), strict=True
        ):
            row["counted_once"] = None if kept else _("the same money; counted once")
    return document


def _linked(w: Work, project: Any) -> list[dict[str, Any]]:
    """Relations that a coordinator's verdict made: for coordinators and the partners of the two records."""
    if not (w.actor.sees_all_records or w.actor.writes_for):
        return []
    said = [one for one in findings.standing(w.session, [project.id]) if one.verdict in LINKING]
    others = {one.finding_id: one.b if one.a == project.id else one.a for one in said}
    there = questions.named(w.session, w.actor, list(others.values()))
    return [
        {
            "kind": one.verdict,
            "url": f"/projects/{other.id}",
            "reference": other.reference,
            "title": other.title,
            "by": _role(one, project.id),
        }
        for one in said
        if (other := there.get(others[one.finding_id]))
        and (w.actor.sees_all_records or w.actor.writes_for in (project.owner, other.owner))
    ]


def _role(verdict: Any, project_id: str) -> str:
    """What this record is in a link, and that a coordinator says so."""
    if verdict.whole:
        return (
            _("this is the whole, says a coordinator")
            if verdict.whole == project_id
            else _("this is a part, says a coordinator")
        )
    if verdict.earlier:
        return (
            _("this came first, says a coordinator")
            if verdict.earlier == project_id
            else _("this follows it, says a coordinator")
        )
    return _("says a coordinator")


def bodies(document: Document, role: str, most: int | None = None) -> str:
    """The organizations of a role, by name; beyond `most` only how many more there are."""
    names = [org_name(row) for row in document["organizations"] if row["role"] == role]
    listed = ", ".join(names[:most])
    left = len(names) - most if most else 0
    return _("%(names)s and %(num)s more", names=listed, num=left) if left > 0 else listed


def _head(w: Work, project: Any) -> dict[str, Any]:
    return {
        "reference": project.reference,
        "title": project.title,
        "status": project.status,
        "visibility": project.visibility,
        "owner": w.vocabulary.partner(project.owner),
        "owner_url": f"/partners/{project.owner}",
        "confirmed_on": project.last_confirmed_on,
        "version": project.version,
        "updated_at": project.updated_at,
        "took_in": absorbed.names(w, project.id),
    }


def _reads_all(w: Work, project: Any) -> bool:
    return fields_for(w.actor, project.owner) == "all"


def _confirmable(w: Work, project: Any, document: Document) -> None:
    """The way to confirm what is only proposed, for whoever may: the owner, and coordinators of other partners."""
    own = w.actor.writes_for == project.owner
    if own or (w.actor.coordinates and w.actor.partner != project.owner):
        for item in document["pillars"]:
            if item["proposed"]:
                item["confirm_url"] = f"/projects/{project.id}/assignments"


def _money(project: Any) -> dict[str, Any]:
    """The figure that the record is counted with, and what it leaves out."""
    if project.usd is None:
        told = (
            _("No amount is given.") if project.usd_kind is None else _("No rate is known for its amounts.")
        )
        return {"headline": None, "kind": None, "text": told, "left_out": None}
    kinds = {
        "commitment": _(
            "All its commitments, each at the rate of its own date. Disbursements are part of them."
        ),
        "disbursement": _(
            "All its disbursements, for want of commitments, each at the rate of its own date."
        ),
        "expenditure": _("All its expenditures, for want of commitments, each at the rate of its own date."),
        "pledge": _("All its pledges, for want of anything firmer, each at the rate of its own date."),
    }
    without = project.without_rate
    told = ngettext(
        "One amount has no known rate and is left out.",
        "%(num)s amounts have no known rate and are left out.",
        without,
    )
    return {
        "headline": project.usd,
        "kind": label(project.usd_kind, "contribution"),
        "text": kinds.get(project.usd_kind, ""),
        "left_out": told if without else None,
    }


def _findings(w: Work, project_id: str) -> list[dict[str, Any]]:
    """Findings that touch the record and that this actor may see."""
    query = findings.listed(w.actor, findings.Filters(project=project_id, states=ALL_STATES))
    found = findings.page(w.session, query, (0, MOST_FINDINGS))
    return finding_rows.rows(w, found)


def _actions(w: Work, project: Any) -> list[dict[str, Any]]:
    if w.actor.writes_for != project.owner:
        add = {"label": _("Add what you know"), "url": f"/projects/{project.id}/add", "method": "get"}
        return [add] if w.actor.writes_for else []
    return [
        {
            "label": _("Update this record"),
            "url": f"/projects/{project.id}/update",
            "method": "get",
            "main": True,
        },
        {"label": _("Still correct"), "url": f"/projects/{project.id}/still-correct", "method": "post"},
    ]
