"""What a partner says of another's record that names it, and of which part of the record it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.domain.documents import digest, plain

OPEN, CONFIRMED, DISPUTED = "open", "confirmed", "disputed"
VERDICTS = (CONFIRMED, DISPUTED)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a record that names a partner: its bodies in roles, and the money that is said to be theirs."""

    roles: list[tuple[Any, ...]]
    money: list[tuple[Any, ...]]

    def digest(self) -> str:
        """Changes when the part does: what was said of it no longer stands then."""
        return digest([sorted(map(repr, plain(self.roles))), sorted(map(repr, plain(self.money)))])
