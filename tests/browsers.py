"""A real browser and a real server for the journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy.orm import Session, sessionmaker
from waitress.server import create_server

from adam.app import create_app
from adam.database import sessions
from adam.http.actors import COOKIE
from adam.settings import load
from tests.databases import Database
from tests.visitors import Visitor, visitor

INSTALL = "Chromium is not here. Install it with `apt-get install chromium`."


@dataclass(frozen=True)
class Live:
    """A server that runs: its address, and sessions on its database, which truly commit."""

    url: str
    app: Flask
    sessions: sessionmaker[Session]

    def visitor(self, role: str, partner: str | None = None) -> Visitor:
        """Somebody with an account on this server."""
        return visitor(self.app, self.sessions, role, partner)

    def sign_in(self, context: BrowserContext, who: Visitor) -> None:
        """Give the browser the session of this visitor."""
        cookie = who.client.get_cookie(COOKIE)
        assert cookie, "the visitor holds no session"
        context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": self.url}])


@contextmanager
def serving(database: Database) -> Iterator[Live]:
    """The application served on a free port of this machine."""
    app = create_app(load({}, env="testing", database_url=database.url), engine=database.engine)
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Live(f"http://127.0.0.1:{server.effective_port}", app, sessions(database.engine))
    finally:
        server.close()
        thread.join(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window; fails with what to install."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail(INSTALL, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
