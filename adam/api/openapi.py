"""The description of the API in OpenAPI 3.1, made from the views, their schemas and their guards."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask_smorest import Api
from werkzeug.routing import AnyConverter, BaseConverter

from adam.api import events, operations, problems, shapes
from adam.domain.recommendations import LIVE
from adam.domain.rounds import CONFIRMED
from adam.http.guards import guard_of
from adam.schemas import fields
from adam.schemas.additions import AdditionSchema

TITLE = "ADAM, the Automated Donor Assistance Mechanism"
ABOUT = """Projects, submissions, findings and reports of the Paris Pact's donors.

Send a bearer token; public projects and the vocabulary need none. Amounts and shares are decimal strings, dates are
YYYY-MM-DD, text is NFC, whole numbers have at most 64 bits. Unknown and duplicate keys are refused. Whatever goes
wrong is answered as `application/problem+json` (RFC 9457) with all problems at once, each with a JSON pointer and a
stable code. What you may not see is answered as if it weren't there."""
SCOPES = """A token carries scopes, at most those of its account's role: `read`, `submit` (focal points), `coordinate`
(coordinators), `admin` (administrators). Each operation names those of which one is needed."""
SERVER_OWNED: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "format": "uuid", "readOnly": True},
    "reference": {"type": "string", "readOnly": True},
    "owner": {"type": "string", "readOnly": True, "description": "The partner that reports it."},
    "version": {"type": "integer", "readOnly": True},
    "created_at": {"type": "string", "format": "date-time", "readOnly": True},
    "updated_at": {"type": "string", "format": "date-time", "readOnly": True},
}
ID = {"type": "string", "format": "uuid"}
SAID = {"type": "string", "minLength": 1}


class RecordId(BaseConverter):
    """An id of ours in an address; anything else is nothing."""

    regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    part_isolating = True


class Description(Api):
    """flask-smorest's, with errors answered by http/failures.py and described by us."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """One file decides how errors look."""


def prepare(app: Flask) -> Description:
    """Ready for the nouns to be registered with it."""
    app.url_map.converters["record"] = RecordId
    app.config.update(API_TITLE=TITLE, API_VERSION="1", OPENAPI_VERSION="3.1.0")
    description = Description(app, spec_kwargs={"info": {"description": ABOUT}, "servers": [{"url": "/"}]})
    description.register_converter(RecordId, lambda _: ID)
    description.register_converter(
        AnyConverter, lambda found: {"type": "string", "enum": sorted(found.items)}
    )
    for field in (fields.Day, fields.Money, fields.Share, fields.Coordinate):
        description.register_field(field, "string", "date" if field is fields.Day else None)
    description.ma_plugin.converter.add_attribute_function(shapes.shape)
    description.spec.components.schema("Addition", schema=AdditionSchema)
    return description


def finished(app: Flask, description: Description) -> dict[str, Any]:
    """The whole document: what the views say, and what holds for all of them."""
    document: dict[str, Any] = description.spec.to_dict()
    parts = document["components"]
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": SCOPES}}
    parts["responses"] = problems.responses()
    parts["schemas"]["Problem"] = problems.SCHEMA
    for of_smorest in ("Error", "PaginationMetadata"):
        parts["schemas"].pop(of_smorest, None)
    _complete_project(parts["schemas"])
    _complete_return(parts["schemas"])
    _complete_reasons(parts["schemas"])
    document["webhooks"] = events.described()
    document["tags"] = [tag | {"name": tag["name"].removeprefix("api_")} for tag in document["tags"]]
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^>]*:)?(\w+)>", r"{\1}", rule.rule)
        for method, operation in document["paths"].get(path, {}).items():
            if method.upper() in (rule.methods or ()):
                guard = guard_of(app.view_functions[rule.endpoint], method)
                operations.complete(operation, operations.Place(path, method, rule.endpoint, guard))
    return document


def _complete_project(schemas: dict[str, Any]) -> None:
    """What the server owns of a project, the project of a patch, in which nothing is required, and that of a draft."""
    project = schemas["Project"]
    project["properties"] = SERVER_OWNED | project["properties"]
    schemas["ProjectPatch"] = {name: value for name, value in project.items() if name != "required"}
    schemas["ProjectDraft"] = shapes.draft("Project", schemas)
    _complete_submission(schemas)
    schemas["SubmissionAnswer"]["properties"]["project"] = _one_of("Project", "Addition", "ProjectDraft")
    schemas["SubmissionPatch"]["properties"]["project"] = {"$ref": "#/components/schemas/ProjectPatch"}


def _complete_submission(schemas: dict[str, Any]) -> None:
    """A whole project, or with `adds_to` the rows that are added, each contribution with whose money it is."""
    submission, money = schemas["Submission"], schemas["Addition"]["properties"]["contributions"]
    money["items"] = {"allOf": [money["items"], _either("organization", "name")]}
    schemas["Organization"] |= _either("organization", "name")
    schemas["Relation"] |= _either("project", "identifier")
    submission["properties"]["project"] = _one_of("Project", "Addition")
    nothing = {"type": "null"}
    whole = {"adds_to": nothing, "project": _one_of("Project")}
    added = {"adds_to": SAID, "project_id": nothing, "project": _one_of("Addition")}
    submission["anyOf"] = [{"properties": whole}, {"required": ["adds_to"], "properties": added}]


def _complete_reasons(schemas: dict[str, Any]) -> None:
    """What is done or dropped says what came of it, what is to be taken out why; of a patch the record decides."""
    for name, field, alone, reason in (
        ("Recommendation", "status", LIVE, "outcome"),
        ("RoundReply", "answer", (CONFIRMED,), "reason"),
    ):
        without = {"properties": {field: {"enum": [*alone]}}}
        schemas[name]["anyOf"] = [without, {"required": [reason], "properties": {reason: SAID}}]


def _either(*names: str) -> dict[str, Any]:
    return {"anyOf": [{"required": [name], "properties": {name: SAID}} for name in names]}


def _one_of(*names: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}


def _complete_return(schemas: dict[str, Any]) -> None:
    """One comment or several, at least one."""
    schemas["Return"]["anyOf"] = [
        {"required": ["comment"], "properties": {"comment": SAID}},
        {"required": ["comments"], "properties": {"comments": {"minItems": 1}}},
    ]
