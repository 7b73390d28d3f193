"""Addresses of personal feeds: whoever has one reads what its owner may read, until it is taken back."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Moment, Ref


class FeedKey(Base):
    """The secret part of an address, as its hash; one for each account and kind of feed, the row goes when revoked."""

    __tablename__ = "feed_keys"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)
    id: Mapped[Id]
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[Code]
    secret_hash: Mapped[Hash] = mapped_column(unique=True)
    created_at: Mapped[Moment]
