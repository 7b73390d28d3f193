"""People and programs that ask the application something, signed in or with a token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from adam.domain import actors
from adam.http.actors import COOKIE
from adam.models.accounts import Account
from adam.services import accounts, rules, tokens
from adam.services.work import working

FORM = "/preferences"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_numbers = count(1)


@dataclass(frozen=True)
class Visitor:
    """Somebody with an account: `client` is the browser that is signed in, `token` the bearer token."""

    client: FlaskClient
    account: Account
    token: str

    def get(self, path: str, **asked: Any) -> TestResponse:
        """Read a page."""
        return self.client.get(path, **asked)

    def submit(self, path: str, data: dict[str, Any], **asked: Any) -> TestResponse:
        """Send a form, with the token that every form of ours carries; a list is a repeated field."""
        return self.client.post(path, data=data | {"csrf_token": form_token(self.client)}, **asked)

    def api(
        self, method: str, path: str, headers: dict[str, str] | None = None, **asked: Any
    ) -> TestResponse:
        """Ask the API, `path` from /api/v1 on, by the token and without the browser's cookie."""
        program = self.client.application.test_client()
        bearer = {"Authorization": f"Bearer {self.token}"}
        return program.open(f"/api/v1{path}", method=method, headers=bearer | (headers or {}), **asked)


def form_token(client: FlaskClient) -> str:
    """The token against forged forms, as a page hands it to this browser."""
    found = TOKEN.search(client.get(FORM).text)
    assert found, f"{FORM} has no form with a csrf_token"
    return found.group(1)


def visitor(
    app: Flask, sessions: sessionmaker[Session], role: str = actors.VIEWER, partner: str | None = None
) -> Visitor:
    """A new account of this role and partner, signed in, with a token for all that its role allows."""
    email = f"{role}{next(_numbers)}@test.example"
    draft = {"email": email, "name": email, "role": role, "partner": partner, "password": None}
    with working(sessions, actors.system("tests"), rules.load()) as w:
        account = accounts.create(w, draft)
        cookie = accounts.open_session(w, account, 1)
        token = tokens.create(w, {"email": email, "scopes": [], "days": 1})[1]
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    return Visitor(client, account, token)
