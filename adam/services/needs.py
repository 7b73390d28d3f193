"""Verbs of recorded needs: enter, change, close; without one an empty cell is only "no recorded assistance"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from adam import matching
from adam.domain.documents import plain
from adam.errors import Conflict, Forbidden, Invalid, Problem, Stale
from adam.models.findings import Need
from adam.models.recommendations import Recommendation, RecommendationProject
from adam.queries import needs as questions
from adam.queries import projects, recommendations
from adam.queries.projects import Filters
from adam.services.counting import LIVING
from adam.services.work import Work

WORDS = {
    "country": ("countries", "country"),
    "pillar": ("pillars", "pillar"),
    "commitment": ("commitments", "commitment"),
    "assistance_type": ("assistance_types", "kind of help"),
}


FIELDS = ("country", "pillar", "commitment", "assistance_type", "statement", "recorded_on", "source")


def record(w: Work, draft: dict[str, Any]) -> Need:
    """Enter a need. Raises Forbidden but for coordinators, Invalid with every problem."""
    _may(w)
    _judge(w, draft, None)
    need = Need(**{name: draft[name] for name in FIELDS}, author=w.actor.label, version=1)
    w.session.add(need)
    w.session.flush()
    w.record("need.recorded", ("need", str(need.id)), None, document(need))
    return need


def change(w: Work, number: int, draft: dict[str, Any], version: int | None = None) -> Need:
    """Change the fields that the draft names. Raises NotFound, Forbidden, Stale, Invalid with every problem."""
    need = _locked(w, number, version)
    before = document(need)
    _judge(w, {name: getattr(need, name) for name in FIELDS} | draft, need.id)
    for name in FIELDS:
        if name in draft:
            setattr(need, name, draft[name])
    return _changed(w, need, "need.changed", before)


def amend(w: Work, number: int, draft: dict[str, Any], version: int | None = None) -> Need:
    """Change, close or reopen a need, as a draft of schemas/needs.NeedPatch says; raises what those verbs raise."""
    fields = {name: value for name, value in draft.items() if name in FIELDS}
    need = (
        change(w, number, fields, version) if fields or "closed" not in draft else _locked(w, number, version)
    )
    if draft.get("closed") and need.closed_on is None:
        return close(w, number, draft["closed_reason"])
    if draft.get("closed") is False and need.closed_on is not None:
        return reopen(w, number)
    return need


def close(w: Work, number: int, reason: str, version: int | None = None) -> Need:
    """Say that the need is met or given up, and why; it makes no gap any more. Raises Conflict where it is closed."""
    need = _locked(w, number, version)
    if need.closed_on is not None:
        raise Conflict("This need is closed already.", "state")
    before = document(need)
    need.closed_on, need.closed_reason = w.today, reason
    return _changed(w, need, "need.closed", before)


def reopen(w: Work, number: int, version: int | None = None) -> Need:
    """Take back that a need was closed. Raises Conflict where it is open."""
    need = _locked(w, number, version)
    if need.closed_on is None:
        raise Conflict("This need is open.", "state")
    before = document(need)
    need.closed_on = need.closed_reason = None
    return _changed(w, need, "need.reopened", before)


def document(need: Need) -> dict[str, Any]:
    """A need as JSON."""
    shown = {name: getattr(need, name) for name in (*FIELDS, "author", "closed_on", "closed_reason")}
    return plain({"id": need.id} | shown | {"version": need.version})


def asked(w: Work, organizations: tuple[str, ...] = ()) -> list[matching.Need]:
    """The open needs and what recommendations ask for, as the engine asks about them.

    Of this the findings, the page of gaps and its report are made alike; a recommendation goes by its reference, and
    is left out where a project that is linked with it is active.
    """
    rows = questions.open_ones(w.session)
    found = [matching.Need(str(row.id), row.country, row.pillar, row.assistance_type) for row in rows]
    carried = carried_out(w, organizations)
    return found + [
        matching.Need(row.reference, row.country, row.pillar, row.assistance_type)
        for row in recommendations.needs(w.session)
        if row.recommendation_id not in carried
    ]


def carried_out(w: Work, organizations: tuple[str, ...] = ()) -> dict[str, int]:
    """Recommendation → how many projects (of these organizations, if any) that are active today carry it out."""
    active = Filters(organization=organizations, status=LIVING, active_from=w.today, active_to=w.today)
    return recommendations.carried_out(w.session, projects.ids(w.actor, active))


def state(w: Work) -> list[int]:
    """Figures that change whenever a need or a recommendation is entered, changed or linked with a project."""
    found: list[int] = []
    for table in (Need, Recommendation):
        row = w.session.execute(select(func.count(table.id), func.coalesce(func.sum(table.version), 0))).one()
        found += [int(value) for value in row]
    links = RecommendationProject
    number, newest = w.session.execute(select(func.count(links.id), func.max(links.at))).one()
    return [*found, int(number), int(newest.timestamp() * 1_000_000) if newest else 0]


def _may(w: Work) -> None:
    if not w.actor.coordinates:
        raise Forbidden("Only coordinators enter needs, change and close them.")


def _locked(w: Work, number: int, version: int | None) -> Need:
    _may(w)
    need = questions.one(w.session, number, locked=True)
    if version is not None and need.version != version:
        raise Stale("This need was changed since you read it: look at it again.")
    return need


def _changed(w: Work, need: Need, action: str, before: dict[str, Any]) -> Need:
    need.version += 1
    w.session.flush()
    w.record(action, ("need", str(need.id)), before, document(need))
    return need


def _judge(w: Work, draft: dict[str, Any], own: int | None) -> None:
    problems = list(_unknown(w, draft, None))
    if draft["recorded_on"] > w.today:
        problems.append(
            Problem("#/recorded_on", "future", "This day is yet to come: give the day it was stated.")
        )
    if not problems:
        same = [getattr(Need, name).is_not_distinct_from(draft[name]) for name in KEY]
        there = w.session.scalar(select(Need.id).where(*same, Need.id != (own or 0)))
        if there:
            text = f"This need is recorded already, as number {there}: open that one."
            problems.append(Problem("#/statement", "recorded_already", text))
    if problems:
        raise Invalid(problems)


def load(w: Work, rows: list[dict[str, Any]]) -> int:
    """Record the needs that are not recorded yet, or complete what changed; returns how many were new or changed.

    Raises Invalid with every unknown code, by the row of the file (the header is row 1).
    """
    problems = [problem for number, row in enumerate(rows, 2) for problem in _unknown(w, row, number)]
    if problems:
        raise Invalid(problems)
    known = {_key(need.__dict__): need for need in w.session.scalars(select(Need))}
    changed = 0
    for row in rows:
        need = known.get(_key(row))
        if need is None:
            need = known[_key(row)] = Need(**row)
            w.session.add(need)
        elif all(getattr(need, name) == value for name, value in row.items()):
            continue
        else:
            for name, value in row.items():
                setattr(need, name, value)
            need.version += 1
        changed += 1
    w.session.flush()
    if changed:
        w.record("needs.loaded", ("need", "needs"), None, {"rows": len(rows), "changed": changed})
    return changed


KEY = ("country", "pillar", "commitment", "statement")
"""What is the same need."""


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _unknown(w: Work, row: dict[str, Any], number: int | None) -> Iterator[Problem]:
    """Codes that nobody knows, by the row of a file or, without a number, by the field of a form."""
    place = "#" if number is None else f"#/{number}"
    for field, (vocabulary, word) in WORDS.items():
        code = row[field]
        if code is not None and code not in getattr(w.vocabulary, vocabulary):
            sentence = f"{code} is no {word} that ADAM knows: choose one from the list."
            yield Problem(f"{place}/{field}", "unknown_code", sentence, number)
    if row["commitment"] and not row["commitment"].startswith(f"{row['pillar']}."):
        sentence = (
            f"Commitment {row['commitment']} doesn't belong to pillar {row['pillar']}: mend one of the two."
        )
        yield Problem(f"{place}/commitment", "commitment_of_other_pillar", sentence, number)
