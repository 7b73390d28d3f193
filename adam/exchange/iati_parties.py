"""Who takes part in an IATI activity, how it is identified, and to which other activities it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from adam.domain import organizations
from adam.exchange.iati_source import Body, Source, clean

LONGEST_IDENTIFIER = 200
MOST_RECEIVERS = 5
ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
RELATIONS: dict[str, tuple[str | None, str | None]] = {
    "1": ("component", "part"),
    "2": ("component", "whole"),
    "4": ("co_financed", None),
    "5": ("same_money", None),
}
"""related-activity/@type → kind, and what the activity itself is in it: type 1 names its parent, 2 its child.

Type 5 is another organization's report of the same activity. Siblings (3) have no relation of their own in ADAM: both
name their parent.
"""
OF_ORGANIZATIONS = frozenset({"B1", "B9"})
OTHER_TYPE = re.compile(r"[A-Z0-9.\-]{1,20}")


def participants(source: Source) -> list[dict[str, Any]]:
    """[{"role", "organization": identifier or None, "name"}], each body once in a role.

    Where nobody is said to implement, the few bodies that disbursements go to stand in.
    """
    found: dict[tuple[str, Body], None] = {}
    for element in source.all("participating-org"):
        body = source.body(element)
        role = _role(element)
        if role and (body.reference or body.name):
            found[role, body] = None
        else:
            source.note(f"participating-org: without a {'name' if role else 'known role'}")
    if not any(role == "implementing" for role, _ in found):
        found.update(dict.fromkeys(("implementing", body) for body in _receivers(source)))
    return [{"role": role, "organization": body.reference, "name": body.name} for role, body in found]


def known_names(participants: list[dict[str, Any]]) -> dict[str, str]:
    """Folded name -> identifier, of those participants that have both."""
    both = ((item["name"], item["organization"]) for item in participants)
    return {name.casefold(): reference for name, reference in both if name and reference}


def _role(element: etree._Element) -> str | None:
    stated = (element.get("role") or "").strip().lower()
    role = ROLES.get(stated, stated)
    return role if role in ROLES.values() else None


def _receivers(source: Source) -> list[Body]:
    found: dict[Body, None] = {}
    for tx in source.all("transaction"):
        kind = tx.find("transaction-type")
        receiver = tx.find("receiver-org")
        if kind is not None and receiver is not None and kind.get("code") in ("3", "D"):
            found[source.body(receiver)] = None
    bodies = [body for body in found if body.name and body != source.reporter]
    return bodies if len(bodies) <= MOST_RECEIVERS else []


def identifiers(source: Source, own: str | None) -> list[dict[str, Any]]:
    """[{"scheme": "iati" or "other:a1", "value", "owner"}]; identifiers of organizations are left out."""
    owner = source.reporter.reference
    found: dict[tuple[str, str, str | None], None] = {("iati", own, owner): None} if own else {}
    for element in source.all("other-identifier"):
        kind = (element.get("type") or "").strip().upper()
        value = clean(element.get("ref")) or clean(element.text)
        if kind in OF_ORGANIZATIONS:
            source.note("other-identifier: of an organization, not of the activity")
        elif not value or len(value) > LONGEST_IDENTIFIER:
            source.note("other-identifier: empty or too long")
        else:
            scheme = f"other:{kind.lower()}" if OTHER_TYPE.fullmatch(kind) else "other"
            found[scheme, value, _owner(source, element) or owner] = None
    return [{"scheme": scheme, "value": value, "owner": owner} for scheme, value, owner in found]


def _owner(source: Source, element: etree._Element) -> str | None:
    return source.body(element.find("owner-org")).reference or organizations.canonical(
        element.get("owner-ref")
    )


def relations(source: Source, own: str | None) -> list[dict[str, Any]]:
    """[{"kind", "identifier", "role"}]: parents and children, co-funded activities, and the same money elsewhere.

    The last is what a funder's or an implementer's `activity-id` says, its own record of this very activity; and what
    a transaction says of where its money came from or went to.
    """
    found: dict[str, tuple[str, str | None]] = {}
    for element in source.all("related-activity"):
        other = clean(element.get("ref"))
        kind, role = RELATIONS.get((element.get("type") or "").strip(), (None, None))
        if kind is None:
            source.note("related-activity: a sibling, or of an unknown type")
        elif not other or other == own or len(other) > LONGEST_IDENTIFIER:
            source.note("related-activity: without a usable identifier")
        else:
            found[other] = (kind, role)
    for element in source.all("participating-org"):
        other = clean(element.get("activity-id"))
        if (
            other != own
            and _is_record(other, source.body(element).reference)
            and _role(element) != "accountable"
        ):
            found.setdefault(other, ("same_money", None))
    for other in _paid_by_and_to(source, own):
        found.setdefault(other, ("same_money", None))
    return [{"kind": kind, "identifier": other, "role": role} for other, (kind, role) in found.items()]


def _paid_by_and_to(source: Source, own: str | None) -> Iterator[str]:
    """The other activities that the transactions name, as the payer's or the receiver's record of that money."""
    for tx in source.all("transaction"):
        for end in ("provider", "receiver"):
            body = tx.find(f"{end}-org")
            if body is not None:
                other = clean(body.get(f"{end}-activity-id"))
                if other != own and _is_record(other, source.body(body).reference):
                    yield other


def _is_record(identifier: str, organization: str | None) -> bool:
    """Whether it looks like the identifier of an activity, and not like that of the organization itself."""
    if not organizations.canonical(identifier) or len(identifier) > LONGEST_IDENTIFIER:
        return False
    return identifier != organization and identifier.count("-") >= 2
