"""What every answer carries: a number for each request, a strict policy for pages, and who may keep a copy."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

from adam.http.faces import for_programs, is_static
from adam.http.work import actor, state

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
WAITING = (429, 503)
"""Only these say when to come back; the limiter would say so with every answer."""


def register(app: Flask) -> None:
    """Number every request and finish every answer."""
    app.before_request(_number)
    app.after_request(_finish)


def _number() -> None:
    g.request_id = secrets.token_hex(8)


def _finish(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if state().settings.env == "production":
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "request_id" in g:
        response.headers["X-Request-ID"] = g.request_id
    if response.status_code not in WAITING:
        response.headers.pop("Retry-After", None)
    if not is_static():
        kept = "no-store" if actor().signed_in else "no-cache"
        response.headers.setdefault("Cache-Control", kept)
        response.vary.update(["Authorization"] if for_programs() else ["Cookie", "Accept-Language"])
    return response
