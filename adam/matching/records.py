"""Records: what the engine compares, read from plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from adam.errors import Invalid, Problem
from adam.matching.countries import iso2

Convert = Callable[[Decimal, str, date | None], Decimal | None]
RELATIONS = ("component", "continuation", "same_money", "co_financed", "complementary")
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Record:
    """One project as somebody reported it; every field but `id` may be empty, and empty means not given."""

    id: str
    title: str = ""
    description: str = ""
    language: str = ""
    reporter: str = ""
    funders: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    assistance_types: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    value_date: date | None = None
    amount_usd: Decimal | None = None
    identifiers: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()

    @property
    def content(self) -> tuple[str, ...]:
        """What breaks ties, so that ids, which every import gives anew, decide nothing."""
        told = (self.title, self.start, self.end, self.amount, self.currency, self.reporter, self.description)
        lists = (self.identifiers, self.countries, self.implementers, self.funders, self.sectors)
        return (*map(str, told), *("; ".join(sorted(each)) for each in lists))

    @classmethod
    def from_mapping(cls, row: Mapping[str, Any], convert: Convert | None = None) -> Record:
        """The record of a plain row (texts, or values of the field's own type); lists are split at ";".

        `relations` are pairs (kind, identifier or record id), in a text "kind>target". `convert(amount,
        currency, on)` gives US dollars or None. Raises Invalid with every problem of the row at once.

        >>> Record.from_mapping({"id": "a", "countries": "AFG;TJ", "start": "2013-06-01"}).countries
        ('AF', 'TJ')
        """
        reading = _Reading(row)
        fields: dict[str, Any] = {
            name: reading.text(name) for name in ("title", "description", "language", "reporter")
        }
        for name in LISTS:
            fields[name] = reading.items(name)
        for name in ("start", "end", "value_date"):
            fields[name] = reading.day(name)
        fields |= {
            "id": reading.identity(),
            "countries": reading.countries(),
            "relations": reading.relations(),
        }
        fields |= {"amount": reading.amount("amount"), "currency": reading.currency()}
        fields["amount_usd"] = reading.amount("amount_usd")
        if reading.problems:
            raise Invalid(reading.problems)
        if fields["amount_usd"] is None and fields["amount"] is not None:
            fields["amount_usd"] = in_dollars(fields, convert)
        return cls(**fields)


LISTS = (
    "funders",
    "implementers",
    "beneficiaries",
    "pillars",
    "commitments",
    "assistance_types",
    "sectors",
    "identifiers",
)


def in_dollars(fields: Mapping[str, Any], convert: Convert | None) -> Decimal | None:
    """The amount in US dollars on its value date, or on the start where it has none; None without a rate."""
    if fields["currency"] == "USD":
        amount: Decimal | None = fields["amount"]
        return amount
    if convert is None or not fields["currency"]:
        return None
    return convert(fields["amount"], fields["currency"], fields["value_date"] or fields["start"])


class _Reading:
    """One row being read; collects what is wrong with it."""

    def __init__(self, row: Mapping[str, Any]):
        self.row = row
        self.problems: list[Problem] = []

    def wrong(self, name: str, code: str, detail: str) -> None:
        self.problems.append(Problem(f"#/{name}", code, detail))

    def text(self, name: str) -> str:
        value = self.row.get(name)
        return "" if value is None else str(value).strip()

    def identity(self) -> str:
        value = self.text("id")
        if not value:
            self.wrong("id", "required", "The record has no id: give each row its own.")
        return value

    def items(self, name: str) -> tuple[str, ...]:
        value = self.row.get(name)
        parts: Iterable[Any] = value.split(";") if isinstance(value, str) else value or ()
        if isinstance(parts, Mapping) or not isinstance(parts, Iterable):
            self.wrong(name, "not_a_list", f"{name} is not a list: separate its values by semicolons.")
            return ()
        return tuple(dict.fromkeys(text for part in parts if (text := str(part).strip())))

    def countries(self) -> tuple[str, ...]:
        codes = {given: iso2(given) for given in self.items("countries")}
        for given, code in codes.items():
            if code is None:
                self.wrong(
                    "countries", "unknown_country", f"“{given}” is not an ISO country code such as AF or AFG."
                )
        return tuple(dict.fromkeys(code for code in codes.values() if code))

    def day(self, name: str) -> date | None:
        value = self.row.get(name)
        if value is None or isinstance(value, date):
            return date(value.year, value.month, value.day) if value else None
        text = str(value).strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong(name, "not_a_date", f"{name} “{text}” is not a date: write it as 2013-06-01.")
            return None

    def amount(self, name: str) -> Decimal | None:
        text = self.text(name)
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            value = Decimal("NaN")
        most = LARGEST * 1000 if name == "amount_usd" else LARGEST  # in dollars a sum may have more figures
        if value is not None and not (value.is_finite() and abs(value) < most):
            self.wrong(name, "not_an_amount", f"{name} “{text}” is not an amount: write it as 1200000.00.")
            return None
        return value

    def currency(self) -> str:
        code = self.text("currency").upper()
        if code and not (len(code) == 3 and code.isalpha() and code.isascii()):
            self.wrong("currency", "not_a_currency", f"“{code}” is not a currency code such as USD or EUR.")
        return code

    def relations(self) -> tuple[tuple[str, str], ...]:
        value = self.row.get("relations")
        pairs = (
            [tuple(part.split(">", 1)) for part in self.items("relations")]
            if isinstance(value, str)
            else value
        )
        found = []
        for pair in pairs or ():
            if len(pair) != 2 or str(pair[0]).strip() not in RELATIONS:
                self.wrong(
                    "relations",
                    "unknown_relation",
                    f"A relation is one of {', '.join(RELATIONS)} and its target.",
                )
                continue
            found.append((str(pair[0]).strip(), str(pair[1]).strip()))
        return tuple(found)
