"""A paper as one HTML file with its styles and pictures in it: it opens anywhere, without a connection."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from adam.domain.papers import FIGURES, Entry, Fact, Grid, Paper, Part, said
from adam.exchange.paper_styles import PAGE, PICTURES

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(paper: Paper) -> str:
    """The paper as HTML; every text is escaped, nothing is asked for from outside."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield f"<title>{escape(paper.title)}</title>\n<style>\n{PAGE}\n{_scoped()}\n</style>\n</head>\n<body>\n<header>"
    yield f"<p class=soft>ADAM · {escape(paper.reference)}</p>\n<h1>{escape(paper.title)}</h1>"
    pairs = (f"<dt>{escape(label)}</dt><dd dir=auto>{escape(value)}</dd>" for label, value in paper.head)
    yield f"<dl class=head>{''.join(pairs)}</dl>\n</header>\n<main>"
    for part in paper.parts:
        yield from _part(part)
    yield f"</main>\n<footer class=soft>{escape(paper.small)}</footer>\n</body>\n</html>"


def _scoped() -> str:
    """The pictures' rules, for pictures alone."""
    rules = (rule for rule in PICTURES.split("}") if rule)
    return "".join(
        f"{', '.join(f'.pic {name}' for name in rule.partition('{')[0].split(','))}{{{rule.partition('{')[2]}}}"
        for rule in rules
    )


def _part(part: Part) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(part.heading)}</h2>"
    if part.facts:
        yield f"<dl class=facts>{''.join(map(_fact, part.facts))}</dl>"
    for text in part.text:
        yield f"<p dir=auto>{escape(text)}</p>"
    for picture in part.pictures:
        yield f"<figure>{picture.svg}<figcaption class=soft>{escape(picture.said)}</figcaption></figure>"
    for grid in part.grids:
        if grid.printed:
            yield from _grid(grid)
    for entry in part.entries:
        yield _entry(entry)
    yield "</section>"


def _fact(fact: Fact) -> str:
    note = f"<small>{escape(fact.note)}</small>" if fact.note else ""
    return f"<div><dt>{escape(fact.label)}</dt><dd>{escape(fact.value)}{note}</dd></div>"


def _grid(grid: Grid) -> Iterator[str]:
    kinds = [column.kind for column in grid.columns]
    classes = [" class=num" if kind in FIGURES else "" for kind in kinds]
    yield f'<div class=scroll role=region tabindex=0 aria-label="{escape(grid.title)}">'
    yield f"<table><caption>{escape(grid.title)}</caption><thead><tr>"
    heads = zip(grid.columns, classes, strict=True)
    yield "".join(f"<th scope=col{more}>{escape(column.name)}</th>" for column, more in heads)
    yield "</tr></thead><tbody>"
    for row in grid.shown:
        cells = zip(row, kinds, classes, strict=True)
        yield f"<tr>{''.join(_cell(said(kind, value), more) for value, kind, more in cells)}</tr>"
    yield "</tbody></table></div>"
    for text in (grid.note, grid.rest):
        if text:
            yield f"<p class=soft>{escape(text)}</p>"


def _cell(text: str, more: str) -> str:
    return f"<td{more} dir=auto>{escape(text)}</td>"


def _entry(entry: Entry) -> str:
    lines = "".join(f"<li dir=auto>{escape(line)}</li>" for line in entry.lines)
    listed = f"<ul>{lines}</ul>" if lines else ""
    head = f"<p dir=auto><b>{escape(entry.head)}</b></p><p class=soft>{escape(entry.aside)}</p>"
    return f"<div class=entry>{head}{listed}</div>"
