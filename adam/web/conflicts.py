"""Two versions of one draft beside each other: theirs, mine, and for each field which of them stays."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from adam.domain import lifecycle
from adam.queries import history
from adam.services.work import Work
from adam.web import comparing, form_errors, forms, submission_rows
from adam.web.submission_form import Sheet, version

MINE, THEIRS = "mine", "theirs"
OURS = ("csrf_token", "version", "action", "conflict", "all")
"""What the page itself asks; everything else that was posted is carried along."""


def settle(sheet: Sheet) -> bool:
    """Put what somebody chose to keep of theirs among the answers; False where a field is still to be chosen.

    Does nothing where the request doesn't come from the page of a conflict.
    """
    if "conflict" not in request.form or sheet.base is None:
        return True
    stored = forms.values_of(sheet.base, sheet.lexicon)
    whole = request.form.get("all")
    chosen = {name: whole or request.form.get(f"take_{name}", "") for name in _asked()}
    for name, side in chosen.items():
        if side == THEIRS:
            sheet.values[name] = stored[name]
    return all(side in (MINE, THEIRS) for side in chosen.values())


def _asked() -> list[str]:
    return [name for name in request.form.get("conflict", "").split() if name in form_errors.ORDER]


def differing(sheet: Sheet) -> list[str]:
    """The fields in which the answers differ from what is stored, in the order of the form."""
    mine, _places = forms.document_of(sheet.values, sheet.lexicon, sheet.base)
    differ = submission_rows.changes(sheet.base or {}, mine)
    return [name for name in form_errors.ORDER if name in differ]


def page(w: Work, sheet: Sheet, text: str) -> str:
    """The page that shows both versions; what only one of the two changed is chosen already."""
    assert sheet.submission is not None
    theirs = sheet.base or {}
    mine, _places = forms.document_of(sheet.values, sheet.lexicon, theirs)
    before = history.document_at(w.session, sheet.submission.id, theirs, version() or 0)
    last = history.of(w.session, "submission", sheet.submission.id, 1)
    return render_template(
        "submissions/conflict.html",
        submission={
            "reference": sheet.submission.reference,
            "url": f"/submissions/{sheet.submission.id}",
            "state": sheet.submission.state,
            "title": sheet.submission.title,
            "version": sheet.submission.version,
        },
        text=text,
        by=last[0].actor if last else "",
        when=sheet.submission.updated_at,
        rows=[_row(name, (before, theirs, mine)) for name in differing(sheet)],
        editable=lifecycle.may_edit(sheet.submission.state),
        given=_carried(),
        asked=request.form.get("all") is None and "conflict" in request.form,
    )


def _row(name: str, sides: tuple[dict[str, Any], dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    before, theirs, mine = sides
    i_did = name in submission_rows.changes(before, mine)
    they_did = name in submission_rows.changes(before, theirs)
    both = comparing.change(name, theirs, mine)
    chosen = request.form.get(f"take_{name}") or ("" if i_did and they_did else MINE if i_did else THEIRS)
    return {
        "key": name,
        "name": both["name"],
        "theirs": both["before"],
        "mine": both["after"],
        "chosen": chosen,
        "both": i_did and they_did,
    }


def _carried() -> list[tuple[str, str]]:
    """Everything that was posted, to be sent again with the choices."""
    items = request.form.items(multi=True)
    return [(name, text) for name, text in items if name not in OURS and not name.startswith("take_")]
