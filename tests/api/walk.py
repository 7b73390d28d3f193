"""One answer of every operation of the API: a walk over a database of its own, with what each operation answered.

`python -m tests.api.walk` writes the examples of the answers anew (adam/api/answers.json).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from adam.api import answer_examples
from adam.api.examples import EXAMPLES, RETURN, SUBMISSION
from adam.api.office_examples import ACCOUNT, OFFICE
from adam.app import create_app
from adam.database import make_engine, sessions
from adam.domain.webhooks import DELIVERED
from adam.models.webhooks import WebhookDelivery
from adam.settings import load
from tests import databases
from tests.api.builders import key, posted, submission, uploaded, worked
from tests.builders.sheets import lines
from tests.databases import Database
from tests.visitors import Visitor, visitor

BASE = "/api/v1"
SAME = {"verdict": "record_duplicate", "reason": "Both were read side by side: one activity, written twice."}
TWICE = {"verdict": "duplicate_assistance", "reason": "Both train the same officers in the same months."}
Answers = dict[str, Any]


@dataclass(slots=True)
class Walk:
    """Who asks, the names that addresses need, and what was answered by operation, status and media type."""

    visit: Callable[..., Visitor]
    make: Any
    names: dict[str, str] = field(default_factory=dict)

    def send(self, who: Visitor, method: str, path: str, body: Any = None, **names: str) -> Any:
        """Ask, with the example of what is sent where none is given; the answer's JSON."""
        self.names |= names
        place = (f"{BASE}{path.partition('?')[0]}", method.lower())
        body = body if body is not None else (EXAMPLES | OFFICE).get(place)
        given: dict[str, Any] = {} if body is None else {"json": body}
        answer = who.api(
            method, path.format(**self.names), key() | {"If-Match": "*"} if method != "GET" else None, **given
        )
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.get_json() if answer.mimetype == "application/json" else answer.get_data()

    def read(self, who: Visitor, *paths: str) -> None:
        """Ask for each of these."""
        for path in paths:
            self.send(who, "GET", path)


def walked(database: Database) -> tuple[Flask, Answers]:
    """The application, and an answer of each of its operations by "method path status media-type"."""
    app = create_app(
        load({}, env="testing", database_url=database.url, rate_limit="1000000 per minute"),
        engine=database.engine,
    )
    found: Answers = {}
    app.after_request(partial(_keep, found))
    make = sessions(database.engine)
    walk = Walk(partial(visitor, app, make), make)
    norway, unodc, office = (
        walk.visit(*who) for who in (("focal_point", "NO"), ("focal_point", "UNODC"), ("coordinator",))
    )
    _submissions(walk, norway, unodc, office)
    _findings(walk, norway, office)
    _files(walk, norway)
    _reports(walk, norway, office)
    _mechanism(walk, norway, office)
    _administration(walk, office, walk.visit("administrator"))
    return app, found


def _keep(found: Answers, response: Response) -> Response:
    """Remember an answer; one with items rather than an empty list."""
    if request.path.startswith(BASE) and response.status_code < 300 and request.url_rule:
        rule = re.sub(r"<(?:[^>]*:)?(\w+)>", r"{\1}", request.url_rule.rule)
        name = f"{request.method.lower()} {rule} {response.status_code} {response.mimetype}"
        data = response.get_data()
        said = json.loads(data) if response.mimetype == "application/json" and data else data
        if not (name in found and _empty(said)) and not (name in found and not _empty(found[name])):
            found[name] = said
    return response


def _empty(said: Any) -> bool:
    return isinstance(said, dict) and said.get("items") == []


