"""Takes many claims of one partner at once: what is new, updated, unchanged or refused, and no row blocks another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from adam.domain import documents, lifecycle
from adam.errors import Problem
from adam.models import new_id
from adam.models.submissions import Submission
from adam.services import bulk, counters, facts, projects, proposing, standing
from adam.services.claims import Whose
from adam.services.work import Work

NEW, UPDATED, UNCHANGED, REFUSED = "new", "updated", "unchanged", "refused"
OF_AN_ADDITION = (
    "This key stands on what you added to another partner's record: use another key for this project."
)
CHANGED_MEANWHILE = (
    "This record was changed after the trial run: send the file again to see what would happen now."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One claim: the partner's own key, its draft or the problems of its shape, and where it stood.

    `source_ref` may be the reference of a record of the partner's (ADAM-000123) that has no key of its own.
    `part` is what could be read of a claim with problems, so that it is held against the facts too. `expected` is
    the digest of what stood when a trial run showed what would happen; None where nobody was shown anything. `unsaid`
    are fields that the file leaves out on purpose: of a record that stands, they stay.
    """

    source_ref: str | None
    draft: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    place: str = ""
    part: dict[str, Any] | None = None
    expected: str | None = None
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `problems` say why it was refused, `digest` is that of the document taken in.

    `base` is the digest of what stood before ("" for nothing), `changes` what differs from that, field by field.
    """

    item: Item
    result: str
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    base: str = ""
    changes: tuple[dict[str, Any], ...] = ()
    submission_id: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """For whom the items are, whether those without errors are accepted at once, and how they are called."""

    partner: str
    validate: bool = False
    origin: str = "iati"


@dataclass(slots=True)
class _Row:
    """An item on its way: its place among the outcomes, its draft, its digest, and what stands of it already."""

    number: int
    item: Item
    draft: dict[str, Any]
    document: dict[str, Any]
    digest: str
    stands: standing.Standing | None = None
    submission_id: str | None = None

    @property
    def stored(self) -> Any:
        """The submission that this changes, or None."""
        return self.stands.submission if self.stands else None

    @property
    def project_id(self) -> str | None:
        """The record that this is about, or None."""
        return self.stands.project_id if self.stands else None


def take(w: Work, items: Sequence[Item], options: Options) -> list[Outcome]:
    """Take the items in and say what became of each, in order. Only whole items are written.

    What stands already is unchanged, also where the rules would refuse it today: nobody is asked to mend what they
    did not touch.
    """
    outcomes: list[Outcome] = [Outcome(item, REFUSED, item.problems) for item in items]
    sound, faulty = _sound(w, items, options, outcomes)
    counters.lock(w.session, "submission")
    keys = [row.item.source_ref for row in (*sound, *faulty) if row.item.source_ref]
    found = standing.find(w, options.partner, keys)
    for row in faulty:
        row.stands = found.get(row.item.source_ref or "")
        outcome = _settled(row, found, options)
        if outcome is not None and outcome.result == UNCHANGED:
            outcomes[row.number] = outcome
    new, changed = [], []
    for row in sound:
        row.stands = found.get(row.item.source_ref or "")
        outcome = _settled(row, found, options)
        if outcome is not None:
            outcomes[row.number] = outcome
        elif row.stands is None:
            new.append(row)
        else:
            changed.append(row)
    _write(w, new, changed, options)
    for row, result in [(row, NEW) for row in new] + [(row, UPDATED) for row in changed]:
        outcomes[row.number] = _done(row, result)
    return outcomes


def _settled(row: _Row, found: dict[str, standing.Standing], options: Options) -> Outcome | None:
    """The outcome of an item that nothing is written for; None for one that is new or differs."""
    if standing.unknown(row.item.source_ref, found):
        sentence = f"No record {row.item.source_ref} of yours is known: check the reference, or use a key of your own."
        return Outcome(row.item, REFUSED, (Problem("#/source_ref", "unknown_project", sentence),))
    base = row.stands.base if row.stands else ""
    if row.item.expected is not None and row.item.expected != base:
        return Outcome(row.item, REFUSED, (Problem("#", "changed_meanwhile", CHANGED_MEANWHILE),), base=base)
    if row.stands is None:
        return None
    if row.stored is not None and row.stored.adds_to:
        return Outcome(
            row.item, REFUSED, (Problem("#/source_ref", "source_ref_taken", OF_AN_ADDITION),), base=base
        )
    stored, whole = row.stored, row.stands.carried(row.document, row.item.unsaid)
    as_stored = stored is not None and stored.digest == row.digest
    as_it_stands = documents.digest(whole) == base
    if (as_stored or as_it_stands) and (stored is None or _as_far(stored.state, options)):
        return Outcome(row.item, UNCHANGED, digest=row.digest, base=base)
    row.document, row.draft = whole, standing.draft_with(row.draft, whole, row.item.unsaid)
    return None


def _done(row: _Row, result: str) -> Outcome:
    base = row.stands.base if row.stands else ""
    differs = standing.changes(row.stands.document, row.document) if row.stands else []
    return Outcome(
        row.item,
        result,
        digest=row.digest,
        base=base,
        changes=tuple(differs),
        submission_id=row.submission_id,
    )


def _as_far(state: str, options: Options) -> bool:
    """Whether a stored submission is where this import would bring it; one that was rejected stays so unchanged."""
    return state in (lifecycle.VALIDATED, lifecycle.REJECTED) or not options.validate


def _sound(
    w: Work, items: Sequence[Item], options: Options, outcomes: list[Outcome]
) -> tuple[list[_Row], list[_Row]]:
    """The items without errors, and those with errors of fact alone.

    The second of two that carry one key is refused, never silently chosen.
    """
    rows: dict[str, _Row] = {}
    faulty: list[_Row] = []
    for number, item in enumerate(items):
        draft = item.draft if item.draft is not None and not item.problems else None
        looked_at = item.part if draft is None else draft
        whose = Whose(options.partner, options.origin, source_ref=item.source_ref)
        found = facts.beside(w, looked_at, whose, item.problems) if looked_at is not None else []
        if draft is None or found:
            outcomes[number] = Outcome(item, REFUSED, (*item.problems, *found))
        if draft is None:
            continue
        document = documents.plain(draft)
        row = _Row(number, item, draft, document, documents.digest(document))
        if found:
            faulty.append(row)
            continue
        first = rows.setdefault(item.source_ref or f"#{number}", row)
        if first is not row:
            outcomes[number] = twin(item, first.item.place, same=first.digest == row.digest)
    return list(rows.values()), faulty


def twin(item: Item, place: str, *, same: bool) -> Outcome:
    """The outcome of an item whose key stood already in this import, at `place`; never silently chosen."""
    if same:
        return Outcome(item, UNCHANGED)
    sentence = f"{item.source_ref} stands twice with different content, first in {place}: keep one of them."
    return Outcome(item, REFUSED, (Problem("#/source_ref", "source_ref_twice", sentence),))


def _write(w: Work, new: list[_Row], changed: list[_Row], options: Options) -> None:
    rows = [*new, *changed]
    if not rows:
        return
    _propose(w, rows)
    ids = dict.fromkeys((row.number for row in rows), None) | _accepted(w, rows, options)
    state = lifecycle.VALIDATED if options.validate else lifecycle.SUBMITTED
    shared = {"state": state, "updated_at": w.now, "submitted_at": w.now, "origin": options.origin}
    shared["decided_at"] = w.now if options.validate else None
    inserts = sum(row.stored is None for row in rows)
    numbers = iter(counters.take(w.session, "submission", max(1, inserts)))
    standing.drop_problems(w, [row.stored.id for row in changed if row.stored is not None])
    inserted = []
    for row in rows:
        values = shared | _content(row, ids[row.number])
        row.submission_id = row.stored.id if row.stored is not None else new_id()
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
        values |= {"id": row.submission_id, "partner": options.partner, "created_at": w.now, "version": 1}
        values |= {
            "reference": counters.FORMS["submission"].format(next(numbers)),
            "author_id": w.actor.account,
        }
        inserted.append(values)
        w.record("submission.imported", ("submission", row.submission_id), None, _kept(values))
    bulk.add(w.session, Submission, inserted)


def _content(row: _Row, project_id: str | None) -> dict[str, Any]:
    return {
        "source_ref": row.stored.source_ref if row.stored else None if row.stands else row.item.source_ref,
        "project_id": project_id or row.project_id,
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
    entries = [projects.Entry(row.draft, options.partner, row.project_id, row.document) for row in rows]
    return dict(zip((row.number for row in rows), projects.record(w, entries), strict=True))


def _propose(w: Work, rows: list[_Row]) -> None:
    """Proposed pillars for drafts without any; what somebody confirmed stays, what somebody refused stays away."""
    ids = [row.project_id for row in rows if row.project_id]
    known = proposing.decided(w, ids)
    for row in rows:
        before = known.get(row.project_id) if row.project_id else None
        row.draft = proposing.with_proposals(w, row.draft, before or proposing.UNDECIDED)
        row.document = row.document | {"pillars": documents.plain(row.draft["pillars"])}
