"""Pieces of a text around what was looked for, with the words that were found."""

from __future__ import annotations

from collections.abc import Sequence

from adam.domain.searches import RUNS, WORD, Term, bare, folded

Piece = tuple[str, bool]
READ = 6_000
"""So many characters of a text are looked through: more than a page of print."""


def marked(text: str, sought: Sequence[Term]) -> list[Piece]:
    """The whole text in pieces: (words, whether they are what was looked for)."""
    return _cut(text, _hits(text, sought), (0, len(text)))


def excerpt(text: str, sought: Sequence[Term], length: int = 180) -> list[Piece]:
    """About so many characters around the place where most of what was looked for stands; empty where none does."""
    hits = _hits(text[:READ], sought)
    if not hits:
        return []
    best = max(hits, key=lambda hit: (sum(hit[0] <= other[0] < hit[0] + length for other in hits), -hit[0]))
    start = max(0, best[0] - length // 4)
    end = min(len(text), start + length)
    if start:
        start = text.find(" ", start, best[0]) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", best[1], end), best[1]) if " " in text[best[1] : end] else end
    pieces = _cut(text, hits, (start, end))
    return [*([("… ", False)] if start else []), *pieces, *([(" …", False)] if end < len(text) else [])]


def beginning(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def apart(a: str, b: str, most: int) -> tuple[str, str]:
    """Both texts in so many characters each; of two that begin alike for longer, what differs stays."""
    short = (beginning(a, most), beginning(b, most))
    if short[0] != short[1] or a == b:
        return short
    same = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    start = a.rfind(" ", max(same - 16, 0), same) + 1 or same
    return _from(a, start, most), _from(b, start, most)


def _from(text: str, start: int, most: int) -> str:
    """How a text begins, and what stands in it from `start` on."""
    head = text[: most // 2].rpartition(" ")[0] or text[: most // 2]
    return f"{head} … {beginning(text[start:], most - len(head) - 3)}" if text[start:] else f"{head} …"


def _hits(text: str, sought: Sequence[Term]) -> list[tuple[int, int]]:
    """Where words stand that were looked for: begin and end in the text as it is written."""
    plain, places = _folded(text)
    found = []
    for word in WORD.finditer(plain):
        for run in RUNS.finditer(word[0]):
            begin = word.start() + run.start()
            for start, end in _within(run[0], sought):
                found.append((places[begin + start], places[begin + end - 1] + 1))
    return found


def _within(run: str, sought: Sequence[Term]) -> list[tuple[int, int]]:
    if any(term.fits(run) or term.fits(bare(run)) for term in sought):
        return [(0, len(run))]
    pairs = {form for term in sought if term.whole for form in term.forms if len(form) == 2}
    places = [at for at in range(len(run) - 1) if run[at : at + 2] in pairs] if not run.isascii() else []
    joined: list[tuple[int, int]] = []
    for at in places:
        if joined and at <= joined[-1][1]:
            joined[-1] = (joined[-1][0], at + 2)
        else:
            joined.append((at, at + 2))
    return joined


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters where it came from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    parts = [folded(char) for char in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


def _cut(text: str, hits: Sequence[tuple[int, int]], window: tuple[int, int]) -> list[Piece]:
    pieces: list[Piece] = []
    at = window[0]
    for begin, end in hits:
        if begin < at or end > window[1]:
            continue
        pieces += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    pieces.append((text[at : window[1]], False))
    return [piece for piece in pieces if piece[0]]
