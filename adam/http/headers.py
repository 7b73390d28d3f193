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
    headers = response.headers
    # Added without looking whether they are there: nobody else sets them, and looking takes longer than all the rest.
    headers.extend(ALWAYS)
    if state().settings.env == "production":
        headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "request_id" in g:
        headers["X-Request-ID"] = g.request_id
    if response.status_code not in WAITING:
        headers.pop("Retry-After", None)
    if not is_static():
        headers.setdefault("Cache-Control", "no-store" if actor().signed_in else "no-cache")
        _vary(response, ("Authorization",) if for_programs() else ("Cookie", "Accept-Language"))
    return response


def _vary(response: Response, names: tuple[str, ...]) -> None:
    if "Vary" in response.headers:
        response.vary.update(names)
    else:
        response.headers.add("Vary", ", ".join(names))
