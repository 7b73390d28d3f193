"""What hangs on a project: organizations, countries, pillars, money, identifiers, and the rest; one class a list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from adam.models.base import Base, Code, Hash, Long, Money, Name, Order, Ref, Share
from adam.models.types import Exact


class Part:
    """A row of a project's list; rows keep the order in which the document gave them."""

    id: Mapped[Order]

    @declared_attr
    def project_id(cls) -> Mapped[str]:
        """The project this row belongs to."""
        return mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)


class Stated(Part):
    """A row that others than the owner may add too: `stated_by` is the partner that said it, None for the owner."""

    stated_by: Mapped[Code | None]


class ProjectText(Part, Base):
    """The title and description in another language."""

    __tablename__ = "project_texts"
    language: Mapped[Code]
    title: Mapped[Name]
    description: Mapped[Long | None]


class ProjectOrganization(Stated, Base):
    """An organization in a role; `name` is how the record itself names it."""

    __tablename__ = "project_organizations"
    role: Mapped[Code]
    organization_id: Mapped[Ref] = mapped_column(ForeignKey("organizations.id"), index=True)
    name: Mapped[Name | None]


class ProjectCountry(Part, Base):
    """A country with its share in percent; None stays "not allocated"."""

    __tablename__ = "project_countries"
    country: Mapped[Code] = mapped_column(ForeignKey("countries.code"), index=True)
    share: Mapped[Share]


class ProjectLocation(Stated, Base):
    """A place where the work is done."""

    __tablename__ = "project_locations"
    country: Mapped[Code | None] = mapped_column(ForeignKey("countries.code"))
    name: Mapped[Name]
    latitude: Mapped[Decimal | None] = mapped_column(Exact(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Exact(9, 6))


class Assignment(Part, Base):
    """Project × pillar (× commitment) with a share; `proposed` until somebody confirms it, `rationale` says why."""

    __tablename__ = "assignments"
    pillar: Mapped[Code] = mapped_column(ForeignKey("pillars.code"), index=True)
    commitment: Mapped[Code | None] = mapped_column(ForeignKey("commitments.code"), index=True)
    share: Mapped[Share]
    rationale: Mapped[Long | None]
    proposed: Mapped[bool]


class ProjectAssistanceType(Part, Base):
    """A kind of help that the project gives."""

    __tablename__ = "project_assistance_types"
    assistance_type: Mapped[Code] = mapped_column(ForeignKey("assistance_types.code"), index=True)


class Beneficiary(Stated, Base):
    """An institution on the ground that benefits."""

    __tablename__ = "beneficiaries"
    name: Mapped[Name]
    kind: Mapped[Code | None] = mapped_column(ForeignKey("beneficiary_kinds.code"))


class Contribution(Stated, Base):
    """Money: own currency and value date; `usd` at `rate` of `rate_date`, or None where no rate is known.

    `counted` is false where another partner states the same money, which is counted once (domain/additions.py).
    """

    __tablename__ = "contributions"
    organization_id: Mapped[Ref | None] = mapped_column(ForeignKey("organizations.id"), index=True)
    kind: Mapped[Code]
    amount: Mapped[Money]
    currency: Mapped[Code] = mapped_column(ForeignKey("currencies.code"))
    value_date: Mapped[date | None]
    usd: Mapped[Decimal | None] = mapped_column(Exact(20, 2))
    rate: Mapped[Decimal | None] = mapped_column(Exact(24, 10))
    rate_date: Mapped[date | None]
    provider_activity: Mapped[Name | None]
    receiver_activity: Mapped[Name | None]
    counted: Mapped[bool]


class Identifier(Stated, Base):
    """An identifier that somebody else gave the activity, with its owner."""

    __tablename__ = "identifiers"
    __table_args__ = (Index(None, "scheme", "value"),)
    scheme: Mapped[Code]
    value: Mapped[Name] = mapped_column(index=True)
    owner: Mapped[Name | None] = mapped_column(index=True)


class Relation(Part, Base):
    """A relation stated by the reporter, to another record or to an identifier that is not (yet) recorded.

    `role` says which one this record is in it, where that is known: the "part" or the "whole".
    """

    __tablename__ = "relations"
    kind: Mapped[Code]
    other_id: Mapped[Ref | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    identifier: Mapped[Name | None] = mapped_column(index=True)
    role: Mapped[Code | None]


class ProjectSector(Part, Base):
    """A sector code; codes of other vocabularies than ours are kept too."""

    __tablename__ = "project_sectors"
    vocabulary: Mapped[Code]
    code: Mapped[Hash] = mapped_column(index=True)
    share: Mapped[Share]


class ProjectResultArea(Part, Base):
    """A result area of the UNODC strategy."""

    __tablename__ = "project_result_areas"
    result_area: Mapped[Code] = mapped_column(ForeignKey("result_areas.code"))


class ProjectActionPlan(Part, Base):
    """A paper of the Rainbow Strategy that the project belongs to."""

    __tablename__ = "project_action_plans"
    action_plan: Mapped[Code] = mapped_column(ForeignKey("action_plans.code"))


class ProjectDocument(Stated, Base):
    """A document on the web."""

    __tablename__ = "project_documents"
    title: Mapped[Name]
    url: Mapped[Long]


PARTS = (
    ProjectText,
    ProjectOrganization,
    ProjectCountry,
    ProjectLocation,
    Assignment,
    ProjectAssistanceType,
    Beneficiary,
    Contribution,
    Identifier,
    Relation,
    ProjectSector,
    ProjectResultArea,
    ProjectActionPlan,
    ProjectDocument,
)
