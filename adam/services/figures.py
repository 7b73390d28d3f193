"""The figure that a record would be counted with: of a draft and what others add to it, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.domain import additions, documents, periods
from adam.domain.additions import Stated
from adam.domain.money import Amount, Headline
from adam.models.projects import Project
from adam.services.money import Converter, payers_of
from adam.services.organizations import Directory, Named, named_in
from adam.services.work import Work

OWNER = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A record's headline figure now and after a change."""

    before: Headline
    after: Headline


def stated(w: Work, parts: dict[str | None, dict[str, Any]]) -> list[Stated]:
    """The amounts of a record, by who states them: the draft of its owner (None) and of each that adds to it."""
    directory = Directory(w, {named for draft in parts.values() for named in named_in(draft)})
    converter, payers = Converter(w), payers_of(w)
    start = periods.of_project(parts[OWNER]).start
    found = []
    for by, draft in parts.items():
        for row in draft["contributions"]:
            body = directory.find(Named(row["organization"], row["name"]))
            payer = payers.get(body or "", body) or row["name"] or row["organization"]
            usd = converter.row(row, start)["usd"]
            amount = Amount(row["kind"], row["amount"], row["currency"], row["value_date"], usd)
            found.append(Stated(by, payer, amount))
    return found


def parts_of(project: Project) -> dict[str | None, dict[str, Any]]:
    """The drafts that a record is made of, its owner's first."""
    found: dict[str | None, dict[str, Any]] = {OWNER: documents.draft_of(project.document)}
    for by, part in sorted(project.added.items()):
        found[by] = documents.part_draft(part)
    return found


def effect(w: Work, project: Project, by: str | None, draft: dict[str, Any]) -> Effect:
    """What it does to a record's figure when the part that `by` states becomes this draft."""
    parts = parts_of(project)
    before, _ = additions.figure(stated(w, parts))
    after, _ = additions.figure(stated(w, parts | {by: draft}))
    return Effect(before, after)
