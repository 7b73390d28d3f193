"""Accounts and tokens by the API: who may do what, preconditions, and that a revoked token is over at once."""

from __future__ import annotations

from tests.api.builders import codes


def test_an_administrator_looks_after_accounts(visit):
    chief = visit("administrator")

    made = chief.api("POST", "/accounts", json={"email": "bot@test.example", "role": "viewer"})
    place = made.headers["Location"].removeprefix("/api/v1")
    tag = {"If-Match": made.headers["ETag"]}
    moved = chief.api("PATCH", place, tag, json={"role": "focal_point"})
    done = chief.api("PATCH", place, tag, json={"role": "focal_point", "partner": "NO"})
    suspended = chief.api("POST", f"{place}/suspend", {"If-Match": done.headers["ETag"]})

    assert made.status_code == 201 and made.get_json()["has_password"] is False
    assert (moved.status_code, codes(moved)) == (422, {("#/partner", "partner_required")})
    assert (done.get_json()["partner"], suspended.get_json()["state"]) == ("NO", "suspended")
    assert chief.api("PATCH", place, json={"name": "x"}).status_code == 428
    listed = chief.api("GET", "/accounts?state=suspended&total=true").get_json()
    assert (listed["total"], listed["items"][0]["email"]) == (1, "bot@test.example")


def test_the_last_administrator_stays_and_nobody_shuts_themselves_out(visit):
    first = visit("administrator")
    own = f"/accounts/{first.account.id}"

    alone = first.api("POST", f"{own}/suspend", {"If-Match": "*"})
    second = visit("administrator")
    taken = second.api("PATCH", own, {"If-Match": "*"}, json={"role": "viewer"})
    last = second.api("POST", f"/accounts/{second.account.id}/suspend", {"If-Match": "*"})

    assert (alone.status_code, taken.status_code, last.status_code) == (409, 200, 409)
    assert alone.get_json()["code"] == "own_account"


def test_accounts_are_for_administrators(visit):
    for role, partner in (("viewer", None), ("focal_point", "NO"), ("coordinator", None)):
        who = visit(role, partner)

        assert who.api("GET", "/accounts").status_code == 403
        assert who.api("POST", "/accounts", json={}).status_code == 403


def test_a_token_is_made_used_and_revoked(visit, client):
    norway = visit("focal_point", "NO")

    made = norway.api("POST", "/tokens", json={"name": "Nightly", "scopes": ["read"], "days": 30})
    bearer = {"Authorization": f"Bearer {made.get_json()['token']}"}
    place = made.headers["Location"].removeprefix("/api/v1")
    before = client.get("/api/v1/submissions", headers=bearer)
    writing = client.post("/api/v1/submissions/check", headers=bearer, json={})
    more = client.post("/api/v1/tokens", headers=bearer, json={"scopes": ["submit"]})
    gone = norway.api("DELETE", place, {"If-Match": made.headers["ETag"]})
    after = client.get("/api/v1/submissions", headers=bearer)

    assert (made.status_code, before.status_code, writing.status_code) == (201, 200, 403)
    assert (more.status_code, gone.status_code, after.status_code) == (403, 204, 401)
    assert "token" not in norway.api("GET", place).get_json()


def test_tokens_of_others_are_not_there(visit):
    norway, france, chief = visit("focal_point", "NO"), visit("focal_point", "FR"), visit("administrator")

    place = norway.api("POST", "/tokens", json={}).headers["Location"].removeprefix("/api/v1")
    forbidden = norway.api("POST", "/tokens", json={"email": france.account.email})
    for_another = chief.api("POST", "/tokens", json={"email": norway.account.email, "scopes": ["submit"]})

    assert france.api("GET", place).status_code == 404
    assert france.api("DELETE", place, {"If-Match": "*"}).status_code == 404
    assert (forbidden.status_code, for_another.status_code) == (403, 201)
    assert france.api("GET", "/tokens?total=true").get_json()["total"] == 1
