"""What an amount is in US dollars, in a sentence with its rate and that rate's day; or why there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from adam.domain.actors import FOCAL_POINT
from adam.http import guards
from adam.http.work import work
from adam.queries import partners
from adam.services.money import Converter
from adam.services.work import Work
from adam.web import filters, lexicon
from adam.web.forms import SPACES
from adam.web.lexicon import Lexicon
from adam.web.rows import Values

blueprint = Blueprint("conversions", __name__)
MOST = Decimal(10) ** 15


@blueprint.get("/submissions/converted")
@guards.role(FOCAL_POINT)
def converted() -> Response:
    """The sentence for one amount: ?amount=&currency=&date=&start=, the start serving where no date is given."""
    row = {"amount": "", "currency": "", "date": ""} | request.args.to_dict()
    with work(read_only=True) as w:
        known = lexicon.lexicon(w.vocabulary, partners.bodies(w.session))
        text = said(Converter(w), known, row, _day(row.get("start", "")))
    return Response(text, mimetype="text/plain")


def of_rows(w: Work, values: Values, known: Lexicon) -> list[str]:
    """The sentences for the contributions of a form, one a row; "" where nothing is to be said yet."""
    rows = values["contributions"]
    if not any(row.get("amount") for row in rows):
        return ["" for _row in rows]
    converter = Converter(w)
    start = _day(values["start_actual"]) or _day(values["start_planned"])
    return [said(converter, known, row, start) for row in rows]


def said(converter: Converter, known: Lexicon, row: dict[str, Any], start: date | None) -> str:
    """What a row of money comes to in US dollars."""
    amount, currency = _amount(row["amount"]), known.currency(row["currency"])
    if amount is None or currency not in known.currencies.values() or currency == "USD":
        return ""
    day = _day(row["date"]) or start
    if day is None:
        return _("With a value date, the amount in US dollars stands here.")
    found = converter.usd(amount, currency, day)
    if found is None:
        return _(
            "No rate of %(currency)s is known for %(day)s: the amount is kept, and counts in no total of US dollars.",
            currency=currency,
            day=filters.day(day),
        )
    return _(
        "%(usd)s at %(rate)s USD for 1 %(currency)s, the rate of %(day)s (%(source)s)",
        usd=filters.plain(filters.money(found.amount, "USD")),
        rate=f"{_rounded(found.rate):f}",
        currency=currency,
        day=filters.day(found.rate_date),
        source=found.source,
    )


def _rounded(rate: Decimal) -> Decimal:
    """A rate to six figures that count: enough to follow the reckoning by hand."""
    return round(rate, max(5 - rate.adjusted(), 0)).normalize()


def _amount(typed: str) -> Decimal | None:
    try:
        amount = Decimal(SPACES.sub("", typed))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < MOST else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
