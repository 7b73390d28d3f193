"""How the API answers: JSON with a strong ETag, preconditions, pages, and answers that are given once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, jsonify, request
from werkzeug.exceptions import PreconditionRequired

from adam.domain import documents
from adam.http import paging
from adam.http.bodies import refuse
from adam.queries import listings
from adam.queries.listings import Window
from adam.services import idempotency
from adam.services.work import Work

KEY = re.compile(r"[\x20-\x7e]{16,255}")
VERSION = re.compile(r"(\d{1,9})(?:-[0-9a-f]{16})?")
KEPT = ("Location", "ETag")
NO_MATCH = -1


def one(body: dict[str, Any], etag: str | None = None, status: int = 200) -> Response:
    """One representation with its strong ETag, that of its content unless told; 304 where the caller has it."""
    response = jsonify(body)
    response.status_code = status
    response.set_etag(etag or digest(response.get_data()))
    return conditional(response) if request.method in ("GET", "HEAD") else response


def conditional(response: Response) -> Response:
    """The response, or 304 where the caller has what its ETag names."""
    response.make_conditional(request)
    return response


def created(body: dict[str, Any], location: str, etag: str) -> Response:
    """201 with where the new thing is."""
    response = one(body, etag, 201)
    response.headers["Location"] = location
    return response


def digest(data: bytes) -> str:
    """16 letters that change with the content."""
    return hashlib.sha256(data).hexdigest()[:16]


def versioned(version: int, body: dict[str, Any]) -> str:
    """An ETag that changes with the content and from which the version can be read: "3-5d41402abc4b2a76"."""
    return f"{version}-{documents.digest(body)[:16]}"


def expected() -> int | None:
    """The version that If-Match asks for: None for "*", one that never is for what we didn't give out.

    Raises PreconditionRequired (428) without the header, BadRequest for more than one ETag.
    """
    if request.headers.get("If-Match") is None:
        raise PreconditionRequired(
            "Send If-Match with the ETag of the version you read, so that no change is lost."
        )
    return expected_if_any()


def expected_if_any() -> int | None:
    """The same where the header may be left out."""
    if request.headers.get("If-Match") is None or request.if_match.star_tag:
        return None
    tags = request.if_match.as_set()
    if len(tags) > 1:
        refuse("if_match", "Send one ETag in If-Match: that of the version you read.")
    read = VERSION.fullmatch(next(iter(tags))) if tags else None
    return int(read.group(1)) if read else NO_MATCH


def once(w: Work, document: Any, make: Callable[[], Response]) -> Response:
    """The answer of `make`, made once for each Idempotency-Key and kept with its effect; a retry gets the same.

    Raises BadRequest without a usable key, and what services/idempotency.py raises.
    """
    asked = idempotency.Asked(_key(), documents.digest([request.method, request.path, document]))
    before = idempotency.before(w, asked)
    if before is not None:
        return _again(before)
    response = make()
    headers = {name: response.headers[name] for name in KEPT if name in response.headers}
    body = documents.Written(response.get_data(as_text=True))
    idempotency.keep(w, asked, idempotency.Answer(response.status_code, headers, body))
    return response


def _key() -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        refuse(
            "idempotency_key_required",
            "Send an Idempotency-Key of your own making, so that a retry makes no twin.",
        )
    if not KEY.fullmatch(key):
        refuse("idempotency_key", "Send an Idempotency-Key of 16 to 255 printable ASCII characters.")
    return key


def _again(answer: idempotency.Answer) -> Response:
    response = jsonify(answer.body)
    response.status_code = answer.status
    response.headers.update(answer.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def page(
    w: Work, query: Any, order: Sequence[listings.Key], shown: Callable[[list[Any]], list[dict[str, Any]]]
) -> Response:
    """One page of a query in this order, each item as `shown` makes it, with the total where it was asked for."""
    asked = paging.paging()
    part = listings.part(w.session, query, order, Window(asked.limit, asked.after))
    total = listings.count(w.session, query) if asked.total else None
    return paging.page(shown(part.items), part.following, total)


def whole(items: Sequence[dict[str, Any]]) -> Response:
    """A list of the shared words: all of it unless a limit is asked for, because people load it once."""
    asked = paging.paging()
    begin = int(asked.after[0]) if asked.after else 0
    paged = "limit" in request.args or asked.after is not None
    end = begin + asked.limit if paged else len(items)
    following = [end] if end < len(items) else None
    response = paging.page(items[begin:end], following, len(items) if asked.total else None)
    response.set_etag(digest(response.get_data()))
    return conditional(response)
