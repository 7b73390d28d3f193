"""Bearer tokens of the API: shown once, recognised by their beginning, revoked at once, over with their account."""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from zlib import crc32

from sqlalchemy import or_, update
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ADMINISTRATOR, ROLE_NAMES, SCOPES_BY_ROLE, Actor
from adam.errors import Forbidden, Invalid, Problem, Stale
from adam.models import new_id
from adam.models.accounts import Account, Token
from adam.queries import accounts as known
from adam.queries import tokens as questions
from adam.queries.prepared import Asked
from adam.services import accounts, messages
from adam.services.work import Work

PREFIX = "adam_"
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM, CHECK, SHOWN = 36, 6, 12
FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{RANDOM + CHECK}}}")
NOTED_EVERY = timedelta(minutes=1)
_uses: dict[str, datetime] = {}
_lock = Lock()


def create(w: Work, draft: dict[str, Any]) -> tuple[Token, str]:
    """Make a token from a TokenSchema draft; answers it with its text, which is there this once: only a hash is kept.

    Without an address it is for whoever acts; no scopes means all that role and maker have. One that a token makes ends
    with that token at the latest. Raises Forbidden for somebody else's, or nobody's, address unless an
    administrator acts with that scope, Invalid for an unknown address and for a scope beyond the role.
    """
    account = _account(w, draft.get("email"))
    own = w.actor.account == account.id
    allowed = SCOPES_BY_ROLE[account.role] & (w.actor.scopes if own else SCOPES_BY_ROLE[account.role])
    plain = fresh()
    token = Token(
        id=new_id(),
        token_hash=accounts.digest(plain),
        account_id=account.id,
        name=draft.get("name"),
        beginning=plain[:SHOWN],
        scopes=_scopes(account.role, draft["scopes"], allowed),
        created_by=w.actor.label,
        created_at=w.now,
        expires_at=_end(w, draft.get("days")),
        revoked_at=None,
        used_at=None,
    )
    w.session.add(token)
    w.session.flush()
    w.record("token.created", ("token", token.id), None, _kept(token))
    if not (own or w.actor.system):
        said = {"by": w.actor.label, "title": token.name or token.beginning}
        messages.tell(w, account.id, "token_made", ("token", token.id), **said)
    return token, plain


def _account(w: Work, email: str | None) -> Account:
    """Whose token it becomes; whoever may not make one for others doesn't learn which addresses there are."""
    account = known.by_email(w.session, email) if email else known.by_id(w.session, w.actor.account or "")
    manages = w.actor.system or (w.actor.role == ADMINISTRATOR and "admin" in w.actor.scopes)
    if not manages and (account is None or account.id != w.actor.account):
        raise Forbidden("Tokens are made for one's own account.")
    if account is None or not account.active:
        detail = f"No account in use has the address {email}: look it up among the accounts."
        raise Invalid([Problem("#/email", "unknown_account", detail)])
    return account


def _end(w: Work, days: int | None) -> datetime | None:
    """After so many days, and not later than the token that makes it: whoever found one keeps nothing of it."""
    wanted = w.now + timedelta(days=days) if days else None
    maker = w.session.get(Token, w.actor.token) if w.actor.token else None
    ends = [at for at in (wanted, maker.expires_at if maker else None) if at]
    return min(ends, default=None)


def _scopes(role: str, wanted: list[str], allowed: frozenset[str]) -> list[str]:
    beyond = [scope for scope in wanted if scope not in allowed]
    if beyond or not allowed:
        may = ", ".join(sorted(allowed)) or "none"
        detail = f"The role {ROLE_NAMES[role].lower()} may have the scopes {may}; not {', '.join(beyond)}."
        raise Invalid([Problem("#/scopes", "scope", detail)])
    return sorted(set(wanted) or allowed)


def revoke(w: Work, token_id: str, version: int | None = None) -> Token:
    """Make a token worthless for every process, from the next request on; once more changes nothing.

    Raises NotFound for one that is not there for whoever acts, Stale where it was revoked meanwhile.
    """
    token = questions.one(w.session, w.actor, token_id)
    if version is not None and version != version_of(token):
        raise Stale()
    if token.revoked_at is None:
        before = _kept(token)
        token.revoked_at = w.now
        w.session.flush()
        w.record("token.revoked", ("token", token.id), before, _kept(token))
    return token


def version_of(token: Token) -> int:
    """1, and 2 once it was revoked: nothing else of a token changes."""
    return 1 if token.revoked_at is None else 2


def _kept(token: Token) -> dict[str, Any]:
    """What history keeps of a token: nothing that helps to guess it."""
    moments = {"until": token.expires_at, "revoked": token.revoked_at}
    return {
        "account": token.account_id,
        "name": token.name,
        "beginning": token.beginning,
        "scopes": list(token.scopes),
    } | {name: value.isoformat() if value else None for name, value in moments.items()}


def fresh() -> str:
    """A new token: adam_, 36 random letters and digits (214 bits), and six more that check them."""
    begun = PREFIX + "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
    return begun + _check(begun)


def sound(text: str) -> bool:
    """Whether this can be a token of the new form: what secret scanners ask, without asking us."""
    return FORM.fullmatch(text) is not None and secrets.compare_digest(_check(text[:-CHECK]), text[-CHECK:])


def _check(begun: str) -> str:
    """The CRC-32 of the text before, in six digits of base 62."""
    number, digits = crc32(begun.encode("ascii")), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(LETTERS))
        digits = LETTERS[digit] + digits
    return digits


def actor_of_token(asked: Asked, token: str, now: datetime | None = None) -> Actor | None:
    """Who holds this token, with its scopes as far as the role still allows them; None when it is over."""
    if token.startswith(PREFIX) and not sound(token):
        return None
    now = now or datetime.now(UTC)
    found = known.of_token(asked, accounts.digest(token), now)
    if found is None:
        return None
    if found.token_used_at is None or found.token_used_at + NOTED_EVERY <= now:
        with _lock:
            _uses[found.token_id] = now
    actor = accounts.actor_of(found, frozenset(found.token_scopes), ended=found.ended)
    return replace(actor, token=found.token_id)


def keep_uses(make: sessionmaker[Session]) -> int:
    """Write down when tokens were last used since this was last called in this process; answers how many."""
    with _lock:
        uses = dict(_uses)
        _uses.clear()
    if uses:
        with make() as session, session.begin():
            for token_id, at in sorted(uses.items()):
                later = or_(Token.used_at.is_(None), Token.used_at < at)
                session.execute(update(Token).where(Token.id == token_id, later).values(used_at=at))
    return len(uses)
