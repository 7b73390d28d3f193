"""What a verdict would do to the grand total, told before it is given: by the same counting as every total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from adam.domain import additions, documents
from adam.domain.findings import VERDICTS, siblings
from adam.domain.totals import Link, once
from adam.models.findings import Finding
from adam.queries.findings import Verdict
from adam.services import counting, figures, holdings, linked, merges, remedies
from adam.services.columns import Columns
from adam.services.linked import Bound
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
    """The two records with all that hang together with them: amounts, verdicts on others, what reporters say."""

    columns: Columns
    amounts: Amounts
    others: list[Verdict]
    reported: list[Link]

    def links(self, said: Verdict | None) -> list[Link]:
        """The links once this is said of the two; without a verdict what reporters say of them counts."""
        verdicts = [*self.others, said] if said else self.others
        judged = {frozenset((one.a, one.b)) for one in verdicts}
        left = [link for link in self.reported if frozenset((link.a, link.b)) not in judged]
        return [*linked.decided(self.columns, verdicts), *left]


def changes(w: Work, finding: Finding, terms: Terms | None = None) -> dict[str, Change | None]:
    """Verdict → what it would do, for every verdict; `terms` may say how each is meant, as in a judgement's draft.

    None where that can't be told: for a finding about a cell, and while the two records are merged.
    """
    if finding.a_id is None or finding.b_id is None or merges.of_finding(w, finding.id) is not None:
        return dict.fromkeys(VERDICTS)
    columns = holdings.current(w)
    bound = linked.bound(w, columns)
    own = next((one for one in bound.verdicts if one.finding_id == finding.id), None)
    scene = _scene(columns, bound, finding)
    now = once(scene.amounts, scene.links(own)).grand
    known: dict[Verdict, Decimal] = {}
    found: dict[str, Change | None] = {}
    for verdict in VERDICTS:
        if verdict == "record_duplicate":
            then = _merged(w, merges.plan(w, finding, terms or {}), scene)
        else:
            said = _said(w, finding, verdict, terms or {})
            if said not in known:
                known[said] = once(scene.amounts, scene.links(said)).grand
            then = known[said]
        found[verdict] = Change(now, then)
    return found


def _scene(columns: Columns, bound: Bound, finding: Finding) -> _Scene:
    pair = {finding.a_id or "", finding.b_id or ""}
    near = pair.union(*(bound.together.get(key, ()) for key in pair))
    others = [
        one for one in bound.verdicts if one.finding_id != finding.id and (one.a in near or one.b in near)
    ]
    inside = [link for link in bound.reported if link.a in near]
    return _Scene(columns, _amounts(columns, near), others, inside)


def moves(w: Work, finding: Finding) -> dict[str, Decimal]:
    """Verdict → by how many US dollars it would change the total of all records; only those that can be told."""
    return {verdict: change.usd for verdict, change in changes(w, finding).items() if change is not None}


def change(w: Work, finding: Finding, draft: Terms) -> Change | None:
    """What one verdict would do, as its draft means it."""
    return changes(w, finding, draft)[draft["verdict"]]


def _amounts(columns: Columns, ids: Iterable[str]) -> Amounts:
    """What those of the records that a total counts give in US dollars."""
    own, found = columns.own, {}
    living = set(columns.words.known(counting.LIVING))
    for key in sorted(ids):
        number = columns.number_of(key)
        if number is not None and own["status"][number] in living:
            found[key] = counting.dollars(own["cents"][number]) if own["given"][number] else None
    return found


def _said(w: Work, finding: Finding, verdict: str, terms: Terms) -> Verdict:
    """The verdict as it would stand; what moves no money is as good as unrelated."""
    whole, verdict = None, verdict if verdict in linked.KINDS else "unrelated"
    if verdict == "component":
        whole = remedies.end_of(w, finding, terms.get("whole")) or remedies.suggested(w, finding)["whole"]
    beside = whole is None and siblings(finding.evidence)
    return Verdict(verdict, finding.a_id or "", finding.b_id or "", beside, whole, None, finding.id)


def _merged(w: Work, plan: Plan, scene: _Scene) -> Decimal:
    """What is counted once one record is merged into the other: its links lead to the one that stays."""
    stays, gone = plan.stays.id, plan.absorbed.id
    parts: dict[str | None, Any] = {None: documents.draft_of(plan.result.document)}
    parts |= {by: documents.part_draft(part) for by, part in sorted(plan.result.added.items())}
    figure, _ = additions.figure(figures.stated(w, parts))
    amounts = {key: usd for key, usd in scene.amounts.items() if key not in (stays, gone)}
    if plan.result.document["status"] in counting.LIVING:
        amounts[stays] = figure.usd
    own = {frozenset((one.a, one.b)) for one in scene.others if gone not in (one.a, one.b)}
    moved = {frozenset((one.a, one.b)) - {gone} | {stays} for one in scene.others if gone in (one.a, one.b)}
    links = []
    for link in scene.links(None):
        turned = replace(link, **{end: stays for end in ("a", "b", "whole") if getattr(link, end) == gone})
        ends = frozenset((turned.a, turned.b))
        decided = own if turned != link else moved if link.source == linked.REPORTER else ()
        if len(ends) == 2 and ends not in decided:
            links.append(turned)
    return once(amounts, links).grand
