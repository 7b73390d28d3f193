"""Warnings about title, description, language and who may see the record."""

from __future__ import annotations

import re
import unicodedata

from adam.domain.warnings.known import Draft, Found, Known

THIN, SHORTEST_WORD_TITLE = 60, 8
CODE = re.compile(r"(?=[^ ]*\d)[\w.\-/:]{3,40}")
SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK", "en": "LATIN", "fr": "LATIN", "es": "LATIN"}


def thin_description(draft: Draft, _known: Known) -> Found:
    """The description is missing or too short to judge an overlap by."""
    text = draft["description"] or ""
    if len(text) < THIN and not _dense(text):
        said = f"The description has {len(text)} characters" if text else "No description is given"
        yield "description", f"{said}."


def _dense(text: str) -> bool:
    """Whether a script that writes a word with one or two signs says enough all the same."""
    return len(text) * 3 >= THIN and _script(text) == "CJK"


def title_in_capitals(draft: Draft, _known: Known) -> Found:
    """The title is written in capitals only."""
    title = draft["title"] or ""
    if len(title) >= SHORTEST_WORD_TITLE and " " in title and title.isupper():
        yield "title", "The title is written in capitals only."


def title_is_description(draft: Draft, _known: Known) -> Found:
    """Title and description say the same."""
    title, text = draft["title"] or "", draft["description"] or ""
    if title and title.casefold() == text.strip(" .\n").casefold():
        yield "description", "The description repeats the title."


def title_is_code(draft: Draft, _known: Known) -> Found:
    """The title is a bare code."""
    title = draft["title"] or ""
    if CODE.fullmatch(title):
        yield "title", f"The title, {title}, is a bare code."


def title_in_other_script(draft: Draft, _known: Known) -> Found:
    """The title is written in another script than its language uses."""
    expected, found = SCRIPTS.get(draft["language"] or ""), _script(draft["title"] or "")
    if expected and found and found != expected:
        detail = f"The language is {draft['language']}, yet the title is written in {found.title()} letters."
        yield "title", detail


def _script(text: str) -> str | None:
    """The script of most letters: LATIN, CYRILLIC, ARABIC, CJK …; None without letters."""
    text = text[:200]
    if text.isascii():
        return "LATIN" if any(sign.isalpha() for sign in text) else None
    counts: dict[str, int] = {}
    for sign in text:
        if sign.isalpha():
            script = unicodedata.name(sign, "?").partition(" ")[0]
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else None


def confidential_with_documents(draft: Draft, _known: Known) -> Found:
    """The project is confidential, yet it names documents that stand on the web."""
    if draft["visibility"] == "confidential" and draft["documents"]:
        title = draft["documents"][0]["title"] or "a document"
        yield "documents", f"The project is confidential, yet it names “{title}”, which stands on the web."


def confidential_but_published(draft: Draft, _known: Known) -> Found:
    """The project is confidential, yet its IATI identifier says that it is published already."""
    if draft["visibility"] != "confidential":
        return
    for number, row in enumerate(draft["identifiers"]):
        if row["scheme"] == "iati":
            detail = f"The project is confidential, yet {row['value']} says that it is published already."
            yield f"identifiers/{number}/value", detail


def duplicate_identifier(_draft: Draft, known: Known) -> Found:
    """Another record of yours carries this identifier already."""
    for number, reference in known.taken.items():
        detail = (
            f"Your record {reference} carries this identifier already: update it, or mend the identifier."
        )
        yield f"identifiers/{number}/value", detail


RULES = (
    thin_description,
    title_in_capitals,
    title_is_description,
    title_is_code,
    title_in_other_script,
    confidential_with_documents,
    confidential_but_published,
)
