"""The evidence of a finding in words and as a waterfall of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

MOST_STEPS, LEAST = 20, 0.05
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
    "retold": _l("Title in the other's words"),
    "spelling": _l("Letters of the titles"),
    "codes": _l("Codes in the titles"),
    "mentions": _l("Who does it, in words"),
    "chance": _l("Agreeing by chance"),
    "rivals": _l("Other partners"),
    "plenty": _l("Partners in the set"),
    "description": _l("Description"),
}


def reasons(item: Any) -> list[dict[str, str]]:
    """Every piece of evidence that says something, what weighs most first."""
    spoken = [one for one in item.evidence if one.get("sentence")]
    spoken.sort(key=lambda one: -abs(one.get("score", 0)))
    return [{"level": one.get("level", "missing"), "text": one["sentence"]} for one in spoken]


def waterfall(said: Sequence[Mapping[str, Any]], prior: float, score: float) -> dict[str, Any]:
    """From the estimate before any field was compared to the certainty, one step for each field that weighs something.

    Weights, `prior`, `total` and the `from` and `to` of each step are natural log-odds; the steps lead from the prior
    to the total. What weighs next to nothing is one step together.
    """
    weighed = sorted((one for one in said if one.get("score")), key=lambda one: -abs(one["score"]))
    shown = [one for one in weighed[:MOST_STEPS] if abs(one["score"]) >= LEAST]
    steps_ = [_step(feature(one["feature"]), one["level"], float(one["score"])) for one in shown]
    rest = [float(one["score"]) for one in weighed[len(shown) :]]
    if rest:
        steps_.append(_step(_("All others"), None, sum(rest)))
    at = prior
    for step in steps_:
        step["from"], at = at, at + step["weight"]
        step["to"] = at
    intro = _("Weights are natural log-odds: + 0.7 doubles the odds, + 2.3 makes them ten times as high.")
    places = [prior, at, *(step["to"] for step in steps_)]
    ends = {"low": min(places), "high": max(places), "prior": prior, "total": at}
    return {"start": 1 / (1 + exp(-prior)), "intro": intro, "steps": steps_, "end": score} | ends


def _step(label: str, level: str | None, weight: float) -> dict[str, Any]:
    return {"label": label, "level": level, "weight": weight, "note": None}


def feature(code: str) -> str:
    """What was compared, in words."""
    return str(FEATURES.get(code, code.replace("_", " ")))
