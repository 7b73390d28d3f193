"""The page of one finding: why it is asked, both records field by field, how the certainty came about."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import CELL_KINDS, EFFECTS, KINDS, VERDICTS, queue
from adam.domain.visibility import fields_for
from adam.errors import AdamError, Conflict, Invalid
from adam.queries import finding_groups, findings, history, partners, projects
from adam.services.work import Work
from adam.web import comparing, documents, evidence, filters, finding_rows, steps
from adam.web.form_errors import part

SIDE_BY_SIDE = (
    ("title", "title"),
    ("organizations", "funders"),
    ("beneficiaries", "beneficiaries"),
    ("assistance_types", "assistance_types"),
    ("countries", "countries"),
    ("pillars", "pillars"),
    ("start_planned", "start"),
    ("end_planned", "period"),
    ("start_actual", None),
    ("end_actual", None),
    ("status", None),
    ("contributions", "amount"),
    ("identifiers", "identifiers"),
    ("sectors", "sectors"),
    ("description", "description"),
)
"""Field of the document and the evidence that speaks of it."""
LEVELS = ("exact", "close", "different", "missing")


def page(w: Work, finding_id: str, values: dict[str, str], errors: dict[str, list[str]]) -> str:
    """The page. Raises NotFound."""
    item = findings.one(w.session, w.actor, finding_id)
    known = finding_rows.records(w, [item])
    a, b = known.get(item.a_id or ""), known.get(item.b_id or "")
    fields = _fields(w, item, a, b) if a and b else []
    return render_template(
        "findings/show.html",
        finding=_head(w, item, finding_rows.title(item, a, b)),
        queue=_queue(w, item),
        why=evidence.reasons(item),
        partners_say=finding_rows.said(w, a, b),
        a=_side(w, a),
        b=_side(w, b),
        records=_records(w, item),
        fields=fields,
        counts=_counts(fields),
        stake=_stake(item),
        waterfall=evidence.waterfall(item.evidence, float(item.prior), float(item.score))
        if a and b
        else None,
        judgement=_judgement(w, item),
        history=steps.said(history.of(w.session, "finding", item.id)),
        history_a=_history(w, a),
        history_b=_history(w, b),
        people=_people(w, (a, b)),
        verdicts=_verdicts(w, item, (a, b)),
        values=values | {"version": str(item.version)},
        errors=errors,
    )


def version() -> int | None:
    """The version that the person has read."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None


def errors_of(error: AdamError) -> dict[str, list[str]]:
    """The sentences at the fields of the verdict form."""
    if isinstance(error, Conflict) or not isinstance(error, Invalid):
        return {"form": [str(error)]}
    missing = {"verdict": _("Choose a verdict."), "reason": _("Give the reason in one sentence.")}
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        key = problem.pointer.removeprefix("#/")
        said = missing.get(key, problem.detail) if problem.code == "required" else problem.detail
        found.setdefault(key if key in ("verdict", "reason", "review_on") else "form", []).append(said)
    return found


def following(w: Work, finding_id: str) -> str | None:
    """The finding that comes next in the queue of this one."""
    item = findings.one(w.session, w.actor, finding_id)
    return _place(w, item)[3]


def _same_queue(w: Work, item: Any) -> Any:
    kinds = tuple(kind for kind in KINDS if queue(kind) == queue(item.kind))
    return findings.listed(w.actor, findings.Filters(kinds=kinds))


def _place(w: Work, item: Any) -> tuple[int, int, str | None, str | None]:
    """Where a finding stands: in the queue of questions, or, where another stands for its group, inside the group."""
    query = _same_queue(w, item)
    if not w.actor.sees_all_records:
        return findings.place(w.session, query, item)
    found = findings.place(w.session, finding_groups.heads(query), item)
    if found[0] or not item.group_key:
        return found
    return findings.place(w.session, finding_groups.inside(query, item.group_key), item)


def _queue(w: Work, item: Any) -> dict[str, Any] | None:
    position, total, before, after = _place(w, item)
    if not position:
        return None
    return {
        "position": position,
        "total": total,
        "previous_url": f"/findings/{before}" if before else None,
        "next_url": f"/findings/{after}" if after else None,
    }


def _head(w: Work, item: Any, title: str) -> dict[str, Any]:
    return {
        "reference": item.reference,
        "kind": item.kind,
        "state": item.state,
        "title": title,
        "score": None if item.kind in CELL_KINDS else float(item.score),
        "seen_on": item.last_seen,
        "rules": item.rules_version,
        "open_days": (w.now - item.first_seen).days if item.state in findings.WAITING else None,
        "queue": queue(item.kind),
    }


