"""Atom feeds (RFC 4287) out: what changed, newest first, under ids that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lxml import etree

NAMESPACE = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml; charset=utf-8"
LONG_AGO = datetime(2012, 2, 16, tzinfo=UTC)
"""When nothing is in a feed, it was last changed on the day of the Vienna Declaration: a feed must have a day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: its id as a URN, its own page, what is said of it, and codes to sort by as (scheme, code, name)."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    author: str
    categories: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at its own address (`url`), about the page at `page`."""

    id: str
    title: str
    url: str
    page: str
    entries: Sequence[Entry] = field(default_factory=tuple)

    @property
    def updated(self) -> datetime:
        """When the newest of its entries was changed."""
        return max((entry.updated for entry in self.entries), default=LONG_AGO)


def written(feed: Feed) -> bytes:
    """The feed as XML in UTF-8; the same feed gives the same bytes."""
    names: Any = {None: NAMESPACE}
    root = etree.Element(_name("feed"), nsmap=names)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    _text(root, "generator", "ADAM")
    for entry in feed.entries:
        _entry(etree.SubElement(root, _name("entry")), entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(found: etree._Element, entry: Entry) -> None:
    _text(found, "id", entry.id)
    _text(found, "title", entry.title)
    _text(found, "published", _moment(entry.published))
    _text(found, "updated", _moment(entry.updated))
    _text(etree.SubElement(found, _name("author")), "name", entry.author)
    _link(found, "alternate", entry.url, "text/html")
    for scheme, term, label in entry.categories:
        etree.SubElement(found, _name("category"), {"scheme": scheme, "term": term, "label": label})
    _text(found, "summary", entry.summary)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _name(name)).text = text


def _link(parent: etree._Element, relation: str, url: str, kind: str) -> None:
    etree.SubElement(parent, _name("link"), {"rel": relation, "href": url, "type": kind})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
