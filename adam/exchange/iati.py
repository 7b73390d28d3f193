"""IATI files in, as a stream of project documents that no bad activity stops; refused activities out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from adam.errors import Invalid, Problem
from adam.exchange import iati_activities

CHUNK = 1 << 16
LONGEST_PROLOG = 1 << 20
LONGEST_ACTIVITY = 1 << 25
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
    """One activity: its place in the file (from 1), its document or why it is refused, what was left out."""

    position: int
    identifier: str | None
    document: dict[str, Any] | None
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]
    element: etree._Element | None = field(default=None, repr=False, compare=False)

    @property
    def xml(self) -> bytes | None:
        """The activity as it stood in the file, in UTF-8; None where the file broke off."""
        if self.element is None:
            return None
        return etree.tostring(self.element, encoding="utf-8", with_tail=False)


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
    count = 0
    with Path(path).open("wb") as file:
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
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            broken: str | None = error.msg
        else:
            broken = None
        root = next(_elements(parser), None)
        if root is not None:
            _check_root(root)
            return head
        if broken:
            raise _invalid("not_xml", f"This is not an XML file: {broken}.")
    raise _invalid("not_iati", "This file has no IATI activities.")


def _elements(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _event, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _check_root(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise _invalid(
            "doctype", "The file declares a DOCTYPE, which IATI doesn't need and ADAM refuses. Remove it."
        )
    if root.tag != "iati-activities":
        name = str(root.tag).rpartition("}")[2][:60]
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
            yield Activity(position + 1, None, None, (broken,), ())
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
        line = error.lineno or 0
        return Problem(
            "#", "broken_xml", f"The XML breaks at line {line}: {error.msg}. The rest was not read.", line
        )
    return None


def _activity(position: int, element: etree._Element) -> Activity:
    reading = iati_activities.read(element)
    return Activity(
        position, reading.identifier, reading.document, reading.problems, reading.dropped, element
    )
