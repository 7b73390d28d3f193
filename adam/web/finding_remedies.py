"""Before two records become one, and before a verdict is taken back: what will happen, then the verb."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from adam.domain.actors import COORDINATOR
from adam.domain.merges import PARTS
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import findings as questions
from adam.schemas.faults import load
from adam.schemas.findings import JudgementSchema, MergeSchema, ReasonSchema
from adam.schemas.readable import readable
from adam.services import finding_effects, findings, merge_plans
from adam.services.work import Work
from adam.web import comparing, finding_page, finding_queues, finding_rows, finding_states, finding_verdicts
from adam.web.form_errors import part
from adam.web.labels import label

blueprint = Blueprint("finding_remedies", __name__)
Answer = Response | str | tuple[str, int]
Errors = dict[str, list[str]]


@blueprint.post("/findings/<uuid:finding_id>/merge")
@guards.role(COORDINATOR)
def merge(finding_id: UUID) -> Answer:
    """Show what would stay of two records; with `merge`, call them one and merge them."""
    key = str(finding_id)
    if request.form.get("action") != "merge":
        return _shown(key, {}), 200
    fields = {name: request.form.get(name, "").strip() for name in ("reason", "review_on")}
    given = {"verdict": "record_duplicate"} | _terms() | {name: text for name, text in fields.items() if text}
    try:
        draft = load(JudgementSchema(), given)
        with work() as w:
            at = questions.one(w.session, w.actor, key).queue or ""
            item = findings.judge(w, key, draft, finding_page.version())
            following = finding_page.following(w, item, at)
    except (Invalid, Conflict) as error:
        return _shown(key, finding_page.errors_of(error)), 422 if isinstance(error, Invalid) else 409
    said = _("Decided: %(verdict)s.", verdict=label("record_duplicate", "kind"))
    flash(finding_page.said(item, said), "done")
    return redirect(following or finding_queues.address("/findings", group=None), 303)


def _terms() -> dict[str, Any]:
    """Which record stays and which side each part comes from, as the form says it."""
    stays = request.form.get("stays", "").strip()
    turned = request.form.get("was", stays) != stays
    # Chosen for the other way round: what was "this" would be the other.
    given = {} if turned else request.form
    chosen = {name: given[f"part-{name}"] for name in PARTS if given.get(f"part-{name}")}
    return ({"stays": stays} if stays else {}) | ({"fields": chosen} if chosen else {})


def _shown(key: str, errors: Errors) -> str:
    """The page of a merge: what each side says, what is chosen, and what would stay."""
    with work(read_only=True) as w:
        item = questions.one(w.session, w.actor, key)
        terms, errors = _read_terms(errors)
        plan = merge_plans.of(w, key, terms)
        change = finding_effects.change(w, item, terms | {"verdict": "record_duplicate"})
        return render_template(
            "findings/merge.html",
            finding={"reference": item.reference, "url": finding_queues.address(f"/findings/{key}")},
            plan=plan,
            why=WHY.get(plan["why"], ""),
            parts=[_part(plan, row) for row in plan["parts"] if row["differs"] or row["choice"] == "both"],
            records=_records(w, item),
            money=finding_verdicts.money(change),
            action_url=finding_queues.address(f"/findings/{key}/merge"),
            values={name: request.form.get(name, "") for name in ("reason", "review_on")}
            | {"version": request.form.get("version") or str(item.version)},
            errors=errors,
        )


WHY = {
    "more_complete": _l("It says more than the other."),
    "older": _l("It was recorded first."),
    "chosen": _l("You chose it."),
}


def _read_terms(errors: Errors) -> tuple[dict[str, Any], Errors]:
    """The terms in the form as the plan takes them; what can't be read is said, and the usual is shown."""
    try:
        return load(MergeSchema(), _terms()), errors
    except Invalid as error:
        return {"stays": None, "parts": {}}, finding_page.errors_of(error) | errors


