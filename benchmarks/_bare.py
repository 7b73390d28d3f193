"""The least that could answer: a bare WSGI application that keeps a JSON body durably and says 201.

python benchmarks/_bare.py URL PORT
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from typing import Any

from waitress import serve

THREADS = 8
_own = threading.local()


def sqlite(path: str) -> Any:
    """One durable insert into SQLite, set up as ADAM sets it up."""

    def keep(body: str) -> None:
        if not hasattr(_own, "link"):
            _own.link = sqlite3.connect(path, timeout=30, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
                _own.link.execute(f"PRAGMA {pragma}")
        _own.link.execute("BEGIN IMMEDIATE")
        _own.link.execute("INSERT INTO bare (body) VALUES (?)", (body,))
        _own.link.execute("COMMIT")

    with sqlite3.connect(path) as link:
        link.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    return keep


def postgresql(url: str) -> Any:
    """The same for PostgreSQL."""
    import psycopg

    address = url.replace("+psycopg", "")

    def keep(body: str) -> None:
        if not hasattr(_own, "link"):
            _own.link = psycopg.connect(address)
        with _own.link.transaction():
            _own.link.execute("INSERT INTO bare (body) VALUES (%s)", (body,))

    with psycopg.connect(address) as link:
        link.execute("CREATE TABLE IF NOT EXISTS bare (id serial PRIMARY KEY, body text NOT NULL)")
    return keep


def application(url: str) -> Any:
    """WSGI: reads the body, sees that it is JSON, keeps it, answers."""
    keep = sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else postgresql(url)

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        json.loads(body)
        keep(body.decode())
        start("201 Created", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    return answer


if __name__ == "__main__":
    serve(application(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), threads=THREADS, ident=None)
