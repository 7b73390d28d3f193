"""What partners send in the tests of the API, and the steps that several tests begin with."""

import io
from itertools import count
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from adam.api.examples import PROJECT
from adam.schemas.claims import judge
from adam.services import import_jobs, import_runs, jobs, rules
from tests.visitors import Visitor

_numbers = count(1)


def project(**changes: Any) -> dict[str, Any]:
    """The example's project under an identifier of its own, with some fields changed."""
    own = {"scheme": "own", "value": f"NO-2025-{next(_numbers):06}"}
    return PROJECT | {"identifiers": [own]} | changes


def submission(**changes: Any) -> dict[str, Any]:
    """A submission without a key of the partner's own; `changes` are those of its project."""
    return {"source_ref": None, "project": project(**changes), "project_id": None}


def key() -> dict[str, str]:
    """An Idempotency-Key that nobody used before."""
    return {"Idempotency-Key": f"key-of-the-tests-{next(_numbers):06}"}


def sent(visitor: Visitor, body: dict[str, Any] | None = None) -> Any:
    """A draft that was taken; the response's JSON."""
    response = visitor.api("POST", "/submissions", key(), json=body or submission())
    assert response.status_code == 201, response.text
    return response.get_json()


def moved(visitor: Visitor, submission_id: str, move: str, version: int, **more: Any) -> Any:
    """A move that was made; the response's JSON."""
    headers = {"If-Match": f'"{version}"'}
    response = visitor.api("POST", f"/submissions/{submission_id}/{move}", headers, **more)
    assert response.status_code == 200, response.text
    return response.get_json()


def accepted(partner: Visitor, coordinator: Visitor, **changes: Any) -> str:
    """The id of a project that a partner sent and a coordinator validated."""
    draft = sent(partner, submission(**changes))
    moved(partner, draft["id"], "submit", 1)
    return str(moved(coordinator, draft["id"], "validate", 2)["project_id"])


def codes(response: Any) -> set[tuple[str, str]]:
    """Pointer and code of every problem of an answer."""
    return {(item["pointer"], item["code"]) for item in response.get_json()["errors"]}


def posted(visitor: Visitor, content: bytes, name: str = "x.csv", **fields: str) -> Any:
    """The answer to a file that was sent."""
    boundary, body = encode_multipart(fields | {"file": FileStorage(io.BytesIO(content), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    return visitor.api("POST", "/imports", key(), data=body, content_type=kind)


def worked(make: Any) -> int:
    """The worker does what is due."""
    return jobs.work_off(make, rules.load(), {import_jobs.KIND: import_runs.handler(judge)})


def uploaded(visitor: Visitor, make: Any, content: bytes, name: str = "x.csv", **fields: str) -> Any:
    """An import that the worker has read; its JSON."""
    response = posted(visitor, content, name, **fields)
    assert response.status_code == 201, response.text
    worked(make)
    return visitor.api("GET", f"/imports/{response.get_json()['id']}").get_json()
