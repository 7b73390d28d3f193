"""The submission form to a plain project document and back; nothing is judged here."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from adam.web import rows
from adam.web.lexicon import Lexicon
from adam.web.rows import GROUPS, Row, Values

TEXTS = (
    *("title", "description", "language", "status", "visibility"),
    *("start_planned", "end_planned", "start_actual", "end_actual", "last_confirmed_on"),
)
LISTS = {"assistance_types": "assistance_type", "result_areas": "result_area", "action_plans": "action_plan"}
SPACES = re.compile("[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
RECORD = re.compile(r"ADAM-\d+|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
Document = dict[str, Any]
Places = dict[str, str]
"""Place in the document ("countries/0") → place in the form ("countries.2")."""


def blank() -> Values:
    """The answers of an empty form."""
    first = {"language": "en", "visibility": "partners", "organizations": rows.with_fixed_roles([])}
    return dict.fromkeys(TEXTS, "") | {name: [] for name in (*LISTS, *GROUPS)} | first


def read(form: MultiDict[str, str]) -> Values:
    """Every answer as it was posted: texts, lists of codes, and rows with their blank ones."""
    values: Values = {name: rows.clean(form.get(name, "")) for name in TEXTS}
    values |= {
        name: [rows.clean(code) for code in form.getlist(field)][:101] for name, field in LISTS.items()
    }
    return values | rows.read(form)


def document_of(values: Values, lexicon: Lexicon, base: Document | None = None) -> tuple[Document, Places]:
    """The project document of the answers, and where each of its rows stands in the form.

    Blank rows are left out. What the form doesn't show of `base`, the document as it was, stays with the rows that
    are still the same.
    """
    document: Document = {name: values[name] for name in TEXTS if values[name]}
    document |= {name: values[name] for name in LISTS if values[name]}
    if base and base.get("source"):
        document["source"] = base["source"]
    places: Places = {}
    for group in GROUPS:
        left = list(base.get(group) or []) if base else []
        for at, row in enumerate(values[group]):
            if rows.is_blank(group, at, row):
                continue
            listed = document.setdefault(group, [])
            places[f"{group}/{len(listed)}"] = f"{group}.{at}"
            listed.append(_whole(group, row, left, lexicon))
    return document, places


def _whole(group: str, row: Row, left: list[Document], lexicon: Lexicon) -> Document:
    """A row as an item; of the item that it was before, what the form doesn't show or can't say as exactly stays."""
    item, hidden = _item(group, row, lexicon), _hidden(group, row, left, lexicon)
    kept = {key: value for key, value in item.items() if key not in hidden}
    return kept | {key: value for key, value in hidden.items() if value is not None}


def _item(group: str, row: Row, lexicon: Lexicon) -> Document:
    """A row of the form as an item of the document; what was left open is left out."""
    item = {key: text for key, text in row.items() if text and key in GROUPS[group]}
    for key in ("share", "amount"):
        if key in item:
            item[key] = SPACES.sub("", item[key])
    for key, meant in (("country", lexicon.country), ("currency", lexicon.currency)):
        if key in item:
            item[key] = meant(item[key])
    if group == "organizations" and "name" in item:
        item |= _body(item.pop("name"), lexicon)
    elif group == "contributions":
        item |= _body(item.pop("by", ""), lexicon)
        item |= {"value_date": item.pop("date")} if "date" in item else {}
    elif group == "pillars" and "pillar" in item:
        item |= _assigned(item["pillar"])
    elif group == "sectors" and "code" in item:
        item["code"] = lexicon.sector(item["code"])
    elif group == "relations":
        _related(item)
    return item


def _related(item: Document) -> None:
    """ "component:part" names what this record is in it; what is no reference of ours is an identifier elsewhere."""
    kind, _, role = item.get("kind", "").partition(":")
    if role:
        item |= {"kind": kind, "role": role}
    if not RECORD.fullmatch(item.get("project", "ADAM-0")):
        item["identifier"] = item.pop("project")


def _body(typed: str, lexicon: Lexicon) -> Document:
    code, name = lexicon.body(typed) if typed else (None, None)
    return {key: value for key, value in (("organization", code), ("name", name)) if value}


def _assigned(code: str) -> Document:
    """ "I.5" is a commitment and names its pillar; "I" is a pillar as a whole."""
    pillar, _, commitment = code.partition(".")
    return {"pillar": pillar, "commitment": code} if commitment else {"pillar": code}


CARRIED = {
    "organizations": ("organization", "name"),
    "contributions": ("organization", "name", "provider_activity", "receiver_activity"),
    "identifiers": ("owner",),
    "locations": ("latitude", "longitude"),
    "sectors": ("vocabulary",),
    "relations": ("project", "identifier"),
}
SAME = {"organizations": ("name",), "identifiers": ("value",), "locations": ("name",), "sectors": ("code",)}
ENOUGH = 3


def _hidden(group: str, row: Row, left: list[Document], lexicon: Lexicon) -> Document:
    """What the form doesn't show of the item that this row was; that item is used up."""
    candidates = [(row_of(group, item, lexicon), item) for item in left] if group in CARRIED else []
    for before, item in sorted(candidates, key=lambda pair: pair[0] != row):
        if _is_same(group, before, row):
            left.remove(item)
            kept = CARRIED[group]
            if group == "contributions" and before["by"] != row["by"]:
                kept = kept[2:]
            return {key: item.get(key) for key in kept}
    return {}


