"""Errors in the description of the API: one response for each status, with its headers and an example."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

ABOUT = {
    400: "The request can't be read: no JSON, a key twice, nested too deep, a cursor that isn't ours.",
    401: "No token, or one that isn't known, is over or was revoked.",
    403: "You may see this, but not do it.",
    404: "Not there, or not for you to see.",
    405: "This address doesn't take that method; Allow says which it takes.",
    409: "The state of the record doesn't allow this, or a request with the same key is still running.",
    412: "The record was changed since you read it: the ETag of If-Match is stale.",
    413: "More than 1 MiB at once.",
    415: "Anything but application/json.",
    422: "The content is wrong: `errors` has every problem at once.",
    428: "If-Match is missing.",
    429: "Too many requests: Retry-After says how long to wait.",
    503: "Busy: Retry-After says when to try again; nothing was stored.",
}
CODES = {
    400: "not_json", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 409: "state",
    412: "stale", 413: "too_large", 415: "unsupported_media_type", 422: "invalid", 428: "precondition_required",
    429: "too_many_requests", 503: "database_unavailable",
}  # fmt: skip
WAIT = ("Retry-After", "Seconds to wait before the next try.", "5")
OWN = {
    401: ("WWW-Authenticate", "Bearer.", 'Bearer realm="ADAM"'),
    405: ("Allow", "The methods that this address takes.", "GET, HEAD, OPTIONS"),
    429: WAIT,
    503: WAIT,
}
REQUEST_ID = {
    "description": "The number of this request: give it to us when something failed.",
    "schema": {"type": "string"},
    "example": "2f0f71fb758c5cde",
}
_TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id", "errors"],
    "properties": dict.fromkeys(("type", "title", "detail", "instance", "code", "request_id"), _TEXT)
    | {
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {"pointer": _TEXT, "code": _TEXT, "detail": _TEXT, "row": {"type": "integer"}},
            },
        },
    },
}
WRONG = [
    {
        "pointer": "#/project/countries/0/country",
        "code": "unknown_code",
        "detail": "XX is no country that ADAM knows: choose one from the list.",
    },
    {
        "pointer": "#/project/end_planned",
        "code": "end_before_start",
        "detail": "The end, 1 June 2024, is before the start, 1 June 2025: mend one of the two.",
    },
]


def responses() -> dict[str, Any]:
    """The components "Problem400" and so on."""
    return {f"Problem{status}": _response(status, about) for status, about in ABOUT.items()}


def _response(status: int, about: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema, "example": _example(status, about)}}
    return {"description": about, "headers": _headers(status), "content": content}


def _headers(status: int) -> dict[str, Any]:
    found = {"X-Request-ID": REQUEST_ID}
    if status in OWN:
        name, about, example = OWN[status]
        found[name] = {"description": about, "schema": _TEXT, "example": example}
    return found


def _example(status: int, about: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": "2 answers need mending." if status == 422 else about.replace("`", ""),
        "instance": "/api/v1/submissions",
        "code": CODES[status],
        "request_id": REQUEST_ID["example"],
        "errors": WRONG if status == 422 else [],
    }
