"""Focal points: designated by a partner from a day, ended on a day; an account of that role is one too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from adam.domain.actors import ADMINISTRATOR
from adam.errors import Forbidden, Invalid, NotFound, Problem, Stale
from adam.models import new_id
from adam.models.accounts import Account
from adam.models.partners import FocalPoint, FocalPointCountry, FocalPointPillar
from adam.queries import accounts as known
from adam.queries import directory, partners
from adam.services import messages
from adam.services.work import Work

WORDS = {
    "pillars": ("pillar", "use I, II, III or IV"),
    "countries": ("country", "use an ISO 3166-1 code of two letters, such as AF"),
}


def designate(w: Work, draft: dict[str, Any]) -> FocalPoint:
    """Enter who answers for a partner, from a FocalPointSchema draft.

    They answer from the day `since` (today unless given) until the day before `until`. A country's focal point is
    national, an organization's institutional unless given; no pillars or no countries means all of them.
    Raises Forbidden unless an administrator or the installation acts, Invalid with every problem: an unknown
    partner, pillar, country or account, an end before the start, somebody who answers for the partner already.
    """
    person = _designated(w, draft)
    if person.account_id:
        said = {"partner": person.partner, "day": person.since.isoformat()}
        messages.tell(w, person.account_id, "designated", ("focal_point", person.id), **said)
    return person


def _designated(w: Work, draft: dict[str, Any]) -> FocalPoint:
    _allowed(w)
    draft = draft | {
        "since": draft["since"] or w.today,
        "account": str(draft["account"]) if draft["account"] else None,
        "pillars": list(dict.fromkeys(draft["pillars"])),
        "countries": list(dict.fromkeys(draft["countries"])),
    }
    problems = list(_problems(w, draft))
    if problems:
        raise Invalid(problems)
    return _enter(w, draft)


def end(w: Work, focal_point_id: str, until: date) -> FocalPoint:
    """From the day `until` on the person no longer answers for the partner; the entry stays for the past.

    An account of theirs only reads from that day on. Raises Forbidden unless an administrator or the installation acts,
    NotFound, Invalid for a day before the first.
    """
    _allowed(w)
    query = select(FocalPoint).where(FocalPoint.id == focal_point_id).with_for_update()
    person = w.session.scalar(query.execution_options(populate_existing=True))
    if person is None:
        raise NotFound("No focal point has this id.")
    if until < person.since:
        raise Invalid([_reversed(person.since, until)])
    finish(w, person, until)
    _tell_if_last(w, person)
    return person


def finish(w: Work, person: FocalPoint, until: date) -> None:
    """Write the day from which on somebody no longer answers."""
    before = {"until": _day(person.until)}
    person.until = until
    person.version += 1
    w.session.flush()
    w.record("focal_point.ended", ("focal_point", person.id), before, {"until": _day(until)})


def _tell_if_last(w: Work, person: FocalPoint) -> None:
    """Coordinators are told when a partner is left with nobody."""
    left = directory.focal_points(
        (person.partner,), directory.not_ended(max(person.until or w.today, w.today))
    )
    if w.session.scalars(left.limit(1)).first() is None:
        number = partners.hanging(w.session, w.actor).get(person.partner, 0)
        subject = ("partner", person.partner)
        messages.tell_roles(w, "unanswered", subject, partner=person.partner, number=number)


def change(w: Work, focal_point_id: str, draft: dict[str, Any], version: int | None = None) -> FocalPoint:
    """Replace what is said of a focal point: what a draft of FocalPointPatchSchema names, lists as a whole.

    Raises Forbidden unless an administrator or the installation acts, NotFound, Stale, Invalid with every problem.
    """
    _allowed(w)
    query = select(FocalPoint).where(FocalPoint.id == focal_point_id).with_for_update()
    person = w.session.scalar(query.execution_options(populate_existing=True))
    if person is None:
        raise NotFound("No focal point has this id.")
    if version is not None and version != person.version:
        raise Stale()
    [before] = directory.shown_focal_points(w.session, [person])
    problems = list(_wrong_codes(w, {"pillars": [], "countries": []} | draft))
    until = draft.get("until", person.until)
    if until and until < draft.get("since", person.since):
        problems.append(_reversed(draft.get("since", person.since), until))
    if problems:
        raise Invalid(problems)
    _write(w, person, draft)
    [after] = directory.shown_focal_points(w.session, [person])
    w.record("focal_point.changed", ("focal_point", person.id), before, after)
    if until != before["until"] and until is not None:
        _tell_if_last(w, person)
    return person


def _write(w: Work, person: FocalPoint, draft: dict[str, Any]) -> None:
    for name in ("name", "email", "kind", "since", "until"):
        if name in draft:
            setattr(person, name, draft[name])
    for field, table in (("pillars", FocalPointPillar), ("countries", FocalPointCountry)):
        if field in draft:
            w.session.execute(delete(table).where(table.focal_point_id == person.id))
            name = "pillar" if field == "pillars" else "country"
            codes = dict.fromkeys(draft[field])
            w.session.add_all(table(focal_point_id=person.id, **{name: code}) for code in codes)
    person.version += 1
    w.session.flush()


def leave(w: Work, account: Account) -> None:
    """Whom an account signs in no longer answers for any partner, from today on."""
    for person in w.session.scalars(_of(account).where(directory.not_ended(w.today))).all():
        end(w, person.id, max(w.today, person.since))


def _of(account: Account) -> Any:
    return select(FocalPoint).where(FocalPoint.account_id == account.id).order_by(FocalPoint.id.desc())


def of_account(w: Work, account: Account, *, again: bool = False) -> FocalPoint:
    """The focal point whom an account signs in: designated under its address or name already, or now.

    Somebody of this account who was ended stays ended, unless `again`. Raises what `designate` raises.
    """
    theirs = _of(account)
    if again:
        theirs = theirs.where(directory.not_ended(w.today), FocalPoint.partner == account.partner)
    person: FocalPoint | None = w.session.scalars(theirs).first()
    if person is not None:
        return person
    draft = {"name": account.name, "email": account.email, "account": account.id}
    for person in w.session.scalars(standing(account.partner or "", w.today)):
        if person.account_id is None and same(person, draft):
            return _given(w, person, account)
    unsaid: dict[str, Any] = {"kind": None, "since": None, "until": None, "pillars": [], "countries": []}
    return _designated(w, draft | unsaid | {"partner": account.partner})


def _given(w: Work, person: FocalPoint, account: Account) -> FocalPoint:
    before = {"account": None, "email": person.email}
    person.account_id, person.email = account.id, person.email or account.email
    w.session.flush()
    after = {"account": account.id, "email": person.email}
    w.record("focal_point.account_given", ("focal_point", person.id), before, after)
    return person


def _allowed(w: Work) -> None:
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators enter whom a partner designates.")


def _enter(w: Work, draft: dict[str, Any]) -> FocalPoint:
    country = w.vocabulary.partners[draft["partner"]].kind == "country"
    person = FocalPoint(
        id=new_id(),
        kind=draft["kind"] or ("national" if country else "institutional"),
        account_id=draft["account"],
        **{name: draft[name] for name in ("partner", "name", "email", "since", "until")},
    )
    w.session.add(person)
    w.session.flush()
    w.session.add_all(FocalPointPillar(focal_point_id=person.id, pillar=code) for code in draft["pillars"])
    w.session.add_all(
        FocalPointCountry(focal_point_id=person.id, country=code) for code in draft["countries"]
    )
    w.session.flush()
    days = {name: _day(draft[name]) for name in ("since", "until")}
    w.record("focal_point.designated", ("focal_point", person.id), None, draft | days | {"kind": person.kind})
    return person


def _problems(w: Work, draft: dict[str, Any]) -> Iterator[Problem]:
    if draft["partner"] not in w.vocabulary.partners:
        detail = f"No partner has the code {draft['partner']}: use a code such as NO, AF or UNODC."
        yield Problem("#/partner", "unknown_partner", detail)
    yield from _wrong_codes(w, draft)
    if draft["until"] and draft["until"] < draft["since"]:
        yield _reversed(draft["since"], draft["until"])
    if draft["account"]:
        account = known.by_id(w.session, draft["account"])
        if account is None or account.partner != draft["partner"]:
            detail = f"No account that acts for {draft['partner']} has this id."
            yield Problem("#/account", "unknown_account", detail)
    yield from _twice(w, draft)


def _wrong_codes(w: Work, draft: dict[str, Any]) -> Iterator[Problem]:
    for field, (word, way_out) in WORDS.items():
        for place, code in enumerate(draft[field]):
            if code not in getattr(w.vocabulary, field):
                yield Problem(f"#/{field}/{place}", f"unknown_{word}", f"{code} is no {word}: {way_out}.")


def _twice(w: Work, draft: dict[str, Any]) -> Iterator[Problem]:
    for person in w.session.scalars(standing(draft["partner"], draft["since"])):
        if same(person, draft) and not (draft["until"] and draft["until"] <= person.since):
            detail = f"{person.name} answers for {person.partner} already, since {person.since.isoformat()}."
            yield Problem("#/name", "designated_already", detail)


def standing(partner: str, on: date) -> Any:
    """The focal points of a partner who are not ended on a day, those to come included."""
    return directory.focal_points((partner,), directory.not_ended(on)).order_by(FocalPoint.id)


def same(person: FocalPoint, draft: dict[str, Any]) -> bool:
    """Whether both are one person: by account, else by address, else by name, whichever both give."""
    for mine, theirs in ((person.account_id, draft["account"]), (person.email, draft["email"])):
        if mine and theirs:
            return bool(mine == theirs)
    return person.name.casefold() == str(draft["name"]).casefold()


def _reversed(since: date, until: date) -> Problem:
    detail = f"The end, {until.isoformat()}, is before the start, {since.isoformat()}: mend one of the two."
    return Problem("#/until", "end_before_start", detail)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
