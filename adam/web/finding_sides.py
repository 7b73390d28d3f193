"""Two records side by side: every field with what agrees and what differs, and both periods in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import languages
from adam.pictures.timelines import Span
from adam.queries import projects
from adam.services.work import Work
from adam.web import comparing, differences, documents, filters
from adam.web.form_errors import part

SIDE_BY_SIDE = (
    ("title", "title"),
    ("organizations", "funders"),
    ("beneficiaries", "beneficiaries"),
    ("assistance_types", "assistance_types"),
    ("countries", "countries"),
    ("locations", None),
    ("pillars", "pillars"),
    ("start_planned", "start"),
    ("end_planned", "period"),
    ("start_actual", None),
    ("end_actual", None),
    ("status", None),
    ("contributions", "amount"),
    ("identifiers", "identifiers"),
    ("sectors", "sectors"),
    ("description", "description"),
)
"""Field of the document and the evidence that speaks of it."""
LEVELS = ("exact", "close", "different", "missing")
TEXTS = ("title", "description")
ALIKE = 0.4
"""Texts that share less than this of their words are not marked word by word: all of them would be."""
Piece = dict[str, Any]
MARGIN = timedelta(days=120)


def fields(w: Work, item: Any, a: Any, b: Any) -> list[dict[str, Any]]:
    """Every field that either record fills, with the agreement that the engine saw or that the two texts have."""
    levels = {one["feature"]: one["level"] for one in item.evidence}
    left, right = (documents.readable(projects.readable(side, w.actor)) for side in (a, b))
    found = []
    for name, feature in SIDE_BY_SIDE:
        mine, theirs = comparing.lines(name, left), comparing.lines(name, right)
        if mine or theirs:
            level = _level(mine, theirs, levels.get(feature or ""))
            ours, others = (
                _marked(name, mine, theirs) if level in ("close", "different") else _bare(mine, theirs)
            )
            field = {"name": part(name), "a": ours, "b": others, "level": level}
            found.append(field | (_counted(a, b) if name == "contributions" else {}))
    return found


def _level(mine: list[str], theirs: list[str], seen: str | None) -> str:
    if not mine or not theirs:
        return "missing"
    if _folded(mine) == _folded(theirs):
        return "exact"
    return seen if seen in ("close", "different") else "close" if set(mine) & set(theirs) else "different"


def _folded(texts: list[str]) -> list[str]:
    return sorted(" ".join(text.split()).casefold() for text in texts)


def _bare(*sides: list[str]) -> tuple[list[list[Piece]], ...]:
    return tuple([[{"text": line, "mark": False}] for line in side] for side in sides)


def _marked(name: str, mine: list[str], theirs: list[str]) -> tuple[list[list[Piece]], ...]:
    """Both sides with what the other side does not have marked: words of a text, lines of a list."""
    if name in TEXTS:
        pieces = differences.words(mine[0], theirs[0])
        same = sum(len(one["text"]) for one in pieces if one["kind"] == "same")
        if same < ALIKE * max(len(mine[0]), len(theirs[0])):
            return _bare(mine, theirs)
        return _side_of(pieces, "removed"), _side_of(pieces, "added")
    if not set(mine) & set(theirs):
        return _bare(mine, theirs)
    return tuple(
        [[{"text": line, "mark": line not in other}] for line in side]
        for side, other in ((mine, theirs), (theirs, mine))
    )


def _side_of(pieces: Iterable[dict[str, str]], own: str) -> list[list[Piece]]:
    kept = [one for one in pieces if one["kind"] in ("same", own)]
    return [[{"text": one["text"], "mark": one["kind"] == own} for one in kept]]


def _counted(a: Any, b: Any) -> dict[str, str]:
    """What each record counts with in US dollars."""
    said = [
        _("counts with %(usd)s", usd=filters.plain(filters.money(side.usd, "USD")))
        if side.usd is not None
        else _("no amount that can be converted")
        for side in (a, b)
    ]
    return {"a_note": said[0], "b_note": said[1]}


def counts(found: list[dict[str, Any]]) -> str:
    """How many fields agree, in words."""
    names = {"exact": _("same"), "close": _("close"), "different": _("different"), "missing": _("not given")}
    number = {level: sum(one["level"] == level for one in found) for level in LEVELS}
    parts = ", ".join(f"{number[level]} {names[level]}" for level in LEVELS if number[level])
    return f"{ngettext('1 field', '%(num)s fields', len(found))}: {parts}"


def in_time(w: Work, a: Any, b: Any) -> dict[str, Any] | None:
    """Both periods as bars, the time they share hatched; None where neither gives a day."""
    days = [day for side in (a, b) for day in (side.begins, side.ends) if day]
    if not days:
        return None
    bars = [_bar(w, letter, side) for letter, side in (("A", a), ("B", b))]
    starts, ends = [side.begins for side in (a, b)], [side.ends for side in (a, b)]
    shared = (max(starts), min(ends)) if all(starts) and all(ends) else None
    both = shared if shared and shared[0] <= shared[1] else None
    edges = {"start": min(days) - MARGIN, "end": max(days) + MARGIN}
    clashes = [{"start": both[0], "end": both[1], "label": ""}] if both else []
    said = _shared(both, all(starts) and all(ends))
    return {"span": Span(bars=bars, clashes=clashes, direction=languages.direction(), **edges), "said": said}


def _bar(w: Work, letter: str, side: Any) -> dict[str, Any]:
    return {
        "label": f"{letter}: {side.reference}",
        "note": w.vocabulary.partner(side.owner),
        "start": side.begins,
        "end": side.ends,
        "text": "",
        "strong": False,
    }


def _shared(both: Any, known: bool) -> str:
    if both:
        return _("Both run %(period)s.", period=filters.period(*both))
    return _("They do not run at the same time.") if known else _("A start or an end is not given.")
