"""Accounts: made, signed in by password or link, signed out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, SCOPES_BY_ROLE, VIEWER, Actor
from adam.domain.webhooks import ACTIVE, PAUSED
from adam.errors import Conflict, Forbidden, Invalid, Problem
from adam.models import new_id
from adam.models.accounts import Account, SignIn, SignInLink, Token
from adam.models.feeds import FeedKey
from adam.models.webhooks import Webhook
from adam.queries import accounts as known
from adam.services import focal_points, passwords
from adam.services.work import Work

LOCKED_FOR = timedelta(minutes=15)
LINK_HOURS = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says who they are: the account of that address if there is one, and whether the password is right."""

    account_id: str | None
    stored: str | None
    right: bool


def create(w: Work, draft: dict[str, Any]) -> Account:
    """Make an account from an AccountSchema draft; that of a focal point also says who answers for the partner.

    Raises Forbidden unless an administrator or the installation acts, Invalid for a partner that doesn't exist,
    Conflict for an address that has an account.
    """
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators make accounts.")
    if draft["partner"] and draft["partner"] not in w.vocabulary.partners:
        detail = f"No partner has the code {draft['partner']}: use a code such as NO, AF or UNODC."
        raise Invalid([Problem("#/partner", "unknown_partner", detail)])
    if known.by_email(w.session, draft["email"]):
        raise Conflict(f"{draft['email']} has an account already.", "account_exists")
    return _enter(w, draft, demo=False)


def choose_password(w: Work, account_id: str, password: str) -> Account:
    """Give an account a password, of whoever holds a link for that; sessions of before are over."""
    account = w.session.get_one(Account, account_id)
    account.password_hash = passwords.hashed(password)
    account.failures, account.locked_until = 0, None
    account.version += 1
    w.session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    w.session.flush()
    w.record("account.password_chosen", ("account", account.id), None, None)
    return account


def close(w: Work, account_id: str) -> None:
    """Let an account sign in no more: its sessions end, its tokens and addresses of feeds are worth nothing.

    Its webhooks are paused: should the account be opened again, its owner looks at them before they go on.
    """
    account = w.session.get_one(Account, account_id)
    account.active = False
    account.version += 1
    w.session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    open_tokens = update(Token).where(Token.account_id == account_id, Token.revoked_at.is_(None))
    w.session.execute(open_tokens.values(revoked_at=w.now), execution_options={"synchronize_session": False})
    w.session.execute(delete(FeedKey).where(FeedKey.account_id == account_id))
    _pause_webhooks(w, account_id)
    w.session.flush()
    w.record("account.closed", ("account", account_id), {"active": True}, {"active": False})


def _pause_webhooks(w: Work, account_id: str) -> None:
    why = "The account of its owner was closed."
    for hook in w.session.scalars(
        select(Webhook).where(Webhook.account_id == account_id, Webhook.state == ACTIVE)
    ):
        hook.state, hook.reason = PAUSED, why
        hook.version += 1
        w.record("webhook.paused", ("webhook", hook.id), {"state": ACTIVE}, {"state": PAUSED, "reason": why})


def shown(account: Account) -> dict[str, Any]:
    """What history keeps of an account."""
    return {key: getattr(account, key) for key in ("email", "name", "role", "partner", "demo")}


def _enter(w: Work, draft: dict[str, Any], *, demo: bool) -> Account:
    account = Account(
        id=new_id(),
        email=draft["email"],
        name=draft["name"] or draft["email"].split("@")[0],
        role=draft["role"],
        partner=draft["partner"],
        password_hash=passwords.hashed(draft["password"]) if draft["password"] else None,
        active=True,
        failures=0,
        locked_until=None,
        demo=demo,
        created_at=w.now,
        signed_in_at=None,
        version=1,
    )
    w.session.add(account)
    w.session.flush()
    w.record("account.created", ("account", account.id), None, shown(account))
    if account.role == FOCAL_POINT:
        focal_points.of_account(w, account)
    return account


def claim(w: Work, email: str, password: str) -> Claim:
    """Look a password up, in the same time whether or not the address has an account. Changes nothing.

    Apart from `sign_in`, so that the slow hash isn't computed while a transaction keeps others from writing.
    """
    account = known.by_email(w.session, email)
    stored = account.password_hash if account and account.active else None
    return Claim(account.id if account else None, stored, passwords.right(password, stored))


