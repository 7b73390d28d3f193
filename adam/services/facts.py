"""What only the database knows of a draft: whether its codes exist, and whom its references mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import or_, select

from adam.errors import Problem
from adam.models.projects import Project
from adam.queries import visibility
from adam.services.organizations import Directory, Named
from adam.services.work import Work

LISTS: tuple[tuple[str, str, str, str], ...] = (
    ("countries", "country", "countries", "country"),
    ("locations", "country", "countries", "country"),
    ("pillars", "pillar", "pillars", "pillar"),
    ("pillars", "commitment", "commitments", "commitment"),
    ("beneficiaries", "kind", "beneficiary_kinds", "kind of institution"),
    ("contributions", "currency", "currencies", "currency"),
)
CODES: tuple[tuple[str, str, str], ...] = (
    ("assistance_types", "assistance_types", "kind of help"),
    ("result_areas", "result_areas", "result area"),
    ("action_plans", "action_plans", "action plan"),
)


def problems(w: Work, draft: dict[str, Any], pointer: str = "#/project") -> list[Problem]:
    """Every fault that needs the database, all at once. Asks it only where the draft names bodies or records."""
    found = list(unknown_codes(w, draft, pointer))
    found.extend(_unknown_bodies(w, draft, pointer))
    found.extend(_unknown_relations(w, draft, pointer))
    return found


def unknown_codes(w: Work, draft: dict[str, Any], pointer: str = "#/project") -> Iterator[Problem]:
    """Codes that stand in no vocabulary; asks memory only."""
    for field, inner, vocabulary, word in LISTS:
        known = getattr(w.vocabulary, vocabulary)
        for number, row in enumerate(draft[field]):
            code = row[inner]
            if code is not None and code not in known:
                yield _unknown(f"{pointer}/{field}/{number}/{inner}", code, word)
    for field, vocabulary, word in CODES:
        known = getattr(w.vocabulary, vocabulary)
        for number, code in enumerate(draft[field]):
            if code not in known:
                yield _unknown(f"{pointer}/{field}/{number}", code, word)


def _unknown(pointer: str, code: str, word: str) -> Problem:
    return Problem(pointer, "unknown_code", f"{code} is no {word} that ADAM knows: choose one from the list.")


def _unknown_bodies(w: Work, draft: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """A code without a name must be known; a name, or an identifier of a register, is enough for a new body."""
    nameless = [
        (f"{pointer}/{field}/{number}/organization", row["organization"])
        for field in ("organizations", "contributions")
        for number, row in enumerate(draft[field])
        if row["organization"] and not row["name"] and "-" not in row["organization"]
    ]
    if not nameless:
        return
    directory = Directory(w, {Named(ref, None) for _, ref in nameless})
    for where, ref in nameless:
        if directory.find(Named(ref, None)) is None:
            sentence = f"No organization has the code {ref}: choose one from the list, or give its name."
            yield Problem(where, "unknown_organization", sentence)


def _unknown_relations(w: Work, draft: dict[str, Any], pointer: str) -> Iterator[Problem]:
    """References such as ADAM-000123 become ids; a record that can't be seen is as unknown as one that isn't there."""
    wanted = [row["project"] for row in draft["relations"] if row["project"]]
    known = recorded(w, wanted)
    for number, row in enumerate(draft["relations"]):
        if row["project"] is None:
            continue
        if row["project"] in known:
            row["project"] = known[row["project"]]
        else:
            sentence = f"No record {row['project']} is known: check its reference, such as ADAM-000123."
            yield Problem(f"{pointer}/relations/{number}/project", "unknown_project", sentence)


def recorded(w: Work, wanted: Iterable[str]) -> dict[str, str]:
    """Ids and references to ids, of the records that this actor may see."""
    listed = list(wanted)
    if not listed:
        return {}
    query = select(Project.id, Project.reference).where(
        or_(Project.id.in_(listed), Project.reference.in_(listed)), visibility.projects(w.actor)
    )
    return {key: row.id for row in w.session.execute(query) for key in (row.id, row.reference)}