def _submissions(walk: Walk, norway: Visitor, unodc: Visitor, office: Visitor) -> None:
    made = walk.send(norway, "POST", "/submissions")
    one = "/submissions/{submission_id}"
    walk.send(norway, "POST", f"{one}/submit", submission_id=made["id"])
    asked = walk.send(office, "POST", f"{one}/return", RETURN)
    walk.send(
        norway,
        "POST",
        f"{one}/replies",
        {"comment": "The border guards of both.", "answers": asked["comments"][0]["id"]},
    )
    walk.send(norway, "PATCH", one)
    walk.send(norway, "POST", f"{one}/submit")
    walk.send(norway, "POST", "/submissions/check")
    walk.names["project_id"] = walk.send(office, "POST", f"{one}/validate")["project_id"]
    walk.read(norway, "/submissions", one, f"{one}/history")
    theirs = walk.send(unodc, "POST", "/submissions", SUBMISSION | {"source_ref": "GLO-K01"})
    walk.send(unodc, "POST", f"{one}/submit", submission_id=theirs["id"])
    walk.send(office, "POST", f"{one}/validate")
    for move, who in (("reject", office), ("withdraw", norway)):
        more = walk.send(norway, "POST", "/submissions", submission(title=f"One to {move}"))
        walk.send(norway, "POST", f"{one}/submit", submission_id=more["id"])
        walk.send(who, "POST", f"{one}/{move}")
    walk.send(norway, "POST", "/submissions/batch")
    walk.read(office, "/projects", "/projects/{project_id}", "/projects/{project_id}/history")


def _findings(walk: Walk, norway: Visitor, office: Visitor) -> None:
    one = "/findings/{finding_id}"
    first = walk.send(office, "GET", "/findings")["items"][0]["id"]
    walk.names["finding_id"] = first
    walk.read(office, "/projects/{project_id}/findings", one, f"{one}/merge")
    walk.send(office, "POST", f"{one}/judgements")
    walk.send(office, "POST", f"{one}/take-back")
    merged = walk.send(office, "POST", f"{one}/judgements", SAME | {"stays": walk.names["project_id"]})
    other = next(merged[side]["id"] for side in "ab" if merged[side]["id"] != walk.names["project_id"])
    walk.send(
        office,
        "POST",
        f"/projects/{other}/unmerge",
        OFFICE[f"{BASE}/projects/{{project_id}}/unmerge", "post"],
    )
    walk.send(
        office, "POST", "/findings/judgements", {"judgements": [TWICE | {"finding": first, "version": None}]}
    )
    case = "/cases/{case_id}"
    walk.names["case_id"] = walk.send(office, "GET", "/cases")["items"][0]["id"]
    walk.send(norway, "POST", f"{case}/messages")
    for move in ("due", "close", "reopen"):
        walk.send(office, "POST", f"{case}/{move}")
    walk.read(office, case)


def _files(walk: Walk, norway: Visitor) -> None:
    make = walk.make
    refused = uploaded(norway, make, lines(["source_ref", "title"], ["A", "x"]))
    activity = b"<iati-activity><iati-identifier>XM-OTHER-1</iati-identifier></iati-activity>"
    file = b'<iati-activities version="2.03">' + activity + b"</iati-activities>"
    published = uploaded(norway, make, file, name="x.xml")
    walk.send(norway, "GET", "/imports/{import_id}/refused", import_id=published["id"])
    tried = posted(norway, lines(["source_ref", "title"], ["B", "y"])).get_json()["id"]
    worked(make)
    walk.send(norway, "POST", "/imports/{import_id}/apply", import_id=tried)
    walk.names["import_id"] = refused["id"]
    walk.read(norway, "/imports", "/imports/{import_id}", "/imports/{import_id}/refused")
    walk.read(norway, "/imports/template?format=csv")
    walk.read(norway, *(f"/projects/export?format={form}" for form in ("iati", "hxl", "json")))


