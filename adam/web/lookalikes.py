"""Records that look like what somebody writes: how the panel "Already recorded?" shows the engine's claims."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from adam.domain.findings import RECORD_KINDS
from adam.services.alike import Lookalike
from adam.web import evidence, filters
from adam.web.rows import Values

LIKELY = {
    "record_duplicate": _l("the same activity"),
    "same_money": _l("the same money"),
    "component": _l("a part of one another"),
    "continuation": _l("one after the other"),
    "duplicate_assistance": _l("another project that does the same job"),
    "overlap": _l("another project in the same field"),
}
VERY, RATHER = 0.9, 0.6
ASKED_FROM = 0.5
"""From this certainty on we ask once before a submission goes out; below it the panel only tells."""


def shown(found: list[Lookalike]) -> list[dict[str, Any]]:
    """The claims for the panel."""
    return [_shown(item) for item in found]


def _shown(item: Lookalike) -> dict[str, Any]:
    facts, pair = item.facts, item.pair
    return {
        "reference": facts.reference,
        "title": facts.title,
        "url": f"/projects/{facts.id}",
        "who": ", ".join(dict.fromkeys(name for _role, name, _partner in facts.organizations))
        or facts.reporter,
        "when": filters.period(facts.begins, facts.ends),
        "certainty": pair.score,
        "likely": _likely(pair.kind, pair.score),
        "why": [
            {"level": reason["level"], "text": reason["sentence"]} for reason in weightiest(item.reasons)
        ],
        "waterfall": evidence.waterfall(item.reasons, pair.prior, pair.score),
        "asked": pair.kind in RECORD_KINDS and pair.score >= ASKED_FROM,
    }


def weightiest(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What weighs most first, whether it speaks for the claim or against it."""
    return sorted(reasons, key=lambda reason: -abs(float(reason["score"])))


def _likely(kind: str, score: float) -> str:
    what = str(LIKELY[kind])
    if score >= VERY:
        return _("Very likely %(what)s", what=what)
    return _("Likely %(what)s", what=what) if score >= RATHER else _("Perhaps %(what)s", what=what)


def answers(form: MultiDict[str, str]) -> dict[str, dict[str, str]]:
    """Reference → what the partner says a record is.

    {"answer": same, related or different, "remark", "how": the kind of relation, "was": what the page showed of it}
    """
    found = {}
    for name in form:
        reference = name.removeprefix("lookalike_")
        if name.startswith("lookalike_ADAM-") and form[name] in ("same", "related", "different"):
            remark = form.get(f"lookalike_why_{reference}", "").replace("\x00", "").strip()[:2000]
            found[reference[:32]] = {
                "answer": form[name],
                "remark": remark,
                "how": form.get(f"lookalike_how_{reference}", "")[:32],
                "was": form.get(f"lookalike_was_{reference}", "")[:32],
            }
    return found


def relate(values: Values) -> None:
    """What is called related becomes a stated relation of the draft, and ceases to be one when called otherwise.

    A relation that was mended in its own row stays as it is there, unless the panel was changed too.
    """
    for reference, item in values["lookalikes"].items():
        mine = [row for row in values["relations"] if row["project"] == reference]
        if item["answer"] != "related":
            values["relations"] = [row for row in values["relations"] if row not in mine]
        elif mine and item["how"] and item["how"] != item["was"]:
            mine[0]["kind"] = item["how"]
        elif not mine and item["how"]:
            values["relations"].append({"kind": item["how"], "project": reference})


def faults(panel: list[dict[str, Any]], values: Values) -> dict[str, str]:
    """Reference → what is missing in its answer: how it is related, or why it is another one that looks the same."""
    related = {row["project"]: row["kind"] for row in values["relations"]}
    found = {}
    for reference, item in values["lookalikes"].items():
        asked = any(one["asked"] and one["reference"] == reference for one in panel)
        if item["answer"] == "related" and not related.get(reference):
            found[reference] = _("Say how %(reference)s and yours are related.", reference=reference)
        elif item["answer"] == "different" and asked and not item["remark"]:
            found[reference] = _(
                "%(reference)s looks the same as yours: say in a few words why it is another one.",
                reference=reference,
            )
    return found


def summary(found: dict[str, str]) -> list[dict[str, str]]:
    """Where to go and what to mend, for the list above the form."""
    return [{"href": f"#lookalike-{reference}", "text": text} for reference, text in found.items()]


def unanswered(panel: list[dict[str, Any]], given: dict[str, dict[str, str]], seen: set[str]) -> list[str]:
    """References that we should ask about once before this goes out: likely the same and not answered, or called so."""
    found = []
    for item in panel:
        said = given.get(item["reference"], {}).get("answer")
        if item["reference"] not in seen and (said == "same" or (item["asked"] and not said)):
            found.append(item["reference"])
    return found
