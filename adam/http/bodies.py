"""Reads JSON that strangers send: small, shallow, UTF-8, no key twice, nothing a database couldn't hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from adam.http.work import state

DEPTH = 32
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""JSON in UTF-8 can't hold what is unstorable but by such an escape."""
STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
BRACKETS = re.compile(r"[\[{\]}]")
LARGEST = 2**63


def json_body(limit: int | None = None) -> Any:
    """The request's JSON document; `limit` in bytes (1 MiB unless told).

    Raises UnsupportedMediaType (415), RequestEntityTooLarge (413) or BadRequest (400) with what to mend.
    """
    if (
        request.mimetype != "application/json"
        or request.headers.get("Content-Encoding", "identity") != "identity"
    ):
        raise UnsupportedMediaType("Send the body as Content-Type: application/json, not compressed.")
    limit = limit or state().settings.body_limit
    request.max_content_length = limit
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(f"Send at most {limit} bytes at once.") from None
    return parse(data)


def parse(data: bytes) -> Any:
    """The document in these bytes; raises BadRequest with what is wrong with them."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse("not_utf8", f"The body isn't UTF-8: byte {error.start} can't be read.")
    if not text.strip():
        refuse("empty", "The body is empty: send a JSON document.")
    _refuse_deep(text)
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        refuse("not_json", f"This isn't JSON: {error.msg} at line {error.lineno}, column {error.colno}.")
    except RecursionError:
        refuse("too_deep", f"The document is nested deeper than {DEPTH} levels.")
    if ESCAPED.search(text):
        _refuse_unstorable(document)
    return document


def refuse(code: str, detail: str, kind: Callable[[str], Exception] = BadRequest) -> NoReturn:
    """Raise an HTTP error with a stable code and a sentence."""
    error = kind(detail)
    error.adam_code = code  # type: ignore[attr-defined]
    raise error


def _refuse_deep(text: str) -> None:
    """Counted before parsing, because the parser's own stack ends first."""
    depth = 0
    for bracket in BRACKETS.finditer(STRINGS.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > DEPTH:
            refuse("too_deep", f"The document is nested deeper than {DEPTH} levels.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        refuse("duplicate_key", f"The key {_shown(twice)} stands twice in one object: keep one.")
    return found


def _constant(name: str) -> NoReturn:
    refuse("not_json", f"{name} is no JSON number.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        refuse("number_too_large", 'A number is too large: give amounts as text, such as "1200000.00".')
    return value


def _integer(text: str) -> int:
    if len(text) > 20 or not -LARGEST <= int(text) < LARGEST:
        refuse("number_too_large", 'A number is too large: give amounts as text, such as "1200000.00".')
    return int(text)


def _refuse_unstorable(value: Any) -> None:
    """NUL and lone surrogates, in keys too; the depth is known to be small here."""
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            refuse("characters", f"Take out the NUL or half character in {_shown(value)}.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_unstorable(key)
            _refuse_unstorable(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_unstorable(inner)


def _shown(text: str) -> str:
    return json.dumps(text[:60])
