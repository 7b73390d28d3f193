"""Rows of the submission form: which columns a group has, reading them, and the buttons that change them."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

Row = dict[str, Any]
Values = dict[str, Any]

GROUPS: dict[str, dict[str, str]] = {
    "organizations": {"role": "org_role", "name": "org_name"},
    "countries": {"country": "country", "share": "country_share"},
    "pillars": {"pillar": "pillar", "share": "pillar_share", "rationale": "pillar_rationale"},
    "beneficiaries": {"name": "beneficiary_name", "kind": "beneficiary_kind"},
    "contributions": {
        "by": "contribution_by",
        "kind": "contribution_kind",
        "amount": "contribution_amount",
        "currency": "contribution_currency",
        "date": "contribution_date",
    },
    "identifiers": {"scheme": "identifier_scheme", "value": "identifier_value"},
    "locations": {"country": "location_country", "name": "location_name"},
    "sectors": {"code": "sector_code", "share": "sector_share"},
    "documents": {"title": "document_title", "url": "document_url"},
    "translations": {
        "language": "translation_language",
        "title": "translation_title",
        "description": "translation_description",
    },
    "relations": {"kind": "relation_kind", "project": "relation_project"},
}
"""Group → key in the values → name of the repeated form field."""
FIXED_ROLES = ("funding", "implementing")
"""The first two rows of the organizations, whose role the form sets."""
MOST = 501
CENTS = 10000


def read(form: MultiDict[str, str]) -> dict[str, list[Row]]:
    """Every row of every group as it was posted, blank ones included."""
    found = {}
    for group, columns in GROUPS.items():
        lists = {key: [clean(text) for text in form.getlist(name)] for key, name in columns.items()}
        length = min(max(map(len, lists.values())), MOST)
        found[group] = [
            {key: texts[at] if at < len(texts) else "" for key, texts in lists.items()}
            for at in range(length)
        ]
    return found


def clean(text: str) -> str:
    """Text as it was typed, with one kind of line end and without the NUL that no database holds."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def is_blank(group: str, at: int, row: Row) -> bool:
    """Whether nobody wrote into a row: what the form itself chose for it doesn't count."""
    if group == "contributions":
        return not any(row.get(key) for key in ("by", "amount", "currency", "date"))
    if group == "organizations" and at < len(FIXED_ROLES) and row.get("role") == FIXED_ROLES[at]:
        return not row.get("name")
    return not any(row.get(key) for key in GROUPS[group])


def act(values: Values, action: str) -> bool:
    """Do what a button of the rows asks: add:<group>[:<value>], remove:<group>:<row>, divide:<group>,
    pick:<group>:<row>:<key>:<value>, or count:<group>, which only counts anew.

    Changes `values` in place; False where the button is none of these.
    """
    verb, _, rest = action.partition(":")
    group, _, value = rest.partition(":")
    if group not in GROUPS or verb not in ("add", "remove", "divide", "pick", "count"):
        return False
    rows = values[group]
    if verb == "add":
        _add(group, rows, value)
    elif verb == "divide":
        _divide(group, rows)
    elif verb in ("remove", "pick"):
        at, _, chosen = value.partition(":")
        if at.isascii() and at.isdigit() and int(at[:6]) < len(rows):
            _pick(group, rows[int(at)], chosen) if verb == "pick" else rows.pop(int(at))
    return True


def place(values: Values, action: str) -> str:
    """The field that a button of the rows leads to: where one goes on writing once the page comes back."""
    verb, _, rest = action.partition(":")
    group, _, value = rest.partition(":")
    at, _, chosen = value.partition(":")
    first = FIRST.get(group, next(iter(GROUPS[group])))
    if verb == "pick":
        key = chosen.partition(":")[0]
        return f"{group}.{at}.{FIRST.get(group, key) if key == 'by' else key}"
    if verb == "add":
        named = [number for number, row in enumerate(values[group]) if value and value in row.values()]
        return f"{group}.{named[0] if named else len(values[group]) - 1}.{first}"
    if verb == "remove":
        number = int(at[:6]) if at.isascii() and at.isdigit() else 0
        return f"{group}.{max(min(number, len(values[group]) - 1), 0)}.{first}"
    return f"{group}.0.share"


FIRST = {"contributions": "organization"}
"""What the form calls the first field of a row, where it isn't its first key."""


def _pick(group: str, row: Row, chosen: str) -> None:
    key, _, value = chosen.partition(":")
    if key in GROUPS[group]:
        row[key] = value


def _add(group: str, rows: list[Row], value: str) -> None:
    """A blank row, or one with a first answer, for which a row that is blank so far serves."""
    if not value:
        if not rows and group not in ("organizations",):
            rows.append(dict.fromkeys(GROUPS[group], ""))
        rows.append(dict.fromkeys(GROUPS[group], ""))
        return
    key = next(iter(GROUPS[group]))
    spare = next((row for at, row in enumerate(rows) if is_blank(group, at, row)), None)
    if spare is None:
        spare = dict.fromkeys(GROUPS[group], "")
        rows.append(spare)
    spare[key] = value


def _divide(group: str, rows: list[Row]) -> None:
    """100 percent among the rows that name something, to the cent; the first rows take what doesn't divide."""
    if "share" not in GROUPS[group]:
        return
    key = next(iter(GROUPS[group]))
    named = [row for row in rows if row[key]]
    for at, row in enumerate(named):
        share = CENTS // len(named) + (at < CENTS % len(named))
        row["share"] = f"{share // 100}.{share % 100:02d}"


def with_fixed_roles(rows: list[Row]) -> list[Row]:
    """The organizations with the funding and the implementing one first; a blank row where there is none."""
    left = list(rows)
    first = []
    for role in FIXED_ROLES:
        row = next((row for row in left if row["role"] == role), None)
        if row is None:
            row = {"role": role, "name": ""}
        else:
            left.remove(row)
        first.append(row)
    return first + left
