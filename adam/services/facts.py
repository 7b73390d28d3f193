"""What only the database knows of a draft: whether its codes exist, and whom its references mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import String, bindparam, func, or_, select

from adam.domain import warnings
from adam.domain.rules import ERROR
from adam.errors import Problem
from adam.models.project_parts import Identifier
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import visibility
from adam.queries.prepared import Prepared
from adam.services.claims import Whose
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


def problems(w: Work, draft: dict[str, Any], whose: Whose) -> list[Problem]:
    """Every fault beyond the shape, all at once. Asks the database only where the draft names bodies or records.

    What was just said of this very draft is not asked for again.
    """
    before = w.judged
    if before is not None and before[0] is draft and before[1] == whose:
        return list(before[2])
    found = _problems(w, draft, whose)
    w.judged = (draft, whose, tuple(found))
    return found


def _problems(w: Work, draft: dict[str, Any], whose: Whose) -> list[Problem]:
    pointer = "#/project"
    found = list(unknown_codes(w, draft, pointer))
    found.extend(_unknown_bodies(w, draft, pointer))
    found.extend(_unknown_relations(w, draft, pointer))
    found.extend(_refused(w, draft, whose))
    return found


def beside(w: Work, part: dict[str, Any], whose: Whose, shape: Iterable[Problem]) -> list[Problem]:
    """The faults in what can be read of a document whose shape has problems: none at the same place, none about a
    sum or a list of which a part can't be read."""
    said = list(shape)
    at, broken = {item.pointer for item in said}, warnings.broken(said)
    return [
        item
        for item in problems(w, part, whose)
        if item.pointer not in at and not (_weighed(w, item) & broken)
    ]


def _weighed(w: Work, item: Problem) -> set[str]:
    """The fields that must be whole for this to be said."""
    lists = {field for field, _vocabulary, _word in CODES}
    if item.code in {check.__name__ for check in warnings.ERRORS}:
        return set(w.rules.table[item.code].fields)
    return lists.intersection(item.pointer.split("/")[2:3])


def _refused(w: Work, draft: dict[str, Any], whose: Whose) -> list[Problem]:
    """What the table of rules calls an error in a whole draft of this origin."""
    if not whose.whole:
        return []
    stops = w.rules.table["duplicate_identifier"].level_for(whose.origin) == ERROR
    known = warnings.Known(w.today, whose.partner, taken=taken(w, draft, whose) if stops else {})
    return warnings.errors(draft, known, w.rules.table, whose.origin)


def taken(w: Work, draft: dict[str, Any], whose: Whose) -> dict[int, str]:
    """Row of an identifier → reference of another record of the same partner that carries it, owner and all."""
    rows = [(row["scheme"], row["value"], row.get("owner")) for row in draft["identifiers"]]
    if whose.partner is None or not any(value for _scheme, value, _owner in rows):
        return {}
    values = sorted({value for _scheme, value, _owner in rows if value})
    asked = {
        "reporter": whose.partner,
        "itself": whose.project_id or "",
        "key": whose.source_ref or "",
    }
    given = {f"given_{number}": value for number, value in enumerate(values)}
    found = _taken(len(values)).all(w.session, **asked, **given)
    known = {(row.scheme, row.value, row.owner): row.reference for row in found}
    return {number: known[row] for number, row in enumerate(rows) if row in known}


@lru_cache(maxsize=64)
def _taken(many: int) -> Prepared:
    """Asked of every draft, and so made once for each number of identifiers."""
    given = [bindparam(f"given_{number}", type_=String) for number in range(many)]
    rows, projects, claims = Identifier.__table__, Project.__table__, Submission.__table__
    reporter: Any = bindparam("reporter")
    key: Any = bindparam("key")
    same = (claims.c.partner == reporter, claims.c.source_ref == key, claims.c.project_id.is_not(None))
    return Prepared(
        select(rows.c.scheme, rows.c.value, rows.c.owner, projects.c.reference)
        .join(projects, rows.c.project_id == projects.c.id)
        .where(rows.c.value.in_(given))
        .where(projects.c.owner == reporter, projects.c.reference != key)
        .where(
            projects.c.id != bindparam("itself"),
            projects.c.id.not_in(select(claims.c.project_id).where(*same)),
        )
        .order_by(projects.c.reference.desc())
    )


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
    """Ids and references to ids, of the records that this actor may see; of a merged one to that which stays."""
    listed = list(wanted)
    if not listed:
        return {}
    stands = func.coalesce(Project.merged_into, Project.id).label("stands")
    query = select(Project.id, Project.reference, stands).where(
        or_(Project.id.in_(listed), Project.reference.in_(listed)), visibility.projects(w.actor)
    )
    return {key: row.stands for row in w.session.execute(query) for key in (row.id, row.reference)}
