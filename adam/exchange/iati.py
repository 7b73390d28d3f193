"""IATI files in, as a stream of project documents that no bad activity stops; refused activities out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from adam.errors import Invalid, Problem
from adam.exchange import iati_activities, iati_dialect
from adam.exchange.iati_dropped import NO_PLACE

__all__ = ["NO_PLACE", "Activity", "read", "write_failures", "write_refused"]
CHUNK = 1 << 16
LONGEST_PROLOG = 1 << 20
LONGEST_ACTIVITY = 1 << 25
DOCTYPE = "The file declares a DOCTYPE, which IATI doesn't need and ADAM refuses: take it out."
NOT_XML = "This is not an XML file, or it is broken before its first element."
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: its place in the file (from 1), its document or why it is refused, what was left out how often."""

    position: int
    identifier: str | None
    document: dict[str, Any] | None
    problems: tuple[Problem, ...]
    dropped: dict[str, int]
    element: etree._Element | None = field(default=None, repr=False, compare=False)

    @property
    def xml(self) -> bytes | None:
        """The activity as it stood in the file, in UTF-8; None where the file broke off."""
        if self.element is None:
            return None
        return etree.tostring(self.element, encoding="utf-8", with_tail=False)

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The fields that the file leaves out because it was written for everybody: of a record, they stay."""
        return iati_dialect.unsaid(self.element)


def read(source: Path | str | BinaryIO) -> Iterator[Activity]:
    """The activities of an IATI 1.0x or 2.0x file, one at a time, in memory that doesn't grow with the file.

    `source` is a path, or a file open for reading bytes (its tell() says how far the reading is). Where the
    XML breaks, what stood before is yielded, then one without a document whose problem names the line.
    Raises Invalid at once where the file declares a DOCTYPE or is no IATI activity file at all.
    """
    if not isinstance(source, str | Path):
        return _activities(source, _head(source))
    # Closed by _closing when the reading ends, or here when the head is refused.
    file = Path(source).open("rb")  # noqa: SIM115
    try:
        return _closing(file, _head(file))
    except BaseException:
        file.close()
        raise


def write_failures(path: Path | str, refused: Iterable[tuple[bytes | None, Iterable[str]]]) -> int:
    """Write refused activities as an IATI file, the reasons as comments before each; gives how many."""
    with Path(path).open("wb") as file:
        return write_refused(file, refused)


def write_refused(file: BinaryIO, refused: Iterable[tuple[bytes | None, Iterable[str]]]) -> int:
    """The same into a file that is open for writing bytes."""
    count = 0
    file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
    for xml, reasons in refused:
        for reason in reasons:
            file.write(b"<!-- " + _comment(reason) + b" -->\n")
        if xml:
            file.write(xml.strip() + b"\n")
            count += 1
    file.write(b"</iati-activities>\n")
    return count


def _comment(reason: str) -> bytes:
    """Text that may stand in an XML comment: no double hyphen, no control characters."""
    visible = "".join(char if char.isprintable() else " " for char in reason)
    return visible.replace("--", "- -").rstrip("-").encode("utf-8", "replace")


def _closing(file: BinaryIO, head: bytes) -> Iterator[Activity]:
    with file:
        yield from _activities(file, head)


def _head(file: BinaryIO) -> bytes:
    """The first bytes of the file, up to its root, which must be <iati-activities> without a DOCTYPE."""
    parser = etree.XMLPullParser(events=("start",), **SAFE)
    head = b""
    while len(head) < LONGEST_PROLOG and (chunk := file.read(CHUNK)):
        head += chunk
        broken = _feed(parser, chunk)
        root = next(_elements(parser), None)
        if root is not None:
            _check_root(root)
            return head
        if broken:
            raise _invalid("doctype", DOCTYPE) if b"<!DOCTYPE" in head else _invalid("not_xml", NOT_XML)
    raise _invalid("not_iati", "This file has no IATI activities.")


def _elements(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _event, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _check_root(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise _invalid("doctype", DOCTYPE)
    if root.tag != "iati-activities":
        name = str(root.tag)[:100]
        detail = f"An IATI activity file begins with <iati-activities>; this one begins with <{name}>."
        raise _invalid("not_iati", detail)


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid([Problem("#", code, detail)])


def _activities(file: BinaryIO, head: bytes) -> Iterator[Activity]:
    parser = etree.XMLPullParser(events=("end",), tag="iati-activity", **SAFE)
    position, waiting, chunk = 0, 0, head
    while True:
        broken = _feed(parser, chunk)
        waiting += len(chunk)
        for element in _elements(parser):
            if (root := element.getparent()) is None or root.getparent() is not None:
                continue
            position, waiting = position + 1, 0
            yield _activity(position, element)
            # Only what stands before this activity may go: the parser may still be writing its tail.
            while (earlier := element.getprevious()) is not None:
                root.remove(earlier)
        if waiting > LONGEST_ACTIVITY:
            broken = Problem(
                "#", "too_large", f"An activity is larger than {LONGEST_ACTIVITY >> 20} MB; reading stopped."
            )
        if broken:
            yield Activity(position + 1, None, None, (broken,), {})
        if broken or not chunk:
            return
        chunk = file.read(CHUNK)


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> Problem | None:
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except etree.XMLSyntaxError as error:
        line, why = _first_error(parser, error)
        return Problem(
            "#", "broken_xml", f"The XML breaks at line {line}: {why}. The rest was not read.", line
        )
    return None


def _first_error(parser: etree.XMLPullParser, error: etree.XMLSyntaxError) -> tuple[int, str]:
    """(line, reason in words) of what broke first; later errors only follow from it."""
    logged = next(iter(parser.feed_error_log), None)
    line, message = (logged.line, logged.message) if logged else (error.lineno or 0, str(error.msg))
    return line, re.split(r",? (?:use|try) XML_|, see xml", message.strip())[0].rstrip(".")


def _activity(position: int, element: etree._Element) -> Activity:
    try:
        reading = iati_activities.read(element)
    except Exception as error:  # whatever is wrong with one activity, the others must be read
        why = Problem("#", "unreadable", f"The activity can't be read ({type(error).__name__}).")
        return Activity(position, None, None, (why,), {}, element)
    return Activity(
        position, reading.identifier, reading.document, reading.problems, reading.dropped, element
    )
