"""Recommendations of meetings: what is to be done, by whom, until when, and which projects do it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from adam.models.base import Base, Code, Id, Long, Moment, Name, Order, Ref


class Recommendation(Base):
    """One recommendation of the compendium, under a pillar.

    With countries it states a need there: of its pillar, and of its kind of help where one is named. `outcome` says
    what became of it.
    """

    __tablename__ = "recommendations"
    __table_args__ = (Index(None, "status", "due"),)
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Name]
    text: Mapped[Long | None]
    pillar: Mapped[Code] = mapped_column(ForeignKey("pillars.code"), index=True)
    commitment: Mapped[Code | None] = mapped_column(ForeignKey("commitments.code"))
    assistance_type: Mapped[Code | None] = mapped_column(ForeignKey("assistance_types.code"))
    meeting_id: Mapped[Ref | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    status: Mapped[Code]
    outcome: Mapped[Long | None]
    due: Mapped[date | None]
    source: Mapped[Name | None]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    created_at: Mapped[Moment] = mapped_column(index=True)
    updated_at: Mapped[Moment]
    version: Mapped[int]
    countries: Mapped[list[RecommendationCountry]] = relationship(
        cascade="all, delete-orphan", order_by="RecommendationCountry.id", lazy="selectin"
    )
    partners: Mapped[list[RecommendationPartner]] = relationship(
        cascade="all, delete-orphan", order_by="RecommendationPartner.id", lazy="selectin"
    )


class RecommendationCountry(Base):
    """A country in which the recommendation states a need."""

    __tablename__ = "recommendation_countries"
    __table_args__ = (UniqueConstraint("recommendation_id", "country"),)
    id: Mapped[Order]
    recommendation_id: Mapped[Ref] = mapped_column(ForeignKey("recommendations.id", ondelete="CASCADE"))
    country: Mapped[Code] = mapped_column(ForeignKey("countries.code"), index=True)


class RecommendationPartner(Base):
    """A partner to whom the recommendation is addressed."""

    __tablename__ = "recommendation_partners"
    __table_args__ = (UniqueConstraint("recommendation_id", "partner"),)
    id: Mapped[Order]
    recommendation_id: Mapped[Ref] = mapped_column(ForeignKey("recommendations.id", ondelete="CASCADE"))
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)


class RecommendationProject(Base):
    """A project that carries the recommendation out; who said so, and when."""

    __tablename__ = "recommendation_projects"
    __table_args__ = (UniqueConstraint("recommendation_id", "project_id"),)
    id: Mapped[Order]
    recommendation_id: Mapped[Ref] = mapped_column(ForeignKey("recommendations.id", ondelete="CASCADE"))
    project_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    author: Mapped[Name]
    at: Mapped[Moment]
