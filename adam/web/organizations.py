"""The page on which an administrator enters a body that only records name into the list of organizations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR
from adam.errors import Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import directory
from adam.schemas.faults import load
from adam.schemas.vocabulary import OrganizationRow
from adam.services import vocabulary
from adam.services.work import Work
from adam.web import choices
from adam.web.labels import LABELS

blueprint = Blueprint("organizations", __name__, url_prefix="/vocabulary/organizations")
Answer = Any
FIELDS = ("code", "name", "kind", "partner", "country")


@blueprint.get("/<uuid:organization_id>")
@guards.role(ADMINISTRATOR)
def ask(organization_id: UUID) -> str:
    """The form, with what the records say."""
    with work(read_only=True) as w:
        return _form(w, str(organization_id), {}, {})


@blueprint.post("/<uuid:organization_id>")
@guards.role(ADMINISTRATOR)
def complete(organization_id: UUID) -> Answer:
    """Enter it into the list."""
    values = {name: request.form.get(name, "").strip() for name in (*FIELDS, "aliases")}
    try:
        draft = load(OrganizationRow(), values | {"aliases": ";".join(values["aliases"].splitlines())})
        with work() as w:
            vocabulary.complete(w, str(organization_id), draft)
    except Invalid as error:
        with work(read_only=True) as w:
            return _form(w, str(organization_id), values, _errors(error)), 422
    flash(_("%(name)s stands in the list now.", name=draft["name"]), "done")
    return redirect("/vocabulary/organizations?listed=no", 303)


def _errors(error: Invalid) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        found.setdefault(problem.pointer.removeprefix("#/"), []).append(problem.detail)
    return found


def _form(w: Work, key: str, values: dict[str, Any], wrong: dict[str, list[str]]) -> str:
    body = directory.body(w.session, w.actor, key)
    [known] = directory.shown_organizations(w.session, [body])
    words = w.vocabulary
    lists = {
        "kinds": choices.labelled(LABELS["body"], "body"),
        "partners": [choices.choice(code, row.name) for code, row in words.partners.items()],
        "countries": [choices.choice(code, row.name) for code, row in words.countries.items()],
    }
    return render_template(
        "organization.html",
        name=body.name,
        listed=body.listed,
        spellings=known["aliases"],
        identifiers=[f"{row['scheme']} {row['value']}" for row in known["identifiers"]],
        choices=lists,
        values=values or {name: getattr(body, name) for name in FIELDS},
        errors=wrong,
        summary=[{"href": f"#{name}", "text": text} for name, texts in wrong.items() for text in texts],
    )
