"""The overlap report as a paper: what was found by kind, both records of each finding, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from adam.domain.papers import (
    DAY,
    LONG,
    MONEY,
    NUMBER,
    SHARE,
    TEXT,
    Column,
    Entry,
    Fact,
    Grid,
    Paper,
    Part,
    grouped,
    millions,
)
from adam.services import report_papers, report_pictures, report_rows
from adam.services.report_papers import Figures, amount, day

MOST_ENTRIES, MOST_REASONS, MOST_MEMBERS, MOST_FUNDERS = 12, 4, 6, 3
KINDS = {
    **dict.fromkeys(("money_at_stake_usd", "a_usd", "b_usd"), MONEY),
    **dict.fromkeys(("a_start", "a_end", "b_start", "b_end"), DAY),
    **dict.fromkeys(("a_title", "b_title", "evidence", "money_at_stake_why", "log_odds_added"), LONG),
}


def overlap(report: Any) -> Paper:
    """The paper of an overlap report."""
    figures = report.figures
    found = [section for section in figures["sections"] if section["count"]]
    rows = _rows(figures)
    parts = (
        Part("In short", facts=tuple(_facts(figures))),
        report_papers.money(figures["ledger"]),
        _summary(found, rows),
        *(_kind(section) for section in found),
        report_papers.matrix(figures["matrix"]),
        *_timeline(figures.get("timeline")),
    )
    return report_papers.written(report, parts, rows)


def _facts(figures: Figures) -> Iterator[Fact]:
    key, book = figures["key"], figures["ledger"]
    yield Fact(
        "Counted once", millions(amount(book["counted"])), f"of {millions(amount(book['reported']))} reported"
    )
    yield Fact(
        "Projects", grouped(key["projects"], 0), f"{key['donors']} donors, {key['reporters']} reporters"
    )
    yield Fact("Questions about records", grouped(key["record_questions"], 0), "wait for a coordinator")
    yield Fact(
        "Questions about assistance", grouped(key["coordination_questions"], 0), "wait for a coordinator"
    )
    yield Fact("Without a pillar", grouped(key["unassigned"], 0), "projects")


def _rows(figures: Figures) -> Grid:
    """Every finding that the report lists, as a row."""
    columns = tuple(
        Column(name.replace("_", " "), KINDS.get(name, TEXT if name != "probability" else NUMBER))
        for name in report_rows.COLUMNS
    )
    rows = [
        [_value(column.kind, value) for column, value in zip(columns, row, strict=True)]
        for row in report_rows.finding_rows(figures)
    ]
    columns = tuple(Column("probability, %", SHARE) if one.name == "probability" else one for one in columns)
    return Grid("Findings", "Every finding", columns, rows, printed=False)


def _value(kind: str, value: Any) -> Any:
    if kind == DAY:
        return day(value)
    if kind == NUMBER:
        return value * 100
    return "; ".join(value) if isinstance(value, list) else value


def _summary(found: list[Figures], rows: Grid) -> Part:
    heads = (
        Column("Kind"),
        Column("Findings", NUMBER),
        Column("Questions", NUMBER),
        Column("At stake", MONEY),
    )
    kinds = [
        [section["name"], section["count"], section["questions"], stake_of(section), section["remedy"]]
        for section in found
    ]
    told = () if found else ("No pair of records in this scope came close enough to ask about.",)
    grid = Grid("Kinds", "What was found", (*heads, Column("What to do", LONG)), kinds)
    return Part("What was found", told, grids=(grid, rows) if found else ())


def stake_of(section: Figures) -> Decimal | None:
    """The money at stake of a kind: of each question the most that one of its pairs has."""
    if section.get("stake") is not None:
        return Decimal(section["stake"])
    known = [Decimal(one["stake"]) for one in (*section["items"], *section["groups"]) if one["stake"]]
    return sum(known, Decimal(0)) if known else None


def _kind(section: Figures) -> Part:
    """The weightiest questions of a kind."""
    entries = [_group(group) for group in section["groups"]][:MOST_ENTRIES]
    entries += [_finding(item) for item in section["items"][: MOST_ENTRIES - len(entries)]]
    left = section["questions"] - len(entries)
    told = [section["remedy"]]
    if left > 0:
        told.append(
            f"Shown are the {len(entries)} weightiest of {section['questions']} questions; the spreadsheet of this "
            "report and the findings desk hold more."
        )
    return Part(
        f"{section['name']} ({grouped(section['questions'], 0)})", tuple(told), entries=tuple(entries)
    )


def _group(group: Figures) -> Entry:
    members = [_record(member) for member in group["members"][:MOST_MEMBERS]]
    left = len(group["members"]) - MOST_MEMBERS
    if left > 0:
        members.append(f"and {left} more records")
    aside = (
        f"Group of {len(group['members'])} records, {group['pairs']} pairs, one question · {_stake(group)}"
    )
    return Entry(group["title"], aside, tuple(members))


def _finding(item: Figures) -> Entry:
    aside = [item["reference"], item["where"], _stake(item)]
    if item["verdict"]:
        aside.append(f"decided: {item['verdict'].replace('_', ' ')}")
    elif item["a"]:
        aside.append(f"probability {item['score']}")
    sides = [f"{letter}: {_record(item[letter.lower()])}" for letter in "AB" if item[letter.lower()]]
    told = sorted(
        (reason for reason in item["evidence"] if reason["level"] != "missing"),
        key=lambda reason: -abs(float(reason["score"])),
    )
    reasons = [reason["sentence"] for reason in told[:MOST_REASONS]]
    title = item["a"]["title"] if item["a"] else item["where"]
    return Entry(title, " · ".join(aside), (*sides, *reasons))


def _record(side: Figures) -> str:
    """ "Border posts (ADAM-000001), Norway, 2024-01-01 to 2025-12-31, USD 1.2 million"."""
    period = f"{side['start'] or 'not given'} to {side['end'] or 'not given'}"
    funders = _few(side["funders"])
    parts = [f"{side['title']} ({side['reference']})", side["reporter"]]
    parts += [f"paid by {funders}"] if funders and funders != side["reporter"] else []
    return ", ".join([*parts, period, *([millions(Decimal(side["usd"]))] if side["usd"] else [])])


def _few(names: Sequence[str]) -> str:
    """The first names of a long list, and how many more there are."""
    left = len(names) - MOST_FUNDERS
    return ", ".join(names[:MOST_FUNDERS]) + (f" and {left} more" if left > 0 else "")


def _stake(item: Figures) -> str:
    return f"at stake {millions(Decimal(item['stake']))}" if item["stake"] else "at stake: not given"


def _timeline(cell: Figures | None) -> Iterator[Part]:
    """The busiest cell in time, as a picture and a table."""
    drawn = report_pictures.in_time(cell) if cell else None
    if cell is None or drawn is None:
        return
    heads = (
        Column("Reference"),
        Column("Project", LONG),
        Column("Donors"),
        Column("Start", DAY),
        Column("End", DAY),
    )
    rows = [
        [
            bar["reference"],
            bar["title"],
            ", ".join(bar["donors"]),
            day(bar["start"]),
            day(bar["end"]),
            amount(bar["usd"]),
        ]
        for bar in cell["bars"]
    ]
    place = f"{cell['country_name']}, pillar {cell['pillar']}"
    more = f"{cell['more']} more projects of this cell are not drawn." if cell["more"] else ""
    grid = Grid("In time", f"The projects of {place}", (*heads, Column("US dollars", MONEY)), rows, more)
    yield Part(f"In time: {place}", ("The busiest cell of this report.",), pictures=(drawn,), grids=(grid,))
