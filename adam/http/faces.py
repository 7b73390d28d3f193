"""Which of the two faces a request belongs to."""

from __future__ import annotations

from flask import request

API = ("/api/", "/healthz", "/readyz")


def for_programs() -> bool:
    """Whether the answer is JSON: the API and the two checks."""
    path = request.path
    return path.startswith(API) or path == "/api"


def is_static() -> bool:
    """Whether this asks for a file that is the same for everybody."""
    return (request.endpoint or "").rsplit(".", 1)[-1] == "static"