def _reports(walk: Walk, norway: Visitor, office: Visitor) -> None:
    first = walk.send(office, "POST", "/reports")["id"]
    second = walk.send(office, "POST", "/reports")["id"]
    one = "/reports/{report_id}"
    walk.names["report_id"] = first
    walk.read(
        office,
        "/reports",
        one,
        f"{one}/comparison?with={second}",
        f"{one}/comparison?with={second}&format=csv",
    )
    walk.read(office, *(f"{one}/records?format={form}" for form in ("json", "csv")))
    walk.read(office, *(f"{one}/file?format={form}" for form in ("json", "csv", "html")))
    kept = walk.send(norway, "POST", "/saved-scopes")["id"]
    walk.send(norway, "PATCH", "/saved-scopes/{scope_id}", scope_id=kept)
    walk.send(norway, "POST", "/saved-scopes/{scope_id}/run")
    walk.read(norway, "/saved-scopes", "/saved-scopes/{scope_id}")
    walk.read(office, "/coverage?country=AF", "/totals?by=donor")


def _mechanism(walk: Walk, norway: Visitor, office: Visitor) -> None:
    opened = walk.send(office, "POST", "/validation-rounds")["id"]
    one = "/validation-rounds/{round_id}"
    walk.send(norway, "POST", f"{one}/records/{{project_id}}", round_id=opened)
    walk.read(office, "/validation-rounds", one, f"{one}/records", f"{one}/file")
    for move in ("remind", "close"):
        walk.send(office, "POST", f"{one}/{move}")
    for noun, name in (
        ("meetings", "meeting_id"),
        ("recommendations", "recommendation_id"),
        ("needs", "need_id"),
    ):
        made = walk.send(office, "POST", f"/{noun}")
        walk.send(office, "PATCH", f"/{noun}/{{{name}}}", **{name: made["id"]})
        walk.read(office, f"/{noun}", f"/{noun}/{{{name}}}")
    linked = {"project": walk.names["project_id"]}
    walk.send(office, "POST", "/recommendations/{recommendation_id}/projects", linked)


def _administration(walk: Walk, office: Visitor, chief: Visitor) -> None:
    for noun, name, who in (("focal-points", "focal_point_id", chief), ("accounts", "account_id", chief)):
        made = walk.send(
            who, "POST", f"/{noun}", ACCOUNT | {"email": "ola@example.org"} if noun == "accounts" else None
        )
        walk.send(who, "PATCH", f"/{noun}/{{{name}}}", **{name: made["id"]})
        walk.read(who, f"/{noun}", f"/{noun}/{{{name}}}")
    for move in ("invite", "sign-out", "suspend", "reactivate"):
        walk.send(chief, "POST", f"/accounts/{{account_id}}/{move}")
    token = walk.send(office, "POST", "/tokens", EXAMPLES[f"{BASE}/tokens", "post"])
    walk.send(office, "GET", "/tokens/{token_id}", token_id=token["id"])
    walk.read(office, "/tokens", "/partners", "/organizations", "/rules")
    walk.read(office, *(f"/vocabulary/{name}" for name in ("pillars", "countries")))
    walk.read(chief, "/audit?action=project.changed", "/audit", "/audit/file")
    _webhooks(walk, office)


def _webhooks(walk: Walk, office: Visitor) -> None:
    one = "/webhooks/{webhook_id}"
    walk.send(office, "PATCH", one, webhook_id=walk.send(office, "POST", "/webhooks")["id"])
    sent = walk.send(office, "POST", f"{one}/ping")
    walk.read(office, "/webhooks", one, f"{one}/deliveries")
    for move in ("pause", "resume", "rotate"):
        walk.send(office, "POST", f"{one}/{move}")
    with walk.make.begin() as session:
        session.get_one(WebhookDelivery, sent["id"]).state = DELIVERED
    walk.send(office, "POST", f"{one}/deliveries/{sent['id']}/redeliver")


def main() -> None:
    """Write the examples anew from what is answered."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'walk.db'}"
        databases.build(url)
        _, found = walked(Database("sqlite", url, make_engine(url)))
    answer_examples.FILE.write_text(answer_examples.written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
