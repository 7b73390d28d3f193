"""The gaps report as a paper: who needs help and gets none, what ends soon, whom to ask, and what nobody recorded."""

from __future__ import annotations

from typing import Any

from adam.domain.papers import DAY, LONG, MONEY, NUMBER, REF, Column, Fact, Grid, Paper, Part, grouped
from adam.services import report_papers
from adam.services.report_papers import Figures, amount, day

PLACE = (Column("Code"), Column("Country"), Column("Pillar"), Column("Kind of help"))
ASK = Column("Donors to ask", LONG)
NOT_RECORDED = (
    "No project is recorded there today, and nobody has stated a need. That is no gap: it says only that nothing is "
    "recorded."
)


def gaps(report: Any) -> Paper:
    """The paper of a gaps report."""
    figures = report.figures
    key = figures["key"]
    facts = (
        Fact(
            "Needs without assistance", grouped(key["unanswered"], 0), f"of {grouped(key['needs'], 0)} stated"
        ),
        Fact("Cells that end within 12 months", grouped(key["coming"], 0)),
        Fact("No recorded assistance", grouped(key["empty"], 0), "cells, without a stated need"),
        Fact("Projects active today", grouped(key["projects"], 0)),
    )
    parts = (
        Part("In short", facts=facts),
        _unanswered(figures),
        _coming(figures),
        _empty(figures),
        _answered(figures),
        report_papers.matrix(figures["matrix"]),
    )
    return report_papers.written(report, parts, _main(figures))


def place(row: Figures) -> list[Any]:
    """The first columns of every table here."""
    kind = row.get("assistance_type_name")
    return [row["country"], row["country_name"], f"{row['pillar']} {row['pillar_name']}", kind or "any"]


def _stated(row: Figures) -> list[Any]:
    link = f"/recommendations/{row['id']}" if row["source"] == "recommendation" else None
    return [(row["reference"] or "need", link), row["statement"], day(row["day"])]


def _unanswered(figures: Figures) -> Part:
    columns = (
        *PLACE,
        Column("Reference", REF),
        Column("What is needed", LONG),
        Column("Stated or due", DAY),
        ASK,
    )
    rows = [[*place(row), *_stated(row), ", ".join(row["donors"])] for row in figures["unanswered"]]
    told = () if rows else (_none_open(figures),)
    grid = Grid("Needs unanswered", "Needs and recommendations without assistance", columns, rows, most=100)
    return Part("Gaps: needs without assistance", told, grids=(grid,) if rows else ())


def _none_open(figures: Figures) -> str:
    if figures["key"]["needs"]:
        return "Every stated need of this scope is answered by an active project."
    return "Nobody has stated a need in this scope, so that nothing can be called a gap."


def _coming(figures: Figures) -> Part:
    columns = (*PLACE, Column("Last end", DAY), Column("Projects", NUMBER), Column("US dollars", MONEY), ASK)
    rows = [
        [*place(row), day(row["ends"]), row["projects"], amount(row["usd"]), ", ".join(row["donors"])]
        for row in figures["coming"]
    ]
    told = () if rows else ("No cell of this scope loses its last project within twelve months.",)
    grid = Grid("Ending", "Cells whose last project ends within twelve months", columns, rows, most=100)
    return Part("Coming gaps", told, grids=(grid,) if rows else ())


def _empty(figures: Figures) -> Part:
    countries: dict[str, list[str]] = {}
    for row in figures["empty"]:
        countries.setdefault(row["country_name"], []).append(row["pillar"])
    if not countries:
        return Part("No recorded assistance", ("Something is recorded in every cell of this scope.",))
    rows = [[name, ", ".join(pillars)] for name, pillars in countries.items()]
    heads = (Column("Country"), Column("Pillars with no recorded assistance", LONG))
    grid = Grid("None recorded", "Where no assistance is recorded today", heads, rows, most=100)
    return Part("No recorded assistance", (NOT_RECORDED,), grids=(grid,))


def _answered(figures: Figures) -> Part:
    columns = (*PLACE, Column("Reference", REF), Column("What is needed", LONG), Column("Stated or due", DAY))
    rows = [
        [*place(row), *_stated(row), row["projects"], ", ".join(row["donors"])] for row in figures["answered"]
    ]
    told = () if rows else ("None.",)
    heads = (*columns, Column("Projects", NUMBER), Column("Donors", LONG))
    grid = Grid("Needs answered", "Needs that active projects answer", heads, rows)
    return Part("Needs that are answered", told, grids=(grid,) if rows else ())


def _main(figures: Figures) -> Grid:
    """Every line of the report, for its CSV."""
    columns = (
        *(Column("What"), *PLACE, Column("Reference"), Column("Statement", LONG), Column("Day", DAY)),
        *(Column("Projects", NUMBER), Column("US dollars", MONEY), Column("Donors", LONG)),
    )
    kinds = (
        ("unanswered", "gap"),
        ("coming", "coming gap"),
        ("empty", "no recorded assistance"),
        ("answered", "answered"),
    )
    rows = [
        [
            *(
                what,
                *place(row),
                row.get("reference"),
                row.get("statement"),
                day(row.get("day") or row.get("ends")),
            ),
            *(row.get("projects", 0), amount(row.get("usd")), ", ".join(row.get("donors", ()))),
        ]
        for key, what in kinds
        for row in figures[key]
    ]
    return Grid("All", "Every line of this report", columns, rows, printed=False)