def sign_in(w: Work, claimed: Claim, at_most: int) -> Account | None:
    """The account when the claim holds; None when it doesn't, and the failure is counted.

    After `at_most` failures the account is locked for 15 minutes, the right password included.
    """
    query = select(Account).where(Account.id == claimed.account_id).with_for_update()
    account = (
        w.session.scalar(query.execution_options(populate_existing=True)) if claimed.account_id else None
    )
    if account is None or (account.locked_until and account.locked_until > w.now):
        return None
    if claimed.right and account.active and account.password_hash == claimed.stored:
        account.failures, account.locked_until = 0, None
        w.record("account.signed_in", ("account", account.id), None, {"by": "password"})
        return account
    account.failures += 1
    if account.failures >= at_most:
        account.failures, account.locked_until = 0, w.now + LOCKED_FOR
        w.record("account.locked", ("account", account.id), None, {"until": account.locked_until.isoformat()})
    w.session.flush()
    return None


def open_session(w: Work, account: Account, hours: int, instead_of: str | None = None) -> str:
    """Begin a session of `hours` in place of the one the browser held, so that a planted one is worth nothing.

    Answers the token for the browser, of which only the hash is stored.
    """
    close_session(w, instead_of)
    account.signed_in_at = w.now
    token = secrets.token_urlsafe(32)
    w.session.execute(delete(SignIn).where(SignIn.expires_at <= w.now))
    row = SignIn(
        token_hash=digest(token),
        account_id=account.id,
        created_at=w.now,
        expires_at=w.now + timedelta(hours=hours),
    )
    w.session.add(row)
    w.session.flush()
    return token


def close_session(w: Work, token: str | None) -> None:
    """End the session of this token; nothing happens where there is none."""
    if token:
        w.session.execute(delete(SignIn).where(SignIn.token_hash == digest(token)))


def actor_of_session(session: Session, token: str, now: datetime | None = None) -> Actor | None:
    """Who holds this session at this moment; None when it is over."""
    found = known.of_session(session, digest(token), now or datetime.now(UTC))
    return actor_of(found[0], ended=found[1]) if found else None


def actor_at(w: Work, account: Account) -> Actor:
    """The account as somebody who acts at this moment."""
    return actor_of(account, ended=known.ended(w.session, account.id, w.today))


def actor_of(account: Account, scopes: frozenset[str] | None = None, *, ended: bool = False) -> Actor:
    """The account as somebody who acts, with these scopes as far as its role allows them.

    A focal point whose person is `ended` reads as a viewer does and writes nothing: see docs/decisions.
    """
    viewing = ended and account.role == FOCAL_POINT
    role = VIEWER if viewing else account.role
    allowed = SCOPES_BY_ROLE[role]
    return Actor(
        role=role,
        partner=None if viewing else account.partner,
        account=account.id,
        label=account.name,
        scopes=allowed if scopes is None else allowed & scopes,
    )


def create_link(w: Work, account: Account) -> str:
    """A token for /sign-in/link/<token>: works once, within 12 hours, for demonstration accounts only."""
    if not account.demo:
        raise Forbidden("Links sign in demonstration accounts only.")
    token = secrets.token_urlsafe(32)
    w.session.execute(delete(SignInLink).where(SignInLink.expires_at <= w.now))
    expires = w.now + timedelta(hours=LINK_HOURS)
    w.session.add(SignInLink(token_hash=digest(token), account_id=account.id, expires_at=expires))
    w.session.flush()
    return token


def use_link(w: Work, token: str) -> Account | None:
    """Whom the link signs in, once; None for a link that was used, is over or never was."""
    used = delete(SignInLink).where(SignInLink.token_hash == digest(token), SignInLink.expires_at > w.now)
    account_id = w.session.scalar(used.returning(SignInLink.account_id))
    account = known.by_id(w.session, account_id) if account_id else None
    if account is None or not (account.active and account.demo):
        return None
    w.record("account.signed_in", ("account", account.id), None, {"by": "link"})
    return account


def digest(token: str) -> str:
    """What is stored of a random token: SHA-256 is enough where nothing can be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


DEMONSTRATION = (
    ("viewer", "Vera Viewer", "viewer", None),
    ("unodc", "Uma Focal Point", FOCAL_POINT, "UNODC"),
    ("norway", "Nils Focal Point", FOCAL_POINT, "NO"),
    ("coordinator", "Cora Coordinator", "coordinator", None),
    ("administrator", "Adam Administrator", ADMINISTRATOR, None),
)


def ensure_demo(w: Work) -> list[Account]:
    """One account for each role and a second focal point, without passwords; those that are there stay.

    Not for production: whoever calls this looks at the settings. Raises Invalid where no partners are seeded.
    """
    made = []
    for local, name, role, partner in DEMONSTRATION:
        email = f"{local}@demo.adam.example"
        draft = {"email": email, "name": name, "role": role, "partner": partner, "password": None}
        if partner and partner not in w.vocabulary.partners:
            raise Invalid(
                [Problem("#/partner", "unknown_partner", f"Seed the partners first: {partner} isn't there.")]
            )
        account = known.by_email(w.session, email) or _enter(w, draft, demo=True)
        if role == FOCAL_POINT and account.partner:
            focal_points.of_account(w, account)
        made.append(account)
    return made
