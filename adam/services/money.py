"""Converts amounts at their value date: rates of our own table first, then the ECB's; says when there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select

from adam.domain import additions, periods
from adam.domain.additions import Stated
from adam.domain.money import Amount, Headline, cents, headline
from adam.errors import Invalid, Problem
from adam.exchange import rates as ecb
from adam.models.partners import Organization
from adam.models.project_parts import Contribution
from adam.models.projects import Project
from adam.models.vocabulary import Rate
from adam.services.work import Work

LONGEST_DAYS = 400
"""An annual rate holds for its year; older ones are refused."""


class Converter:
    """Converts many amounts in one work; the rates table is read once, where one is not in US dollars."""

    def __init__(self, w: Work):
        self.w = w
        self.today = w.today

    @cached_property
    def own(self) -> dict[str, list[tuple[date, Decimal, str]]]:
        """Currency to the rates of our own table, newest first."""
        found: dict[str, list[tuple[date, Decimal, str]]] = {}
        query = select(Rate.currency, Rate.day, Rate.usd, Rate.source).order_by(Rate.day.desc())
        for currency, day, usd, source in self.w.session.execute(query):
            found.setdefault(currency, []).append((day, usd, source))
        return found

    def usd(self, amount: Decimal, currency: str, on: date | None) -> ecb.Converted | None:
        """US dollars with rate, its date and its source, or None where no rate is known. Without a date: none."""
        day = on or None
        if currency == "USD":
            return ecb.Converted(amount, Decimal(1), day or self.today, "US dollars")
        if day is None:
            return None
        for known, rate, source in self.own.get(currency, ()):
            if known <= day and (day - known).days <= LONGEST_DAYS:
                return ecb.Converted(cents(amount * rate), rate, known, source)
        return ecb.usd(amount, currency, min(day, self.today))

    def row(self, contribution: dict[str, Any], fallback: date | None) -> dict[str, Any]:
        """The columns usd, rate and rate_date of a contribution; `fallback` is used where it has no value date."""
        on = contribution["value_date"] or fallback
        converted = self.usd(contribution["amount"], contribution["currency"], on)
        if converted is None:
            return {"usd": None, "rate": None, "rate_date": None}
        return {"usd": cents(converted.amount), "rate": converted.rate, "rate_date": converted.rate_date}


def usd_of(converter: Converter, draft: dict[str, Any]) -> Decimal | None:
    """The headline figure in US dollars that a draft would be recorded with; None where it has none."""
    start = periods.of_project(draft).start
    amounts = [
        Amount(
            row["kind"], row["amount"], row["currency"], row["value_date"], converter.row(row, start)["usd"]
        )
        for row in draft["contributions"]
        if row["amount"] and row["currency"] and row["kind"]
    ]
    return headline(amounts).usd


def load_rates(w: Work, rows: list[dict[str, Any]]) -> tuple[int, int]:
    """Store rates and convert what had none; returns how many rates are new or changed, and amounts converted.

    Raises Invalid when a currency is unknown.
    """
    unknown = [
        Problem(f"#/{number}/currency", "unknown_code", f"{row['currency']} is no currency that ADAM knows.")
        for number, row in enumerate(rows, 2)
        if row["currency"] not in w.vocabulary.currencies
    ]
    if unknown:
        raise Invalid(unknown)
    known = {(row.currency, row.day): row for row in w.session.scalars(select(Rate))}
    changed = 0
    for row in rows:
        stored = known.get((row["currency"], row["day"]))
        if stored is None:
            w.session.add(Rate(**row))
        elif stored.usd == row["usd"]:
            continue
        else:
            stored.usd, stored.source = row["usd"], row["source"]
        changed += 1
    w.session.flush()
    converted = _convert_again(w)
    if changed:
        w.record("rates.loaded", ("rates", "rates"), None, {"changed": changed, "converted": converted})
    return changed, converted


def _convert_again(w: Work) -> int:
    """Convert the amounts that had no rate, and count their projects anew."""
    converter = Converter(w)
    query = (
        select(Contribution, Project)
        .join(Project, Project.id == Contribution.project_id)
        .where(Contribution.usd.is_(None))
    )
    touched: dict[str, Project] = {}
    count = 0
    for contribution, project in w.session.execute(query).all():
        found = converter.usd(
            contribution.amount, contribution.currency, contribution.value_date or project.begins
        )
        if found is not None:
            contribution.usd, contribution.rate = cents(found.amount), found.rate
            contribution.rate_date = found.rate_date
            touched[project.id] = project
            count += 1
    w.session.flush()
    payers = payers_of(w) if any(project.added for project in touched.values()) else {}
    for project in touched.values():
        figure = _counted(w, project.id, payers)
        before, project.usd = project.usd, figure.usd
        project.usd_kind, project.without_rate = figure.kind, figure.without_rate
        project.version += 1
        figures = {"usd": _text(before)}, {"usd": _text(project.usd)}
        w.record("project.converted", ("project", project.id), *figures)
    w.session.flush()
    return count


def _counted(w: Work, project_id: str, payers: dict[str, str]) -> Headline:
    """A record's headline figure as its rows are now; says in each whether it is counted."""
    query = select(Contribution).where(Contribution.project_id == project_id).order_by(Contribution.id)
    stored = w.session.scalars(query).all()
    rows = [{name: getattr(row, name) for name in COUNTING} for row in stored]
    figure = count(rows, payers)
    for row, told in zip(stored, rows, strict=True):
        row.counted = told["counted"]
    return figure


COUNTING = ("stated_by", "organization_id", "kind", "amount", "currency", "value_date", "usd")


def count(rows: list[dict[str, Any]], payer_of: dict[str, str]) -> Headline:
    """The headline figure of a record's contributions; says in each row whether it is counted."""
    stated = [
        Stated(
            row["stated_by"],
            payer_of.get(row["organization_id"], row["organization_id"]),
            Amount(row["kind"], row["amount"], row["currency"], row["value_date"], row["usd"]),
        )
        for row in rows
    ]
    figure, keep = additions.figure(stated)
    for row, kept in zip(rows, keep, strict=True):
        row["counted"] = kept
    return figure


def payers_of(w: Work) -> dict[str, str]:
    """Organization to the partner it is an agency of: one payer, whichever of its agencies is named."""
    query = select(Organization.id, Organization.partner).where(Organization.partner.is_not(None))
    return {row.id: row.partner for row in w.session.execute(query)}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
