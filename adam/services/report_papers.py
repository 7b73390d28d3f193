"""A stored report as a paper: what every kind has (head, money, matrix, freshness, method), and who writes the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain.papers import (
    LONG,
    MONEY,
    NUMBER,
    SHARE,
    Column,
    Fact,
    Grid,
    Paper,
    Part,
    grouped,
    millions,
)

Figures = dict[str, Any]
STATES = {"empty": "none recorded", "single": "single", "covered": "covered", "crowded": "crowded"}
SMALL = (
    "Figures are those of the day of the report. Money is in US dollars at each amount's own value date. "
    "ADAM, the Automated Donor Assistance Mechanism, holds what partners report."
)
CONFIDENTIAL = "Coordinators. It may hold records that their partners keep confidential: don't pass it on."


def written(report: Any, parts: tuple[Part, ...], main: Grid) -> Paper:
    """The paper of a report with these parts between its head and its method."""
    figures = report.figures
    method = Part("Method and limits", tuple(figures["method"]))
    return Paper(
        title=figures["title"],
        reference=report.reference,
        head=tuple(_head(report)),
        parts=(*parts, *_fresh(figures), method),
        main=main,
        small=SMALL,
    )


def _head(report: Any) -> Iterator[tuple[str, str]]:
    scope, fresh = report.scope, report.figures.get("freshness")
    named = report.figures.get("scope", {})
    for label, key in (
        ("Countries", "countries"),
        ("Pillars", "pillars"),
        ("Organizations", "organizations"),
    ):
        rows = named.get(key) or scope.get(key) or ()
        yield label, ", ".join(row["name"] if isinstance(row, dict) else row for row in rows) or "all"
    start, end = scope.get("date_from"), scope.get("date_to")
    yield "Active", f"{start or 'open'} to {end or 'open'}" if start or end else "at any time"
    yield "Run", f"{report.created_at:%d %B %Y, %H:%M} UTC by {report.author}"
    yield "Rules", f"version {report.rules_version}"
    if fresh:
        yield "Data", freshness(fresh)
    yield "For", CONFIDENTIAL if report.audience == "coordinators" else "its author, of what they may see."


def freshness(fresh: Figures) -> str:
    """How fresh the records are, in a sentence."""
    told = f"{grouped(fresh['records'], 0)} records, {grouped(fresh['running'], 0)} of them running"
    if not fresh["running"]:
        return told + "."
    return f"{told}; {grouped(fresh['stale'], 0)} of these ({fresh['stale_share']} %) not confirmed for over a year."


def _fresh(figures: Figures) -> Iterator[Part]:
    fresh = figures.get("freshness")
    if not fresh:
        return
    columns = ("Running", "Confirmed in 12 months", "Stale")
    heads = (Column("Code"), Column("Partner"), Column("Records", NUMBER))
    rows = [
        [
            row["partner"],
            row["name"],
            *(row[name] for name in ("records", "running", "confirmed", "stale")),
            _share(row),
        ]
        for row in fresh["partners"]
    ]
    grid = Grid(
        "Freshness",
        "How fresh the records are, by the partner that reports them",
        (*heads, *(Column(name, NUMBER) for name in columns), Column("Stale share", SHARE)),
        rows,
        "Stale: running, and nobody confirmed, entered or changed it within twelve months.",
    )
    yield Part("How fresh the data is", (freshness(fresh),), grids=(grid,))


def _share(row: Figures) -> Decimal | None:
    return amount(row["stale_share"])


def amount(text: str | None) -> Decimal | None:
    """What the figures hold as text."""
    return None if text is None else Decimal(text)


def day(text: str | None) -> date | None:
    """A day of the figures."""
    return date.fromisoformat(text) if text else None


def money(book: Figures) -> Part:
    """From what is reported to what is counted; what is left out, link by link."""
    kinds: dict[str, Decimal] = {}
    for item in book["left_out"]:
        kinds[item["kind"]] = kinds.get(item["kind"], Decimal(0)) + Decimal(item["usd"])
    steps = [["Reported in all", amount(book["reported"])]]
    steps += [[f"Less: {kind.replace('_', ' ')}", -usd] for kind, usd in kinds.items()]
    steps += [["Counted once", amount(book["counted"])]]
    steps += [["of this not allocated to a country", amount(book["not_allocated"])]]
    steps += [["of this not assigned to a pillar", amount(book["not_assigned"])]]
    told = [f"{book['without_amount']} records give no amount."] if book["without_amount"] else []
    if book["open"]["questions"]:
        could = millions(amount(book["open"]["usd"]))
        told.append(
            f"{book['open']['questions']} open questions about records could take another {could} out."
        )
    left = [[item["name"], amount(item["usd"]), item["sentence"]] for item in book["left_out"]]
    grids = [
        Grid(
            "Money",
            "From reported to counted money",
            (Column("Step", LONG), Column("US dollars", MONEY)),
            steps,
        )
    ]
    if left:
        heads = (Column("Record", LONG), Column("US dollars", MONEY), Column("Why", LONG))
        grids.append(Grid("Left out", "What is left out of the total, and why", heads, left, most=10))
    return Part(
        "What the money is", ("The total is the same however it is grouped.", *told), grids=tuple(grids)
    )


def matrix(shown: Figures) -> Part:
    """Country × pillar: to read as a table, and cell by cell for the spreadsheet."""
    columns = (
        Column("Country"),
        *(Column(_pillar(one)) for one in shown["columns"]),
        Column("US dollars", MONEY),
    )
    rows = [[row["name"], *map(_cell, row["cells"]), amount(row["usd"])] for row in shown["rows"]]
    note = "In each cell: donors / projects / millions of US dollars. A project may stand in several cells."
    table = Grid(
        "Matrix", "Donors, projects and money in each country and pillar", columns, rows, note, most=300
    )
    return Part("By country and pillar", grids=(table, cells(shown)))


def _pillar(column: Figures) -> str:
    return f"{column['pillar']} {column['name']}" if column["pillar"] else column["name"]


def _cell(cell: Figures) -> str:
    usd = Decimal(cell["usd"])
    if not cell["projects"]:
        return f"– / – / {grouped(usd / 1_000_000, 1)}" if usd else "none recorded"
    return f"{cell['donors'] or '–'} / {cell['projects']} / {grouped(usd / 1_000_000, 1) if usd else '–'}"


def cells(shown: Figures) -> Grid:
    """A row a cell, with every figure it has; the table of a coverage report's CSV."""
    names = {column["pillar"]: column["name"] for column in shown["columns"]}
    rows = [
        [
            *(cell["country"], row["name"], cell["pillar"], names[cell["pillar"]], STATES[cell["state"]]),
            *(cell["projects"], cell["donors"], ", ".join(cell["donor_names"]), amount(cell["usd"])),
            *(cell["proposed"], "yes" if cell["ends_soon"] else "", cell.get("overlaps")),
        ]
        for row in shown["rows"]
        for cell in row["cells"]
    ]
    columns = (
        *(Column(name) for name in ("Country code", "Country", "Pillar", "Pillar title", "State")),
        *(
            Column("Projects", NUMBER),
            Column("Donors", NUMBER),
            Column("Donor names", LONG),
            Column("US dollars", MONEY),
        ),
        *(Column("Proposed only", NUMBER), Column("Ends in 12 months"), Column("Overlaps", NUMBER)),
    )
    return Grid("Cells", "Cell by cell", columns, rows, printed=False)


def coverage(report: Any) -> Paper:
    """The paper of a coverage report."""
    figures = report.figures
    book = figures["ledger"]
    facts = (
        Fact(
            "Counted once",
            millions(amount(book["counted"])),
            f"of {millions(amount(book['reported']))} reported",
        ),
        Fact("Projects", grouped(figures["key"]["projects"], 0)),
    )
    parts = (Part("In short", facts=facts), money(book), matrix(figures["matrix"]))
    return written(report, parts, cells(figures["matrix"]))


Writer = Callable[[Any], Paper]
