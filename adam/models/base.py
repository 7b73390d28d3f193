"""The declarative base, the column types that every table shares, and how constraints are named."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import uuid_utils
from sqlalchemy import Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from adam.models.types import Document, Exact, UtcMoment

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A random id that sorts by time (UUID version 7) and can't be guessed: 74 random bits."""
    return str(uuid_utils.uuid7())


Id = Annotated[str, mapped_column(String(36), primary_key=True, default=new_id)]
Ref = Annotated[str, mapped_column(String(36))]
Code = Annotated[str, mapped_column(String(32))]
Hash = Annotated[str, mapped_column(String(64))]
Name = Annotated[str, mapped_column(String(500))]
Long = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]
Share = Annotated[Decimal | None, mapped_column(Exact(5, 2))]
Money = Annotated[Decimal, mapped_column(Exact(20, 2))]
Rate = Annotated[Decimal, mapped_column(Exact(24, 10))]
Order = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]


class Base(DeclarativeBase):
    """Every table of ADAM."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: Document, list[Any]: Document}
