"""The annual report as a paper: pillars, countries, recommendations, validation, equity, each beside the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from adam.domain.papers import (
    DAY,
    LONG,
    MONEY,
    NUMBER,
    REF,
    SHARE,
    Column,
    Fact,
    Grid,
    Paper,
    Part,
    grouped,
    millions,
)
from adam.domain.recommendations import NAMES, STATUSES
from adam.services import report_papers, report_pictures
from adam.services.report_papers import Figures, amount, day

MEASURES = {"projects": "Projects", "donors": "Donors", "countries": "Countries reached", "usd": "US dollars"}


def annual(report: Any) -> Paper:
    """The paper of an annual report."""
    figures = report.figures
    parts = (
        _short(figures),
        _pillars(figures),
        _countries(figures),
        *_recommendations(figures),
        _validation(figures),
        _equity(figures),
        report_papers.matrix(figures["matrix"]),
    )
    return report_papers.written(report, parts, _main(figures))


def _short(figures: Figures) -> Part:
    whole = figures["pillars"][-1]
    facts = [
        Fact(
            MEASURES[name],
            millions(amount(whole["year"]["usd"])) if name == "usd" else grouped(whole["year"][name], 0),
            f"{_signed(name, whole['change'][name])} against {figures['baseline']}",
        )
        for name in MEASURES
    ]
    told = (
        f"This report sets {figures['year']} beside {figures['baseline']}, under the four pillars of the Vienna "
        "Declaration (Third Ministerial Conference of the Paris Pact, Vienna, February 2012).",
    )
    return Part("In short", told, tuple(facts))


def _signed(name: str, value: Any) -> str:
    """A change with its sign."""
    number = Decimal(value)
    text = millions(abs(number)) if name == "usd" else grouped(int(abs(number)), 0)
    return f"{'+' if number > 0 else '−' if number < 0 else '±'} {text}"


def _compared(figures: Figures, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Three columns a measure: baseline, year, change."""
    years = (str(figures["baseline"]), str(figures["year"]), "change")
    return tuple(
        Column(f"{MEASURES[name]} {word}", MONEY if name == "usd" else NUMBER)
        for name in names
        for word in years
    )


def _values(row: Figures, names: tuple[str, ...]) -> list[Any]:
    return [
        amount(row[which][name]) if name == "usd" else row[which][name]
        for name in names
        for which in ("baseline", "year", "change")
    ]


def _pillars(figures: Figures) -> Part:
    """Two tables, so that each can be read on a sheet of paper."""
    counts, money = ("projects", "donors", "countries"), ("usd",)
    heads = (Column("Pillar"), Column("Title", LONG))
    names = [[row["pillar"] or "–", row["name"]] for row in figures["pillars"]]
    tables = []
    for name, title, measures in (
        ("Pillars", "Projects, donors and countries reached by pillar", counts),
        ("Pillar money", "Counted budgets of the active projects by pillar", money),
    ):
        rows = [
            [*named, *_values(row, measures)] for named, row in zip(names, figures["pillars"], strict=True)
        ]
        tables.append(Grid(name, title, (*heads, *_compared(figures, measures)), rows))
    shares = [
        (f"{row['pillar'] or '–'} {row['name']}", Decimal(row["year"]["usd"]))
        for row in figures["pillars"][:-1]
    ]
    drawn = report_pictures.money(shares, f"Counted budgets of {figures['year']} by pillar")
    return Part("Pillar by pillar", pictures=(drawn,) if drawn else (), grids=tuple(tables))


def _countries(figures: Figures) -> Part:
    measures = ("projects", "donors", "usd")
    rows = [
        [row["country"], row["name"], *_values(row, measures)]
        for row in sorted(figures["countries"], key=lambda row: (-row["year"]["projects"], row["name"]))
    ]
    heads = (Column("Code"), Column("Country"), *_compared(figures, measures))
    grid = Grid("Countries", "By country, those with most projects first", heads, rows, most=40)
    return Part("Country by country", grids=(grid,))


def _recommendations(figures: Figures) -> Iterator[Part]:
    if not figures["recommendations"]:
        yield Part("Recommendations", ("No recommendation is recorded in this scope.",))
        return
    told = ("Status on the day of this report.",)
    yield Part("Recommendations", told, grids=(_statuses(figures), _compendium(figures)))


