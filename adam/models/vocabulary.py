"""The shared words: countries, pillars and commitments, result areas, plans, types, kinds, sectors, currencies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Long, Name
from adam.models.types import Exact


class Country(Base):
    """A country or territory; `priority` marks the Paris Pact's priority countries, which are editable data."""

    __tablename__ = "countries"
    code: Mapped[Code] = mapped_column(primary_key=True)
    iso3: Mapped[Code]
    region: Mapped[Name]
    subregion: Mapped[Name | None]
    priority: Mapped[bool]
    name: Mapped[Name]


class CountryName(Base):
    """A country's name in one language."""

    __tablename__ = "country_names"
    country: Mapped[Code] = mapped_column(ForeignKey("countries.code"), primary_key=True)
    language: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Name]


class Pillar(Base):
    """One of the four pillars of the Vienna Declaration (E/CN.7/2012/17)."""

    __tablename__ = "pillars"
    code: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[Name]
    short_title: Mapped[Name]
    source: Mapped[Name | None]


class Commitment(Base):
    """A sub-area of a pillar; the summaries are ours, the numbers are not official paragraph numbers."""

    __tablename__ = "commitments"
    code: Mapped[Code] = mapped_column(primary_key=True)
    pillar: Mapped[Code] = mapped_column(ForeignKey("pillars.code"))
    title: Mapped[Name]
    position: Mapped[int]
    source: Mapped[Name | None]


class ResultArea(Base):
    """A theme, result area or sub-area of the UNODC strategy 2008-2011: 3, 3.1, 3.1.5."""

    __tablename__ = "result_areas"
    code: Mapped[Code] = mapped_column(primary_key=True)
    parent: Mapped[Code | None] = mapped_column(ForeignKey("result_areas.code"))
    depth: Mapped[int]
    title: Mapped[Name]
    source: Mapped[Name | None]


class ActionPlan(Base):
    """A paper of the Rainbow Strategy."""

    __tablename__ = "action_plans"
    code: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[Name]
    subject: Mapped[Long]
    status: Mapped[Name | None]
    pillar: Mapped[Code | None] = mapped_column(ForeignKey("pillars.code"))
    source: Mapped[Name | None]


class AssistanceType(Base):
    """A kind of help: training, equipment, legislative advice…"""

    __tablename__ = "assistance_types"
    code: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[Name]
    description: Mapped[Long | None]
    position: Mapped[int]


class BeneficiaryKind(Base):
    """A kind of institution that benefits: police, customs, forensic laboratory…"""

    __tablename__ = "beneficiary_kinds"
    code: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[Name]
    position: Mapped[int]


class Sector(Base):
    """A sector code of a vocabulary such as the OECD DAC's purpose codes."""

    __tablename__ = "sectors"
    vocabulary: Mapped[Code] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[Name]


class Currency(Base):
    """An ISO 4217 currency, historical ones included."""

    __tablename__ = "currencies"
    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Name]
    minor_units: Mapped[int]


class Rate(Base):
    """US dollars for one unit of a currency on a day, loaded from a file where the ECB quotes none."""

    __tablename__ = "rates"
    currency: Mapped[Code] = mapped_column(ForeignKey("currencies.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    usd: Mapped[Decimal] = mapped_column(Exact(24, 10))
    source: Mapped[Name]


class Counter(Base):
    """The last number given out for a kind of reference (ADAM-000123, S-000214, F-000188)."""

    __tablename__ = "counters"
    name: Mapped[Code] = mapped_column(primary_key=True)
    value: Mapped[int]
