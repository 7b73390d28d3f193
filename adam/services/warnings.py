"""Warnings on a claim or a submission, and the reasons for which they may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from adam.domain import documents, lifecycle, proposals
from adam.domain import warnings as checks
from adam.domain.rules import WARNING
from adam.errors import Problem
from adam.models.submissions import Submission, WarningAnswer
from adam.queries import budgets
from adam.queries import submissions as questions
from adam.services import facts, money, usual_figures
from adam.services.claims import Answer, Claim, Whose
from adam.services.work import Work

Draft = dict[str, Any]
MOST_CODES = 5
UNDECIDED = (*lifecycle.EDITABLE, lifecycle.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a warning may stand, who said so and when."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A warning; `answer` is the reason that stands, `lapsed` one that was given for other values."""

    pointer: str
    code: str
    detail: str
    about: str
    answer: Reason | None = None
    lapsed: Reason | None = None


class Ground:
    """What warnings rest on besides the draft; one for many drafts of a page, so that each thing is asked once."""

    def __init__(self, w: Work):
        self.w = w
        self.priority, self.sectors = w.vocabulary.priority, w.vocabulary.purposes
        self._converter: money.Converter | None = None
        self._usual: dict[tuple[str, str | None], checks.Usual | None] = {}
        self.kept: questions.Kept | None = None

    def on(self, draft: Draft, whose: Whose, broken: Iterable[str] = ()) -> list[Shown]:
        """The warnings on a draft, but for those that are about fields that are `broken` anyway."""
        w, out = self.w, set(broken)
        found = checks.warnings(draft, self.known(draft, whose), w.rules.table, whose.origin)
        return [
            Shown(item.pointer, item.code, item.detail, item.about)
            for item in found
            if not out.intersection(w.rules.table[item.code].fields)
        ]

    def known(self, draft: Draft, whose: Whose) -> checks.Known:
        """What the rules may know of a draft."""
        w = self.w
        texts = {name: draft.get(name) for name in ("title", "description", "translations")}
        published = w.rules.table["duplicate_identifier"].level_for(whose.origin) == WARNING
        return checks.Known(
            today=w.today,
            reporter=whose.partner,
            priority=self.priority,
            sectors=self.sectors,
            by_sector=tuple(proposals.propose({"sectors": draft["sectors"]}, w.rules.proposals)),
            by_text=tuple(proposals.propose(texts, w.rules.proposals)),
            usd=self._usd(draft),
            usual=self.usual(draft, whose.project_id),
            taken=facts.taken(w, draft, whose) if published else {},
        )

    def _usd(self, draft: Draft) -> Decimal | None:
        if not draft["contributions"]:
            return None
        self._converter = self._converter or money.Converter(self.w)
        return money.usd_of(self._converter, draft)

    def usual(self, draft: Draft, but: str | None) -> tuple[checks.Usual, ...]:
        """What is usual for the draft's kinds of help and sectors, as far as the actor may see."""
        if not draft["contributions"]:
            return ()
        session, actor, words = self.w.session, self.w.actor, self.w.vocabulary
        found = [
            self._asked(
                f"“{words.assistance_type(code)}”", but, partial(budgets.of_type, session, actor, code)
            )
            for code in draft["assistance_types"][:MOST_CODES]
        ]
        found += [
            self._asked(f"sector {row['code']}", but, partial(budgets.of_sector, session, actor, row["code"]))
            for row in draft["sectors"][:MOST_CODES]
            if row["code"] and row["code"] in self.sectors
        ]
        return tuple(item for item in found if item is not None)

    def _asked(
        self, what: str, but: str | None, ask: Callable[..., Sequence[Decimal]]
    ) -> checks.Usual | None:
        key = (what, but)
        if key not in self._usual:
            self._usual[key] = usual_figures.of(self.w, (what, but), partial(ask, but))
        return self._usual[key]


def of_claim(w: Work, claim: Claim, problems: Iterable[Any]) -> list[Shown]:
    """The warnings on a claim, whatever of it can be read; an addition is judged with the record it adds to."""
    draft = claim.draft or claim.part
    if draft is None or claim.adds_to:
        return []
    return Ground(w).on(draft, claim.whose(w.actor.writes_for), checks.broken(problems))


