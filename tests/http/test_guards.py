"""Nobody gets past a guard: by cookie, by token, by an address that forgot its guard."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from adam.domain.actors import COORDINATOR, FOCAL_POINT, VIEWER
from adam.http import guards
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    """The application with a few views more."""
    app = fresh_app

    def here() -> str:
        return "here"

    for path, guard in {
        "/t/unguarded": lambda view: view,
        "/t/anyone": guards.anyone,
        "/t/signed-in": guards.signed_in,
        "/t/coordinators": guards.role(COORDINATOR),
        "/api/v1/t/submit": guards.scope("submit"),
        "/api/v1/t/public": guards.scope_if_signed_in("read"),
    }.items():
        app.add_url_rule(path, path.replace("/", "_"), guard(lambda: here()), methods=["GET", "POST"])
    return app


def test_a_view_without_a_guard_answers_nobody(visit: Visit):
    coordinator = visit(COORDINATOR)

    assert coordinator.get("/t/unguarded").status_code == 404


def test_a_page_for_accounts_sends_strangers_to_sign_in_and_back(client: FlaskClient):
    answer = client.get("/t/signed-in?a=1&b=x%20y")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/t/signed-in%3Fa%3D1%26b%3Dx%2520y"


def test_a_page_of_another_role_is_refused(visit: Visit):
    assert visit(VIEWER).get("/t/coordinators").status_code == 403
    assert visit(COORDINATOR).get("/t/coordinators").text == "here"


def test_the_api_takes_no_cookie(visit: Visit):
    focal_point = visit(FOCAL_POINT, "NO")

    answer = focal_point.get("/api/v1/t/submit")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_web_takes_no_token(app: Flask, visit: Visit):
    token = visit(COORDINATOR).token

    answer = app.test_client().get("/t/signed-in", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 303


def test_a_token_needs_the_scope(visit: Visit):
    assert visit(FOCAL_POINT, "NO").api("POST", "/t/submit").text == "here"
    assert visit(VIEWER).api("POST", "/t/submit").status_code == 403


@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer", "Basic YTpi", "", "Bearer " + "x" * 5000, "Bearer é"]
)
def test_a_token_that_is_not_known_is_refused_even_where_none_is_needed(client: FlaskClient, header: str):
    answer = client.get("/api/v1/t/public", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_what_is_public_needs_no_token(client: FlaskClient):
    assert client.get("/api/v1/t/public").text == "here"


def test_a_token_without_the_scope_is_told_which_one_it_needs(visit: Visit):
    answer = visit(VIEWER).api("POST", "/t/submit")

    assert answer.status_code == 403
    assert "scope submit" in answer.get_json()["detail"]
