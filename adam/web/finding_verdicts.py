"""The verdicts that a person may give on a finding, each with what it does; or in words why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from adam.domain.findings import CELL_KINDS, EFFECTS, GONE, VERDICTS
from adam.services import finding_effects, remedies
from adam.services.work import Work
from adam.web import filters, finding_queues

OF_CELLS = ("complementary", "unrelated")
KEYS = {
    "record_duplicate": "d",
    "same_money": "m",
    "co_financed": "f",
    "component": "c",
    "continuation": "t",
    "duplicate_assistance": "a",
    "overlap": "o",
    "complementary": "l",
    "unrelated": "u",
}
"""The letter that goes to a verdict (static/findings.js)."""


def possible(w: Work, item: Any, sides: tuple[Any, Any]) -> list[dict[str, Any]]:
    """What this person may decide; a coordinator never judges records of their own partner."""
    if not w.actor.coordinates or barred(w, item, sides):
        return []
    codes = OF_CELLS if item.kind in CELL_KINDS else VERDICTS
    moves = {} if item.kind in CELL_KINDS else finding_effects.changes(w, item)
    return [
        {
            "value": code,
            "key": KEYS[code],
            "note": EFFECTS[code],
            "money": money(moves.get(code)),
            "best": code == item.kind,
        }
        for code in codes
    ]


def money(change: finding_effects.Change | None) -> str | None:
    """What a verdict does to the total; None where that can't be told."""
    if change is None:
        return None
    if not change.usd:
        return _("The total stays as it is.")
    text = filters.plain(filters.millions(abs(change.usd), "USD"))
    return (
        _("%(money)s leave the total.", money=text)
        if change.usd < 0
        else _("%(money)s join the total.", money=text)
    )


TERMS = {
    "component": ("whole",),
    "continuation": ("earlier",),
    "complementary": ("division_of_labour",),
    "duplicate_assistance": ("due_on",),
    "overlap": ("due_on",),
}
"""What the form asks beside the reason, by the verdict that it is for."""


def draft(values: Mapping[str, str]) -> dict[str, str]:
    """What was answered for the verdict that was chosen: an answer for another one is no part of it."""
    asked = ("verdict", "reason", "review_on", *TERMS.get(values.get("verdict", ""), ()))
    return {name: values[name] for name in asked if values.get(name)}


def terms(w: Work, item: Any, sides: tuple[Any, Any]) -> dict[str, Any] | None:
    """What the form offers where a verdict has to say how it is meant: the two records, and what is suggested."""
    if not all(sides):
        return None
    usual = remedies.suggested(w, item)
    records = [
        {"value": one.id, "label": f"{letter}: {one.reference}"}
        for letter, one in zip("AB", sides, strict=True)
    ]
    return {
        "records": records,
        "whole": usual["whole"] or "",
        "earlier": usual["earlier"] or "",
        "due_on": usual["due_on"].isoformat(),
        "merge_url": finding_queues.address(f"/findings/{item.id}/merge"),
    }


def barred(w: Work, item: Any, sides: tuple[Any, Any]) -> str | None:
    """Why somebody who may read the finding cannot decide on it, in words."""
    if item.state == GONE:
        return _("The records were changed and this question no longer holds: there is nothing to decide.")
    if not w.actor.coordinates:
        return _(
            "Coordinators decide. What you know about the two records helps them: write to them or mend your record."
        )
    if w.actor.partner and w.actor.partner in {side.owner for side in sides if side}:
        name = w.vocabulary.partner(w.actor.partner)
        return _(
            "You are a coordinator of %(partner)s, and one of the records is theirs: a coordinator of another partner "
            "decides.",
            partner=name,
        )
    return None
