"""Errors speak the language of who asked: problem+json to programs, a page to people."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.http import guards

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}


@pytest.fixture
def app(fresh_app: Flask) -> Flask:
    """An application that views may be added to."""
    return fresh_app


def raising(app: Flask, error: Exception) -> FlaskClient:
    """A client of the application with two views that raise."""

    def view() -> Any:
        raise error

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    for path in ("/t/fails", "/api/v1/t/fails"):
        app.add_url_rule(path, path.replace("/", "_"), guards.anyone(lambda: view()))
    return app.test_client()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("a secret"), 404),
        (Forbidden("Not yours."), 403),
        (Conflict("Too late."), 409),
        (Stale(), 412),
        (Invalid([Problem("#/title", "required", "This answer is needed.")]), 422),
        (TooManyRequests(), 429),
        (OperationalError("select a_secret", {}, Exception("locked")), 503),
        (ValueError("a secret"), 500),
        (RecursionError("a secret"), 500),
    ],
)
def test_every_error_has_its_status_in_both_faces_and_tells_no_secret(
    app: Flask, error: Exception, status: int
):
    client = raising(app, error)

    page, document = client.get("/t/fails"), client.get("/api/v1/t/fails")

    assert (page.status_code, document.status_code) == (status, status)
    assert page.mimetype == "text/html"
    assert document.mimetype == "application/problem+json"
    assert document.json is not None and document.json.keys() == MEMBERS
    assert "secret" not in page.text + document.text


def test_all_problems_come_at_once_with_their_places(app: Flask):
    problems = [Problem("#/title", "required", "Needed."), Problem("#/end", "date", "No day.", row=7)]
    client = raising(app, Invalid(problems))

    answer = client.get("/api/v1/t/fails").json

    assert answer is not None
    assert answer["errors"] == [
        {"pointer": "#/title", "code": "required", "detail": "Needed."},
        {"pointer": "#/end", "code": "date", "detail": "No day.", "row": 7},
    ]


def test_hostile_names_in_a_problem_do_not_break_the_answer(app: Flask):
    client = raising(app, Invalid([Problem("#/\ud800", "unknown_field", "\ud800 is not known.")]))

    assert client.get("/api/v1/t/fails").status_code == 422


def test_busy_answers_say_when_to_come_back(app: Flask):
    client = raising(app, OperationalError("select", {}, Exception("locked")))

    assert int(client.get("/t/fails").headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/nothing", "/api/v2/projects"])
def test_unknown_addresses_of_the_api_answer_in_json(client: FlaskClient, path: str):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None and answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_a_wrong_method_names_the_right_ones(client: FlaskClient):
    answer = client.delete("/healthz")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_pages_of_errors_have_the_frame_of_every_page(client: FlaskClient):
    answer = client.get("/nothing-here")

    assert answer.status_code == 404
    assert 'id="main"' in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
