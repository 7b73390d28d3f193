"""What a verdict would do to the grand total, told before it is given: by the same counting as every total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from adam.domain import additions, documents
from adam.domain.findings import VERDICTS, siblings
from adam.domain.totals import Link, grouped, once
from adam.models.findings import Finding
from adam.queries import findings as questions
from adam.queries import holdings as pairs
from adam.queries.findings import Verdict
from adam.services import counting, figures, holdings, linked, merges, remedies
from adam.services.columns import Columns
from adam.services.merges import Plan
from adam.services.work import Work

Amounts = dict[str, Decimal | None]
Terms = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What is counted of the two records and all that hangs together with them, before and after, in US dollars."""

    before: Decimal
    after: Decimal

    @property
    def usd(self) -> Decimal:
        """By how much the grand total changes: less than nothing where money would be counted once."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class _Scene:
    """The records' amounts and the links between them."""

    amounts: Amounts
    links: list[Link]

    def near(self, ids: Iterable[str]) -> set[str]:
        """The records that hang together with these."""
        wanted = set(ids)
        found = set(wanted)
        for group in grouped(self.links):
            if group & wanted:
                found |= group
        return found

    def grand(self, ids: Iterable[str]) -> Decimal:
        """What is counted of these records."""
        amounts = {key: self.amounts[key] for key in sorted(ids) if key in self.amounts}
        return once(amounts, self.links).grand


def changes(w: Work, finding: Finding, terms: Terms | None = None) -> dict[str, Change | None]:
    """Verdict → what it would do, for every verdict; `terms` may say how each is meant, as in a judgement's draft.

    None where that can't be told: for a finding about a cell, and while the two records are merged.
    """
    if finding.a_id is None or finding.b_id is None or merges.of_finding(w, finding.id) is not None:
        return dict.fromkeys(VERDICTS)
    columns = holdings.current(w)
    standing, merged = questions.standing(w.session), dict(pairs.merged(w.session))
    amounts = _amounts(columns)
    now = _Scene(amounts, linked.links(columns, tuple(standing), merged))
    others = [one for one in standing if one.finding_id != finding.id]
    found: dict[str, Change | None] = {}
    for verdict in VERDICTS:
        said = _said(w, finding, verdict, terms or {})
        then = _Scene(amounts, linked.links(columns, (*others, said), merged))
        if verdict == "record_duplicate":
            apart = _Scene(amounts, linked.links(columns, tuple(others), merged))
            then = _merged(w, merges.plan(w, finding, terms or {}), apart, others)
        ids = (finding.a_id, finding.b_id)
        near = now.near(ids) | then.near(ids)
        near |= now.near(near) | then.near(near)
        found[verdict] = Change(now.grand(near), then.grand(near))
    return found


def moves(w: Work, finding: Finding) -> dict[str, Decimal]:
    """Verdict → by how many US dollars it would change the total of all records; only those that can be told."""
    return {verdict: change.usd for verdict, change in changes(w, finding).items() if change is not None}


def change(w: Work, finding: Finding, draft: Terms) -> Change | None:
    """What one verdict would do, as its draft means it."""
    return changes(w, finding, draft)[draft["verdict"]]


def _amounts(columns: Columns) -> Amounts:
    """What each living record says, by id."""
    own = columns.own
    living = set(columns.words.known(counting.LIVING))
    return {
        key: Decimal(int(own["cents"][number])).scaleb(-2) if own["given"][number] else None
        for key, number in columns.numbers.items()
        if columns.number_of(key) is not None and own["status"][number] in living
    }


def _said(w: Work, finding: Finding, verdict: str, terms: Terms) -> Verdict:
    """The verdict as it would stand."""
    whole = None
    if verdict == "component":
        whole = remedies.end_of(w, finding, terms.get("whole")) or remedies.suggested(w, finding)["whole"]
    beside = whole is None and siblings(finding.evidence)
    return Verdict(verdict, finding.a_id or "", finding.b_id or "", beside, whole, None, finding.id)


def _merged(w: Work, plan: Plan, apart: _Scene, others: Iterable[Verdict]) -> _Scene:
    """The amounts and links once one record is merged into the other: its links lead to the one that stays."""
    stays, gone = plan.stays.id, plan.absorbed.id
    parts: dict[str | None, Any] = {None: documents.draft_of(plan.result.document)}
    parts |= {by: documents.part_draft(part) for by, part in sorted(plan.result.added.items())}
    figure, _ = additions.figure(figures.stated(w, parts))
    amounts = {key: usd for key, usd in apart.amounts.items() if key not in (stays, gone)}
    if plan.result.document["status"] in counting.LIVING:
        amounts[stays] = figure.usd
    own = {frozenset((one.a, one.b)) for one in others if gone not in (one.a, one.b)}
    moved = {frozenset((one.a, one.b)) - {gone} | {stays} for one in others if gone in (one.a, one.b)}
    links = []
    for link in apart.links:
        turned = replace(link, **{end: stays for end in ("a", "b", "whole") if getattr(link, end) == gone})
        ends = frozenset((turned.a, turned.b))
        decided = own if turned != link else moved if link.source == linked.REPORTER else ()
        if len(ends) == 2 and ends not in decided:
            links.append(turned)
    return _Scene(amounts, links)