def _is_same(group: str, before: Row, row: Row) -> bool:
    if group in SAME:
        return all(before[key] == row[key] for key in SAME[group])
    equal = sum(before[key] == row[key] for key in GROUPS[group])
    return equal >= min(ENOUGH, len(GROUPS[group]))


def values_of(document: Document, lexicon: Lexicon) -> Values:
    """The answers that the form shows for a document, whatever it is made of."""
    values = blank() | {name: text(document.get(name)) for name in TEXTS}
    values["language"] = values["language"] or "en"
    values |= {name: [text(code) for code in document.get(name) or []] for name in LISTS}
    for group in GROUPS:
        items = [item for item in document.get(group) or [] if isinstance(item, dict)]
        values[group] = [row_of(group, item, lexicon) for item in items]
    values["organizations"] = rows.with_fixed_roles(values["organizations"])
    return values


def row_of(group: str, item: Document, lexicon: Lexicon) -> Row:
    """An item of the document as a row of the form."""
    row: Row = {key: text(item.get(key)) for key in GROUPS[group]}
    if group == "organizations":
        row["name"] = lexicon.shown(item.get("organization"), item.get("name"))
    elif group == "contributions":
        row["by"] = lexicon.shown(item.get("organization"), item.get("name"))
        row["date"] = text(item.get("value_date"))
    elif group == "pillars":
        row["pillar"] = text(item.get("commitment") or item.get("pillar"))
        row["proposed"] = item.get("proposed") is True
    elif group == "relations":
        row["project"] = text(item.get("project") or item.get("identifier"))
        row["kind"] += f":{item['role']}" if item.get("role") else ""
    return row


def without(document: Document, pointers: list[str]) -> Document:
    """The document without what these problems are about: a field, a row, or the shares of a whole list."""
    found = dict(document)
    rows_out: dict[str, set[str]] = {}
    for pointer in pointers:
        name, *rest = pointer.removeprefix("#/project/").split("/")
        if rest and name in GROUPS:
            rows_out.setdefault(name, set()).add(rest[0])
        elif "share" in GROUPS.get(name, ()):
            found[name] = [
                {key: value for key, value in row.items() if key != "share"} for row in found.get(name, [])
            ]
        else:
            found.pop(name, None)
    for name, out in rows_out.items():
        found[name] = [row for at, row in enumerate(found.get(name, [])) if str(at) not in out]
    return found


def text(value: Any) -> str:
    """A value as a field shows it."""
    return "" if value is None else str(value)
