"""Verbs of validation rounds: open, answer, remind, close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from adam.domain import rounds as words
from adam.domain.documents import plain
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.rounds import RoundRecord, ValidationRound
from adam.queries import rounds as questions
from adam.services import bulk, counters, messages, projects, round_answers
from adam.services.work import Work


def open_round(w: Work, draft: dict[str, Any]) -> ValidationRound:
    """Ask the partners of a scope to look at their records until a day, and tell them.

    Raises Forbidden but for coordinators, Invalid for a day that is over, an unknown code or a scope without records.
    """
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator opens a validation round.")
    scope = draft["scope"]
    found = w.session.execute(questions.in_scope(scope)).all()
    problems = list(_problems(w, draft, len(found)))
    if problems:
        raise Invalid(problems)
    opened = ValidationRound(
        reference=counters.reference(w.session, "validation_round"),
        title=draft["title"],
        scope=plain(dict(scope)),
        deadline=draft["deadline"],
        state=words.OPEN,
        author_id=w.actor.account,
        author=w.actor.label,
        opened_at=w.now,
        version=1,
    )
    w.session.add(opened)
    w.session.flush()
    bulk.add(
        w.session,
        RoundRecord,
        [{"round_id": opened.id, "project_id": row.id, "partner": row.owner} for row in found],
    )
    w.record("round.opened", _key(opened), None, _state(opened) | {"records": len(found)})
    _tell(w, opened, "round_opened")
    return opened


def _problems(w: Work, draft: dict[str, Any], records: int) -> Iterator[Problem]:
    if draft["deadline"] <= w.today:
        yield Problem("#/deadline", "past", "Choose a day after today.")
    lists = (("partners", w.vocabulary.partners), ("countries", w.vocabulary.countries))
    for field, known in (*lists, ("pillars", w.vocabulary.pillars)):
        for number, code in enumerate(draft["scope"][field]):
            if code not in known:
                yield Problem(f"#/scope/{field}/{number}", "unknown_code", f"{code} is not known.")
    if not records:
        yield Problem("#/scope", "no_records", "No accepted record fits this scope: widen it.")


def answer(w: Work, round_id: str, project_id: str, given: dict[str, Any]) -> RoundRecord:
    """A focal point says of a record of its partner that it is right, or asks to take it out, with the reason.

    Raises NotFound for a record that the round doesn't ask its partner about, Conflict once the round is closed,
    Invalid for a request without a reason.
    """
    opened = questions.one(w.session, w.actor, round_id)
    partner = w.actor.writes_for
    if partner is None:
        raise Forbidden("Only a focal point answers for the records of its own partner.")
    _still_open(opened)
    query = questions.records(w.actor, round_id).where(
        RoundRecord.project_id == project_id, RoundRecord.partner == partner
    )
    found = w.session.execute(query).first()
    if found is None:
        raise NotFound("This round does not ask you about such a record.")
    row: RoundRecord = found[0]
    if given["answer"] == words.CONFIRMED:
        projects.still_correct(w, project_id)
    elif not given["reason"]:
        raise Invalid([Problem("#/reason", "required", "Say why the record should be taken out.")])
    if row.answer != given["answer"] or row.reason != given["reason"]:
        round_answers.mark(w, row, given["answer"], given["reason"])
    return row


def remind(w: Work, round_id: str, version: int | None = None) -> int:
    """Tell every partner that has not answered for all its records; answers how many people were told."""
    opened = _for_coordinator(w, round_id, version)
    _still_open(opened)
    opened.reminded_at = w.now
    told = _tell(w, opened, "round_reminder")
    w.record("round.reminded", _key(opened), None, {"told": told})
    w.session.flush()
    return told


def remind_all(w: Work) -> dict[str, int]:
    """The same for every open round whose day has not passed; reference → how many were told."""
    query = select(ValidationRound.id, ValidationRound.reference).where(
        ValidationRound.state == words.OPEN, ValidationRound.deadline >= w.today
    )
    return {row.reference: remind(w, row.id) for row in w.session.execute(query).all()}


def close(w: Work, round_id: str, version: int | None = None) -> ValidationRound:
    """End a round and store its report, so that it can be read again as it was; raises Conflict where it is closed."""
    opened = _for_coordinator(w, round_id, version)
    _still_open(opened)
    before = _state(opened)
    opened.figures = words.figures(questions.asked(w.session, w.actor, opened.id))
    opened.state, opened.closed_at = words.CLOSED, w.now
    opened.version += 1
    w.session.flush()
    w.record("round.closed", _key(opened), before, _state(opened) | {"figures": opened.figures["all"]})
    for partner, counts in opened.figures["partners"].items():
        done = counts["records"] - counts[words.WAITING]
        said = {"title": opened.title, "number": done, "of": counts["records"]}
        messages.tell_partner(w, partner, "round_closed", _key(opened), **said)
    return opened


def progress(w: Work, opened: ValidationRound) -> dict[str, Any]:
    """The figures as they stand, of what the actor may see; of a closed round those of its report."""
    if opened.figures is None or not w.actor.sees_all_records:
        return _stored_of(w, opened) or words.figures(questions.asked(w.session, w.actor, opened.id))
    return opened.figures


def _stored_of(w: Work, opened: ValidationRound) -> dict[str, Any] | None:
    """What the report of a closed round says of the actor's own partner."""
    own = (opened.figures or {}).get("partners", {}).get(w.actor.writes_for or "")
    return {"all": own, "partners": {w.actor.writes_for: own}, "pillars": {}} if own else None


def _for_coordinator(w: Work, round_id: str, version: int | None) -> ValidationRound:
    opened = questions.one(w.session, w.actor, round_id)
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator may do that with a validation round.")
    w.session.refresh(opened, with_for_update=True)
    if version is not None and version != opened.version:
        raise Stale()
    return opened


def _still_open(opened: ValidationRound) -> None:
    if opened.state != words.OPEN:
        raise Conflict("This validation round is closed.", "state")


def _tell(w: Work, opened: ValidationRound, kind: str) -> int:
    """Tell each partner how many of its records wait for an answer."""
    return sum(
        messages.tell_partner(
            w, partner, kind, _key(opened), title=opened.title, day=opened.deadline.isoformat(), number=number
        )
        for partner, number in questions.waiting(w.session, opened.id).items()
    )


def _key(opened: ValidationRound) -> tuple[str, str]:
    return ("validation_round", opened.id)


def _state(opened: ValidationRound) -> dict[str, Any]:
    return {
        "reference": opened.reference,
        "title": opened.title,
        "scope": opened.scope,
        "deadline": opened.deadline.isoformat(),
        "state": opened.state,
    }
