"""The evidence of a finding in words and as a waterfall of weights."""

from __future__ import annotations

from math import exp
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

MOST_STEPS = 20
FEATURES = {
    "relations": _l("What the reporters state"),
    "identifiers": _l("Identifiers"),
    "reporter": _l("Reporter"),
    "funders": _l("Who pays"),
    "implementers": _l("Who does it"),
    "roles": _l("Roles"),
    "beneficiaries": _l("Institution that benefits"),
    "assistance_types": _l("Kind of help"),
    "countries": _l("Countries"),
    "pillars": _l("Pillars"),
    "sectors": _l("Sectors"),
    "start": _l("Start"),
    "period": _l("Months shared"),
    "amount": _l("Amount"),
    "value_date": _l("Value date"),
    "reported": _l("Years reported"),
    "title": _l("Title"),
    "names": _l("Names in the titles"),
    "phases": _l("Phases in the title"),
    "whole": _l("Whole and part"),
    "wording": _l("Wording"),
    "description": _l("Description"),
}


def reasons(item: Any) -> list[dict[str, str]]:
    """Every piece of evidence that says something, what weighs most first."""
    spoken = [one for one in item.evidence if one.get("sentence")]
    spoken.sort(key=lambda one: -abs(one.get("score", 0)))
    return [{"level": one.get("level", "missing"), "text": one["sentence"]} for one in spoken]


def waterfall(item: Any) -> dict[str, Any]:
    """From the estimate before any field was compared to the certainty, one step for each that weighs something."""
    weighed = [one for one in item.evidence if abs(one.get("score", 0)) >= 0.05]
    weighed.sort(key=lambda one: -abs(one["score"]))
    shown, rest = weighed[:MOST_STEPS], weighed[MOST_STEPS:]
    steps_ = [
        {"label": feature(one["feature"]), "level": one["level"], "weight": float(one["score"]), "note": None}
        for one in shown
    ]
    if rest:
        together = sum(float(one["score"]) for one in rest)
        steps_.append({"label": _("All others"), "level": None, "weight": together, "note": None})
    start = 1 / (1 + exp(-float(item.prior)))
    intro = _("Weights are natural log-odds: + 0.7 doubles the odds, + 2.3 makes them ten times as high.")
    return {"start": start, "intro": intro, "steps": steps_, "end": float(item.score)}


def feature(code: str) -> str:
    """What was compared, in words."""
    return str(FEATURES.get(code, code.replace("_", " ")))
