"""What webhooks send, for the description of the API: one entry an event, as OpenAPI 3.1 has a place for it."""

from __future__ import annotations

from typing import Any

from adam.domain import cases, findings, lifecycle
from adam.domain.webhooks import EVENTS, PING

ID, TEXT, MOMENT = (
    {"type": "string", "format": "uuid"},
    {"type": "string"},
    {"type": "string", "format": "date-time"},
)
MAYBE_TEXT, MAYBE_ID = {"type": ["string", "null"]}, {"type": ["string", "null"], "format": "uuid"}
SUBMISSION = {
    "id": ID,
    "reference": TEXT,
    "source_ref": MAYBE_TEXT,
    "partner": TEXT,
    "title": MAYBE_TEXT | {"description": "null for what is confidential to others."},
    "state": {"enum": list(lifecycle.STATES)},
    "version": {"type": "integer"},
    "project_id": MAYBE_ID,
    "url": TEXT,
    "page": TEXT,
}
PROJECT = {"id": ID, "reference": TEXT, "owner": TEXT, "title": MAYBE_TEXT}
FINDING = {
    "id": ID,
    "reference": TEXT,
    "kind": TEXT,
    "score": {"type": "number"},
    "state": {"enum": list(findings.STATES)},
    "verdict": MAYBE_TEXT,
    "projects": {
        "type": "array",
        "items": {"type": "object", "properties": PROJECT, "required": list(PROJECT)},
    },
    "url": TEXT,
    "page": TEXT,
}
CASE = {
    "id": ID,
    "reference": TEXT,
    "kind": TEXT,
    "state": {"enum": list(cases.STATES)},
    "due_on": {"type": "string", "format": "date"},
    "outcome": MAYBE_TEXT,
    "finding_id": ID,
    "projects": FINDING["projects"],
    "url": TEXT,
    "page": TEXT,
}
REPORT = {
    "id": ID,
    "reference": TEXT,
    "kind": TEXT,
    "name": MAYBE_TEXT | {"description": "The name of the saved scope."},
    "created_at": MOMENT,
    "url": TEXT,
    "page": TEXT,
}
SHAPES: dict[str, dict[str, Any]] = {
    "submission": SUBMISSION,
    "finding": FINDING,
    "case": CASE,
    "report": REPORT,
}
HEADERS = {
    "webhook-id": "The event: the same for every try.",
    "webhook-timestamp": "When this try was signed, in seconds since 1970.",
    "webhook-signature": "v1, and the base64 of HMAC-SHA256 over id.timestamp.body; for a day after a new secret two.",
}
SUMMARIES = {
    "submission.submitted": "A submission was handed in",
    "submission.validated": "A submission was validated",
    "submission.returned": "A submission was returned to be mended",
    "submission.rejected": "A submission was rejected",
    "submission.withdrawn": "A submission was withdrawn",
    "submission.commented": "Somebody said a word to a submission",
    "finding.opened": "The engine asks a new question",
    "finding.decided": "A coordinator decided a finding",
    "finding.reopened": "A decided finding is open again",
    "case.opened": "A case is opened, or opened again",
    "case.message": "Somebody said a word in a case",
    "case.closed": "A case is closed, with its outcome",
    "report.ready": "A scheduled report of one's own is ready",
    PING: "A test that says nothing",
}
ADDRESS, ONE = "https://adam.example", "01980000-0000-7000-8000-000000000001"
EXAMPLES: dict[str, dict[str, Any]] = {
    "submission": {
        "id": ONE,
        "reference": "S-000214",
        "source_ref": "NO-2025-017",
        "partner": "NO",
        "title": "Border liaison offices in Badakhshan",
        "state": "returned",
        "version": 3,
        "project_id": None,
        "url": f"{ADDRESS}/api/v1/submissions/{ONE}",
        "page": f"{ADDRESS}/submissions/{ONE}",
    },
    "finding": {
        "id": ONE,
        "reference": "F-000003",
        "kind": "overlap",
        "score": 0.93,
        "state": "open",
        "verdict": None,
        "projects": [{"id": ONE, "reference": "ADAM-000123", "owner": "NO", "title": "Border posts"}],
        "url": f"{ADDRESS}/api/v1/findings/{ONE}",
        "page": f"{ADDRESS}/findings/{ONE}",
    },
    "case": {
        "id": ONE,
        "reference": "C-000001",
        "kind": "duplicate_assistance",
        "state": "open",
        "due_on": "2026-12-31",
        "outcome": None,
        "finding_id": ONE,
        "projects": [{"id": ONE, "reference": "ADAM-000123", "owner": "NO", "title": "Border posts"}],
        "url": f"{ADDRESS}/api/v1/cases/{ONE}",
        "page": f"{ADDRESS}/cases/{ONE}",
    },
    "report": {
        "id": ONE,
        "reference": "R-000007",
        "kind": "overlap",
        "name": "Afghanistan, every month",
        "created_at": "2026-11-28T09:14:02.118000+00:00",
        "url": f"{ADDRESS}/api/v1/reports/{ONE}",
        "page": f"{ADDRESS}/reports/{ONE}",
    },
}


def described() -> dict[str, Any]:
    """The events by name."""
    return {name: {"post": _operation(name)} for name in (*EVENTS, PING)}


def _operation(name: str) -> dict[str, Any]:
    content = {"schema": schema(name), "example": example(name)}
    parameters = [
        {"name": header, "in": "header", "required": True, "description": about, "schema": TEXT}
        for header, about in HEADERS.items()
    ]
    return {
        "operationId": f"event_{name.replace('.', '_')}",
        "summary": SUMMARIES[name],
        "tags": ["webhooks"],
        "parameters": parameters,
        "requestBody": {"required": True, "content": {"application/json": content}},
        "responses": {
            "2XX": {"description": "Taken; any other status is tried again, redirects too."},
            "410": {"description": "Send nothing more: the webhook is paused at once."},
        },
    }


def example(name: str) -> dict[str, Any]:
    """A body as it may come."""
    about = name.partition(".")[0]
    said = {about: EXAMPLES[about]} if name != PING else {}
    return {"type": name, "timestamp": "2026-11-28T09:14:02.118000+00:00", "data": said}


def schema(name: str) -> dict[str, Any]:
    """What the body of an event is."""
    about = name.partition(".")[0]
    data: dict[str, Any] = {"type": "object"}
    if name != PING:
        inner = SHAPES[about]
        one = {"type": "object", "properties": inner, "required": list(inner), "additionalProperties": False}
        data |= {"properties": {about: one, "comment": TEXT}, "required": [about]}
    said = {"type": {"const": name}, "timestamp": MOMENT, "data": data | {"additionalProperties": False}}
    return {"type": "object", "properties": said, "required": list(said), "additionalProperties": False}
