"""The one place that says in SQL what an actor may see; lists, counts, searches and exports all pass through it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased

from adam.domain import lifecycle
from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, Actor
from adam.domain.visibility import PARTNERS, PUBLIC
from adam.models.accounts import Account, Token
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.models.imports import Import
from adam.models.messages import Message
from adam.models.projects import Project
from adam.models.submissions import Submission

MERGED, OWN, SEEN = aliased(Project), aliased(Project), aliased(Project)
SHOWN = aliased(HistoryEntry)
"""Made once, like the conditions below for each actor: an alias made anew copies all columns of its table, and what
that left behind to be collected made up half of a focal point's page."""
_kept = lru_cache(maxsize=1024)


def alike(actor: Actor) -> Actor:
    """Somebody who sees the same of what is no account's own: for statements that are kept for all of them."""
    return Actor(role=actor.role, partner=actor.writes_for, system=actor.system)


def projects(actor: Actor, table: Any = Project) -> ColumnElement[bool]:
    """Accepted records that are there for this actor; `table` may be an alias of Project.

    A record into which one of a partner's own was merged is that partner's to see too.
    """
    if actor.sees_all_records:
        return true()
    if not actor.signed_in:
        return table.visibility == PUBLIC
    open_to_partners = table.visibility.in_((PUBLIC, PARTNERS))
    if actor.writes_for is None:
        return open_to_partners
    return or_(open_to_partners, table.owner == actor.writes_for, table.id.in_(took_in(actor)))


@_kept
def took_in(actor: Actor) -> Select[Any]:
    """Selects the ids of the records into which one of the actor's own partner was merged."""
    # Asked so that no index of owners helps: SQLite would read all the partner's records for the few merged ones.
    owner = func.coalesce(MERGED.owner, "")
    return select(MERGED.merged_into).where(
        owner == (actor.writes_for or ""), MERGED.merged_into.is_not(None)
    )


HANDED_IN = (lifecycle.SUBMITTED, lifecycle.VALIDATED, lifecycle.REJECTED)


@_kept
def submissions(actor: Actor, partner: str | None = None) -> ColumnElement[bool]:
    """Submissions that are there for this actor: a partner's own, and for coordinators all that are no drafts.

    What another partner adds to a record is there for its owner too, once it was handed in. `partner` asks for that
    partner's alone: of one's own nothing else has to be known, so that an index counts them.
    """
    if partner is not None:
        asked = Submission.partner == partner
        return asked if partner == actor.writes_for else and_(submissions(actor), asked)
    if actor.system or actor.role == "administrator":
        return true()
    if actor.coordinates:
        return Submission.state != lifecycle.DRAFT
    if actor.writes_for is None:
        return false()
    ours = select(Project.id).where(Project.owner == actor.writes_for)
    handed_in = Submission.state.in_(HANDED_IN)
    return or_(Submission.partner == actor.writes_for, and_(handed_in, Submission.adds_to.in_(ours)))


def history_of(actor: Actor, submission: Submission) -> ColumnElement[bool]:
    """What happened to a visible submission while it was there for this actor: what a draft said is its partner's.

    The owner of the record that it adds to sees what was handed in and decided, and not what became of it between.
    """
    if actor.system or actor.role == "administrator" or actor.writes_for == submission.partner:
        return true()
    state = HistoryEntry.after["state"].as_string()
    if not actor.coordinates:
        return or_(state.in_(HANDED_IN), HistoryEntry.action == "submission.remarked")
    first = select(func.min(SHOWN.id)).where(
        SHOWN.entity == "submission",
        SHOWN.entity_id == submission.id,
        SHOWN.after["state"].as_string() != lifecycle.DRAFT,
    )
    return HistoryEntry.id >= first.scalar_subquery()


COORDINATED = (
    *(
        "project",
        "finding",
        "case",
        "report",
        "validation_round",
        "screening",
        "need",
        "recommendation",
        "meeting",
    ),
    *("organization", "partner", "focal_point", "vocabulary", "rates"),
)
"""What coordinators work with; accounts, tokens, mails, imports and webhooks are not theirs to read about."""


