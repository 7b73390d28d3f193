"""What partners add to each other's records: what stands in the way, what it does to the totals, and the accepting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from adam.domain import additions, documents, lifecycle
from adam.domain.additions import Stated
from adam.domain.money import Headline
from adam.errors import Conflict, Forbidden, Problem
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionComment
from adam.queries import visibility
from adam.services import figures, projects
from adam.services import submission_access as access
from adam.services.claims import Claim
from adam.services.work import Work

OWNER = "owner"
"""The move of a comment that the owner of a record makes on an addition to it."""
OPEN = (*lifecycle.EDITABLE, lifecycle.SUBMITTED)
KEYS: dict[str, tuple[str, ...]] = {
    "organizations": ("role", "organization", "name"),
    "locations": ("country", "name"),
    "beneficiaries": ("name",),
    "identifiers": ("scheme", "value"),
    "documents": ("url",),
}
"""By which keys a row is the same as one that stands already; money has rules of its own."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an addition does to the figure of its record, and what is worth knowing before it is sent."""

    before: Headline
    after: Headline
    remarks: list[Problem] = field(default_factory=list)


def record_of(w: Work, project_id: str | None) -> Project | None:
    """The record, if it is there for the actor."""
    if project_id is None:
        return None
    query = select(Project).where(Project.id == project_id, visibility.projects(w.actor))
    return w.session.scalar(query)


def problems(w: Work, partner: str, claim: Claim, itself: str | None = None) -> list[Problem]:
    """What stands in the way of an addition; `itself` is the submission that it is already."""
    project = record_of(w, claim.adds_to)
    if project is None:
        return [Problem("#/adds_to", "unknown_project", "No such record is known: check its id.")]
    if project.owner == partner:
        sentence = f"{project.reference} is your own record: update it instead, with project_id."
        return [Problem("#/adds_to", "own_record", sentence)]
    found = list(_closed(w, partner, project, itself))
    if claim.draft is not None:
        part = additions.part_of(claim.draft)
        if not any(part.values()) and partner not in project.added:
            found.append(Problem("#/project", "nothing_added", "Add at least one row."))
        found.extend(_standing_already(project, partner, part))
    return found


def _closed(w: Work, partner: str, project: Project, itself: str | None) -> Iterator[Problem]:
    if project.merged_into is not None:
        other = record_of(w, project.merged_into)
        sentence = f"{project.reference} was merged into {other.reference if other else 'another record'}: add there."
        yield Problem("#/adds_to", "merged", sentence)
    waiting = unfinished(w, partner, project.id)
    if waiting is not None and waiting.id != itself:
        sentence = (
            f"You have an addition to {project.reference} open already, {waiting.reference}: go on with that."
        )
        yield Problem("#/adds_to", "addition_open", sentence)


def unfinished(w: Work, partner: str, project_id: str) -> Submission | None:
    """The partner's addition to this record that isn't decided yet; there is never more than one."""
    query = select(Submission).where(
        Submission.partner == partner, Submission.adds_to == project_id, Submission.state.in_(OPEN)
    )
    return w.session.scalar(query.order_by(Submission.id).limit(1))


def _standing_already(project: Project, partner: str, part: dict[str, Any]) -> Iterator[Problem]:
    others = {code: rows for code, rows in project.added.items() if code != partner}
    spoken = [(project.owner, project.document), *others.items()]
    for name, keys in KEYS.items():
        for number, row in enumerate(part[name]):
            plain = documents.plain(row)
            for by, said in spoken:
                if additions.repeated(plain, said.get(name) or [], keys):
                    sentence = f"The record says this already, as {by} states it: leave the row out."
                    yield Problem(f"#/project/{name}/{number}", "stands_already", sentence)
                    break


def effect(w: Work, partner: str, project: Project, draft: dict[str, Any]) -> Effect:
    """What the money of an addition does to the record's figure, with a remark at each row that needs one."""
    before = figures.parts_of(project)
    others = {by: part for by, part in before.items() if by != partner}
    listed = figures.stated(w, others | {partner: draft})
    figure, keep = additions.figure(listed)
    theirs = [item for item in listed if item.by != partner]
    mine = [(item, kept) for item, kept in zip(listed, keep, strict=True) if item.by == partner]
    remarks = []
    for number, (item, kept) in enumerate(mine):
        told = _remark(w, project, item, (theirs, kept, figure.kind))
        if told:
            remarks.append(Problem(f"#/project/contributions/{number}", *told))
    return Effect(additions.figure(figures.stated(w, before))[0], figure, remarks)


def _remark(
    w: Work, project: Project, item: Stated, among: tuple[list[Stated], bool, str | None]
) -> tuple[str, str] | None:
    """Code and sentence for one added amount."""
    others, kept, kind = among
    owner, word = w.vocabulary.partner(project.owner), item.amount.kind
    same = [one for one in others if one.payer == item.payer and one.amount.kind == word]
    if same:
        by = w.vocabulary.partner(same[0].by or project.owner)
        said = _sum_of(same)
        if kept:
            return (
                "more_than_stated",
                f"{by} states {said} of this payer as {word}; you state more, so yours counts.",
            )
        return (
            "same_money",
            f"{by} states {said} of this payer as {word} already: the same money counts once.",
        )
    if not kept:
        return "part_of_stated", (
            f"{owner} states amounts without saying whose money they are: yours counts as a part of them."
        )
    if kind is not None and word != kind:
        return (
            "other_kind",
            f"The record is counted by its {kind}s: this {word} stands on it and isn't added to them.",
        )
    return None


def _sum_of(rows: list[Stated]) -> str:
    sums: dict[str, Any] = {}
    for row in rows:
        sums[row.amount.currency] = sums.get(row.amount.currency, 0) + row.amount.amount
    return " and ".join(f"{amount:,.2f} {currency}".replace(",", " ") for currency, amount in sums.items())


def accept(w: Work, submission: Submission) -> str:
    """Let the rows stand on the record; returns its id. Raises Conflict where it isn't there any more."""
    project = w.session.get(Project, submission.adds_to)
    if project is None or project.merged_into is not None:
        raise Conflict(
            "The record that this adds to was merged into another: return it with that word.", "state"
        )
    projects.add(w, project, submission.partner, submission.document)
    return project.id


def remark(w: Work, submission_id: str, comment: dict[str, Any]) -> Submission:
    """A word of the partner whose record an addition adds to, for the coordinator and for the partner that adds."""
    submission = access.locked(w, submission_id)
    if w.actor.writes_for is None or access.owner_of(w, submission) != w.actor.writes_for:
        raise Forbidden("Only a focal point of the partner whose record this adds to says a word to it.")
    if submission.state != lifecycle.SUBMITTED:
        raise Conflict(f"This addition is {submission.state}: it is decided already.", "state")
    said = SubmissionComment(
        submission_id=submission.id,
        author=w.actor.label,
        at=w.now,
        move=OWNER,
        pointer=None,
        text=comment["comment"],
    )
    w.session.add(said)
    w.record("submission.remarked", ("submission", submission.id), None, dict(comment))
    w.session.flush()
    return submission
