"""Accounts and tokens on their pages: made, changed, suspended, shown once."""

from __future__ import annotations

import re

from sqlalchemy import select

from adam.models.accounts import Account, Token

TOKEN = re.compile(r"adam_[0-9A-Za-z]{42}")


def test_an_administrator_makes_an_account_and_its_owner_chooses_a_password(visit, app, session):
    chief = visit("administrator")

    made = chief.submit(
        "/accounts/new", {"email": "new@test.example", "name": "New", "role": "coordinator", "partner": ""}
    )
    key = session.scalar(select(Account.id).where(Account.email == "new@test.example"))
    page = chief.get(f"/accounts/{key}")

    assert (made.status_code, made.location) == (303, f"/accounts/{key}")
    assert "not chosen; the link is good until" in page.text
    assert "new@test.example" in chief.get("/accounts?role=coordinator&q=new@").text
    assert chief.submit("/accounts/new", {"email": "new@test.example", "role": "viewer"}).status_code == 409


def test_an_account_is_suspended_with_all_its_ways_in(visit, session):
    chief, norway = visit("administrator"), visit("focal_point", "NO")
    place = f"/accounts/{norway.account.id}"

    refused = visit("coordinator").submit(f"{place}/suspend", {"version": "1"})
    stale = chief.submit(f"{place}/suspend", {"version": "7"})
    done = chief.submit(f"{place}/suspend", {"version": "1"})

    assert (refused.status_code, stale.status_code, done.status_code) == (403, 409, 303)
    assert norway.api("GET", "/projects").status_code == 401
    assert norway.get("/desk").location.startswith("/sign-in")


def test_the_text_of_a_token_is_shown_once(visit, session):
    norway = visit("focal_point", "NO")

    made = norway.submit("/tokens", {"name": "Nightly", "scopes": ["read", "submit"], "days": "90"})
    again = norway.get("/tokens")
    bad = norway.submit("/tokens", {"name": "Nightly", "scopes": ["admin"], "days": "90"})

    [text] = TOKEN.findall(made.text)
    assert made.headers["Cache-Control"] == "no-store" and not TOKEN.findall(again.text)
    assert text[:12] in again.text and "Nightly" in again.text
    assert bad.status_code == 422 and "read, submit" in bad.text


def test_a_token_is_revoked_on_its_page_by_whoever_looks_after_it(visit, session):
    norway, colleague, france = (visit("focal_point", code) for code in ("NO", "NO", "FR"))
    key = session.scalar(select(Token.id).where(Token.account_id == norway.account.id))

    others = france.submit(f"/tokens/{key}/revoke", {})
    done = colleague.submit(f"/tokens/{key}/revoke", {})

    assert (others.status_code, done.status_code) == (404, 303)
    assert norway.api("GET", "/projects").status_code == 401
