"""What every operation of the API's description says besides its schemas: who may, headers, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.api.answer_examples import examples
from adam.api.examples import EXAMPLES
from adam.api.office_examples import OFFICE
from adam.api.problems import REQUEST_ID
from adam.http.guards import Guard

MOVES = (
    "/submit",
    "/withdraw",
    "/validate",
    "/return",
    "/reject",
    "/close",
    "/remind",
    "/suspend",
    "/reactivate",
    "/pause",
    "/resume",
    "/rotate",
    "/reopen",
    "/due",
)
MAY_MATCH = ("_id}/judgements", "/take-back")
"""Where If-Match is honoured if it is sent."""
DOING = ("/findings/judgements", "/take-back", "/merge", "/unmerge")
"""What verdicts do, and undo: each answers one thing with its ETag."""
JSON = "application/json"
Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation stands: its path and method, the view's endpoint and its guard."""

    path: str
    method: str
    endpoint: str
    guard: Guard | None

    @property
    def moves(self) -> bool:
        """Whether this changes one record that was read before."""
        return self.method in ("patch", "delete") or self.path.endswith(MOVES)

    @property
    def retried(self) -> bool:
        """Whether a retry needs a key."""
        return self.method == "post" and self.path in ("/api/v1/submissions", "/api/v1/imports")


def complete(operation: Operation, place: Place) -> None:
    """Add to an operation what follows from its place."""
    operation["tags"] = [tag.removeprefix("api_") for tag in operation.get("tags", [])]
    operation["operationId"] = place.endpoint.removeprefix("api_").replace(".", "_")
    operation["security"] = _security(place.guard)
    about = operation.get("description", "")
    operation["description"] = f"{about}\n\nFor: {place.guard}.".strip()
    operation.setdefault("parameters", []).extend(_headers(place))
    responses = operation["responses"]
    _answer_headers(responses, place)
    _answer_examples(responses, place)
    for status in sorted(_errors(operation, place)):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    example = (EXAMPLES | OFFICE).get((place.path, place.method))
    if example is not None:
        operation["requestBody"]["content"][JSON]["example"] = example


def _answer_examples(responses: dict[str, Any], place: Place) -> None:
    """A true answer under each status and media type that has none of its own."""
    for status, response in responses.items():
        for media, content in response.get("content", {}).items():
            said = examples().get(f"{place.method} {place.path} {status} {media}")
            if said is not None:
                content.setdefault("example", said)


def _security(guard: Guard | None) -> list[dict[str, list[str]]]:
    """Nobody, or a token with one of the scopes that the guard names."""
    words = str(guard).rpartition("scope ")[2]
    named = (
        [{"token": [scope]} for scope in words.split(" or ")] if "scope " in str(guard) else [{"token": []}]
    )
    return [{}, *named] if guard is not None and guard.open else named


def _headers(place: Place) -> list[dict[str, Any]]:
    found = []
    if place.moves:
        found.append(_if_match(True))
    if place.path.endswith(MAY_MATCH):
        found.append(_if_match(False))
    if place.retried:
        key = _header(
            "Idempotency-Key", "16 to 255 printable ASCII characters of your own making; kept 30 days.", True
        )
        key["schema"] |= {"minLength": 16, "maxLength": 255, "pattern": r"^[\x20-\x7e]+$"}
        found.append(key)
    if _has_etag(place) and place.method == "get":
        found.append(_header("If-None-Match", "The ETag you have: 304 if it still holds.", False))
    return found


def _if_match(required: bool) -> dict[str, Any]:
    found = _header("If-Match", "The ETag you read, or the `version` in quotes, or *.", required)
    found["schema"]["pattern"] = r'^(\*|"[!#-~]{1,60}")$'
    return found


def _header(name: str, about: str, required: bool) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": about,
        "schema": {"type": "string"},
    }


def _has_etag(place: Place) -> bool:
    """Everything but pages, which change under one's hands; the shared words don't."""
    return (
        "/vocabulary/" in place.path
        or place.path.endswith(("_id}", "/coverage", "/totals", "/partners", "/rules", *DOING))
        or place.moves
    )


def _answer_headers(responses: dict[str, Any], place: Place) -> None:
    for status, response in responses.items():
        if not status.startswith("2"):
            continue
        found = {"X-Request-ID": str(REQUEST_ID["description"])}
        if _has_etag(place) or status == "201":
            found["ETag"] = "Strong; changes with the content."
        if status == "201" and not place.path.endswith("/judgements"):
            found["Location"] = "Where the new thing is."
        if place.retried:
            found["Idempotency-Replayed"] = "true where this is the stored answer to a request made before."
        if response.get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "").endswith("Page"):
            found["Link"] = 'The next page, as <…>; rel="next", where there is one.'
        if JSON not in response.get("content", {JSON: None}) or len(response.get("content", {})) > 1:
            found["Content-Disposition"] = "The name of the file."
        response["headers"] = {
            name: {"description": text, "schema": {"type": "string"}} for name, text in found.items()
        }
    if _has_etag(place) and place.method == "get":
        responses["304"] = {"description": "What you have still holds."}


def _errors(operation: Operation, place: Place) -> set[int]:
    found = {401, 429, 503}
    if place.guard is not None and place.guard.name != "anyone":
        found.add(403)
    if "{" in place.path:
        found.add(404)
    if operation["parameters"]:
        found |= {400, 422}
    if "requestBody" in operation:
        found |= {400, 413, 415, 422}
    if place.moves:
        found |= {400, 409, 412, 422, 428}
    if place.method == "post" and not place.path.endswith("/check"):
        found |= {409, 422}
    if place.path.endswith(MAY_MATCH):
        found.add(412)
    if place.path.endswith(("/merge", "/refused")):
        found.add(409)
    return found
