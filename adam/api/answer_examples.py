"""Examples of what is answered: true answers, cut short and made steady, from answers.json beside this file.

`python -m tests.api.walk` writes that file anew; a test holds each example against its schema and a fresh answer.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("answers.json")
MOST, LONGEST = 2, 1500
"""So many items of a list, and so many characters of a file, are enough to see how it is made."""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)")
PERSON = re.compile(r"([a-z_]+)\d+@test\.example")
SECRETS = {"token": "adam_…shown-this-once…", "secret": "whsec_…shown-this-once…"}
THEN = "2026-03-02T09:14:02+00:00"


@cache
def examples() -> dict[str, Any]:
    """The example of each answer by "method path status media-type"."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def written(answers: dict[str, Any]) -> str:
    """The file for these answers (what `examples` reads): texts as text, binary files left out."""
    shown = {name: short(_text(said)) for name, said in sorted(answers.items()) if not _binary(name)}
    numbers: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        return numbers.setdefault(found.group(), f"01980000-0000-7000-8000-{len(numbers) + 1:012x}")

    steady = UUID.sub(number, json.dumps(shown, ensure_ascii=False, indent=1))
    return PERSON.sub(r"\1@example.org", MOMENT.sub(THEN, steady)) + "\n"


def short(said: Any) -> Any:
    """The same with at most two items of every list, and without secrets."""
    if isinstance(said, list):
        return [short(one) for one in said[:MOST]]
    if isinstance(said, dict):
        return {
            name: SECRETS[name] if name in SECRETS and isinstance(value, str) else short(value)
            for name, value in said.items()
        }
    return said


def _binary(name: str) -> bool:
    return name.endswith(("sheet", "pdf"))


def _text(said: Any) -> Any:
    """A file as the text of its beginning; anything else as it is."""
    return said.decode("utf-8", "replace").lstrip("\ufeff")[:LONGEST] if isinstance(said, bytes) else said
