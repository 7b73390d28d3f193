"""What every answer carries, and who may keep a copy of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from adam.app import create_app
from adam.settings import Settings
from tests.databases import Database
from tests.visitors import Visitor


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/api/v1/nothing", "/healthz", "/static/adam.css"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str):
    with client.get(path) as answer:
        headers = answer.headers

    assert headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'self'; script-src 'self'"
    )
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_production_insists_on_encryption(
    settings: Settings, database: Database, sessions: sessionmaker[Session]
):
    app = create_app(replace(settings, env="production"), engine=database.engine, sessions=sessions)

    headers = app.test_client().get("/healthz").headers

    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_nobody_keeps_the_pages_of_an_account(visit: Callable[..., Visitor], client: FlaskClient):
    mine, anybodys = visit().get("/preferences"), client.get("/preferences")

    assert mine.headers["Cache-Control"] == "no-store"
    assert anybodys.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in mine.headers["Vary"]


def test_every_request_has_a_number_of_its_own(client: FlaskClient):
    numbers = {client.get("/healthz").headers["X-Request-ID"] for _ in range(3)}

    assert len(numbers) == 3
