"""What the tables should look like, for whoever compares them with what is there."""

from __future__ import annotations

from sqlalchemy import MetaData

from adam.models import Base


def expected() -> MetaData:
    """Every table, column and constraint of the models."""
    return Base.metadata
