"""The pages of the vocabulary: every code that a project may carry, with its name, to look up and to link to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR
from adam.http import guards, languages
from adam.http.work import work
from adam.queries import directory, vocabulary
from adam.services.work import Work
from adam.web import pager, word_lists
from adam.web.labels import label
from adam.web.word_lists import Word, WordList
from adam.web.words import Words

blueprint = Blueprint("vocabulary", __name__)
BODIES = "organizations"
FIRST = 20


@blueprint.get("/vocabulary")
@guards.anyone
def listed() -> str:
    """The shorter lists and the way to the longer ones; ?q= looks a word or a code up in all of them."""
    text = _sought()
    with work(read_only=True) as w:
        found = [*word_lists.lists(_words(w)), _bodies(w, text, (0, FIRST + 1) if text else None)]
    shown = [_group(item, text, FIRST if item.long else None) for item in found if text or not item.long]
    return render_template(
        "vocabulary.html",
        title=_("Vocabulary"),
        lede=_(
            "The codes that a project may carry, each with its name: the same in the form, in files and in the API."
        ),
        chips=[_chip(item) for item in found] if not text else [],
        filters=_filters(text),
        hidden={},
        groups=[group for group in shown if group["words"]],
        pages=None,
    )


@blueprint.get("/vocabulary/<list_name>")
@guards.anyone
def one(list_name: str) -> str:
    """One of the longer lists; ?q= keeps what says a word."""
    text, pages = _sought(), None
    with work(read_only=True) as w:
        if list_name == BODIES:
            item, pages = _page_of_bodies(w, text)
        else:
            known = {item.name: item for item in word_lists.lists(_words(w)) if item.long}
            item = known.get(list_name) or abort(404)
    return render_template(
        "vocabulary.html",
        title=item.title,
        lede=_("Found by code or by name, in any language that the list has."),
        chips=_tabs() if list_name == BODIES else [],
        filters=_filters(text),
        hidden={"listed": "no"} if list_name == BODIES and _waiting() else {},
        groups=[_group(item, text, None)],
        pages=pages,
    )


def _sought() -> str:
    return request.args.get("q", "").replace("\x00", "").strip()[:100]


def _words(w: Work) -> Words:
    return Words(vocabulary.snapshot(w.session), languages.current())


def _filters(text: str) -> list[dict[str, Any]]:
    return [{"name": "q", "label": _("Code or name"), "type": "search", "value": text}]


def _chip(item: WordList) -> dict[str, Any]:
    count = len(item.words) or None
    return {"label": item.title, "url": item.url, "count": count, "current": False}


def _bodies(w: Work, text: str, window: tuple[int, int] | None) -> WordList:
    """The organizations that this reader may see named, those of the window; none of them without one."""
    words: list[Word] = []
    if window:
        query = _query(w, text)
        found = directory.by_name(w.session, query, window)
        words = [Word(row.code or row.id, row.name, _about(w, row), url=_url(w, row)) for row in found]
    fields = "organizations[].organization, contributions[].organization"
    return WordList(BODIES, _("Organizations"), fields, words, long=True)


def _page_of_bodies(w: Work, text: str) -> tuple[WordList, dict[str, Any] | None]:
    """The organizations of the page that is asked for; whether there are more is known without counting them."""
    start, size = pager.window()
    item = _bodies(w, text, (start, size + 1))
    there = len(item.words)
    del item.words[size:]
    return item, pager.links(len(item.words), start + there, more=there > size)


def _query(w: Work, text: str) -> Any:
    if _waiting():
        return directory.unlisted(w.actor, text)
    return directory.named(w.actor, text) if text else directory.organizations(w.actor)


def _waiting() -> bool:
    """Whether those are asked for that stand in no list yet."""
    return request.path != "/vocabulary" and request.args.get("listed") == "no"


def _url(w: Work, row: Any) -> str | None:
    """Where an administrator enters a body that only records name."""
    return None if row.listed or w.actor.role != ADMINISTRATOR else f"/vocabulary/organizations/{row.id}"


def _tabs() -> list[dict[str, Any]]:
    """All organizations, or those that stand in no list yet."""
    here, place = _waiting(), f"/vocabulary/{BODIES}"
    return [
        {"label": _("All"), "url": place, "count": None, "current": not here},
        {"label": _("Not in our list yet"), "url": f"{place}?listed=no", "count": None, "current": here},
    ]


def _about(w: Work, row: Any) -> str:
    if not row.code:
        return _("Not in our list: known from a record.")
    said = [label(row.kind, "body"), w.vocabulary.partner(row.partner) if row.partner else ""]
    return ", ".join(word for word in said if word and word != row.name)


def _group(item: WordList, text: str, most: int | None) -> dict[str, Any]:
    """A list as the page shows it: its first words that say the text, and where the others are."""
    found = item.words if item.name == BODIES else item.found(text)
    cut = most is not None and len(found) > most
    return {
        "name": item.name,
        "title": item.title,
        "fields": item.fields,
        "count": None if item.name == BODIES else len(found),
        "words": found[:most] if cut else found,
        "noted": any(word.about for word in found),
        "all_url": f"{item.url}?{urlencode({'q': text})}" if cut else None,
        "api_url": _api(item),
    }


def _api(item: WordList) -> str | None:
    if item.name == BODIES:
        return "/api/v1/organizations"
    return f"/api/v1/vocabulary/{item.name}" if item.api else None
