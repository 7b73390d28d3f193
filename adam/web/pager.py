"""Pages of lists by number: the window to ask for, and the links to the pages beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request

SIZE = 50
LAST = 10_000


def number() -> int:
    """The page asked for, from 1."""
    given = request.args.get("page", "1")
    return (
        int(given)
        if given.isascii() and given.isdigit() and 0 < len(given) < 6 and 1 <= int(given) <= LAST
        else 1
    )


def window(size: int = SIZE) -> tuple[int, int]:
    """(offset, limit) of the page asked for."""
    return ((number() - 1) * size, size)


def links(count: int, total: int, size: int = SIZE, more: bool = False) -> dict[str, Any] | None:
    """What macros/figures.html's pager asks for; `count` is how many are on this page. None for a single page.

    `more`: there are more than `total`, and nobody counted how many.
    """
    page = number()
    if total <= size and page == 1:
        return None
    first = (page - 1) * size
    return {
        "first": first + 1 if count else 0,
        "last": first + count,
        "total": None if more else total,
        "previous_url": url(page=page - 1) if page > 1 else None,
        "next_url": url(page=page + 1) if first + count < total or (more and count == size) else None,
    }


def url(**changed: Any) -> str:
    """This address with other answers; None takes one away, and page 1 needs no mention."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changed]
    new = [
        (key, value) for key, value in changed.items() if value is not None and (key, value) != ("page", 1)
    ]
    asked = urlencode([*kept, *new])
    return f"{request.path}?{asked}" if asked else request.path
