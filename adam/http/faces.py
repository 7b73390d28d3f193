"""Which of the two faces a request belongs to."""

from __future__ import annotations

from flask import Request, request

API = ("/api/", "/healthz", "/readyz")
PROGRAMS = "/api/v"


def for_programs(asked: Request | None = None) -> bool:
    """Whether the answer is JSON: the API and the two checks."""
    path = (asked or request).path
    return path == "/api" or path.startswith(API)


def is_static() -> bool:
    """Whether this asks for a file that is the same for everybody."""
    return (request.endpoint or "").rsplit(".", 1)[-1] == "static"
