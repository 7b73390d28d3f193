"""The page of the submission form: what was answered, what is to mend, what looks alike."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from adam.errors import Forbidden, Invalid, Problem
from adam.queries import partners, projects
from adam.queries import submissions as questions
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from adam.schemas.readable import readable
from adam.services import alike, answers, facts, submissions, warnings
from adam.services.claims import Claim, Whose
from adam.services.submissions import Check
from adam.services.work import Work
from adam.web import (
    choices,
    comments,
    conversions,
    form_errors,
    forms,
    lexicon,
    lookalikes,
    pickers,
    remarks,
    script_words,
)
from adam.web.rows import Values

WORTH_LOOKING = 8


@dataclass(slots=True)
class Sheet:
    """One form: its answers, the submission or record it belongs to, and what came of checking it."""

    values: Values
    lexicon: lexicon.Lexicon
    bodies: list[partners.Body]
    submission_id: str | None = None
    submission: Any = None
    project: Any = None
    base: dict[str, Any] | None = None
    document: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    check: Check | None = None
    asked: list[str] = field(default_factory=list)
    remarked: int = 0
    comments: list[dict[str, Any]] = field(default_factory=list)
    complain: bool = False
    notice: str | None = None
    anew: bool = False
    faults: dict[str, str] = field(default_factory=dict)


def sheet_for(w: Work, submission_id: str | None, project_id: str | None) -> Sheet:
    """The form of a submission, of an update of a record, or an empty one. Raises NotFound."""
    bodies = partners.bodies(w.session)
    known = lexicon.lexicon(w.vocabulary, bodies, partners.aliases(w.session))
    submission = questions.one(w.session, w.actor, submission_id) if submission_id else None
    project_id = submission.project_id if submission else project_id
    project = _own(w, project_id) if project_id else None
    base = submission.document if submission else project.document if project else None
    values = forms.values_of(_by_reference(w, base), known) if base else forms.blank()
    values["lookalikes"] = answers.given(w.session, submission.id) if submission else {}
    return Sheet(values, known, bodies, submission_id, submission, project, base)


def _own(w: Work, project_id: str) -> Any:
    project = projects.one(w.session, w.actor, project_id)
    if project.owner != w.actor.writes_for:
        raise Forbidden(_("Only a focal point of the partner that reports this record may update it."))
    return project


def _by_reference(w: Work, document: dict[str, Any]) -> dict[str, Any]:
    """The document with references instead of ids in its relations, which people can read."""
    ids = [item.get("project") for item in document.get("relations") or [] if item.get("project")]
    if not ids:
        return document
    query = projects.matching(w.actor, projects.Filters(ids=tuple(ids)))
    known = {row.id: row.reference for row in w.session.scalars(query)}
    relations = [
        item | {"project": known.get(item.get("project"), item.get("project"))}
        for item in document["relations"]
    ]
    return document | {"relations": relations}


def posted(sheet: Sheet) -> Sheet:
    """The sheet with the answers of this request."""
    sheet.values = forms.read(request.form)
    sheet.values["lookalikes"] = lookalikes.answers(request.form)
    lookalikes.relate(sheet.values)
    sheet.values["remarks"] = remarks.given(request.form)
    return sheet


def claim_of(w: Work, sheet: Sheet, typing: bool = False) -> Claim:
    """What the answers claim, with every problem of shape, and of fact where the shape is wrong already."""
    document, sheet.places = forms.document_of(sheet.values, sheet.lexicon, sheet.base)
    sheet.document = document
    draft, problems = None, []
    try:
        draft = load(ProjectSchema(), document, "#/project")
    except Invalid as error:
        problems = list(error.problems)
        whose = Whose(w.actor.writes_for, project_id=_record_of(sheet))
        problems.extend(facts.beside(w, readable(document), whose, problems))
    return Claim(
        document,
        draft,
        tuple(problems),
        source_ref=sheet.submission.source_ref if sheet.submission else None,
        project_id=_record_of(sheet),
        once=once(),
        typing=typing,
        part=readable(document) if draft is None else None,
        answers=remarks.answers(sheet.values.get("remarks", {})),
    )


def _record_of(sheet: Sheet) -> str | None:
    return sheet.project.id if sheet.project else None


def checked(w: Work, sheet: Sheet, claim: Claim) -> Check:
    """Problems, proposed pillars and look-alikes; those also of answers that are not complete yet."""
    own = sheet.submission is not None
    found = submissions.check(w, replace(claim, source_ref=None) if own else claim)
    if sheet.submission is not None:
        said = questions.warning_answers(w.session, sheet.submission.id)
        found = replace(found, warnings=warnings.with_reasons(found.warnings, said))
    part = _readable_part(claim) if claim.draft is None else None
    return replace(found, lookalikes=alike.lookalikes(w, part, claim.project_id)) if part else found


def _readable_part(claim: Claim) -> dict[str, Any] | None:
    """The draft of what can be read, for comparing only; None where there is too little."""
    if len(str(claim.document.get("title", ""))) < WORTH_LOOKING:
        return None
    part = forms.without(claim.document, [problem.pointer for problem in claim.problems])
    try:
        return load(ProjectSchema(), {"status": "active", "visibility": "partners"} | part)
    except Invalid:
        return None


def once() -> str:
    """The hidden key of this form: kept while the page comes back, new for a new page."""
    given = request.form.get("once", "")
    return given if given.isalnum() and 16 <= len(given) <= 64 else secrets.token_hex(16)


def version() -> int | None:
    """The version that the person has worked on."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None


