"""What an accepted record says, written anew: its own columns, its figure, and the rows that hang on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, delete, select, update

from adam.domain import additions, documents, periods
from adam.domain.money import Headline
from adam.domain.visibility import CONFIDENTIAL
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import bulk, mentions, project_rows, searches
from adam.services.work import Work

Document = dict[str, Any]
PLAIN = ("title", "language", "description", "status", "visibility", "last_confirmed_on")


def columns(w: Work, document: Document, added: dict[str, Document]) -> dict[str, Any]:
    """The columns of the record's own row but for its owner and its figures; `added` as it is stored."""
    draft = documents.draft_of(document)
    period = periods.of_project(draft)
    return {name: draft[name] for name in (*PLAIN, *periods.FIELDS)} | {
        "begins": period.start,
        "ends": period.end,
        "document": document,
        "fingerprint": documents.fingerprint(document, added),
        "updated_at": w.now,
    }


def figures(figure: Headline) -> dict[str, Any]:
    """The columns of the headline figure."""
    return {"usd": figure.usd, "usd_kind": figure.kind, "without_rate": figure.without_rate}


def replace_parts(w: Work, changed: list[str], listed: dict[Any, list[dict[str, Any]]]) -> None:
    """Let these rows stand in place of those of the changed records."""
    for table, values in listed.items():
        if changed:
            w.session.execute(delete(table).where(table.project_id.in_(changed)))
        bulk.add(w.session, table, values)
    w.session.flush()
    _rename_additions(w, changed)
    w.session.expire_all()
    mentions.ask_again(w, changed)


def _rename_additions(w: Work, changed: list[str]) -> None:
    """What others add is called as the record is; a confidential record gives its name to none of them."""
    named = case((Project.visibility == CONFIDENTIAL, additions.UNNAMED), else_=Project.title)
    title = select(named).where(Project.id == Submission.adds_to).scalar_subquery()
    theirs = update(Submission).where(Submission.adds_to.in_(changed)).values(title=title)
    if changed:
        w.session.execute(theirs.execution_options(synchronize_session=False))


def state(w: Work, project: Project, document: Document, added: dict[str, Document]) -> None:
    """Let a record say this from now on: its owner's part and what others add. The history is the caller's."""
    draft = documents.draft_of(document)
    drafts = {code: documents.part_draft(part) for code, part in added.items()}
    rows, figure = project_rows.writer(w, [(draft, drafts)]).rows(draft, drafts, project.id)
    values = columns(w, document, added) | figures(figure) | {"added": added}
    w.session.execute(
        update(Project).where(Project.id == project.id).values(**values, version=Project.version + 1)
    )
    replace_parts(w, [project.id], rows)
    searches.refresh(w, [project.id])
