"""Cases: the list, one with its messages, and what either side and the coordinators do in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from adam.domain.actors import COORDINATOR, FOCAL_POINT
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import actor, work
from adam.schemas.cases import CaseDaySchema, CaseMessageSchema, CaseOutcomeSchema
from adam.schemas.faults import load
from adam.schemas.findings import ReasonSchema
from adam.services import case_outcomes, cases, readings
from adam.services.work import Work
from adam.web import case_page
from adam.web.submission_form import version

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
Answer = Any
READERS = (FOCAL_POINT, COORDINATOR)


@blueprint.get("")
@guards.role(*READERS)
def listed() -> str:
    """The cases of whoever is signed in: what is open first, the nearest day first."""
    with work(read_only=True) as w:
        return case_page.listed(w)


@blueprint.get("/<uuid:case_id>")
@guards.role(*READERS)
def show(case_id: UUID) -> str:
    """One case: what was seen, what was said, how it ended."""
    with work(read_only=not readings.noted(actor())) as w:
        return case_page.page(w, str(case_id))


@blueprint.post("/<uuid:case_id>/messages")
@guards.role(*READERS)
def say(case_id: UUID) -> Answer:
    """A word to everybody in the case."""
    done = _("Sent: the others are told.")
    return _do(case_id, (CaseMessageSchema(), ("text",)), _say, done)


def _say(w: Work, key: str, draft: dict[str, Any]) -> None:
    cases.say(w, key, draft["text"])


@blueprint.post("/<uuid:case_id>/due")
@guards.role(COORDINATOR)
def postpone(case_id: UUID) -> Answer:
    """Another day, with the reason."""
    done = _("The day is moved, and both partners are told.")
    fields = ("due_on", "reason")
    return _do(
        case_id,
        (CaseDaySchema(), fields),
        lambda w, key, draft: cases.postpone(w, key, draft, version()),
        done,
    )


@blueprint.post("/<uuid:case_id>/close")
@guards.role(COORDINATOR)
def close(case_id: UUID) -> Answer:
    """The outcome, in a word and in words."""
    done = _("Closed, and both partners are told.")
    return _do(
        case_id,
        (CaseOutcomeSchema(), ("outcome", "text")),
        lambda w, key, draft: case_outcomes.close(w, key, draft, version()),
        done,
    )


@blueprint.post("/<uuid:case_id>/reopen")
@guards.role(COORDINATOR)
def reopen(case_id: UUID) -> Answer:
    """Open it again, with the reason."""
    done = _("The case is open again, and both partners are told.")
    return _do(
        case_id,
        (ReasonSchema(), ("reason",)),
        lambda w, key, draft: case_outcomes.reopen(w, key, draft["reason"], version()),
        done,
    )


def _do(
    case_id: UUID,
    asked: tuple[Any, tuple[str, ...]],
    verb: Callable[[Work, str, dict[str, Any]], Any],
    done: str,
) -> Answer:
    """Read the form, do it, and lead back to the case; what stands in the way comes back with every answer."""
    schema, fields = asked
    values = {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in fields}
    key = str(case_id)
    try:
        draft = load(schema, {name: text for name, text in values.items() if text})
        with work() as w:
            verb(w, key, draft)
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            status = 422 if isinstance(error, Invalid) else 409
            return case_page.page(w, key, (request.path.rsplit("/", 1)[-1], values, error)), status
    flash(done, "done")
    return redirect(f"/cases/{key}", 303)
