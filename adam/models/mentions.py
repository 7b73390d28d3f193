"""What a partner says of another partner's record that names it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Long, Moment, Name, Order, Ref


class Mention(Base):
    """The last word of a partner on a record that names it: `verdict` is "confirmed", or "disputed" with a reason.

    `digest` is that of the part that names the partner, as it was; `stands` is false once that part has changed, so
    that the partner is asked again. A dispute is open until somebody settled it with a word.
    """

    __tablename__ = "mentions"
    __table_args__ = (UniqueConstraint("project_id", "partner"),)
    id: Mapped[Order]
    project_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    verdict: Mapped[Code]
    reason: Mapped[Long | None]
    digest: Mapped[Hash]
    stands: Mapped[bool]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    settled_by: Mapped[Name | None]
    settlement: Mapped[Long | None]
