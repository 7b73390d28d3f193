"""Who may see a record and which of its fields (CONTRACT.md, "Who may do what")."""

from __future__ import annotations

from collections.abc import Collection

from adam.domain.actors import Actor

PUBLIC, PARTNERS, CONFIDENTIAL = "public", "partners", "confidential"
LEVELS = (PUBLIC, PARTNERS, CONFIDENTIAL)
NAMES = {PUBLIC: "Public", PARTNERS: "Partners", CONFIDENTIAL: "Confidential"}


def fields_for(actor: Actor, owner: str) -> str:
    """Which fields of a visible record: "public" (no amounts by funder, documents or history), "partner" or "all"."""
    if actor.sees_all_records or (actor.writes_for and actor.writes_for == owner):
        return "all"
    return "partner" if actor.signed_in else "public"


def may_see(actor: Actor, visibility: str, owner: str, absorbed: Collection[str] = ()) -> bool:
    """Whether an accepted record is there at all for this actor; the SQL of queries/visibility.py says the same.

    `absorbed` are the owners of the records that were merged into it: it is there for them whatever it hides.
    """
    if actor.sees_all_records or actor.writes_for in (owner, *absorbed):
        return True
    if actor.signed_in:
        return visibility in (PUBLIC, PARTNERS)
    return visibility == PUBLIC


def raises(before: str, after: str) -> bool:
    """Whether `after` hides more than `before`."""
    return LEVELS.index(after) > LEVELS.index(before)
