"""Findings as items of a report: both records side by side, the evidence in sentences, and groups as one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from adam.domain.findings import DECIDED, NAMES, steps
from adam.models.findings import Finding, Judgement
from adam.queries.comparing import Facts
from adam.services.work import Work

Item = dict[str, Any]


def item_of(w: Work, finding: Finding, facts: Mapping[str, Facts], verdict: Judgement | None) -> Item:
    """A finding as a document; `a` and `b` are None for a finding about a cell."""
    sides = [_side(w, facts[key]) if key else None for key in (finding.a_id, finding.b_id)]
    return {
        "id": finding.id,
        "reference": finding.reference,
        "kind": finding.kind,
        "name": NAMES[finding.kind],
        "score": format(finding.score, ".2f"),
        "state": finding.state,
        "stake": None if finding.stake is None else format(finding.stake, ".2f"),
        "stake_reason": finding.stake_reason,
        "evidence": [
            {name: row[name] for name in ("feature", "level", "score", "sentence")}
            for row in finding.evidence
            if row["sentence"]
        ],
        "prior": round(float(finding.prior), 3),
        "waterfall": steps(finding.evidence),
        "verdict": verdict.verdict if verdict else None,
        "verdict_reason": verdict.reason if verdict else None,
        "group": finding.group_key,
        "a": sides[0],
        "b": sides[1],
        "where": _where(w, finding, facts),
    }


def _where(w: Work, finding: Finding, facts: Mapping[str, Facts]) -> str:
    """The places that both records share, or all of them where they share none, or the cell."""
    if finding.a_id is None or finding.b_id is None:
        kind = w.vocabulary.assistance_type(finding.assistance_type) if finding.assistance_type else None
        parts = [w.vocabulary.country(finding.country or ""), f"pillar {finding.pillar}", kind]
        return ", ".join(part for part in parts if part)
    a, b = facts[finding.a_id], facts[finding.b_id]
    shared = ends_of(a, b)[0] or list(dict.fromkeys(code for item in (a, b) for code, _ in item.countries))
    names = [w.vocabulary.country(code) for code in shared]
    return ", ".join(names) if len(names) <= 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def ends_of(a: Facts, b: Facts) -> tuple[list[str], list[str]]:
    """The countries and the pillars that two records share."""
    countries = {code for code, _ in a.countries} & {code for code, _ in b.countries}
    pillars = {row[0] for row in a.pillars} & {row[0] for row in b.pillars}
    return sorted(countries), sorted(pillars)


def _side(w: Work, item: Facts) -> Item:
    bodies: dict[str, list[str]] = defaultdict(list)
    for role, name, _ in item.organizations:
        bodies[role].append(name)
    return {
        "id": item.id,
        "reference": item.reference,
        "title": item.title,
        "owner": item.owner,
        "reporter": item.reporter,
        "funders": bodies["funding"],
        "implementers": bodies["implementing"],
        "countries": [w.vocabulary.country(code) for code, _ in item.countries],
        "pillars": [row[1] or row[0] for row in item.pillars],
        "start": str(item.begins) if item.begins else None,
        "end": str(item.ends) if item.ends else None,
        "usd": None if item.usd is None else format(item.usd, ".2f"),
        "identifiers": [value for _, value, _ in item.identifiers],
    }


def grouped(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Pairs of one group as one line each with its members, and the pairs that stand alone."""
    by_group: dict[str, list[Item]] = defaultdict(list)
    single = []
    for item in items:
        if item["group"] and item["state"] != DECIDED:
            by_group[item["group"]].append(item)
        else:
            single.append(item)
    groups = [_group(key, own) for key, own in by_group.items() if len(own) > 1]
    single.extend(own[0] for own in by_group.values() if len(own) == 1)
    return sorted(groups, key=lambda group: (-len(group["members"]), group["title"])), single


def _group(key: str, items: list[Item]) -> Item:
    members = {side["id"]: side for item in items for side in (item["a"], item["b"])}
    chief = members.get(key) or next(iter(members.values()))
    stakes = [Decimal(item["stake"]) for item in items if item["stake"]]
    return {
        "key": key,
        "title": chief["title"],
        "members": sorted(members.values(), key=lambda side: side["reference"]),
        "pairs": len(items),
        "references": [item["reference"] for item in items],
        "score": max(item["score"] for item in items),
        "stake": format(max(stakes), ".2f") if stakes else None,
        "items": items,
    }