def _statuses(figures: Figures) -> Grid:
    words = ("All", *(NAMES[status] for status in STATUSES), "Overdue", "With projects")
    heads = (Column("Pillar"), Column("Title"), *(Column(name, NUMBER) for name in words))
    names = ("pillar", "name", "all", *STATUSES, "overdue", "linked")
    rows = [[row[name] for name in names] for row in figures["statuses"]]
    return Grid("Recommendation status", "Recommendations by pillar and status", heads, rows)


def _compendium(figures: Figures) -> Grid:
    columns = (
        *(Column("Reference", REF), Column("Recommendation", LONG), Column("Pillar"), Column("Status")),
        *(Column("Due", DAY), Column("Addressed to"), Column("Projects", LONG)),
    )
    rows = [
        [
            *((row["reference"], f"/recommendations/{row['id']}"), row["title"], row["pillar"]),
            NAMES[row["status"]] + (", overdue" if row["overdue"] else ""),
            *(day(row["due"]), ", ".join(row["partners"])),
            "; ".join(f"{one['reference']} {one['title']}" for one in row["projects"]),
        ]
        for row in figures["recommendations"]
    ]
    return Grid("Recommendations", "The compendium, and what became of it", columns, rows, most=80)


def _validation(figures: Figures) -> Part:
    """What was validated in the year; how fresh each partner's records are follows at the end."""
    fresh = figures["freshness"]
    told = [report_papers.freshness(fresh)]
    if fresh["running"]:
        share = Decimal(100) * fresh["confirmed"] / fresh["running"]
        told.append(
            f"{grouped(fresh['confirmed'], 0)} running records ({share:.1f} %) were confirmed within 12 months."
        )
    rows = [
        [
            *(row["reference"], row["title"], row["state"], day(row["deadline"]), row["records"]),
            *(amount(row["share_answered"]), amount(row["share_confirmed"])),
        ]
        for row in figures["rounds"]
    ]
    if not rows:
        return Part("Validation of the data", (*told, f"No validation round ended in {figures['year']}."))
    columns = (
        *(
            Column("Reference"),
            Column("Round", LONG),
            Column("State"),
            Column("Day", DAY),
            Column("Records", NUMBER),
        ),
        *(Column("Answered", SHARE), Column("Confirmed", SHARE)),
    )
    grid = Grid("Rounds", f"Validation rounds of {figures['year']}", columns, rows)
    return Part("Validation of the data", tuple(told), grids=(grid,))


def _equity(figures: Figures) -> Part:
    columns = (
        *(
            Column("Over"),
            Column("Year"),
            Column("Parts", NUMBER),
            Column("Herfindahl index"),
            Column("If even"),
        ),
        *(
            Column("As if so many equal parts"),
            Column("Largest"),
            Column("Its share", SHARE),
            Column("With no project", NUMBER),
        ),
    )
    names = {row["country"]: row["name"] for row in figures["countries"]}
    names |= {row["pillar"]: row["name"] for row in figures["pillars"]}
    rows = [
        [
            *(row["over"], str(figures[which]), row[which]["parts"], row[which]["index"], row[which]["even"]),
            *(
                row[which]["as_if"],
                _largest(row[which]["largest"], names),
                amount(row[which]["largest_share"]),
                row[which]["nobody"],
            ),
        ]
        for row in figures["equity"]
        for which in ("baseline", "year")
    ]
    told = "How evenly counted money lies over the countries and over the pillars of this scope."
    return Part("Equity", (told,), grids=(Grid("Equity", "Measures of equity", columns, rows),))


def _largest(code: str | None, names: dict[str | None, str]) -> str | None:
    return f"{code} {names.get(code, '')}".strip() if code else None


def _main(figures: Figures) -> Grid:
    """A row a measure, for the CSV."""
    columns = (
        *(Column("Group"), Column("Code"), Column("Name", LONG), Column("Measure")),
        *(Column(str(figures[which]), MONEY) for which in ("baseline", "year")),
        Column("Change", MONEY),
    )
    rows = [
        [
            *(group, row[key] or "", row["name"], MEASURES[name].lower()),
            *(Decimal(row[which][name]) for which in ("baseline", "year", "change")),
        ]
        for group, key in (("pillars", "pillar"), ("countries", "country"))
        for row in figures[group]
        for name in MEASURES
        if (group, name) != ("countries", "countries")
    ]
    return Grid("Measures", "Every measure", columns, rows, printed=False)
