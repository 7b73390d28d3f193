"""Project documents, drafts and claims with defaults, and people to act."""

from __future__ import annotations

from typing import Any

from adam.domain import documents
from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER, Actor
from adam.errors import Invalid
from adam.schemas.additions import AdditionSchema
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from adam.services.claims import Claim

SCHEMA = ProjectSchema()
ADDITION = AdditionSchema()

COORDINATOR_OF_NOBODY = Actor(COORDINATOR, None, None, "Cora")
ADMIN = Actor(ADMINISTRATOR, None, None, "Adi")
READER = Actor(VIEWER, None, None, "Vera")


def focal(partner: str = "NO") -> Actor:
    """A focal point of a partner."""
    return Actor(FOCAL_POINT, partner, None, f"focal point of {partner}")


def coordinator(partner: str | None = None) -> Actor:
    """A coordinator, perhaps seconded by a partner."""
    return Actor(COORDINATOR, partner, None, "Cora")


def document(**differences: Any) -> dict[str, Any]:
    """A project document that passes; training for the border police of Tajikistan, paid by Norway."""
    usual: dict[str, Any] = {
        "title": "Border posts on the Panj",
        "status": "active",
        "visibility": "public",
        "start_planned": "2024-01-01",
        "end_planned": "2026-12-31",
        "organizations": [
            {"role": "funding", "organization": "NO"},
            {"role": "implementing", "organization": "UNODC"},
        ],
        "countries": [{"country": "TJ", "share": "100.00"}],
        "pillars": [{"pillar": "I", "commitment": "I.5", "share": "100.00"}],
        "assistance_types": ["training"],
        "beneficiaries": [{"name": "Border Guards of Tajikistan", "kind": "border_guard"}],
        "contributions": [
            {
                "organization": "NO",
                "kind": "commitment",
                "amount": "1200000.00",
                "currency": "USD",
                "value_date": "2024-01-01",
            }
        ],
    }
    return usual | differences


def everything() -> dict[str, Any]:
    """A document in which every field is given."""
    return document(
        language="en",
        description="Training and radios.\nIn two phases.",
        translations=[{"language": "ru", "title": "Пограничные посты", "description": None}],
        start_actual="2024-02-01",
        end_actual=None,
        locations=[{"country": "TJ", "name": "Ishkashim", "latitude": "36.72", "longitude": "71.61"}],
        identifiers=[{"scheme": "iati", "value": "NO-BRC-971277882-1", "owner": "NO"}],
        relations=[{"kind": "component", "identifier": "XM-DAC-41128-RER"}],
        sectors=[{"vocabulary": "DAC", "code": "16063", "share": "100.00"}],
        result_areas=["1.2"],
        action_plans=["green"],
        documents=[{"title": "Agreement", "url": "https://example.org/agreement.pdf"}],
        last_confirmed_on="2025-06-01",
        source={"document": "000", "paragraphs": "22"},
    )


def draft(**differences: Any) -> dict[str, Any]:
    """What the schema makes of such a document."""
    return load(SCHEMA, document(**differences), "#/project")


def money(amount: str, currency: str = "USD", **differences: Any) -> list[dict[str, Any]]:
    """One commitment of Norway's."""
    usual = {
        "organization": "NO",
        "kind": "commitment",
        "amount": amount,
        "currency": currency,
        "value_date": "2024-01-01",
    }
    return [usual | differences]


def funded_by(*codes: str) -> list[dict[str, Any]]:
    """Organizations of a document: funders, and UNODC as the implementer."""
    funders = [{"role": "funding", "organization": code} for code in codes]
    return [*funders, {"role": "implementing", "organization": "UNODC"}]


def addition(adds_to: str, **lists: Any) -> Claim:
    """What a partner adds to another's record, as the form and the API build it."""
    try:
        part = load(ADDITION, lists, "#/project")
    except Invalid as error:
        return Claim(lists, None, tuple(error.problems), adds_to=adds_to)
    shaped = documents.plain(part)
    return Claim(shaped, documents.part_draft(shaped), adds_to=adds_to)


def claim(content: dict[str, Any] | None = None, **more: Any) -> Claim:
    """What a partner says, with what the schema made of it, as the form and the API build it."""
    said = content if content is not None else document()
    try:
        return Claim(said, load(SCHEMA, said, "#/project"), **more)
    except Invalid as error:
        return Claim(said, None, tuple(error.problems), **more)
