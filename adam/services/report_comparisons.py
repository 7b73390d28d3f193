"""Two stored reports of one kind beside each other: figures with their difference, what is new, gone and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from adam.domain.papers import LONG, NUMBER, Column, Fact, Grid, Paper, Part, grouped
from adam.domain.recommendations import NAMES
from adam.errors import Invalid, Problem
from adam.services import reports
from adam.services.work import Work

Figures = dict[str, Any]
KEY_WORDS = {
    "projects": "Projects",
    "donors": "Donors",
    "reporters": "Reporters",
    "record_questions": "Questions about records",
    "coordination_questions": "Questions about assistance",
    "unassigned": "Projects without a pillar",
    "needs": "Needs stated",
    "unanswered": "Needs without assistance",
    "coming": "Cells that end within 12 months",
    "empty": "Cells with no recorded assistance",
    "recommendations": "Recommendations",
}
LEDGER_WORDS = {
    "reported": "Reported, US dollars",
    "counted": "Counted once, US dollars",
    "left_out_usd": "Left out, US dollars",
    "not_allocated": "Not allocated to a country, US dollars",
    "not_assigned": "Not assigned to a pillar, US dollars",
    "without_amount": "Records without an amount",
}
FRESH_WORDS = {"records": "Records", "running": "Running records", "stale": "Stale records"}
MOST = 100


@dataclass(frozen=True, slots=True)
class Thing:
    """What a report lists: its name, where it is, and the values that may change, by their names."""

    name: str
    where: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports, the earlier one first, and what differs between them; things are by their keys."""

    before: Any
    after: Any
    figures: list[tuple[str, Decimal | None, Decimal | None]]
    new: list[Thing]
    gone: list[Thing]
    changed: list[tuple[Thing, str]]
    stayed: int


def compare(w: Work, ids: tuple[str, str]) -> Compared:
    """Two reports that the actor may read, in the order in which they were run.

    Raises NotFound for one that is not there, Invalid where they are not of one kind or one is given twice.
    """
    first, second = sorted((reports.one(w, one) for one in ids), key=lambda one: (one.created_at, one.id))
    if first.id == second.id:
        raise Invalid([Problem("#/with", "same_report", "Choose two different reports.")])
    if first.kind != second.kind:
        told = f"{first.reference} and {second.reference} are of different kinds: choose two of one kind."
        raise Invalid([Problem("#/with", "different_kinds", told)])
    old, new = (dict(THINGS[first.kind](one.figures)) for one in (first, second))
    both = [key for key in new if key in old]
    changed = [(new[key], _changes(old[key], new[key])) for key in both if old[key].values != new[key].values]
    return Compared(
        first,
        second,
        list(_figures(first.figures, second.figures)),
        [thing for key, thing in new.items() if key not in old],
        [thing for key, thing in old.items() if key not in new],
        changed,
        len(both) - len(changed),
    )


def _changes(old: Thing, new: Thing) -> str:
    """ "donors: 1 → 3; state: single → covered"."""
    return "; ".join(
        f"{name}: {old.values.get(name) or 'not given'} → {value or 'not given'}"
        for name, value in new.values.items()
        if old.values.get(name) != value
    )


def _figures(old: Figures, new: Figures) -> Iterator[tuple[str, Decimal | None, Decimal | None]]:
    for group, words in (("key", KEY_WORDS), ("ledger", LEDGER_WORDS), ("freshness", FRESH_WORDS)):
        for name, word in words.items():
            values = [_number(found.get(group, {}).get(name)) for found in (old, new)]
            if any(value is not None for value in values):
                yield word, values[0], values[1]


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None


Things = Iterator[tuple[Any, Thing]]


def _of_overlap(figures: Figures) -> Things:
    for section in figures["sections"]:
        for item in (*section["items"], *(one for group in section["groups"] for one in group["items"])):
            titles = [item[side]["title"] for side in ("a", "b") if item[side]] or [item["where"]]
            values = {"state": item["state"], "verdict": item["verdict"] or "", "probability": item["score"]}
            name = f"{item['reference']} {item['name']}: {' / '.join(titles)}"
            yield item["reference"], Thing(name, item["where"], values | {"at stake": item["stake"] or ""})


def _of_coverage(figures: Figures) -> Things:
    for row in figures["matrix"]["rows"]:
        for cell in row["cells"]:
            if cell["projects"] or Decimal(cell["usd"]):
                values = {name: str(cell[name]) for name in ("state", "projects", "donors", "usd")}
                name = f"{row['name']}, {cell['pillar'] or 'not assigned'}"
                yield (cell["country"], cell["pillar"]), Thing(name, row["name"], values)


def _of_gaps(figures: Figures) -> Things:
    for what, word in (("unanswered", "Gap"), ("coming", "Coming gap"), ("empty", "No recorded assistance")):
        for row in figures[what]:
            kind = row.get("assistance_type_name") or ""
            place = ", ".join(part for part in (row["country_name"], f"pillar {row['pillar']}", kind) if part)
            key = (what, row["country"], row["pillar"], row.get("assistance_type"), row.get("statement"))
            values = {name: str(row.get(name) or "") for name in ("ends", "projects", "usd")}
            yield key, Thing(f"{word}: {row.get('statement') or place}", place, values)


