"""Converts amounts at their value date: rates of our own table first, then the ECB's; says when there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from adam.domain.money import cents
from adam.exchange import rates as ecb
from adam.models.vocabulary import Rate
from adam.services.work import Work

LONGEST_DAYS = 400
"""An annual rate holds for its year; older ones are refused."""


class Converter:
    """Converts many amounts in one work; the rates table is read once."""

    def __init__(self, w: Work):
        self.own: dict[str, list[tuple[date, Decimal, str]]] = {}
        query = select(Rate.currency, Rate.day, Rate.usd, Rate.source).order_by(Rate.day.desc())
        for currency, day, usd, source in w.session.execute(query):
            self.own.setdefault(currency, []).append((day, usd, source))
        self.today = w.today

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
