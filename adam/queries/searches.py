"""Which records hold the words that somebody looks for, by the full-text index of whichever database it is.

SQLite: the FTS5 table `search_index`. PostgreSQL: GIN indexes over arrays of words, which need no extension. Both hold
the same words (domain/searches.py), so both find the same, and the order is that of where the words stand, not of a
measure that each database takes its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, literal, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from adam.domain.searches import Term, terms
from adam.models.project_parts import Identifier
from adam.models.projects import Project
from adam.models.searches import SearchText

OWN, GONE = aliased(Project), aliased(Project)
EXACT, TITLE, NAMED, ELSEWHERE = range(4)
"""Where the words stand, best first: it is the reference or an identifier; title; bodies and places too; anywhere."""


class _Whole(FunctionElement[Any]):
    """Whether a row of search_texts holds the words; given are both ways of asking. The class says in which columns.

    It has no type: as a boolean SQLite would be asked whether it is 1, and would read every row to compare.
    """

    type = NullType()
    inherit_cache = True
    scope: tuple[str, ...] = ("title", "names", "body")

    def __init__(self, sought: Sequence[Term]):
        super().__init__(literal(_fts5(self.scope, sought)), literal(_tsquery(sought)))


class _Named(_Whole):
    inherit_cache = True
    scope = ("title", "names")


class _Title(_Whole):
    inherit_cache = True
    scope = ("title",)


@compiles(_Whole, "sqlite")
def _on_sqlite(element: _Whole, compiler: Any, **more: Any) -> str:
    asked = compiler.process(list(element.clauses)[0], **more)
    return f"search_texts.id IN (SELECT rowid FROM search_index WHERE search_index MATCH {asked})"


@compiles(_Whole, "postgresql")
def _on_postgresql(element: _Whole, compiler: Any, **more: Any) -> str:
    words = " || ".join(f"string_to_array(search_texts.{name}, ' ')" for name in element.scope)
    asked = compiler.process(list(element.clauses)[1], **more)
    return f"array_to_tsvector({words}) @@ CAST({asked} AS tsquery)"


def _fts5(columns: Sequence[str], sought: Sequence[Term]) -> str:
    """`{title names} : (("border" *) AND ("policies" * OR "policy" *))`; words are letters and digits alone."""
    mark = {True: "", False: " *"}
    groups = [" OR ".join(f'"{form}"{mark[term.whole]}' for form in term.forms) for term in sought]
    return f"{{{' '.join(columns)}}} : ({' AND '.join(f'({group})' for group in groups)})"


def _tsquery(sought: Sequence[Term]) -> str:
    """`('border':*) & ('policies':* | 'policy':*)`."""
    mark = {True: "", False: ":*"}
    groups = [" | ".join(f"'{form}'{mark[term.whole]}" for form in term.forms) for term in sought]
    return " & ".join(f"({group})" for group in groups)


def found(text: str) -> ColumnElement[bool]:
    """Records that hold every word of a text, in whatever form, field and language; a text without words finds none."""
    sought = terms(text)
    if not text.strip():
        return true()
    if not sought:
        return Project.id.in_(())
    return Project.id.in_(_ids(_Whole(sought)))


def _ids(holds: ColumnElement[bool]) -> Any:
    return select(SearchText.project_id).where(holds)


def place(text: str) -> ColumnElement[int]:
    """Where the words of a text stand in a record: EXACT, TITLE, NAMED or ELSEWHERE; for records that hold them."""
    sought = terms(text)
    if not sought:
        return literal(ELSEWHERE)
    return case(
        (Project.id.in_(named_exactly(text)), EXACT),
        (Project.id.in_(_ids(_Title(sought))), TITLE),
        (Project.id.in_(_ids(_Named(sought))), NAMED),
        else_=ELSEWHERE,
    )


def named_exactly(text: str) -> Any:
    """The records whose reference or identifier a text is, in capitals or not, with its scheme or without.

    A record that was merged is named by the one that it was merged into.
    """
    typed = " ".join(text.split())
    spellings = {typed, typed.upper(), typed.lower()}
    values = spellings | {one.split(":", 1)[1] for one in spellings if ":" in one}
    return (
        select(OWN.id)
        .where(OWN.reference == typed.upper())
        .union_all(
            select(GONE.merged_into).where(GONE.reference == typed.upper(), GONE.merged_into.is_not(None)),
            select(Identifier.project_id).where(or_(Identifier.value.in_(sorted(values)))),
        )
    )
