"""How errors look: problem+json (RFC 9457) for programs, a page for people; nothing of the inside for either."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request

from adam.errors import AdamError, Problem
from adam.http.faces import for_programs
from adam.http.statuses import Failure, failure_of


def register(app: Flask) -> None:
    """Answer every error; registered last, so that no extension speaks in our place."""
    app.register_error_handler(Exception, answer)
    app.register_error_handler(AdamError, answer)
    for status in (
        400,
        401,
        403,
        404,
        405,
        406,
        408,
        409,
        410,
        412,
        413,
        414,
        415,
        416,
        422,
        428,
        429,
        431,
        500,
    ):
        app.register_error_handler(status, answer)


def answer(error: Exception) -> Response:
    """The response for an error, in the face that was asked."""
    code = getattr(error, "code", None)
    given = getattr(error, "get_response", None)
    if isinstance(code, int) and code < 400 and given is not None:
        response: Response = given()
        return response
    failure = failure_of(error)
    if failure.status >= 500:
        current_app.logger.error("request %s failed", g.get("request_id"), exc_info=error)
    response = problem(failure) if for_programs() else page(failure)
    response.headers.extend(failure.headers)
    return response


def problem(failure: Failure) -> Response:
    """The failure as problem+json."""
    body = {
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        "instance": request.path,
        "code": failure.code,
        "request_id": g.get("request_id"),
        "errors": [_member(item) for item in failure.problems],
    }
    # Hostile names come back in what is wrong with them: escaped, they can be written as UTF-8 whatever they hold.
    return Response(json.dumps(body), failure.status, content_type="application/problem+json")


def _member(item: Problem) -> dict[str, Any]:
    member: dict[str, Any] = {"pointer": item.pointer, "code": item.code, "detail": item.detail}
    return member if item.row is None else member | {"row": item.row}


def page(failure: Failure) -> Response:
    """The failure as a page of our own; where we have nothing special to say the page has its own sentence."""
    html = render_template(
        "error.html",
        status=failure.status,
        detail=None if failure.general else failure.detail,
        problems=[item.detail for item in failure.problems],
        request_id=g.get("request_id"),
    )
    return make_response(html, failure.status)
