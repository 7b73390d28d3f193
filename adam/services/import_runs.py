"""What a worker does with an uploaded file: batch by batch, each kept with its outcomes, resumed where it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError

from adam.domain import documents
from adam.domain.actors import FOCAL_POINT, Actor
from adam.errors import Invalid, Problem
from adam.models.accounts import Account
from adam.models.imports import Import, ImportRow
from adam.queries import accounts as known
from adam.queries import imports as questions
from adam.queries.imports import DONE, DRY_RUN, FAILED, RUNNING, Told
from adam.services import bulk, import_files, imports, jobs, messages, templates
from adam.services.import_files import Claimed, Contents, Judge
from adam.services.import_jobs import GONE
from adam.services.work import Work

BATCH = 100
AWAY = (OperationalError, InterfaceError, jobs.Lost)
NO_LONGER = "The person who uploaded this no longer writes for this partner."
FAULT = "This row could not be written, and nothing of it was kept. It was noted for those who operate ADAM."
GIVEN_UP = "The file could not be read, because of a fault of ADAM's: upload it again later."


@dataclass(slots=True)
class _Reading:
    """One attempt at an import: the job, whose it is, whether it is only tried, and what the file holds."""

    run: jobs.Run
    import_id: str
    actor: Actor
    options: imports.Options
    dry_run: bool
    follows: str | None
    contents: Contents


def handler(judge: Judge) -> jobs.Handler:
    """Who reads uploaded files; `judge` is the schema's word on a project document."""

    def handle(run: jobs.Run) -> None:
        try:
            _read(run, judge)
        except AWAY:
            raise
        except Exception:
            if run.attempt >= jobs.MOST_ATTEMPTS:
                _fail(
                    run, [Problem("#", "failed", "The file could not be read, because of a fault of ADAM's.")]
                )
            raise

    return handle


def _read(run: jobs.Run, judge: Judge) -> None:
    with run.step() as w:
        found = w.session.get(Import, run.payload["import"])
        if found is None or found.state in (DONE, FAILED):
            return
        found.state = RUNNING
        content, choices = questions.content(w.session, found), templates.choices(w)
        actor, done = _author(w, found), found.done
    if content is None or actor is None:
        _fail(run, [Problem("#", "gone", GONE if content is None else NO_LONGER)])
        return
    try:
        contents = import_files.read(content, found.format, (choices, judge))
    except Invalid as error:
        _fail(run, error.problems)
        return
    options = imports.Options(found.partner, origin=import_files.ORIGINS[found.format])
    reading = _Reading(run, found.id, actor, options, found.mode == DRY_RUN, found.follows, contents)
    _begun(reading)
    for start in range(done, len(contents.claims), BATCH):
        _batch(reading, range(start, min(start + BATCH, len(contents.claims))))
    with run.step() as w:
        found = w.session.get_one(Import, reading.import_id)
        found.state, found.finished_at = DONE, datetime.now(UTC)
        w.session.flush()
        _tell(w, found)


def _author(w: Work, found: Import) -> Actor | None:
    """Who uploaded the file, if that person still writes for the partner."""
    account = w.session.get(Account, found.author_id)
    if (
        account is None
        or not account.active
        or (account.role, account.partner) != (FOCAL_POINT, found.partner)
        or known.ended(w.session, account.id, w.today)
    ):
        return None
    return Actor(FOCAL_POINT, found.partner, account.id, found.author)


def _begun(reading: _Reading) -> None:
    with reading.run.step() as w:
        found = w.session.get_one(Import, reading.import_id)
        found.total, found.notes = len(reading.contents.claims), list(reading.contents.notes)
        w.session.flush()


def _fail(run: jobs.Run, faults: Sequence[Problem]) -> None:
    with run.step() as w:
        found = w.session.get_one(Import, run.payload["import"])
        found.state, found.finished_at = FAILED, datetime.now(UTC)
        found.faults = [_problem(item, "") for item in faults]
        w.session.flush()
        _tell(w, found)


