"""What administrators do with accounts: change, suspend, reactivate, sign out everywhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.accounts import Account, SignIn
from adam.services import accounts, counters, focal_points
from adam.services.work import Work


def change(w: Work, account_id: str, draft: dict[str, Any], version: int | None = None) -> Account:
    """Change name, role or partner, from an AccountPatchSchema draft; what it leaves out stays.

    Who is a focal point no longer, or of another partner, answers no longer; who becomes one answers from today.
    Raises Forbidden unless an administrator or the installation acts, NotFound, Stale, Invalid for a focal point
    without a partner, Conflict for one's own role and for that of the last administrator.
    """
    account = _held(w, account_id, version)
    new = {name: draft.get(name, getattr(account, name)) for name in ("name", "role", "partner")}
    if new["role"] != FOCAL_POINT and "partner" not in draft and account.role == FOCAL_POINT:
        new["partner"] = None
    problems = _partner_problems(w, new)
    if problems:
        raise Invalid(problems)
    before = accounts.shown(account)
    if new["role"] != account.role:
        _insist(w, account)
    moved = (account.role, account.partner) != (new["role"], new["partner"])
    if moved and account.role == FOCAL_POINT:
        focal_points.leave(w, account)
    for name, value in new.items():
        setattr(account, name, value)
    account.version += 1
    w.session.flush()
    if moved and account.role == FOCAL_POINT:
        focal_points.of_account(w, account, again=True)
    w.record("account.changed", ("account", account.id), before, accounts.shown(account))
    return account


def _partner_problems(w: Work, new: dict[str, Any]) -> list[Problem]:
    if new["partner"] and new["partner"] not in w.vocabulary.partners:
        detail = f"No partner has the code {new['partner']}: use a code such as NO, AF or UNODC."
        return [Problem("#/partner", "unknown_partner", detail)]
    if new["role"] == FOCAL_POINT and not new["partner"]:
        detail = "Name the partner that this focal point acts for."
        return [Problem("#/partner", "partner_required", detail)]
    return []


def suspend(w: Work, account_id: str, version: int | None = None) -> Account:
    """Let nobody in by this account until it is reactivated: sessions end, tokens are revoked for good.

    Raises as `change`, Conflict also for an account that is suspended already.
    """
    account = _held(w, account_id, version)
    if not account.active:
        raise Conflict("This account is suspended already.", "state")
    _insist(w, account)
    accounts.close(w, account.id)
    return account


def reactivate(w: Work, account_id: str, version: int | None = None) -> Account:
    """Let somebody in again; tokens have to be made anew. Raises as `suspend`."""
    account = _held(w, account_id, version)
    if account.active:
        raise Conflict("This account is in use.", "state")
    account.active, account.failures, account.locked_until = True, 0, None
    account.version += 1
    w.session.flush()
    w.record("account.reopened", ("account", account.id), {"active": False}, {"active": True})
    return account


def end_sessions(w: Work, account_id: str) -> int:
    """Sign an account out everywhere; answers how many sessions that ended. One's own may be ended by oneself."""
    if w.actor.account != account_id:
        _held(w, account_id, None)
    ended = delete(SignIn).where(SignIn.account_id == account_id).returning(SignIn.token_hash)
    number = len(w.session.scalars(ended).all())
    w.record("account.signed_out", ("account", account_id), None, {"sessions": number})
    return number


def _held(w: Work, account_id: str, version: int | None) -> Account:
    """The account, held until the work ends."""
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators look after accounts.")
    query = select(Account).where(Account.id == account_id).with_for_update()
    account = w.session.scalar(query.execution_options(populate_existing=True))
    if account is None:
        raise NotFound("There is no such account.")
    if version is not None and version != account.version:
        raise Stale()
    return account


def _insist(w: Work, account: Account) -> None:
    """Nobody takes away their own way in, nor that of the last administrator."""
    if account.id == w.actor.account:
        raise Conflict("Ask another administrator: nobody does this to their own account.", "own_account")
    if account.role != ADMINISTRATOR or not account.active:
        return
    counters.lock(w.session, "administrators")
    others = select(Account.id).where(Account.role == ADMINISTRATOR, Account.active, Account.id != account.id)
    if w.session.scalar(others.limit(1)) is None:
        sentence = "This is the last administrator: give another account that role first."
        raise Conflict(sentence, "last_administrator")
