"""What a request brings: a JSON body or a query, judged by a schema, with every problem at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from flask import request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, ValidationError
from marshmallow.fields import List
from webargs.flaskparser import FlaskParser

from adam.errors import Invalid, Problem
from adam.http import bodies
from adam.schemas.faults import problems_of

FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON body: as it came, and what its schema made of it; `draft` is None where there are problems."""

    document: Any
    draft: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()

    def taken(self) -> dict[str, Any]:
        """The draft; raises Invalid with every problem of the body."""
        if self.draft is None:
            raise Invalid(self.problems)
        return self.draft


class Reader(FlaskParser):
    """Reads by our own rules (http/bodies.py) instead of webargs'; a body is judged, a wrong query refused."""

    def parse(self, argmap: Any, req: Any = None, *, location: str | None = None, **_more: Any) -> Any:
        """A Body for `json`; the draft of the query for `query`, else Invalid with a problem for each parameter."""
        schema: Schema = _ready(argmap) if isinstance(argmap, type) else argmap
        return judged(schema, bodies.json_body()) if location == "json" else _query(schema)


@cache
def _ready(kind: type[Schema]) -> Schema:
    """A schema of this kind, built once: reading with it leaves no trace in it."""
    return kind()


class Blueprint(SmorestBlueprint):
    """A noun of the API: its views, and what the documentation says of them."""

    ARGUMENTS_PARSER = Reader()

    def __init__(self, name: str, module: str, description: str):
        super().__init__(f"api_{name}", module, url_prefix="/api/v1", description=description)

    def files(self, about: str, *kinds: str) -> Callable[[Any], Any]:
        """Say in the documentation that the answer is a file of one of these media types."""
        first, *others = (kind.partition(";")[0] for kind in kinds)
        says = [
            self.alt_response(200, schema=FILE, description=about, content_type=kind, success=True)
            for kind in others
        ]
        says.append(self.response(200, FILE, content_type=first, description=about))
        return lambda view: reduce(lambda described, say: say(described), says, view)

    def add_url_rule(self, rule: str, *given: Any, **options: Any) -> None:
        """Flask's, except that every noun has the same name in the documentation as in the address."""
        options.setdefault("tags", [self.name.removeprefix("api_").replace("_", "-")])
        super().add_url_rule(rule, *given, **options)


def judged(schema: Schema, document: Any) -> Body:
    """The document as this schema sees it."""
    try:
        return Body(document, schema.load(document))
    except ValidationError as error:
        return Body(document, None, tuple(problems_of(error)))


def _query(schema: Schema) -> dict[str, Any]:
    lists = {field.data_key or name for name, field in schema.fields.items() if isinstance(field, List)}
    given = {
        name: request.args.getlist(name) if name in lists else value for name, value in request.args.items()
    }
    try:
        return schema.load(given)
    except ValidationError as error:
        found = problems_of(error, "?")
        raise Invalid(Problem(_parameter(item.pointer), item.code, item.detail) for item in found) from None


def _parameter(pointer: str) -> str:
    """?/country/0 → ?country: a query has names, not places."""
    return f"?{pointer.split('/')[1]}" if "/" in pointer else pointer
