"""Templates that a strict security policy allows, that escape everything, and that can be translated."""

import ast
import re
from pathlib import Path

from tests.architecture import source
from tests.databases import ROOT

TEMPLATES = ROOT / "adam" / "web" / "templates"
# Constants of the same file: shapes of signs.
MAY_SAY_SAFE = {"macros/icons.html"}
STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)(?![^>]*application/json)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
OUTSIDE = re.compile(
    r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
)
SAFE = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
MESSAGE = re.compile(r"\b(?:_|gettext|ngettext)\(\s*(['\"])(.*?)(?<!\\)\1", re.DOTALL)
TRANSLATED = {"_", "gettext", "ngettext", "lazy_gettext"}


def test_templates_have_no_style_attributes():
    found = _found(STYLE)

    assert not found, source.mend(found, "give it a class and write the rule into adam/web/static/adam.css.")


def test_templates_have_no_inline_scripts():
    found = _found(INLINE_SCRIPT) + _found(HANDLER)

    assert not found, source.mend(
        found, "move it to a file in adam/web/static and hand values in as data-… ."
    )


def test_pages_ask_nobody_else_for_anything():
    found = _found(OUTSIDE)

    assert not found, source.mend(found, "keep a copy of our own in adam/web/static.")


def test_nothing_leaves_a_template_unescaped():
    found = _found(SAFE, but=MAY_SAY_SAFE)

    assert not found, source.mend(
        found, "let Jinja escape it; a picture comes as Markup from adam/pictures. Exceptions: MAY_SAY_SAFE."
    )


def test_message_ids_in_templates_are_english():
    found = [
        f"{source.place(path)} {message[:60]}"
        for path in source.templates()
        for _quote, message in MESSAGE.findall(_text(path))
        if not _is_english(message)
    ]

    assert not found, source.mend(
        found, "write English into the template and the translation into its catalogue."
    )


def test_message_ids_in_python_are_english_and_written_out():
    found = []
    for path in source.python_files("adam"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.JoinedStr) or not _is_english(str(getattr(first, "value", ""))):
                    found.append(source.place(path, node.lineno))

    assert not found, source.mend(
        found, "a message id is an English string with %(name)s, never an f-string."
    )


def _found(pattern: re.Pattern[str], but: set[str] | None = None) -> list[str]:
    return [
        f"{source.place(path, _text(path)[: match.start()].count(chr(10)) + 1)} {match.group()[:60]}"
        for path in source.templates()
        if str(path.relative_to(TEMPLATES)) not in (but or set())
        for match in pattern.finditer(_text(path))
    ]


def _text(path: Path) -> str:
    """The template without its comments, line for line."""
    text = path.read_text(encoding="utf-8")
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


def _is_english(message: str) -> bool:
    """Latin letters and punctuation; names such as Türkiye keep theirs."""
    return all(ord(sign) < 0x250 or 0x2000 <= ord(sign) < 0x2300 for sign in message)