def seen() -> set[str]:
    """References of look-alikes that we asked about already."""
    return set(request.form.get("looked", "").split()[:20])


def keep_answers(w: Work, submission: Any) -> None:
    """Keep what was said about look-alikes."""
    answers.keep(w, submission, lookalikes.answers(request.form))


def page(w: Work, sheet: Sheet) -> str:
    """The page."""
    found = form_errors.located(_problems(sheet), sheet.places)
    panel = lookalikes.shown(sheet.check.lookalikes) if sheet.check else []
    return render_template(
        "submissions/form.html",
        title=_title(sheet),
        lede=_lede(sheet),
        submission=_submission(sheet),
        project=_project(sheet),
        lookalikes_url="/submissions/lookalikes" + _query(sheet),
        values=sheet.values,
        errors=_errors(sheet, found),
        summary=[*form_errors.summary(found), *lookalikes.summary(sheet.faults)],
        choices=choices.of_form(g.vocabulary, sheet.bodies, {"schemes": _schemes(sheet)}),
        proposals=proposals(sheet),
        lookalikes=panel,
        pending=sheet.check is not None and sheet.check.lookalikes.pending,
        asked=sheet.asked,
        keep_url=_keep_url(sheet),
        said=script_words.said(),
        meant=pickers.meant(sheet.values, sheet.lexicon),
        usd=conversions.of_rows(w, sheet.values, sheet.lexicon),
        remarks=_remarks(sheet),
        remarked=sheet.remarked,
        once=secrets.token_hex(16) if sheet.anew else once(),
        version=_worked_on(sheet),
        looked=" ".join(sorted(seen() | set(sheet.asked))),
    )


def _worked_on(sheet: Sheet) -> int | None:
    """The version that the answers rest on: a page that comes back with them has not shown a newer one."""
    if sheet.submission is None:
        return None
    return (version() if request.method == "POST" else None) or sheet.submission.version


def _query(sheet: Sheet) -> str:
    return f"?project={sheet.project.id}" if sheet.project else ""


def _keep_url(sheet: Sheet) -> str:
    return (
        f"/submissions/{sheet.submission.id}/keep"
        if sheet.submission
        else f"/submissions/new/keep{_query(sheet)}"
    )


def _errors(sheet: Sheet, found: list[tuple[str, Problem]]) -> form_errors.Errors:
    """Every sentence at its place; that of the form as a whole too."""
    asked = {f"lookalike_{reference}": [text] for reference, text in sheet.faults.items()}
    told = comments.at_fields(sheet.comments if _returned(sheet) else [], sheet.places)
    errors = form_errors.joined(form_errors.by_field(found), told)
    return errors | asked | ({"form": [sheet.notice]} if sheet.notice else {})


def _remarks(sheet: Sheet) -> list[dict[str, Any]]:
    if sheet.check is None or not (sheet.complain or sheet.submission):
        return []
    return remarks.on_form(sheet.check.warnings, sheet.values.get("remarks", {}), sheet.places)


def _problems(sheet: Sheet) -> list[Problem]:
    return list(sheet.check.problems) if sheet.complain and sheet.check else []


def _schemes(sheet: Sheet) -> list[str]:
    return [row["scheme"] for row in sheet.values["identifiers"] if row.get("scheme")]


def _title(sheet: Sheet) -> str:
    if sheet.project:
        return _("Update %(reference)s", reference=sheet.project.reference)
    return (
        _("Mend %(reference)s", reference=sheet.submission.reference)
        if _returned(sheet)
        else _("Enter a project")
    )


def _lede(sheet: Sheet) -> str | None:
    if sheet.project:
        return _("The record stays as it is until a coordinator has accepted the change.")
    if _returned(sheet):
        return _("A coordinator sent it back. Mend what is asked, then submit it again.")
    return None


def _returned(sheet: Sheet) -> bool:
    return sheet.submission is not None and sheet.submission.state == "returned"


def _submission(sheet: Sheet) -> dict[str, Any] | None:
    row = sheet.submission
    if row is None:
        return None
    return {
        "reference": row.reference,
        "state": row.state,
        "version": row.version,
        "saved_at": row.updated_at,
        "url": f"/submissions/{row.id}",
        "comments": sheet.comments,
    }


def _project(sheet: Sheet) -> dict[str, str] | None:
    row = sheet.project
    return {"reference": row.reference, "url": f"/projects/{row.id}"} if row else None


def proposals(sheet: Sheet) -> list[dict[str, str]]:
    """The pillars that the text speaks for, each with its reason."""
    return [_proposal(item) for item in (sheet.check.proposals if sheet.check else [])]


def _proposal(item: Any) -> dict[str, str]:
    code = item.commitment or item.pillar
    name = g.vocabulary.commitment(code) if item.commitment else g.vocabulary.pillar(code)
    return {"value": code, "label": f"{code}. {name}", "reason": item.reason}
