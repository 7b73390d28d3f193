"""Partners of the Paris Pact with dated membership, and the organizations that fund and implement."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Name, Order, Ref


class Partner(Base):
    """A country or organization of the partnership; the code is ISO 3166-1 alpha-2 or the acronym."""

    __tablename__ = "partners"
    code: Mapped[Code] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    name: Mapped[Name]
    country: Mapped[Code | None] = mapped_column(ForeignKey("countries.code"))


class Membership(Base):
    """From when until when a partner belonged, and who says so; unknown dates stay empty."""

    __tablename__ = "memberships"
    id: Mapped[Order]
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]
    source: Mapped[Name | None]


class Organization(Base):
    """Any body that funds or implements; `partner` is the partner it is an agency of.

    `listed` is false for a body that only a record names; it was never entered as vocabulary.
    """

    __tablename__ = "organizations"
    id: Mapped[Id]
    code: Mapped[Code | None] = mapped_column(unique=True)
    name: Mapped[Name]
    normalized: Mapped[Name] = mapped_column(index=True)
    kind: Mapped[Code | None]
    partner: Mapped[Code | None] = mapped_column(ForeignKey("partners.code"), index=True)
    country: Mapped[Code | None] = mapped_column(ForeignKey("countries.code"))
    listed: Mapped[bool]


class OrganizationAlias(Base):
    """Another spelling or another language of an organization's name."""

    __tablename__ = "organization_aliases"
    __table_args__ = (UniqueConstraint("organization_id", "normalized"), Index(None, "normalized"))
    id: Mapped[Order]
    organization_id: Mapped[Ref] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[Name]
    normalized: Mapped[Name]


class OrganizationIdentifier(Base):
    """An identifier that a register gave an organization, such as iati:XM-DAC-41128."""

    __tablename__ = "organization_identifiers"
    scheme: Mapped[Code] = mapped_column(primary_key=True)
    value: Mapped[Name] = mapped_column(primary_key=True)
    organization_id: Mapped[Ref] = mapped_column(ForeignKey("organizations.id"), index=True)


class FocalPoint(Base):
    """The person whom a partner designates, national or institutional, from a day until a day."""

    __tablename__ = "focal_points"
    id: Mapped[Id]
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    kind: Mapped[Code]
    name: Mapped[Name]
    email: Mapped[Name | None]
    since: Mapped[date]
    until: Mapped[date | None]
    account_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class FocalPointPillar(Base):
    """A pillar that a focal point answers for."""

    __tablename__ = "focal_point_pillars"
    focal_point_id: Mapped[Ref] = mapped_column(ForeignKey("focal_points.id"), primary_key=True)
    pillar: Mapped[Code] = mapped_column(ForeignKey("pillars.code"), primary_key=True)


class FocalPointCountry(Base):
    """A country that a focal point answers for."""

    __tablename__ = "focal_point_countries"
    focal_point_id: Mapped[Ref] = mapped_column(ForeignKey("focal_points.id"), primary_key=True)
    country: Mapped[Code] = mapped_column(ForeignKey("countries.code"), primary_key=True)
