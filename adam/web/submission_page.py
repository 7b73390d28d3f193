"""The page of one submission: the document, what it changes, what looks alike, and what one may do with it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from adam.domain import documents as plain
from adam.domain import lifecycle
from adam.domain.additions import FIELDS
from adam.errors import AdamError, Invalid
from adam.queries import submissions as questions
from adam.services import additions, alike, answers, figures, readings, rebasing
from adam.services.work import Work
from adam.web import (
    comments,
    differences,
    documents,
    effects,
    form_errors,
    history,
    lookalikes,
    remarks,
    submission_rows,
)

OWN_MOVES = (("edit", None), ("submit", "submit"), ("withdraw", "withdraw"), ("delete", None))
COORDINATORS_MOVES = ("validate", "return", "reject")


def page(w: Work, submission_id: str, error: AdamError | None = None) -> str:
    """The page, with what stood in the way of a move. Raises NotFound."""
    item = readings.submission(w, submission_id)
    said = comments.of(w, item.id)
    project = _project(w, item)
    may = _may(w, item, project)
    near = _alike(w, item, said) if _compared(item, may) else []
    return render_template(
        "submissions/show.html",
        submission=_head(w, item, project),
        document=None if item.adds_to else documents.shown(w, item.document),
        problems=_problems(w, item),
        remarks=remarks.of_submission(w, item),
        comments=comments.thread([one for one in said if one["move"] not in answers.ANSWERS]),
        asked=comments.asked(said) if item.state == lifecycle.RETURNED else [],
        places=_places(item),
        rows=_rows(),
        changes=_changes(item, project),
        stale=_stale(item, project),
        money=_money(w, item, project),
        lookalikes=near,
        effect=_effect(w, item, near),
        may=may,
        urls={verb: f"/submissions/{item.id}/{verb}" for verb in may},
        errors=_errors(error),
        values=_values(error),
        history=history.of_submission(w, item),
    )


def _project(w: Work, item: Any) -> Any:
    """The record that it updates, became or adds to; None where there is none that this reader may see."""
    return additions.record_of(w, item.adds_to or item.project_id)


def _head(w: Work, item: Any, project: Any) -> dict[str, Any]:
    record = {"reference": project.reference, "url": f"/projects/{project.id}"} if project else None
    accepted = item.state == lifecycle.VALIDATED
    adds = item.adds_to is not None
    return {
        "reference": item.reference,
        "state": item.state,
        "title": item.title,
        "partner": w.vocabulary.partner(item.partner),
        "version": item.version,
        "submitted_at": item.submitted_at,
        "saved_at": item.updated_at,
        "source_ref": item.source_ref,
        "adds_to": record if adds else None,
        "owner": w.vocabulary.partner(project.owner) if adds and project else None,
        "update_of": None if accepted or adds else record,
        "project": record if accepted else None,
    }


def _may(w: Work, item: Any, project: Any) -> list[str]:
    """The verbs that this person may use now; the services have the last word."""
    concerned = [item.partner, *([project.owner] if item.adds_to and project else [])]
    if w.actor.coordinates and w.actor.partner not in concerned:
        return list(COORDINATORS_MOVES) if item.state == lifecycle.SUBMITTED else []
    if w.actor.writes_for != item.partner:
        waits = item.state == lifecycle.SUBMITTED and w.actor.writes_for in concerned
        return ["remark"] if w.actor.writes_for and waits else []
    found = ["edit"] if lifecycle.may_edit(item.state) else []
    found += [move for move in ("submit", "withdraw") if item.state in lifecycle.MOVES[move]]
    return found + (["delete"] if item.state == lifecycle.DRAFT else [])


def _problems(w: Work, item: Any) -> dict[str, list[str]]:
    if not lifecycle.may_edit(item.state):
        return {}
    found: dict[str, list[str]] = {}
    for row in questions.problems(w.session, item.id):
        key = row.pointer.removeprefix("#/project/").replace("/", ".")
        found.setdefault(key, []).append(row.detail)
    return found


def _changes(item: Any, project: Any) -> list[dict[str, Any]]:
    """What an update changes in the record as it is now, or an addition in what its partner added before."""
    if project is None or item.state == lifecycle.VALIDATED and not item.adds_to:
        return []
    if item.adds_to:
        before = {} if item.state == lifecycle.VALIDATED else project.added.get(item.partner, {})
        return differences.between(before, item.document)
    return differences.between(project.document, item.document)


def _stale(item: Any, project: Any) -> dict[str, Any] | None:
    """What changed in the record since this update was begun: what merges by itself, and what is to be decided."""
    if project is None or item.adds_to or item.state not in (lifecycle.SUBMITTED, *lifecycle.EDITABLE):
        return None
    found = rebasing.rebased(item, project)
    if not (found.merged or found.open):
        return None
    theirs = {one["field"]: one for one in differences.between(item.base or {}, project.document)}
    return {
        "merged": [form_errors.part(name) for name in found.merged],
        "open": [theirs[name] for name in found.open if name in theirs],
        "url": f"/submissions/{item.id}/keep-ours",
    }


def _money(w: Work, item: Any, project: Any) -> dict[str, Any] | None:
    """What it does to the figure of the record, with what is worth knowing of the money."""
    if project is None or item.state not in (lifecycle.SUBMITTED, lifecycle.RETURNED):
        return None
    draft = submission_rows.draft_of(item)
    if draft is None:
        return None
    by = item.partner if item.adds_to else None
    found = figures.effect(w, project, by, draft)
    remarks = additions.effect(w, item.partner, project, draft).remarks if by else []
    return {
        "text": differences.effect(found.before, found.after),
        "remarks": [one.detail for one in remarks],
    }


def _compared(item: Any, may: list[str]) -> bool:
    """Whether records that look alike are shown: an addition is no record of its own."""
    return not item.adds_to and ("validate" in may or item.state == lifecycle.SUBMITTED)


def _alike(w: Work, item: Any, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    given = {one["pointer"]: one for one in reversed(said) if one["move"] in answers.ANSWERS}
    found = lookalikes.shown(alike.lookalikes(w, plain.draft_of(item.document), item.project_id))
    for one in found:
        answer = given.get(one["reference"])
        one |= {"answer": answer["move"], "remark": answer["text"]} if answer else {}
    return found


def _effect(w: Work, item: Any, near: list[dict[str, Any]]) -> str:
    """What it adds to the record, told to those who entered it while it waits."""
    if item.adds_to or item.state != lifecycle.SUBMITTED or w.actor.writes_for != item.partner:
        return ""
    return effects.sentence(w, item, len(near))


def _places(item: Any) -> list[dict[str, str]]:
    """The fields at which a coordinator may say something."""
    return [
        {"value": f"#/project/{name}", "label": form_errors.part(name)}
        for name in form_errors.ORDER
        if not item.adds_to or name in FIELDS
    ]


def _rows() -> list[dict[str, str]]:
    """The comments at fields that were written so far, and room for two more."""
    places, texts = (request.form.getlist(name) for name in ("comment_at", "comment_text"))
    given = [{"at": at, "text": text} for at, text in zip(places, texts, strict=False) if at or text]
    return [*given, {"at": "", "text": ""}, {"at": "", "text": ""}]


def _errors(error: AdamError | None) -> dict[str, list[str]]:
    if error is None:
        return {}
    if not isinstance(error, Invalid):
        return {"form": [str(error)]}
    key = "reject_comment" if request.path.endswith("/reject") else "comment"
    of_comment = [problem for problem in error.problems if problem.pointer.startswith("#/comment")]
    others = [problem.detail for problem in error.problems if not problem.pointer.startswith("#/comment")]
    missing = _("Say in a sentence what the partner should know.")
    texts = [missing if problem.code == "required" else problem.detail for problem in of_comment]
    return ({key: texts} if texts else {}) | ({"form": others} if others else {})


def _values(error: AdamError | None) -> dict[str, str]:
    if error is None:
        return {}
    key = "reject_comment" if request.path.endswith("/reject") else "comment"
    return {key: request.form.get("comment", "")}
