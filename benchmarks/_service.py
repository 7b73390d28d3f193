"""A service of our own to try things on: a database that is migrated and seeded, and `adam serve` as a process."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def prepare(url: str) -> str:
    """Migrate, seed the vocabulary where it is missing, and make a focal point of Norway; answers its token."""
    from adam import database
    from adam.cli import seeding as seeds
    from adam.domain.actors import system
    from adam.services import accounts, rules, seeding, tokens
    from adam.services.work import working

    engine = database.make_engine(url)
    make = database.sessions(engine)
    who = {"email": "trial@example.org", "name": "Trial", "role": "focal_point", "partner": "NO"}
    try:
        database.upgrade(engine)
        with working(make, system("trial"), rules.load()) as w:
            if "NO" not in w.vocabulary.partners:
                seeding.words(w, list(seeds.words()))
        with working(make, system("trial"), rules.load()) as w:
            accounts.create(w, who | {"password": None})
            return tokens.create(w, {"email": who["email"], "scopes": [], "days": 1})[1]
    finally:
        engine.dispose()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Process:
    """A server in a process of its own, which may be killed and started again."""

    def __init__(self, command: list[str], port: int, environ: dict[str, str]):
        self.command, self.port = command, port
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ADAM_")}
        self.environ = clean | environ
        self.running: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 60) -> None:
        """Start it and wait until it answers."""
        quiet = subprocess.DEVNULL
        self.running = subprocess.Popen(self.command, env=self.environ, stdout=quiet, stderr=quiet, cwd=ROOT)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.running.poll() is not None:
                raise RuntimeError(f"{' '.join(self.command[-5:])} ended with {self.running.returncode}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server does not answer")

    def stop(self, how: int = signal.SIGKILL) -> None:
        """End it, at once and without a word unless told otherwise."""
        if self.running is not None:
            self.running.send_signal(how)
            self.running.wait(30)
            self.running = None

    def cpu(self) -> float:
        """Seconds of processor that it has taken, all its threads, by the kernel's own clock of that process."""
        assert self.running is not None
        # What clock_getcpuclockid(3) answers, which Python doesn't have.
        return time.clock_gettime((~self.running.pid << 3) | 2)


def adam(url: str, **settings: str) -> Process:
    """`adam serve` on a database."""
    port = free_port()
    environ = {
        "ADAM_ENV": "testing",
        "ADAM_DATABASE_URL": url,
        "ADAM_INDEX_FOLDER": "",
        "ADAM_RATE_LIMIT": "100000 per second",
    }
    command = [sys.executable, "-m", "adam.cli", "serve", "--port", str(port)]
    return Process(command, port, environ | settings)


def ask(link: http.client.HTTPConnection, method: str, path: str, sent: tuple[Any, dict[str, str]]) -> Any:
    """(status, headers, body) of one request."""
    link.request(method, path, *sent)
    response = link.getresponse()
    return response.status, response.headers, response.read()
