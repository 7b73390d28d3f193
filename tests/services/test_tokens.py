"""Tokens: what they carry, how they are recognised, and when they are over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER, Actor
from adam.errors import Forbidden, Invalid, NotFound
from adam.models.accounts import Token
from adam.models.history import HistoryEntry
from adam.models.messages import Message
from adam.services import account_moves, accounts, focal_points, tokens
from adam.services.work import Work
from tests.conftest import NOW

Works = Callable[..., Work]


def draft(**changes):
    usual = {"email": "ana@test.example", "name": "Ana", "role": VIEWER, "partner": None, "password": None}
    return usual | changes


def made(w, scopes, email="ana@test.example"):
    """The text of a new token for 30 days."""
    return tokens.create(w, {"email": email, "scopes": scopes, "days": 30})[1]


def test_a_token_carries_what_the_role_allows(work: Works, session: Session):
    w = work()
    accounts.create(w, draft(role=FOCAL_POINT, partner="NO"))

    whole = tokens.actor_of_token(session, made(w, []), NOW)
    reading = tokens.actor_of_token(session, made(w, ["read"]), NOW)

    assert whole is not None and whole.scopes == {"read", "submit"}
    assert reading is not None and reading.scopes == {"read"}


def test_a_token_loses_what_the_role_loses(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft(role=COORDINATOR))
    token = made(w, ["read", "coordinate"], account.email)

    account.role = VIEWER
    session.flush()

    actor = tokens.actor_of_token(session, token, NOW)
    assert actor is not None and actor.scopes == {"read"}


def test_a_token_cannot_carry_more_than_the_role(work: Works):
    w = work()
    accounts.create(w, draft())

    with pytest.raises(Invalid):
        made(w, ["admin"])


def test_nobody_makes_a_token_for_somebody_else(work: Works):
    accounts.create(work(), draft())

    with pytest.raises(Forbidden):
        made(work(Actor(role=VIEWER, account="another")), [])


def test_a_token_ends_on_its_day_or_when_it_is_revoked(work: Works, session: Session):
    w = work()
    accounts.create(w, draft())
    token = made(w, [])

    before = tokens.actor_of_token(session, token, NOW + timedelta(days=29))
    after = tokens.actor_of_token(session, token, NOW + timedelta(days=30))
    session.scalars(select(Token)).one().revoked_at = NOW
    session.flush()

    assert before is not None
    assert after is None
    assert tokens.actor_of_token(session, token, NOW) is None


def test_a_token_can_be_told_from_anything_else():
    token = tokens.fresh()

    wrong = token[:20] + ("a" if token[20] != "a" else "b") + token[21:]

    assert token.startswith("adam_") and len(token) == 47 and tokens.sound(token)
    assert not tokens.sound(wrong) and not tokens.sound(token[:-1]) and not tokens.sound("adam_")


def test_history_and_table_hold_no_token(work: Works, session: Session):
    w = work()
    accounts.create(w, draft())
    token = made(w, [])
    w.finish()

    row = session.scalars(select(Token)).one()
    entry = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "token.created")).one()

    assert row.beginning == token[:12] and token not in str(vars(row))
    assert token not in str(entry.after) and row.token_hash not in str(entry.after)


@pytest.mark.parametrize("email", ["bo@test.example", "nobody@test.example"])
def test_who_makes_tokens_for_itself_alone_learns_of_no_address_whether_it_is_known(work: Works, email: str):
    account = accounts.create(work(), draft())
    accounts.create(work(), draft(email="bo@test.example"))

    with pytest.raises(Forbidden) as refused:
        tokens.create(work(Actor(VIEWER, None, account.id)), {"email": email, "scopes": []})

    assert email not in str(refused.value)


def test_an_administrator_is_told_that_an_address_is_unknown(work: Works):
    with pytest.raises(Invalid) as refused:
        made(work(), [])

    assert [(one.pointer, one.code) for one in refused.value.problems] == [("#/email", "unknown_account")]


def test_one_makes_no_token_with_more_than_one_has(work: Works):
    account = accounts.create(work(), draft(role=FOCAL_POINT, partner="NO"))
    reading = Actor(FOCAL_POINT, "NO", account.id, scopes=frozenset({"read"}))

    with pytest.raises(Invalid):
        tokens.create(work(reading), {"scopes": ["submit"]})
    token, _plain = tokens.create(work(reading), {"scopes": []})

    assert token.scopes == ["read"]


def test_a_token_makes_none_that_outlives_it(work: Works, session: Session):
    account = accounts.create(work(), draft(role=FOCAL_POINT, partner="NO"))
    first, _ = tokens.create(work(), {"email": account.email, "scopes": [], "days": 30})
    program = replace(accounts.actor_of(account), token=first.id)

    endless, short = (tokens.create(work(program), {"scopes": [], "days": days})[0] for days in (None, 1))

    assert endless.expires_at == first.expires_at == NOW + timedelta(days=30)
    assert short.expires_at == NOW + timedelta(days=1)


def test_an_administrators_token_makes_tokens_for_others_with_that_scope_alone(work: Works):
    accounts.create(work(), draft(role=COORDINATOR))
    chief = accounts.create(work(), draft(email="chief@test.example", role=ADMINISTRATOR))
    reading = accounts.actor_of(chief, frozenset({"read"}))

    with pytest.raises(Forbidden):
        made(work(reading), ["coordinate"])


def test_whoever_gets_a_token_made_is_told(work: Works, session: Session):
    accounts.create(work(), draft(role=COORDINATOR))
    chief = accounts.create(work(), draft(email="chief@test.example", role=ADMINISTRATOR))

    made(work(accounts.actor_of(chief)), ["read"])

    assert [row.kind for row in session.scalars(select(Message))] == ["token_made"]


def test_focal_points_revoke_their_partners_tokens_and_nobody_elses(work: Works):
    w = work()
    for name, partner in (("ana", "NO"), ("bo", "NO"), ("cy", "FR")):
        accounts.create(w, draft(email=f"{name}@test.example", role=FOCAL_POINT, partner=partner))
    mine, _ = tokens.create(w, {"email": "ana@test.example", "scopes": []})
    other, _ = tokens.create(w, {"email": "cy@test.example", "scopes": []})
    bo = Actor(FOCAL_POINT, "NO", "bo")

    tokens.revoke(work(bo), mine.id)

    assert mine.revoked_at == NOW
    with pytest.raises(NotFound):
        tokens.revoke(work(bo), other.id)


def test_an_ended_focal_point_reads_and_writes_nothing(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft(role=FOCAL_POINT, partner="NO"))
    token, person = made(w, []), focal_points.of_account(w, account)

    focal_points.end(w, person.id, (NOW + timedelta(days=1)).date())

    before, after = (tokens.actor_of_token(session, token, NOW + timedelta(days=day)) for day in (0, 1))
    assert before.writes_for == "NO" and before.scopes == {"read", "submit"}
    assert (after.role, after.writes_for, after.scopes) == (VIEWER, None, {"read"})


def test_a_suspended_accounts_tokens_stay_revoked(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft())
    token = made(w, [])

    account_moves.suspend(w, account.id)
    suspended = tokens.actor_of_token(session, token, NOW)
    account_moves.reactivate(w, account.id)

    assert suspended is None and tokens.actor_of_token(session, token, NOW) is None
    assert tokens.actor_of_token(session, made(w, []), NOW) is not None


def test_the_last_use_is_written_down_now_and_then(work: Works, sessions, session: Session):
    w = work()
    accounts.create(w, draft())
    token = made(w, [])
    tokens.keep_uses(sessions)

    tokens.actor_of_token(session, token, NOW)
    first = tokens.keep_uses(sessions)
    session.expire_all()
    tokens.actor_of_token(session, token, NOW + timedelta(seconds=30))
    again = tokens.keep_uses(sessions)

    assert (first, again) == (1, 0)
    assert session.scalars(select(Token)).one().used_at == NOW
