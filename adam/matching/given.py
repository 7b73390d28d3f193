"""Given: what single fields of a record say, whatever the set it stands in."""

from __future__ import annotations

from typing import Any

from adam.matching import numbering
from adam.matching.figures import ends_half_year, is_round, is_telling, stands_for_year
from adam.matching.records import Record
from adam.matching.spelling import codes

LONGEST = 2000


def codes_and_numbers(record: Record) -> dict[str, Any]:
    """What identifiers and numbers of a record say."""
    title = codes(record.title)
    return {
        "codes": title,
        "all_codes": title | codes(record.description[:LONGEST]),
        "owners": frozenset(numbering.owner(value) for value in record.identifiers),
        "stems": frozenset(found for value in record.identifiers if (found := numbering.stem(value))),
        "numbered": numbering.years(record.identifiers),
    }


def sets_of_codes(record: Record) -> dict[str, Any]:
    """Places and purposes."""
    return {
        "countries": frozenset(record.countries),
        "pillars": frozenset(record.pillars) | {code.split(".")[0] for code in record.commitments},
        "commitments": frozenset(record.commitments),
        "assistance_types": frozenset(record.assistance_types),
        "sectors": frozenset(record.sectors),
        "groups": frozenset(code[:3] for code in record.sectors),
    }


def is_yearly(record: Record) -> bool:
    """Whether a record is a line of a yearly return: its money stands for a year, and nothing numbers it."""
    paid = record.value_date
    return bool(paid and stands_for_year(paid) and paid != record.start and not record.identifiers)


def days_and_money(record: Record) -> dict[str, Any]:
    """Days as ordinals of the calendar, money in US dollars and in its own currency, and what their forms say."""
    usd = float(record.amount_usd) if record.amount_usd else None
    own = float(record.amount) if record.amount else None
    paid = record.value_date
    return {
        "start": record.start.toordinal() if record.start else None,
        "end": record.end.toordinal() if record.end else None,
        "usd": usd,
        "own": own,
        "money_on": paid.toordinal() if paid else None,
        "money_year": paid.year if paid else 0,
        "money_usual": bool(paid and stands_for_year(paid)),
        "first_day": bool(record.start and stands_for_year(record.start)),
        "last_day": bool(record.end and ends_half_year(record.end)),
        "yearly": is_yearly(record),
        "round_usd": usd is not None and is_round(abs(usd)),
        "round_own": own is not None and is_round(abs(own)),
        "telling": own is not None and is_telling(own),
    }
