"""The shared words as one snapshot in memory, read again only after they were changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from adam.models import vocabulary as tables
from adam.models.partners import Partner
from adam.queries import marks
from adam.queries.prepared import database_of

Word = Row[Any]
"""A row of a vocabulary table as a plain value: it outlives the session that read it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Codes to names, in the order in which people expect them; `country_names` is language → code → name.

    `priority` are the countries that come first, `purposes` the sector codes of the DAC.
    """

    countries: dict[str, Word]
    country_names: dict[str, dict[str, str]]
    pillars: dict[str, Word]
    commitments: dict[str, Word]
    result_areas: dict[str, Word]
    action_plans: dict[str, Word]
    assistance_types: dict[str, Word]
    beneficiary_kinds: dict[str, Word]
    sectors: dict[tuple[str, str], str]
    currencies: dict[str, Word]
    partners: dict[str, Word]
    iso3: dict[str, str] = field(default_factory=dict)
    priority: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()

    def country(self, code: str, language: str = "en") -> str:
        """A country's name in a language, in English where it has none, the code where it isn't known."""
        named = self.country_names.get(language, {}).get(code)
        known = self.countries.get(code)
        return named or (known.name if known else code)

    def pillar(self, code: str) -> str:
        """A pillar's title."""
        return self.pillars[code].title if code in self.pillars else code

    def commitment(self, code: str) -> str:
        """A commitment's title."""
        return self.commitments[code].title if code in self.commitments else code

    def assistance_type(self, code: str) -> str:
        """A kind of help in words."""
        return self.assistance_types[code].title if code in self.assistance_types else code

    def beneficiary_kind(self, code: str) -> str:
        """A kind of institution in words."""
        return self.beneficiary_kinds[code].title if code in self.beneficiary_kinds else code

    def partner(self, code: str) -> str:
        """A partner's name."""
        return self.partners[code].name if code in self.partners else code

    def result_area(self, code: str) -> str:
        """A result area's title."""
        return self.result_areas[code].title if code in self.result_areas else code

    def action_plan(self, code: str) -> str:
        """An action plan's title."""
        return self.action_plans[code].title if code in self.action_plans else code

    def sector(self, vocabulary: str, code: str) -> str:
        """A sector's name, or its code where the vocabulary isn't ours."""
        return self.sectors.get((vocabulary, code), code)


_known: dict[str, tuple[int, Vocabulary]] = {}
_lock = Lock()


def snapshot(session: Session, version: int | None = None) -> Vocabulary:
    """The vocabulary of this database; one small query unless it was changed since the last call.

    `version` is that of queries/marks.py, where it was asked already.
    """
    version = marks.read(session).vocabulary if version is None else version
    database = database_of(session)
    kept = _known.get(database)
    if kept and kept[0] == version and version:
        return kept[1]
    fresh = _read(session)
    with _lock:
        _known[database] = (version, fresh)
    return fresh


def _read(session: Session) -> Vocabulary:
    def by_code(table: Any, *order: Any) -> dict[str, Word]:
        return {row.code: row for row in session.execute(select(table.__table__).order_by(*order))}

    names: dict[str, dict[str, str]] = {}
    for row in session.execute(select(tables.CountryName.__table__)):
        names.setdefault(row.language, {})[row.country] = row.name
    countries = by_code(tables.Country, tables.Country.name)
    sectors = {
        (row.vocabulary, row.code): row.title for row in session.execute(select(tables.Sector.__table__))
    }
    return Vocabulary(
        countries=countries,
        country_names=names,
        pillars=by_code(tables.Pillar, tables.Pillar.code),
        commitments=by_code(tables.Commitment, tables.Commitment.position),
        result_areas=by_code(tables.ResultArea, tables.ResultArea.code),
        action_plans=by_code(tables.ActionPlan, tables.ActionPlan.title),
        assistance_types=by_code(tables.AssistanceType, tables.AssistanceType.position),
        beneficiary_kinds=by_code(tables.BeneficiaryKind, tables.BeneficiaryKind.position),
        sectors=sectors,
        currencies=by_code(tables.Currency, tables.Currency.code),
        partners=by_code(Partner, Partner.name),
        iso3={row.iso3: row.code for row in countries.values()},
        priority=frozenset(code for code, row in countries.items() if row.priority),
        purposes=frozenset(code for vocabulary, code in sectors if vocabulary == "DAC"),
    )
