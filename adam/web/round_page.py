"""The page of a validation round: its progress by partner and pillar, and its records with their answers."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from adam.domain.rounds import ANSWERS, OPEN, WAITING
from adam.errors import AdamError, Invalid
from adam.queries import history
from adam.queries import rounds as questions
from adam.services import rounds
from adam.services.work import Work
from adam.web import pager, steps
from adam.web.labels import label

Failure = tuple[AdamError, str | None]


def row(w: Work, item: Any) -> dict[str, Any]:
    """A round in a list."""
    return {
        "reference": item.reference,
        "title": item.title,
        "url": f"/validation-rounds/{item.id}",
        "deadline": item.deadline,
        "state": item.state,
        "opened_at": item.opened_at,
        "author": item.author,
        "progress": rounds.progress(w, item)["all"],
    }


def page(w: Work, round_id: str, failure: Failure | None = None) -> str:
    """The page, with what stood in the way of an answer. Raises NotFound."""
    item = questions.one(w.session, w.actor, round_id)
    answer = request.args.get("answer")
    answer = answer if answer in (*ANSWERS, WAITING) else None
    query = questions.records(w.actor, item.id, answer)
    found = questions.listed(w.session, query, pager.window())
    figures = rounds.progress(w, item)
    return render_template(
        "rounds/show.html",
        round=row(w, item)
        | {"scope": _scope(w, item.scope), "version": item.version, "closed_at": item.closed_at}
        | {"reminded_at": item.reminded_at},
        total=figures["all"],
        partners=[
            {"name": w.vocabulary.partner(code), **counts} for code, counts in figures["partners"].items()
        ],
        pillars=[
            {"name": f"{code}. {w.vocabulary.pillar(code)}" if code else _("Not assigned"), **counts}
            for code, counts in figures["pillars"].items()
        ],
        tabs=_tabs(answer, figures["all"]),
        records=[_record(w, item[0], item[1], failure) for item in found],
        pager=pager.links(len(found), questions.count(w.session, query)),
        page=pager.number(),
        may={"answer": bool(w.actor.writes_for) and item.state == OPEN, "manage": w.actor.coordinates},
        error=_stood_in_the_way(failure),
        history=steps.said(history.of(w.session, "validation_round", item.id)) if w.actor.coordinates else [],
    )


def _record(w: Work, asked: Any, project: Any, failure: Failure | None) -> dict[str, Any]:
    wrong = failure is not None and failure[1] == project.id and isinstance(failure[0], Invalid)
    return {
        "id": project.id,
        "title": project.title,
        "reference": project.reference,
        "url": f"/projects/{project.id}",
        "update_url": f"/projects/{project.id}/update",
        "submission_url": f"/submissions/{asked.submission_id}" if asked.submission_id else None,
        "partner": w.vocabulary.partner(asked.partner),
        "status": project.status,
        "confirmed_on": project.last_confirmed_on,
        "answer": asked.answer or WAITING,
        "reason": asked.reason,
        "author": asked.author,
        "at": asked.at,
        "error": _("Say in a sentence why it should be taken out.") if wrong else None,
    }


def _tabs(current: str | None, counts: dict[str, Any]) -> list[dict[str, Any]]:
    found = [{"label": _("All"), "url": pager.url(answer=None, page=None), "count": counts["records"]}]
    found += [
        {"label": label(code, "round"), "url": pager.url(answer=code, page=None), "count": counts[code]}
        for code in (WAITING, *ANSWERS)
    ]
    for tab, code in zip(found, (None, WAITING, *ANSWERS), strict=True):
        tab["current"] = code == current
    return found


def _scope(w: Work, scope: dict[str, Any]) -> str:
    """What the round asks about, in words."""
    words = w.vocabulary
    parts = [
        *(words.partner(code) for code in scope["partners"]),
        *(words.country(code) for code in scope["countries"]),
        *(_("pillar %(code)s", code=code) for code in scope["pillars"]),
        *(label(code, "state") for code in scope["statuses"]),
    ]
    return ", ".join(parts) if parts else _("all records")


def _stood_in_the_way(failure: Failure | None) -> str | None:
    if failure is None or (isinstance(failure[0], Invalid) and failure[1]):
        return None
    return str(failure[0])


def errors(error: Invalid) -> dict[str, list[str]]:
    """Field of the form → sentences."""
    missing = {"title": _("Give the round a title."), "deadline": _("Give the last day for answers.")}
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        key = problem.pointer.removeprefix("#/").removeprefix("scope/").split("/")[0]
        text = missing.get(key) if problem.code == "required" else None
        found.setdefault(key, []).append(text or problem.detail)
    return found