def _part(plan: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """One part of the two records: what each side says, what may be chosen, and what would stay."""
    said = {side: _lines(row["part"], row[side]) for side in ("stays", "other", "result")}
    names = {"stays": plan["stays"]["reference"], "other": plan["absorbed"]["reference"], "both": _("both")}
    options = [{"value": code, "label": names[code]} for code in row["choices"]]
    return said | {
        "part": row["part"],
        "name": _name(row["part"]),
        "choice": row["choice"],
        "choices": options,
    }


def _name(code: str) -> str:
    return _("Dates") if code == "period" else part(PARTS[code][0])


def _lines(code: str, fields: dict[str, Any]) -> list[str]:
    """What a side says of a part, field by field; the days of a period with the name of each."""
    document = readable(fields)
    found = []
    for name in PARTS[code]:
        lines = comparing.lines(name, document)
        found += [f"{part(name)}: {line}" for line in lines] if code == "period" else lines
    return found


def _records(w: Work, item: Any) -> list[dict[str, Any]]:
    """The two records, to choose which one stays."""
    known = finding_rows.records(w, [item])
    sides = [(letter, known[key]) for letter, key in (("A", item.a_id), ("B", item.b_id)) if key in known]
    return [
        {
            "value": one.id,
            "label": f"{letter}: {one.title}",
            "note": f"{one.reference}, {w.vocabulary.partner(one.owner)}",
        }
        for letter, one in sides
    ]


@blueprint.get("/findings/<uuid:finding_id>/take-back")
@guards.role(COORDINATOR)
def ask(finding_id: UUID) -> str:
    """Say what taking the verdict back will undo, before it is done."""
    with work(read_only=True) as w:
        return _asked(w, str(finding_id), {}, {})


@blueprint.post("/findings/<uuid:finding_id>/take-back")
@guards.role(COORDINATOR)
def take_back(finding_id: UUID) -> Answer:
    """Undo the verdict that stands, with what it did."""
    key, values = str(finding_id), {"reason": request.form.get("reason", "").strip()}
    try:
        draft = load(ReasonSchema(), {name: text for name, text in values.items() if text})
        with work() as w:
            item = findings.take_back(w, key, draft["reason"], finding_page.version())
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            status = 422 if isinstance(error, Invalid) else 409
            return _asked(w, key, values, finding_page.errors_of(error)), status
    flash(_("The verdict on %(finding)s is taken back.", finding=item.reference), "done")
    return redirect(finding_queues.address(f"/findings/{key}"), 303)


def _asked(w: Work, key: str, values: dict[str, str], errors: Errors) -> str:
    item = questions.one(w.session, w.actor, key)
    known = finding_rows.records(w, [item])
    sides = (known.get(item.a_id or ""), known.get(item.b_id or ""))
    standing = finding_states.of(w, [item]).get(key)
    return render_template(
        "findings/take_back.html",
        finding={"reference": item.reference, "title": finding_rows.title(item, *sides)},
        standing=standing,
        barred=finding_verdicts.barred(w, item, sides),
        undoes=str(UNDOES.get(standing["verdict"], "")) if standing else "",
        back_url=finding_queues.address(f"/findings/{key}"),
        action_url=finding_queues.address(f"/findings/{key}/take-back"),
        values=values | {"version": str(item.version)},
        errors=errors,
    )


UNDOES = {
    "record_duplicate": _l(
        "The two records stand apart again, each as its partner says it; what was changed since is kept where it "
        "belongs. Both count."
    ),
    "same_money": _l("The link goes; both amounts count again."),
    "co_financed": _l("The link goes."),
    "component": _l("The link goes; part and whole both count again."),
    "continuation": _l("The link goes."),
    "duplicate_assistance": _l("The case is closed without an outcome; both partners are told."),
    "overlap": _l("The case is closed without an outcome; both partners are told."),
    "complementary": _l("The division of labour no longer holds."),
}
"""What taking a verdict back undoes."""
