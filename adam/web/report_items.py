"""The findings of a stored report by kind: groups as one question, both records side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from adam.web import filters

Figures = dict[str, Any]
MOST_GROUPS, MOST_ITEMS, MOST_PAIRS, FIRST_REASONS = 5, 10, 30, 5


def kind(report_id: str, section: Figures) -> Figures:
    """One kind with its first groups and findings; the files hold the rest."""
    groups, items = section["groups"][:MOST_GROUPS], section["items"][:MOST_ITEMS]
    shown = sum(group["pairs"] for group in groups) + len(items)
    stakes = [Decimal(item["stake"]) for item in section["items"] if item["stake"]]
    stakes += [Decimal(group["stake"]) for group in section["groups"] if group["stake"]]
    if section.get("stake"):
        stakes = [Decimal(section["stake"])]
    rest = section["count"] - shown
    # Where not everything is listed, the desk holds the rest; reports stored before that list everything.
    everything = section.get("listed", section["count"]) == section["count"]
    place = f"/reports/{report_id}/file.csv" if everything else f"/findings?kind={section['kind']}"
    return {
        "kind": section["kind"],
        "count": section["questions"],
        "stake": sum(stakes, Decimal(0)) if stakes else None,
        "note": section["remedy"],
        "groups": [_group(group) for group in groups],
        "findings": [_finding(item) for item in items],
        "more": {"count": rest, "url": place} if rest > 0 else None,
    }


def _group(group: Figures) -> Figures:
    return {
        "title": group["title"],
        "pairs": group["pairs"],
        "members": [_side(member) for member in group["members"]],
        "findings": [_pair(item) for item in group["items"][:MOST_PAIRS]],
        "score": float(group["score"]),
        "stake": _stake(group["stake"], None),
    }


def _pair(item: Figures) -> Figures:
    """One pair of a group in a line: its finding, the two records, and the strongest reason."""
    told = _reasons(item["evidence"])
    return {
        "reference": item["reference"],
        "url": f"/findings/{item['id']}",
        "records": f"{item['a']['reference']}, {item['b']['reference']}",
        "why": told[0]["text"] if told else "",
    }


def _finding(item: Figures) -> Figures:
    pair = item["a"] is not None and item["b"] is not None
    reasons = _reasons(item["evidence"])
    return {
        "reference": item["reference"],
        "url": f"/findings/{item['id']}",
        "title": f"{item['name']}: {item['where']}",
        "state": item["state"],
        "verdict": item["verdict"],
        "score": float(item["score"]) if pair else None,
        "where": item["where"],
        "when": None,
        "stake": _stake(item["stake"], item["stake_reason"]),
        "why": reasons[:FIRST_REASONS],
        "more": reasons[FIRST_REASONS:],
        "a": _side(item["a"]) if pair else None,
        "b": _side(item["b"]) if pair else None,
    }


def _reasons(evidence: list[Figures]) -> list[Figures]:
    """What weighs most first; what says nothing, because it isn't given, last."""
    ordered = sorted(evidence, key=lambda one: (one["level"] == "missing", -abs(one["score"])))
    return [{"level": one["level"], "text": one["sentence"]} for one in ordered]


def _stake(usd: str | None, text: str | None) -> Figures | None:
    return {"amount": usd, "currency": "USD", "text": text} if usd is not None else None


def _side(side: Figures) -> Figures:
    roles = [(_("paid by"), side["funders"]), (_("done by"), side["implementers"])]
    return {
        "reference": side["reference"],
        "url": f"/projects/{side['id']}",
        "title": side["title"],
        "owner": side["reporter"],
        "roles": "; ".join(f"{word} {', '.join(names)}" for word, names in roles if names),
        "period": filters.period(side["start"], side["end"]),
        "money": filters.plain(filters.millions(side["usd"], "USD")) if side["usd"] else None,
    }
