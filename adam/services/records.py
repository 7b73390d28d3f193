"""Accepted records and drafts as the engine's records: the one place where models and matching meet halfway."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from adam.domain import periods
from adam.domain.money import Amount, headline
from adam.domain.stakes import Side
from adam.matching import Record
from adam.queries.comparing import Facts
from adam.services import organizations
from adam.services.money import Converter
from adam.services.work import Work

FUNDERS = ("funding", "extending")
IMPLEMENTERS = ("implementing", "accountable")
NOT_UNIQUE = ("other:a1", "other:a9")
"""IATI's "internal" and "other" identifiers: real files repeat them over different activities (projects of a plan)."""


def record_of(facts: Facts) -> Record:
    """An accepted record for the engine; whoever extends a fund's money counts among the funders."""
    own = [row for row in facts.amounts if row[0] == facts.usd_kind]
    single = own[0] if len(own) == 1 else None
    return Record(
        id=facts.id,
        title=facts.title,
        description=facts.description,
        language=facts.language,
        reporter=facts.reporter,
        funders=_names(facts, FUNDERS),
        implementers=_names(facts, IMPLEMENTERS[:1]) or _names(facts, IMPLEMENTERS[1:]),
        beneficiaries=tuple(facts.beneficiaries),
        countries=tuple(dict.fromkeys(code for code, _ in facts.countries)),
        pillars=tuple(dict.fromkeys(row[0] for row in facts.pillars)),
        commitments=tuple(dict.fromkeys(row[1] for row in facts.pillars if row[1])),
        assistance_types=tuple(facts.types),
        sectors=tuple(dict.fromkeys(facts.sectors)),
        start=facts.begins,
        end=facts.ends,
        amount=single[2] if single else None,
        currency=single[1] if single else "",
        value_date=single[3] if single else None,
        amount_usd=facts.usd,
        identifiers=tuple(
            f"{scheme}:{value}" for scheme, value, _ in facts.identifiers if scheme not in NOT_UNIQUE
        ),
        relations=tuple((kind, target) for kind, target, _ in facts.relations),
    )


def _names(facts: Facts, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for role, name, _ in facts.organizations if role in roles))


def side_of(facts: Facts) -> Side:
    """An accepted record as one side of a stake."""
    pillars: dict[str, Decimal | None] = {}
    for pillar, _, share, _ in facts.pillars:
        known = pillars.get(pillar, Decimal(0))
        pillars[pillar] = None if share is None or known is None else known + share
    period = periods.Period(facts.begins, facts.ends)
    return Side(facts.reference, facts.usd, period, dict(facts.countries), pillars)


def record_of_draft(w: Work, draft: dict[str, Any], key: str) -> Record:
    """A draft for the engine, with its headline figure as it would be recorded."""
    converter = Converter(w)
    period = periods.of_project(draft)
    amounts = []
    for row in draft["contributions"]:
        usd = converter.row(row, period.start)["usd"]
        amounts.append(Amount(row["kind"], row["amount"], row["currency"], row["value_date"], usd))
    figure = headline(amounts)
    spoken = organizations.called(w, draft)
    names = {role: _named(draft, role, spoken) for role in (*FUNDERS, *IMPLEMENTERS)}
    return Record(
        id=key,
        title=draft["title"],
        description=draft["description"] or "",
        language=draft["language"],
        reporter=w.vocabulary.partner(w.actor.partner or ""),
        funders=names["funding"] + names["extending"],
        implementers=names["implementing"] or names["accountable"],
        beneficiaries=tuple(row["name"] for row in draft["beneficiaries"]),
        countries=tuple(row["country"] for row in draft["countries"]),
        pillars=tuple(dict.fromkeys(row["pillar"] for row in draft["pillars"])),
        commitments=tuple(row["commitment"] for row in draft["pillars"] if row["commitment"]),
        assistance_types=tuple(draft["assistance_types"]),
        sectors=tuple(row["code"] for row in draft["sectors"]),
        start=period.start,
        end=period.end,
        amount=figure.amount,
        currency=figure.currency or "",
        value_date=figure.value_date,
        amount_usd=figure.usd,
        identifiers=tuple(f"{row['scheme']}:{row['value']}" for row in draft["identifiers"]),
    )


def _named(draft: dict[str, Any], role: str, spoken: dict[str, str]) -> tuple[str, ...]:
    rows = (row for row in draft["organizations"] if row["role"] == role)
    return tuple(row["name"] or spoken.get(row["organization"], row["organization"]) for row in rows)
