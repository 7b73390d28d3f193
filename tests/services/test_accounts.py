"""Accounts, sessions, tokens and links: who gets in, how often, for how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import COORDINATOR, FOCAL_POINT, ROLES, VIEWER, Actor
from adam.errors import Conflict, Forbidden, Invalid
from adam.models.accounts import Account, SignIn, SignInLink
from adam.services import accounts, passwords
from adam.services.work import Work
from tests.conftest import NOW

PASSWORD = "correct horse battery staple"
AT_MOST = 3
Works = Callable[..., Work]


def draft(**differences: Any) -> dict[str, Any]:
    """An AccountSchema draft of a viewer with a password."""
    usual = {
        "email": "ana@test.example",
        "name": "Ana",
        "role": VIEWER,
        "partner": None,
        "password": PASSWORD,
    }
    return usual | differences


def attempt(w: Work, password: str, email: str = "ana@test.example") -> Account | None:
    """One attempt to sign in."""
    return accounts.sign_in(w, accounts.claim(w, email, password), AT_MOST)


def demonstration(w: Work) -> Account:
    """One of the accounts to try things with."""
    return accounts.ensure_demo(w)[0]


def test_a_focal_point_acts_for_a_partner_that_exists(work: Works):
    w = work()

    with pytest.raises(Invalid) as refused:
        accounts.create(w, draft(role=FOCAL_POINT, partner="ATLANTIS"))

    assert [problem.pointer for problem in refused.value.problems] == ["#/partner"]


def test_an_address_has_one_account(work: Works):
    w = work()
    accounts.create(w, draft(password=None))

    with pytest.raises(Conflict):
        accounts.create(w, draft(password=None, role=COORDINATOR))


@pytest.mark.parametrize("role", [None, VIEWER, FOCAL_POINT, COORDINATOR])
def test_only_administrators_make_accounts(work: Works, role: str | None):
    w = work(Actor(role=role))

    with pytest.raises(Forbidden):
        accounts.create(w, draft())


def test_history_keeps_no_password(work: Works):
    w = work()

    accounts.create(w, draft())

    (change,) = w.changes
    assert change.action == "account.created"
    assert not {"password", "password_hash"} & (change.after or {}).keys()


def test_the_right_password_signs_in_whatever_letters_of_the_address_are_large(work: Works):
    w = work()
    made = accounts.create(w, draft())

    signed_in = attempt(w, PASSWORD, "Ana@Test.Example")

    assert signed_in is made


@pytest.mark.parametrize("email", ["ana@test.example", "nobody@test.example", "ana@test.example\x00", ""])
def test_a_wrong_password_or_address_signs_nobody_in(work: Works, email: str):
    w = work()
    accounts.create(w, draft())

    assert attempt(w, "a wrong password", email) is None


def test_an_unknown_address_costs_the_same_work(work: Works, monkeypatch: pytest.MonkeyPatch):
    w = work()
    verified: list[str] = []

    class Counting:
        hash = staticmethod(passwords._hasher.hash)

        def verify(self, stored: str, password: str) -> bool:
            verified.append(password)
            return passwords.PasswordHasher().verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    attempt(w, PASSWORD, "nobody@test.example")

    assert verified == [PASSWORD]


def test_an_account_without_a_password_is_not_opened_by_the_password_of_nobody(work: Works):
    w = work()
    accounts.create(w, draft(password=None))

    assert attempt(w, "nobody has this password") is None


def test_after_too_many_wrong_passwords_the_right_one_waits_15_minutes(work: Works):
    accounts.create(work(), draft())
    for _ in range(AT_MOST):
        attempt(work(), "a wrong password")

    at_once = attempt(work(), PASSWORD)
    shortly_before = attempt(work(now=NOW + timedelta(minutes=14, seconds=59)), PASSWORD)
    later = attempt(work(now=NOW + timedelta(minutes=15)), PASSWORD)

    assert (at_once, shortly_before) == (None, None)
    assert later is not None


def test_the_right_password_forgets_the_wrong_ones(work: Works):
    w = work()
    account = accounts.create(w, draft())
    attempt(w, "a wrong password")

    attempt(w, PASSWORD)

    assert account.failures == 0


def test_a_password_that_changed_since_it_was_checked_signs_nobody_in(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft())
    claimed = accounts.claim(w, account.email, PASSWORD)
    account.password_hash = passwords.hashed("another password now")
    session.flush()

    assert accounts.sign_in(w, claimed, AT_MOST) is None


def test_a_session_is_known_by_its_token_of_which_only_the_hash_is_stored(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft(role=FOCAL_POINT, partner="NO"))

    token = accounts.open_session(w, account, 12)

    actor = accounts.actor_of_session(session, token, NOW)
    assert actor is not None
    assert (actor.role, actor.partner, actor.account) == (FOCAL_POINT, "NO", account.id)
    assert token not in session.scalars(select(SignIn.token_hash)).all()


def test_a_session_ends_after_its_hours(work: Works, session: Session):
    w = work()
    token = accounts.open_session(w, accounts.create(w, draft()), 12)

    assert accounts.actor_of_session(session, token, NOW + timedelta(hours=11, minutes=59))
    assert accounts.actor_of_session(session, token, NOW + timedelta(hours=12)) is None


def test_a_session_ends_when_it_is_closed_or_its_account_is(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft())
    closed, kept = accounts.open_session(w, account, 12), accounts.open_session(w, account, 12)

    accounts.close_session(w, closed)
    known = [accounts.actor_of_session(session, token, NOW) is not None for token in (closed, kept)]
    account.active = False
    session.flush()

    assert known == [False, True]
    assert accounts.actor_of_session(session, kept, NOW) is None


def test_signing_in_ends_the_session_that_the_browser_held(work: Works, session: Session):
    w = work()
    account = accounts.create(w, draft())
    planted = accounts.open_session(w, account, 12)

    accounts.open_session(w, account, 12, planted)

    assert accounts.actor_of_session(session, planted, NOW) is None


def test_a_link_signs_in_once(work: Works):
    w = work()
    account = demonstration(w)
    link = accounts.create_link(w, account)

    first, second = accounts.use_link(w, link), accounts.use_link(w, link)

    assert first is account
    assert second is None


def test_a_link_ends_after_12_hours(work: Works, session: Session):
    w = work()
    link = accounts.create_link(w, demonstration(w))

    used = accounts.use_link(work(now=NOW + timedelta(hours=12)), link)

    assert used is None
    assert link not in session.scalars(select(SignInLink.token_hash)).all()


def test_links_are_for_demonstration_accounts_only(work: Works):
    w = work()
    account = accounts.create(w, draft())

    with pytest.raises(Forbidden):
        accounts.create_link(w, account)


def test_there_is_one_demonstration_account_for_each_role_and_a_second_focal_point(work: Works):
    w = work()

    made = accounts.ensure_demo(w)
    again = accounts.ensure_demo(w)

    assert {account.role for account in made} == set(ROLES)
    assert {account.partner for account in made if account.role == FOCAL_POINT} == {"UNODC", "NO"}
    assert all(account.demo and account.password_hash is None for account in made)
    assert [account.id for account in again] == [account.id for account in made]
