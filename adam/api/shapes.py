"""What our own fields say of themselves in the description: what they take, so that programs can know before."""

from __future__ import annotations

from typing import Any

from marshmallow import fields as plain

from adam.schemas import fields

Shape = dict[str, Any]
YEARS = r"^(19\d\d|20\d\d|2100)-\d\d-\d\d$"
DECIMAL = r"^\d{1,14}(\.\d{1,2})?$"
DEGREES = r"^-?\d{1,3}(\.\d{1,15})?$"
WEB = r"^https?://[A-Za-z0-9.\-_%]+(:\d{1,4})?([/?#][^\[\]]*)?$"


def shape(_converter: Any, field: Any, **_more: Any) -> Shape:
    """The keywords of JSON Schema that a field adds to its type."""
    if isinstance(field, fields.Choice):
        return {"enum": [*field.codes, *([None] if field.allow_none else [])]}
    if isinstance(field, fields.Text):
        return _text(field)
    for kind, pattern in PATTERNS.items():
        if isinstance(field, kind):
            return {"pattern": pattern}
    if isinstance(field, plain.Dict) and field.metadata.get("open", True):
        return {"additionalProperties": True}
    return {}


def _text(field: fields.Text) -> Shape:
    said: Shape = {"maxLength": field.longest} | ({"minLength": 1} if field.required else {})
    return said | ({"pattern": WEB} if isinstance(field, fields.Link) else {})


PATTERNS: dict[type[plain.Field[Any]], str] = {
    fields.ShortCode: rf"^{fields.ShortCode.pattern.pattern}$".replace(r"\w", "A-Za-z0-9_"),
    fields.Code: rf"^{fields.Code.pattern.pattern}$",
    fields.Day: YEARS,
    fields.Money: DECIMAL,
    fields.Share: DECIMAL,
    fields.Coordinate: DEGREES,
}


def draft(name: str, schemas: Shape) -> Shape:
    """A schema of the components without what it requires, in which everything may be null: what a draft holds."""
    return _loose(schemas[name], schemas)


def _loose(schema: Shape, schemas: Shape) -> Shape:
    if "$ref" in schema:
        return _loose(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    said: Shape = {"type": sorted({*kinds, "null"})} if kinds else {}
    if "properties" in schema:
        properties = {name: _loose(inner, schemas) for name, inner in schema["properties"].items()}
        said |= {"properties": properties, "additionalProperties": False}
    if "items" in schema:
        said["items"] = _loose(schema["items"], schemas)
    return said
