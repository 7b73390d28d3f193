"""The project's own source as the rules look at it: files, syntax trees, functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.databases import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Every Python file below the folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    """Every template of the HTML face."""
    return sorted((ROOT / "adam" / "web" / "templates").rglob("*.*"))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of one file, inner ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def place(path: Path, line: int = 0) -> str:
    """Where something stands, as an editor opens it: adam/app.py:12."""
    shown = str(path.relative_to(ROOT))
    return f"{shown}:{line}" if line else shown


def module_name(path: Path) -> str:
    """The dotted name that imports this file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of everything a file imports; `from adam import x` counts as adam.x."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield f"{'.' * node.level}{node.module or ''}", node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def mend(found: list[str], how: str) -> str:
    """What a failing rule says: each place on a line of its own, then how to mend it."""
    return "\n".join(["", *found, "", f"How to mend: {how}"])
