"""When the database is away, people and watchdogs hear it in words and soon."""

import pytest
from flask.testing import FlaskClient

from adam.app import create_app
from adam.settings import load

NOBODY = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def client() -> FlaskClient:
    """A browser at an application whose database doesn't answer."""
    return create_app(load({}, env="testing", database_url=NOBODY)).test_client()


def test_a_page_says_that_it_is_busy_in_the_frame_of_every_page(client: FlaskClient):
    client.set_cookie("adam_session", "any")

    answer = client.get("/sign-in")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert 'id="main"' in answer.text
    assert "nobody" not in answer.text


def test_a_program_gets_a_problem_and_a_time_to_come_back(client: FlaskClient):
    answer = client.get("/api/v1/projects", headers={"Authorization": "Bearer any"})

    assert answer.status_code == 503
    assert answer.json is not None and answer.json["code"] == "database_unavailable"


def test_the_process_lives_but_is_not_ready(client: FlaskClient):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
