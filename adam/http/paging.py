"""Pages of lists: a limit, an opaque signed cursor that belongs to one question, and the link to the next page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, jsonify, request
from itsdangerous import BadData, URLSafeSerializer

from adam.errors import Invalid, Problem
from adam.http.bodies import refuse

USUAL, MOST = 50, 200
NOT_THE_QUESTION = ("cursor", "limit", "total")


@dataclass(frozen=True, slots=True)
class Paging:
    """`after` is the position of the last item seen, as the query gave it, or None; `total` whether to count."""

    limit: int
    after: list[Any] | None
    total: bool


def paging() -> Paging:
    """The page asked for; raises Invalid for a limit outside 1 to 200, BadRequest for a cursor that isn't ours."""
    return Paging(_limit(), position(), request.args.get("total", "").lower() in ("true", "1"))


def _limit() -> int:
    text = request.args.get("limit", str(USUAL))
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise Invalid([Problem("?limit", "limit", f"Give a limit from 1 to {MOST}.")])
    return int(text)


def position() -> list[Any] | None:
    """The place that the cursor asked for stands for, or None; raises BadRequest for one that isn't ours."""
    cursor = request.args.get("cursor")
    if not cursor:
        return None
    try:
        place = _signer().loads(cursor)
    except (BadData, UnicodeError, RecursionError):
        refuse("cursor", "This cursor can't be read or belongs to another question: begin again without it.")
    return list(place)


def cursor_for(position: Sequence[Any]) -> str:
    """The cursor that goes on after this position of the same question."""
    text = _signer().dumps(list(position))
    return text if isinstance(text, str) else text.decode("ascii")


def _signer() -> URLSafeSerializer:
    """Signed for the path and its filters, so that a cursor can't be carried into another list."""
    asked = sorted(
        (key, value) for key, value in request.args.items(multi=True) if key not in NOT_THE_QUESTION
    )
    question = json.dumps([request.path, asked])
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"cursor:{question}")


def next_url(cursor: str) -> str:
    """This address with another cursor."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "cursor"]
    return f"{request.path}?{urlencode([*kept, ('cursor', cursor)])}"


def page(items: Sequence[Any], following: Sequence[Any] | None, total: int | None = None) -> Response:
    """{"items", "next_cursor"} (and "total" when it was counted) with a Link header; `following` as for cursor_for."""
    cursor = None if following is None else cursor_for(following)
    body: dict[str, Any] = {"items": list(items), "next_cursor": cursor}
    if total is not None:
        body["total"] = total
    response = jsonify(body)
    if cursor:
        response.headers["Link"] = f'<{next_url(cursor)}>; rel="next"'
    return response
