"""How SVG is written: elements with escaped attributes and escaped text."""

from __future__ import annotations

from html import escape


def number(value: float | int) -> str:
    """A coordinate with at most one decimal: 12.0 -> "12"."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def element(name: str, *children: str, **attributes: object) -> str:
    """`<name …>children</name>`; children are SVG already.

    `class_` is written `class`, an underscore a hyphen, floats with one decimal; attributes that are None are left out.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        text = number(value) if isinstance(value, float | int) else str(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    inner = "".join(children)
    return f"<{' '.join(parts)}>{inner}</{name}>" if inner else f"<{' '.join(parts)}/>"


def text(x: float, y: float, words: object, **attributes: object) -> str:
    """A line of text at its baseline; the words are escaped."""
    return element("text", escape(str(words)), x=x, y=y, **attributes)


def titled(title: str) -> str:
    """The title that a reader of the screen hears and a pointer shows."""
    return element("title", escape(title) or " ")


def shortened(words: str, width: float, per_letter: float = 7.0) -> str:
    """`words`, cut with an ellipsis so that they fit `width` pixels at about `per_letter` pixels a letter."""
    if _width(words) * per_letter <= width or len(words) < 2:
        return words
    kept = words[:-1]
    while len(kept) > 1 and (_width(kept) + 1) * per_letter > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _width(words: str) -> float:
    """About how many letters wide it is: capitals take more room where they are more than those that begin words."""
    capitals = sum(letter.isupper() for letter in words)
    return len(words) + 0.3 * max(capitals - words.count(" ") - 1, 0)