def _side(w: Work, project: Any) -> dict[str, Any] | None:
    if project is None:
        return None
    return {
        "reference": project.reference,
        "url": f"/projects/{project.id}",
        "title": project.title,
        "owner": w.vocabulary.partner(project.owner),
        "state": project.status,
        "confirmed_on": project.last_confirmed_on,
    }


def _records(w: Work, item: Any) -> list[dict[str, Any]]:
    """The visible records of a cell."""
    if item.kind not in CELL_KINDS:
        return []
    chosen = projects.Filters(
        country=(item.country,) if item.country else (),
        pillar=(item.pillar,) if item.pillar else (),
        assistance_type=(item.assistance_type,) if item.assistance_type else (),
        status=("pipeline", "active", "suspended"),
    )
    rows = projects.page(w.session, projects.matching(w.actor, chosen), "start", (0, 30))
    return [
        (_side(w, row) or {}) | {"when": filters.period(row.begins, row.ends), "note": None} for row in rows
    ]


def _fields(w: Work, item: Any, a: Any, b: Any) -> list[dict[str, Any]]:
    """Every field that either record fills, with the agreement that the engine saw or that the two texts have."""
    levels = {one["feature"]: one["level"] for one in item.evidence}
    left, right = (documents.readable(projects.readable(side, w.actor)) for side in (a, b))
    found = []
    for name, feature in SIDE_BY_SIDE:
        mine, theirs = comparing.lines(name, left), comparing.lines(name, right)
        if mine or theirs:
            level = _level(mine, theirs, levels.get(feature or ""))
            found.append({"name": part(name), "a": mine, "b": theirs, "level": level})
    return found


def _level(mine: list[str], theirs: list[str], seen: str | None) -> str:
    if not mine or not theirs:
        return "missing"
    if _folded(mine) == _folded(theirs):
        return "exact"
    return seen if seen in ("close", "different") else "close" if set(mine) & set(theirs) else "different"


def _folded(texts: list[str]) -> list[str]:
    return [" ".join(text.split()).casefold() for text in texts]


def _counts(fields: list[dict[str, Any]]) -> str:
    names = {"exact": _("same"), "close": _("close"), "different": _("different"), "missing": _("not given")}
    number = {level: sum(one["level"] == level for one in fields) for level in LEVELS}
    parts = ", ".join(f"{number[level]} {names[level]}" for level in LEVELS if number[level])
    return f"{ngettext('1 field', '%(num)s fields', len(fields))}: {parts}"


def _stake(item: Any) -> dict[str, Any] | None:
    if item.stake is None:
        return None
    return {"amount": item.stake, "currency": "USD", "text": item.stake_reason or ""}


def _judgement(w: Work, item: Any) -> dict[str, Any] | None:
    if item.state not in ("decided", "reopened"):
        return None
    said = findings.judgements(w.session, item.id)
    if not said:
        return None
    newest = said[0]
    return {
        "verdict": newest.verdict,
        "reason": newest.reason,
        "by": newest.author,
        "when": newest.at,
        "review_on": newest.review_on,
    }


def _history(w: Work, project: Any) -> list[dict[str, Any]]:
    if project is None or fields_for(w.actor, project.owner) != "all":
        return []
    return steps.said(history.steps_of_record(w.session, w.actor, project.id, 10))


def _people(w: Work, sides: tuple[Any, Any]) -> list[dict[str, Any]]:
    """The focal points of both partners."""
    known = partners.focal_points(w.session, w.today)
    owners = dict.fromkeys(side.owner for side in sides if side)
    return [
        {
            "name": person["name"],
            "role_text": _("focal point of %(partner)s", partner=w.vocabulary.partner(owner)),
            "url": f"mailto:{quote(person['email'], safe='@')}" if person["email"] else None,
        }
        for owner in owners
        for person in known.get(owner, ())
    ]


def _verdicts(w: Work, item: Any, sides: tuple[Any, Any]) -> list[dict[str, Any]]:
    """What this person may decide; a coordinator never judges records of their own partner."""
    owners = {side.owner for side in sides if side}
    if not w.actor.coordinates or item.state == "gone" or (w.actor.partner and w.actor.partner in owners):
        return []
    possible = ("complementary", "unrelated") if item.kind in CELL_KINDS else VERDICTS
    return [{"value": code, "note": EFFECTS[code], "best": code == item.kind} for code in possible]
