"""Takes many claims of one partner at once: what is new, updated, unchanged or refused, and no row blocks another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from adam.domain import documents, lifecycle
from adam.errors import Problem
from adam.models import new_id
from adam.models.submissions import Submission
from adam.services import bulk, counters, facts, projects, proposing
from adam.services.work import Work

NEW, UPDATED, UNCHANGED, REFUSED = "new", "updated", "unchanged", "refused"


@dataclass(frozen=True, slots=True)
class Item:
    """One claim: the partner's own key, its draft or the problems of its shape, and where it stood."""

    source_ref: str | None
    draft: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `problems` say why it was refused, `digest` is that of the document taken in."""

    item: Item
    result: str
    problems: tuple[Problem, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """For whom the items are, whether those without errors are accepted at once, and how they are called."""

    partner: str
    validate: bool = False
    origin: str = "iati"


@dataclass(slots=True)
class _Row:
    """An item on its way: its place among the outcomes, its draft, its digest, and what is stored of it."""

    number: int
    item: Item
    draft: dict[str, Any]
    document: dict[str, Any]
    digest: str
    stored: Any = None


def take(w: Work, items: Sequence[Item], options: Options) -> list[Outcome]:
    """Take the items in and say what became of each, in order. Only whole items are written."""
    outcomes: list[Outcome] = [Outcome(item, REFUSED, item.problems) for item in items]
    sound = _sound(w, items, outcomes)
    counters.lock(w.session, "submission")
    stored = _stored(w, options.partner, [row.item.source_ref for row in sound if row.item.source_ref])
    new, changed = [], []
    for row in sound:
        row.stored = stored.get(row.item.source_ref or "")
        if row.stored is None:
            new.append(row)
        elif row.stored.digest == row.digest and _as_far(row.stored.state, options):
            outcomes[row.number] = Outcome(row.item, UNCHANGED, digest=row.digest)
        else:
            changed.append(row)
    _write(w, new, changed, options)
    for row, result in [(row, NEW) for row in new] + [(row, UPDATED) for row in changed]:
        outcomes[row.number] = Outcome(row.item, result, digest=row.digest)
    return outcomes


def _as_far(state: str, options: Options) -> bool:
    """Whether a stored submission is where this import would bring it; one that was rejected stays so unchanged."""
    return state in (lifecycle.VALIDATED, lifecycle.REJECTED) or not options.validate


def _sound(w: Work, items: Sequence[Item], outcomes: list[Outcome]) -> list[_Row]:
    """The items without errors; the second of two that carry one key is refused, never silently chosen."""
    rows: dict[str, _Row] = {}
    for number, item in enumerate(items):
        if item.draft is None or item.problems:
            continue
        found = tuple(facts.problems(w, item.draft))
        if found:
            outcomes[number] = Outcome(item, REFUSED, found)
            continue
        document = documents.plain(item.draft)
        row = _Row(number, item, item.draft, document, documents.digest(document))
        first = rows.setdefault(item.source_ref or f"#{number}", row)
        if first is not row:
            outcomes[number] = twin(item, first.item.place, same=first.digest == row.digest)
    return list(rows.values())


def twin(item: Item, place: str, *, same: bool) -> Outcome:
    """The outcome of an item whose key stood already in this import, at `place`; never silently chosen."""
    if same:
        return Outcome(item, UNCHANGED)
    sentence = f"{item.source_ref} stands twice with different content, first in {place}: keep one of them."
    return Outcome(item, REFUSED, (Problem("#/source_ref", "source_ref_twice", sentence),))


def _stored(w: Work, partner: str, keys: list[str]) -> dict[str, Any]:
    columns = (
        Submission.id,
        Submission.source_ref,
        Submission.digest,
        Submission.state,
        Submission.project_id,
        Submission.reference,
    )
    query = select(*columns).where(Submission.partner == partner, Submission.source_ref.in_(keys))
    return {row.source_ref: row for row in w.session.execute(query)} if keys else {}


def _write(w: Work, new: list[_Row], changed: list[_Row], options: Options) -> None:
    rows = [*new, *changed]
    if not rows:
        return
    _propose(w, rows)
    ids = dict.fromkeys((row.number for row in rows), None) | _accepted(w, rows, options)
    state = lifecycle.VALIDATED if options.validate else lifecycle.SUBMITTED
    shared = {"state": state, "updated_at": w.now, "submitted_at": w.now, "origin": options.origin}
    shared["decided_at"] = w.now if options.validate else None
    numbers = iter(counters.take(w.session, "submission", max(1, len(new))))
    inserted = []
    for row in rows:
        values = shared | _content(row, ids[row.number])
        if row.stored is not None:
            w.session.execute(
                update(Submission)
                .where(Submission.id == row.stored.id)
                .values(**values, version=Submission.version + 1)
            )
            w.record(
                "submission.imported",
                ("submission", row.stored.id),
                {"digest": row.stored.digest},
                _kept(values),
            )
            continue
        submission_id = new_id()
        values |= {"id": submission_id, "partner": options.partner, "created_at": w.now, "version": 1}
        values |= {
            "reference": counters.FORMS["submission"].format(next(numbers)),
            "author_id": w.actor.account,
        }
        inserted.append(values)
        w.record("submission.imported", ("submission", submission_id), None, _kept(values))
    bulk.add(w.session, Submission, inserted)


def _content(row: _Row, project_id: str | None) -> dict[str, Any]:
    return {
        "source_ref": row.item.source_ref,
        "project_id": project_id or (row.stored.project_id if row.stored else None),
        "title": row.draft["title"],
        "document": row.document,
        "digest": row.digest,
    }


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """What history keeps of the submission; the document itself stands in the entry of its record."""
    return {name: values[name] for name in ("source_ref", "state", "digest", "project_id")}


def _accepted(w: Work, rows: list[_Row], options: Options) -> dict[int, str | None]:
    if not options.validate:
        return {}
    entries = [
        projects.Entry(
            row.draft, options.partner, row.stored.project_id if row.stored else None, row.document
        )
        for row in rows
    ]
    return dict(zip((row.number for row in rows), projects.record(w, entries), strict=True))


def _propose(w: Work, rows: list[_Row]) -> None:
    """Proposed pillars for drafts without any; what somebody confirmed stays, what somebody refused stays away."""
    ids = [row.stored.project_id for row in rows if row.stored and row.stored.project_id]
    known = proposing.decided(w, ids)
    for row in rows:
        before = known.get(row.stored.project_id) if row.stored else None
        row.draft = proposing.with_proposals(w, row.draft, before or proposing.UNDECIDED)
        row.document = row.document | {"pillars": documents.plain(row.draft["pillars"])}
