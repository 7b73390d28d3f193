"""Two documents beside each other: every field as the lines of text that a person compares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from adam.http import languages
from adam.schemas.readable import readable
from adam.web import filters
from adam.web.form_errors import part
from adam.web.labels import label

Document = dict[str, Any]


def change(name: str, before: Document, after: Document) -> dict[str, str]:
    """A field before and after, each as one text."""
    return {
        "name": part(name),
        "before": "; ".join(lines(name, readable(before))),
        "after": "; ".join(lines(name, readable(after))),
    }


def lines(name: str, document: Document) -> list[str]:
    """What stands in one field of a readable document; nothing for an empty one."""
    value = document.get(name)
    if value is None or value == "" or value == []:
        return []
    if name in LISTS:
        return [LISTS[name](item) for item in value]
    if name in PLAIN:
        return [PLAIN[name](value)]
    return [str(value)] if not isinstance(value, list | dict) else [str(item) for item in value]


def _share(item: Document) -> str:
    return f", {filters.percent(item['share'])}" if item["share"] is not None else ""


def _money(item: Document) -> str:
    amount = filters.plain(filters.money(item["amount"], item["currency"]))
    day = f", {filters.day(item['value_date'])}" if item["value_date"] else ""
    by = filters.org_name(item)
    return f"{amount} ({label(item['kind'], 'contribution').lower()}{day}){f', {by}' if by else ''}"


def _pillar(item: Document) -> str:
    still = f" ({_('proposed')})" if item["proposed"] else ""
    return f"{filters.pillar_name(item['commitment'] or item['pillar'])}{_share(item)}{still}"


def _relation(item: Document) -> str:
    return f"{label(item['kind'], 'relation')}: {item['project'] or item['identifier'] or ''}"


LISTS: dict[str, Callable[[Any], str]] = {
    "organizations": lambda item: f"{label(item['role'], 'role')}: {filters.org_name(item)}",
    "countries": lambda item: f"{filters.country_name(item['country'])}{_share(item)}",
    "pillars": _pillar,
    "assistance_types": filters.assistance_name,
    "beneficiaries": lambda item: item["name"] or "",
    "contributions": _money,
    "identifiers": lambda item: f"{item['scheme']}: {item['value']}",
    "locations": lambda item: item["name"] or "",
    "sectors": lambda item: f"{filters.sector_name(item['vocabulary'], item['code'])}{_share(item)}",
    "documents": lambda item: item["title"] or item["url"] or "",
    "translations": lambda item: f"{item['language']}: {item['title']}",
    "relations": _relation,
    "result_areas": filters.result_area_name,
    "action_plans": filters.action_plan_name,
}
PLAIN: dict[str, Callable[[Any], str]] = {
    "language": lambda code: languages.OWN_NAMES.get(code, code),
    "status": lambda code: label(code, "state"),
    "visibility": lambda code: label(code, "visibility"),
    **dict.fromkeys(
        ("start_planned", "end_planned", "start_actual", "end_actual", "last_confirmed_on"), filters.day
    ),
}