def history(actor: Actor) -> ColumnElement[bool]:
    """The whole history: all for administrators; for coordinators what was done to what they work with.

    Of a submission that is what happened from handing in on; who read something is for administrators.
    """
    if actor.system or actor.role == ADMINISTRATOR:
        return true()
    if not actor.coordinates:
        return false()
    handed_in = select(SHOWN.id).where(
        SHOWN.entity == "submission",
        SHOWN.entity_id == HistoryEntry.entity_id,
        SHOWN.id <= HistoryEntry.id,
        SHOWN.after["state"].as_string() != lifecycle.DRAFT,
    )
    open_to_all = and_(HistoryEntry.entity.in_(COORDINATED), HistoryEntry.action.not_like("%.read"))
    return or_(open_to_all, and_(HistoryEntry.entity == "submission", handed_in.exists()))


def imports(actor: Actor) -> ColumnElement[bool]:
    """Uploaded files: the uploader's own partner's alone."""
    if actor.system:
        return true()
    return Import.partner == actor.writes_for if actor.writes_for else false()


@_kept
def findings(actor: Actor, table: Any = Finding) -> ColumnElement[bool]:
    """Findings: all for coordinators; for a focal point those that touch its records, if it may see both of them.

    `table` may be an alias of Finding, for what is asked beside each finding: no index of records leads there, or
    SQLite would go through all that a partner has for every one of them.
    """
    if actor.sees_all_records:
        return true()
    if actor.writes_for is None:
        return false()
    mine = select(OWN.id).where(OWN.owner == actor.writes_for)
    a, b = (key if table is Finding else func.coalesce(key, "") for key in (table.a_id, table.b_id))
    touched = or_(a.in_(mine), b.in_(mine))
    return and_(touched, *(_there(actor, key) for key in (table.a_id, table.b_id)))


@_kept
def _there(actor: Actor, key: Any) -> ColumnElement[bool]:
    return select(SEEN.id).where(SEEN.id == key, projects(actor, SEEN)).exists()


@_kept
def cases(actor: Actor) -> ColumnElement[bool]:
    """Cases: all for coordinators; for a focal point those of its partner, if it may see both records."""
    if actor.coordinates:
        return true()
    if actor.writes_for is None:
        return false()
    visible = select(SEEN.id).where(projects(actor, SEEN))
    ours = or_(Case.partner_a == actor.writes_for, Case.partner_b == actor.writes_for)
    return and_(ours, Case.a_id.in_(visible), Case.b_id.in_(visible))


@_kept
def messages(actor: Actor) -> ColumnElement[bool]:
    """Messages whose subject is there for this actor: a record made confidential takes its messages with it."""
    subjects = (
        ("project", select(Project.id).where(Project.id == Message.entity_id, projects(actor))),
        ("submission", select(Submission.id).where(Submission.id == Message.entity_id, submissions(actor))),
        ("finding", select(Finding.id).where(Finding.id == Message.entity_id, findings(actor))),
        ("case", select(Case.id).where(Case.id == Message.entity_id, cases(actor))),
    )
    known = tuple(entity for entity, _ in subjects)
    there = [and_(Message.entity == entity, query.exists()) for entity, query in subjects]
    return or_(Message.entity.not_in(known), *there)


def accounts(actor: Actor) -> ColumnElement[bool]:
    """Accounts whose tokens and webhooks this actor looks after: all for administrators, else one's own partner's."""
    if actor.system or actor.role == ADMINISTRATOR:
        return true()
    own = Account.id == (actor.account or "")
    if actor.writes_for is None:
        return own
    return or_(own, and_(Account.role == FOCAL_POINT, Account.partner == actor.writes_for))


def tokens(actor: Actor) -> ColumnElement[bool]:
    """Tokens: those of these accounts."""
    return Token.account_id.in_(select(Account.id).where(accounts(actor)))