def _tell(w: Work, found: Import) -> None:
    """Whoever applied the file is told when it is done; a trial run is waited for on its page."""
    if found.mode != DRY_RUN:
        said = {name: found.counts.get(name, 0) for name in ("new", "updated", "refused")}
        messages.tell(w, found.author_id, "imported", ("import", found.id), file=found.name, **said)


def _batch(reading: _Reading, numbers: range) -> None:
    """One batch in one transaction; where it fails, each row by itself, so that one bad row stops no other."""
    try:
        _step(reading, numbers)
    except AWAY:
        raise
    except Exception as error:
        if len(numbers) > 1:
            for number in numbers:
                _batch(reading, range(number, number + 1))
            return
        jobs.log.error("row %s of import %s failed", numbers[0], reading.import_id, exc_info=error)
        item = reading.contents.claims[numbers[0]].item
        with reading.run.step(reading.actor) as w:
            failed = imports.Outcome(item, imports.REFUSED, (Problem("#", "failed", FAULT),))
            _keep(w, reading, [(numbers[0], failed)])


def _step(reading: _Reading, numbers: range) -> None:
    """The effect of a batch, its outcomes and how far the import is: together or not at all."""
    with reading.run.step(reading.actor) as w:
        places = [number + 1 for number in numbers]
        shown = questions.told(w.session, reading.follows, places) if reading.follows else {}
        items = [_expecting(reading.contents.claims[number], shown.get(number + 1)) for number in numbers]
        if reading.dry_run:
            with w.session.begin_nested() as tried:
                outcomes = imports.take(w, items, reading.options)
                tried.rollback()
            w.changes.clear()
            w.session.expunge_all()
        else:
            outcomes = imports.take(w, items, reading.options)
        _keep(w, reading, list(zip(numbers, outcomes, strict=True)))


def _expecting(claim: Claimed, shown: Told | None) -> imports.Item:
    """The item with what its trial run saw; a row that was refused then is refused again, whatever has changed."""
    item = claim.item
    if shown is None:
        return item
    if shown.result == imports.REFUSED and not item.problems:
        again = Problem("#", "refused_before", "This row was refused in the trial run: send the file again.")
        return replace(item, draft=None, problems=(again,))
    return replace(item, expected=shown.base) if shown.result != imports.REFUSED else item


def _keep(w: Work, reading: _Reading, outcomes: Sequence[tuple[int, imports.Outcome]]) -> None:
    claims = reading.contents.claims
    bulk.add(
        w.session,
        ImportRow,
        [_row(reading, number, claims[number], outcome) for number, outcome in outcomes],
    )
    found = w.session.get_one(Import, reading.import_id, populate_existing=True)
    found.counts = dict(Counter(found.counts) + Counter(outcome.result for _, outcome in outcomes))
    found.done = outcomes[-1][0] + 1
    w.session.flush()


def _row(reading: _Reading, number: int, claim: Claimed, outcome: imports.Outcome) -> dict[str, Any]:
    return {
        "import_id": reading.import_id,
        "number": number + 1,
        "source_ref": documents.storable((claim.item.source_ref or "")[:500]) or None,
        "title": documents.storable(claim.title),
        "place": claim.item.place[:500],
        "result": outcome.result,
        "problems": [_problem(item, claim.place(item.pointer)) for item in outcome.problems],
        "changes": documents.storable(list(outcome.changes)),
        "dropped": documents.storable(claim.dropped),
        "digest": outcome.digest,
        "base": outcome.base,
        "submission_id": None if reading.dry_run else outcome.submission_id,
    }


def _problem(item: Problem, place: str) -> dict[str, Any]:
    said = {
        "pointer": item.pointer,
        "code": item.code,
        "detail": item.detail,
        "row": item.row,
        "place": place,
    }
    return dict(documents.storable(said))
