"""Differences in words: fields before and after, rows of lists, long texts word by word, and money as it moves."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from adam.domain import differences
from adam.domain.differences import Change, Row
from adam.domain.money import Headline
from adam.schemas.readable import readable
from adam.web import comparing, filters
from adam.web.form_errors import part

Shown = dict[str, Any]
TEXTS = ("title", "description")
LONG = 60
WORDS = re.compile(r"\S+\s*")
MANY = 500
"""Beyond so many words the commonest ones don't begin a match: what repeats itself would take seconds."""


def shown(found: list[Change]) -> list[Shown]:
    """Each change for macros/differences.html."""
    return [_change(change) for change in found]


def between(before: dict[str, Any], after: dict[str, Any]) -> list[Shown]:
    """What differs between two documents, in words."""
    return shown(differences.changes(before, after))


def _change(change: Change) -> Shown:
    item: Shown = {"field": change.field, "name": part(change.field), "rows": None, "words": None}
    if change.rows is not None:
        return item | {"rows": [_row(change.field, row) for row in change.rows]}
    before, after = (text_of(change.field, value) for value in (change.before, change.after))
    if change.field in TEXTS and before and after and max(len(before), len(after)) > LONG:
        item["words"] = words(before, after)
    return item | {"before": before, "after": after}


def _row(field: str, row: Row) -> dict[str, str]:
    before, after = (row_text(field, value) if value is not None else "" for value in (row.before, row.after))
    return {"kind": row.kind, "before": before, "after": after}


def row_text(field: str, row: Any) -> str:
    """A row of a list in words; who states it is said where it isn't the owner."""
    text = "; ".join(comparing.lines(field, readable({field: [row]})))
    by = row.get("stated_by") if isinstance(row, dict) else None
    return f"{text} ({_('stated by %(partner)s', partner=filters.partner_name(by))})" if by else text


def text_of(field: str, value: Any) -> str:
    """The value of a single field in words."""
    return "; ".join(comparing.lines(field, readable({field: value}))) if value else ""


def words(before: str, after: str) -> list[dict[str, str]]:
    """Two texts as one, in pieces that stayed, went or came; the space between words makes no difference."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    mine, theirs = ([word.rstrip() for word in side] for side in (old, new))
    matched = SequenceMatcher(None, mine, theirs, autojunk=max(len(old), len(new)) > MANY)
    pieces: list[dict[str, str]] = []
    for what, a, b, c, d in matched.get_opcodes():
        if what == "equal":
            last = max(old[b - 1], new[d - 1], key=len)
            pieces.append({"kind": "same", "text": "".join(new[c : d - 1]) + last})
            continue
        for kind, text in (("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))):
            if text:
                pieces.append({"kind": kind, "text": text})
    return pieces


def effect(before: Headline, after: Headline) -> str:
    """What a change does to the figure with which a record is counted, in a sentence."""
    if before.usd is None and after.usd is None:
        return _("The record stays without a figure in US dollars.")
    if before.usd is None or after.usd is None:
        figure = filters.plain(filters.millions(after.usd if before.usd is None else before.usd, "USD"))
        if before.usd is None:
            return _("The record is counted with %(figure)s for the first time.", figure=figure)
        return _("The record loses its figure, %(figure)s.", figure=figure)
    now = filters.plain(filters.millions(after.usd, "USD"))
    if before.usd == after.usd:
        return _("The figure stays %(figure)s.", figure=now)
    by = filters.plain(filters.millions(abs(after.usd - before.usd), "USD"))
    if after.usd > before.usd:
        return _("The figure rises by %(by)s, to %(now)s.", by=by, now=now)
    return _("The figure falls by %(by)s, to %(now)s.", by=by, now=now)