def _of_annual(figures: Figures) -> Things:
    for group, key in (("pillars", "pillar"), ("countries", "country")):
        for row in figures[group]:
            values = {name: str(row["year"][name]) for name in ("projects", "donors", "usd")}
            yield (group, row[key]), Thing(row["name"], row["name"], values)
    for row in figures["recommendations"]:
        values = {
            "status": NAMES[row["status"]],
            "due": row["due"] or "",
            "projects": str(len(row["projects"])),
        }
        yield row["reference"], Thing(f"{row['reference']} {row['title']}", f"pillar {row['pillar']}", values)


THINGS: dict[str, Callable[[Figures], Things]] = {
    "overlap": _of_overlap,
    "coverage": _of_coverage,
    "gaps": _of_gaps,
    "annual": _of_annual,
}
"""Kind of report → what it lists, by a key that stays the same from one report to the next."""


def document(found: Compared) -> dict[str, Any]:
    """The comparison for programs."""
    head = ("id", "reference", "kind", "rules_version")
    named = {
        word: {name: getattr(one, name) for name in head}
        | {"title": one.figures["title"], "created_at": one.created_at.isoformat()}
        for word, one in (("before", found.before), ("after", found.after))
    }
    return {
        **named,
        "figures": [
            {
                "name": name,
                "before": _text(old),
                "after": _text(new),
                "difference": _text(_difference(old, new)),
            }
            for name, old, new in found.figures
        ],
        "new": [_named(thing) for thing in found.new],
        "gone": [_named(thing) for thing in found.gone],
        "changed": [_named(thing) | {"changes": changes} for thing, changes in found.changed],
        "stayed": found.stayed,
    }


def _named(thing: Thing) -> dict[str, Any]:
    return {"name": thing.name, "where": thing.where, "values": thing.values}


def _difference(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    return None if old is None or new is None else new - old


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def paper(found: Compared) -> Paper:
    """The comparison as a paper."""
    names = (found.before.reference, found.after.reference)
    facts = (
        Fact("New", grouped(len(found.new), 0)),
        Fact("Gone", grouped(len(found.gone), 0)),
        Fact("Changed", grouped(len(found.changed), 0)),
        Fact("As before", grouped(found.stayed, 0)),
    )
    rows = [[name, old, new, _difference(old, new)] for name, old, new in found.figures]
    columns = (Column("Figure"), *(Column(word, NUMBER) for word in (*names, "Difference")))
    figures = Part("Figures side by side", grids=(Grid("Figures", "Figures", columns, rows),))
    parts = (Part("In short", tuple(_warnings(found)), facts), figures, *_lists(found))
    main = [["new", *_line(one), ""] for one in found.new] + [["gone", *_line(one), ""] for one in found.gone]
    main += [["changed", *_line(one), changes] for one, changes in found.changed]
    heads = (Column("What"), Column("Name", LONG), Column("Where"), Column("Now"), Column("Changes", LONG))
    return Paper(
        f"{found.after.figures['title']}: what changed",
        f"{names[0]} and {names[1]}",
        tuple(_head(found)),
        parts,
        Grid("Differences", "Every difference", heads, main, printed=False),
        "Both reports are stored and can be read again as they were.",
    )


def _head(found: Compared) -> Iterator[tuple[str, str]]:
    for word, one in (("Before", found.before), ("After", found.after)):
        when = f"{one.created_at:%d %B %Y, %H:%M} UTC, rules {one.rules_version}"
        yield word, f"{one.reference} {one.figures['title']}, {when}"


def _warnings(found: Compared) -> Iterator[str]:
    """What may make the two differ though nothing in the world did."""
    if found.before.rules_version != found.after.rules_version:
        yield "The two were made by different versions of the rules: some differences come from that."
    if found.before.scope != found.after.scope:
        yield "The two have different scopes: what is new or gone may only lie outside of one of them."
    if any(one.figures.get("capped") for one in (found.before, found.after)):
        yield "One of them lists only its weightiest findings: what is new or gone may only have moved."


def _line(thing: Thing) -> list[str]:
    return [
        thing.name,
        thing.where,
        "; ".join(f"{name} {value}" for name, value in thing.values.items() if value),
    ]


def _lists(found: Compared) -> Iterator[Part]:
    heads = (Column("Name", LONG), Column("Where"), Column("Values"))
    for word, things in (("New", found.new), ("Gone", found.gone)):
        if things:
            yield Part(
                word,
                grids=(
                    Grid(word, f"{word}: {len(things)}", heads, [_line(one) for one in things], most=MOST),
                ),
            )
    if found.changed:
        rows = [[one.name, one.where, changes] for one, changes in found.changed]
        columns = (Column("Name", LONG), Column("Where"), Column("What changed", LONG))
        yield Part("Changed", grids=(Grid("Changed", f"Changed: {len(rows)}", columns, rows, most=MOST),))
