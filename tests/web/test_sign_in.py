"""Signing in and out as a browser does it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from adam.app import create_app
from adam.domain.actors import system
from adam.http.actors import COOKIE
from adam.services import accounts, rules
from adam.services.work import working
from adam.settings import Settings
from adam.web.paths import local
from tests.databases import Database
from tests.visitors import Visitor, form_token

PASSWORD = "correct horse battery staple"
EMAIL = "ana@test.example"


@pytest.fixture
def account(sessions: sessionmaker[Session]) -> accounts.Account:
    """Somebody with a password."""
    draft = {"email": EMAIL, "name": "Ana", "role": "viewer", "partner": None, "password": PASSWORD}
    with working(sessions, system(), rules.load()) as w:
        return accounts.create(w, draft)


@pytest.fixture
def link(sessions: sessionmaker[Session]) -> str:
    """The path of a sign-in link."""
    with working(sessions, system(), rules.load()) as w:
        return f"/sign-in/link/{accounts.create_link(w, accounts.ensure_demo(w)[0])}"


def send(client: FlaskClient, **answers: Any) -> TestResponse:
    """The sign-in form with the right answers unless told otherwise."""
    form = {"email": EMAIL, "password": PASSWORD, "csrf_token": form_token(client)} | answers
    return client.post("/sign-in", data=form)


def is_in(client: FlaskClient) -> bool:
    """Whether this browser is signed in: the sign-in page sends such people on."""
    return client.get("/sign-in").status_code == 303


def test_the_right_password_signs_in_with_a_cookie_that_scripts_cannot_read(
    client: FlaskClient, account: object
):
    answer = send(client)

    assert answer.status_code == 303
    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith(COOKIE)]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert is_in(client)


@pytest.mark.parametrize("answers", [{"password": "a wrong one"}, {"email": "nobody@test.example"}])
def test_the_page_does_not_say_which_answer_was_wrong(
    client: FlaskClient, account: object, answers: dict[str, str]
):
    answer = send(client, **answers)

    assert answer.status_code == 422
    assert "belong together" in answer.text
    assert PASSWORD not in answer.text
    assert not is_in(client)


def test_missing_answers_are_named_at_their_fields_and_the_address_is_kept(client: FlaskClient):
    answer = send(client, password="")

    assert answer.status_code == 422
    assert 'id="password-e"' in answer.text
    assert f'value="{EMAIL}"' in answer.text


@pytest.mark.parametrize(
    "email", ["\x00", "a\x00@b.example", "\ud800".encode("utf-8", "surrogatepass"), "x" * 100_000]
)
def test_hostile_addresses_sign_nobody_in(client: FlaskClient, email: str | bytes):
    assert send(client, email=email).status_code == 422


def test_a_form_from_elsewhere_signs_nobody_in(client: FlaskClient, account: object):
    answer = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 400
    assert not is_in(client)


def test_wrong_passwords_are_counted_although_the_page_is_refused(
    client: FlaskClient, account: accounts.Account
):
    for _ in range(10):
        send(client, password="a wrong one")

    answer = send(client)

    assert answer.status_code == 422
    assert not is_in(client)


def test_signing_in_gives_a_new_session(client: FlaskClient, account: object):
    client.set_cookie(COOKIE, "planted-by-somebody")

    send(client)

    cookie = client.get_cookie(COOKIE)
    assert cookie is not None and cookie.value != "planted-by-somebody"


def test_the_reader_goes_on_to_the_page_that_was_asked_for(client: FlaskClient, account: object):
    answer = send(client, next="/projects?country=AF")

    assert answer.headers["Location"] == "/projects?country=AF"


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/%0d%0aSet-Cookie:x\r\ny",
        " /x",
        "",
        None,
    ],
)
def test_nobody_is_sent_to_another_site(path: str | None):
    assert local(path) == "/"


def test_signing_out_ends_the_session_on_the_server_too(client: FlaskClient, account: object):
    send(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None

    client.post("/sign-out", data={"csrf_token": form_token(client)})
    signed_out = not is_in(client)
    client.set_cookie(COOKIE, cookie.value)

    assert signed_out
    assert not is_in(client)


def test_looking_at_a_link_does_not_use_it(client: FlaskClient, link: str):
    looked = [client.get(link).status_code for _ in range(2)]

    answer = client.post(link, data={"csrf_token": form_token(client)})

    assert looked == [200, 200]
    assert answer.status_code == 303
    assert is_in(client)


def test_a_link_works_once(app: Flask, client: FlaskClient, link: str):
    client.post(link, data={"csrf_token": form_token(client)})
    another = app.test_client()

    used = another.post(link, data={"csrf_token": form_token(another)})

    assert used.status_code == another.get(link).status_code == 410
    assert not is_in(another)


def test_the_bar_names_who_is_signed_in(visit: Callable[..., Visitor]):
    page = visit("focal_point", "NO").get("/preferences").text

    assert "Focal point, Norway" in page


def test_a_look_that_was_chosen_stays(client: FlaskClient):
    client.post("/preferences", data={"look": "dark", "csrf_token": form_token(client)})

    assert 'data-theme="dark"' in client.get("/preferences").text


def test_links_do_not_work_in_production(
    link: str, settings: Settings, database: Database, sessions: sessionmaker[Session]
):
    app = create_app(replace(settings, env="production"), engine=database.engine, sessions=sessions)

    assert app.test_client().get(link).status_code == 404


def test_a_flood_of_attempts_is_slowed_down(client: FlaskClient):
    statuses = [send(client, password="").status_code for _ in range(31)]

    assert statuses[:30] == [422] * 30
    assert statuses[30] == 429
