"""A stored report as plain rows: one row a finding for CSV, and the tables of the summary for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

COLUMNS = (
    "finding",
    "kind",
    "kind_name",
    "probability",
    "state",
    "verdict",
    "where",
    "money_at_stake_usd",
    "money_at_stake_why",
    "a_reference",
    "a_title",
    "a_reporter",
    "a_funders",
    "a_implementers",
    "a_start",
    "a_end",
    "a_usd",
    "b_reference",
    "b_title",
    "b_reporter",
    "b_funders",
    "b_implementers",
    "b_start",
    "b_end",
    "b_usd",
    "evidence",
    "log_odds_before",
    "log_odds_added",
)
SIDE = ("reference", "title", "reporter", "funders", "implementers", "start", "end", "usd")


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of texts and figures."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def finding_rows(figures: dict[str, Any]) -> Iterator[list[Any]]:
    """One row a finding, in the order of the report; a group is written pair by pair, as `items` of its section."""
    for section in figures.get("sections", ()):
        for item in section["items"]:
            yield _row(item)
        for group in section["groups"]:
            for item in group["items"]:
                yield _row(item)


def _row(item: dict[str, Any]) -> list[Any]:
    row: list[Any] = [item[name] for name in ("reference", "kind", "name")]
    row.append(Decimal(item["score"]))
    row.extend(item[name] for name in ("state", "verdict", "where"))
    row.extend([_amount(item["stake"]), item["stake_reason"]])
    for side in (item["a"], item["b"]):
        for name in SIDE:
            value = side[name] if side else None
            row.append(_amount(value) if name == "usd" else value)
    row.append(" ".join(f"{reason['sentence'].rstrip('.')}." for reason in item["evidence"]))
    row.append(item.get("prior"))
    row.append("; ".join(f"{one['feature']} {one['score']:+.2f}" for one in item.get("waterfall", ())))
    return row


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def matrix_rows(figures: dict[str, Any]) -> Table:
    """The country × pillar matrix: donors, projects and money in each cell."""
    shown = figures["matrix"]
    columns = ("Country", *(column["pillar"] or column["name"] for column in shown["columns"]), "US dollars")
    rows = [
        (row["name"], *(_cell(cell) for cell in row["cells"]), millions(row["usd"])) for row in shown["rows"]
    ]
    return Table("Donors / projects / US dollars, by country and pillar", columns, rows)


def _cell(cell: dict[str, Any]) -> str:
    usd = "-" if cell["usd"] == "0.00" else millions(cell["usd"])
    if not cell["projects"]:
        return "none" if usd == "-" else f"- / - / {usd}"
    return f"{cell['donors'] or '-'} / {cell['projects']} / {usd}"


def millions(text: str | None) -> str:
    """An amount in millions with one place, or "not given"."""
    return "not given" if text is None else f"{Decimal(text) / 1_000_000:,.1f} m"


def summary(figures: dict[str, Any]) -> list[Table]:
    """The tables of the summary: findings by kind, the strongest of each, the matrix."""
    kinds = [
        (section["name"], section["count"], section["questions"], section["remedy"])
        for section in figures["sections"]
        if section["count"]
    ]
    tables = [Table("Findings", ("Kind", "Pairs", "Questions", "What to do"), kinds)] if kinds else []
    tables.extend(_strongest(section) for section in figures["sections"] if section["count"])
    return [*tables, matrix_rows(figures)]


def _strongest(section: dict[str, Any]) -> Table:
    rows: list[tuple[Any, ...]] = [
        (f"group of {len(group['members'])}", group["title"], "", millions(group["stake"]), group["score"])
        for group in section["groups"][:5]
    ]
    for item in section["items"][:5]:
        titles = [side["title"] for side in (item["a"], item["b"]) if side] or [item["where"]]
        other = titles[1] if len(titles) > 1 else ""
        rows.append((item["reference"], titles[0], other, millions(item["stake"]), item["score"]))
    title = f"{section['name']}, the first of {section['questions']}"
    return Table(title, ("Finding", "A", "B", "At stake", "p"), rows)


def ledger_lines(figures: dict[str, Any]) -> list[str]:
    """The total in sentences: what is counted, what is left out and why, what may still change."""
    book = figures["ledger"]
    lines = [
        f"Counted once: {millions(book['counted'])} US dollars of {millions(book['reported'])} reported; "
        f"{millions(book['left_out_usd'])} left out in {len(book['left_out'])} links."
    ]
    if book["open"]["questions"]:
        lines.append(
            f"{book['open']['questions']} open questions about records could take another "
            f"{millions(book['open']['usd'])} out."
        )
    lines.append(
        f"Not allocated to a country: {millions(book['not_allocated'])}; not assigned to a pillar: "
        f"{millions(book['not_assigned'])}; {book['without_amount']} records give no amount."
    )
    return lines