def of_submission(w: Work, submission: Submission, draft: Draft, ground: Ground | None = None) -> list[Shown]:
    """The warnings on a submission with their reasons; on a decided one those that were explained.

    `draft` is what can be read of its document, every key there.
    """
    if submission.adds_to:
        return []
    kept = ground.kept if ground else None
    said = kept.said(submission.id) if kept else questions.warning_answers(w.session, submission.id)
    if submission.state not in UNDECIDED:
        return [_stood(row) for row in said if _holds(w, draft, row)]
    faults = kept.faults(submission.id) if kept else questions.problems(w.session, submission.id)
    out = checks.broken(faults)
    whose = Whose(submission.partner, submission.origin, submission.project_id, submission.source_ref)
    return with_reasons((ground or Ground(w)).on(draft, whose, out), said)


def with_reasons(found: Iterable[Shown], said: Sequence[WarningAnswer]) -> list[Shown]:
    """The warnings with the newest reason for each, or with the one that has lapsed."""
    standing = {(row.code, row.about): row for row in said}
    before = {(row.code, row.pointer): row for row in said}
    shown = []
    for item in found:
        now, then = standing.get((item.code, item.about)), before.get((item.code, item.pointer))
        lapsed = _reason(then) if then is not None and now is None else None
        answer = _reason(now) if now is not None else None
        shown.append(Shown(item.pointer, item.code, item.detail, item.about, answer, lapsed))
    return shown


def _reason(row: WarningAnswer) -> Reason:
    return Reason(row.reason, row.author, row.at)


def _stood(row: WarningAnswer) -> Shown:
    return Shown(row.pointer, row.code, row.detail, row.about, _reason(row))


def _holds(w: Work, draft: Draft, row: WarningAnswer) -> bool:
    """Whether a reason was still about the values that were decided on."""
    rule = w.rules.table.get(row.code)
    return rule is not None and checks.about(draft, rule, row.pointer.removeprefix("#/project/")) == row.about


def keep(w: Work, submission: Any, claim: Claim) -> None:
    """Keep the reasons that come with a claim; one that was given before for the same values isn't kept again."""
    if not claim.answers:
        return
    said = {(row.code, row.about): row for row in questions.warning_answers(w.session, submission.id)}
    standing = of_claim(w, claim, questions.problems(w.session, submission.id))
    for answer in claim.answers:
        for item in _meant(standing, answer):
            before = said.get((item.code, item.about))
            if before is None or before.reason != answer.reason:
                said[item.code, item.about] = _keep(w, submission, item, (before, answer.reason))
    w.session.flush()


def _keep(
    w: Work, submission: Submission, item: Shown, change: tuple[WarningAnswer | None, str]
) -> WarningAnswer:
    before, reason = change
    row = WarningAnswer(
        submission_id=submission.id,
        code=item.code,
        pointer=item.pointer,
        about=item.about,
        detail=documents.storable(item.detail),
        reason=reason,
        author_id=w.actor.account,
        author=w.actor.label,
        at=w.now,
    )
    w.session.add(row)
    where = {"code": item.code, "pointer": item.pointer}
    was = where | {"reason": before.reason} if before else None
    w.record("submission.explained", ("submission", submission.id), was, where | {"reason": reason})
    return row


def _meant(standing: Iterable[Shown], answer: Answer) -> list[Shown]:
    return [
        item
        for item in standing
        if item.code == answer.code
        and answer.pointer in (None, item.pointer)
        and answer.about in (None, item.about)
    ]


def unmatched(w: Work, claim: Claim) -> list[Problem]:
    """A problem for each reason that answers no warning; one that has lapsed in a form is left out quietly."""
    if all(answer.about for answer in claim.answers):
        return []
    standing = of_claim(w, claim, claim.problems)
    return [
        Problem(
            f"#/answers/{number}",
            "no_such_warning",
            f"No warning {answer.code} stands at {answer.pointer or 'any field'}: leave this answer out.",
        )
        for number, answer in enumerate(claim.answers)
        if answer.about is None and not _meant(standing, answer)
    ]
