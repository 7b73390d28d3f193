"""The overlap report: findings by kind, both records side by side; the matrix; totals that explain themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from adam.domain.findings import CELL_KINDS, GONE, KINDS, NAMES, PAIR_KINDS, RECORD_KINDS, REMEDIES, siblings
from adam.domain.totals import WORDS, Link
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.queries import comparing, partners, visibility
from adam.queries import findings as questions
from adam.queries.comparing import Facts
from adam.services import coverage, linked
from adam.services.overlap_items import ends_of, grouped, item_of
from adam.services.timelines import busiest
from adam.services.work import Work

LIKELY = Decimal("0.5")
METHOD = [
    "An overlap is two projects active at the same time in one country under one pillar commitment. It is duplicate "
    "assistance when the institution that benefits and the kind of help are the same too.",
    "A record duplicate is one activity written down twice; same money is one payment that payer and doer both report. "
    "These are questions about records: nothing is merged or left out of a total before somebody decides.",
    "Money at stake is the shared months × the lower of the two monthly rates in the shared countries and pillars. "
    "Where a share or a date is missing it is not given, never guessed.",
    "Money is counted in US dollars at each amount's own value date: commitments; where there are none, disbursements, "
    "then expenditures, then pledges.",
    "A project in several countries without shares stays not allocated; a project without a pillar stays not assigned. "
    "Pillars marked as proposed follow from sector codes or words and wait for somebody to confirm them.",
    "A probability is the engine's estimate that the claim is true, by the rules of the version named above.",
]


def figures(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """All that the report shows, as a document: it can be stored, read again and written to any format."""
    shown = coverage.picture(w, scope)
    found = _findings(w, scope)
    facts = shown.facts | _others(w, found, shown.facts)
    pairs = [finding for finding in found if finding.a_id in facts and finding.b_id in facts]
    verdicts = questions.verdicts(w.session, [finding.id for finding in found])
    items = [item_of(w, finding, facts, verdicts.get(finding.id)) for finding in pairs]
    items += [
        item_of(w, finding, facts, verdicts.get(finding.id)) for finding in found if finding.a_id is None
    ]
    table = coverage.table(w, shown)
    _count_overlaps(table, pairs, facts)
    return {
        "scope": named(w, scope),
        "key": _key(w, shown, items),
        "sections": _sections(items),
        "matrix": table,
        "ledger": ledger(w, shown, pairs),
        "timeline": busiest(w, shown, pairs),
        "method": METHOD,
        "records": sorted(facts),
    }


def _findings(w: Work, scope: Mapping[str, Any]) -> Sequence[Finding]:
    """Findings that touch a record in the scope, or a cell of it; those that no longer hold are left out."""
    ids = coverage.chosen(w, scope)
    countries = scope["countries"]
    cell: ColumnElement[bool] = Finding.a_id.is_(None)
    if countries:
        cell &= Finding.country.in_(countries)
    if scope["pillars"]:
        cell &= Finding.pillar.in_(scope["pillars"])
    query = (
        select(Finding)
        .where(visibility.findings(w.actor), Finding.state != GONE)
        .where(or_(Finding.a_id.in_(ids), Finding.b_id.in_(ids), cell))
    )
    ordered = query.order_by(
        (Finding.stake.is_(None)), (Finding.stake * Finding.score).desc(), Finding.score.desc()
    )
    return w.session.scalars(ordered.order_by(Finding.reference)).all()


def _others(w: Work, found: Sequence[Finding], known: Mapping[str, Facts]) -> dict[str, Facts]:
    """The records outside the scope that a finding of it touches, as far as the actor may see them."""
    wanted = {key for finding in found for key in (finding.a_id, finding.b_id) if key and key not in known}
    if not wanted:
        return {}
    query = select(Project.id).where(Project.id.in_(sorted(wanted)), visibility.projects(w.actor))
    return comparing.facts(w.session, query)


def named(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """A scope with the names of its codes."""
    return {
        "countries": [{"code": code, "name": w.vocabulary.country(code)} for code in scope["countries"]],
        "pillars": [{"code": code, "name": w.vocabulary.pillar(code)} for code in scope["pillars"]],
        "organizations": [
            {"code": code, "name": w.vocabulary.partner(code)} for code in scope["organizations"]
        ],
        "from": str(scope["date_from"]) if scope["date_from"] else None,
        "to": str(scope["date_to"]) if scope["date_to"] else None,
    }


def _key(w: Work, shown: coverage.Picture, items: list[dict[str, Any]]) -> dict[str, Any]:
    donors = {name for cell in shown.cells.values() for name in cell.donors}
    waiting = [item for item in items if item["state"] in questions.WAITING]
    return {
        "projects": len(shown.facts),
        "donors": len(donors),
        "reporters": len({item.reporter for item in shown.facts.values()}),
        "record_questions": len({_question(item) for item in waiting if item["kind"] in RECORD_KINDS}),
        "coordination_questions": len(
            {_question(item) for item in waiting if item["kind"] not in RECORD_KINDS}
        ),
        "counted": coverage.text(shown.total.grand),
        "rules_version": w.rules.version,
        "unassigned": sum(not item.pillars for item in shown.facts.values()),
        "unanswered": _unanswered(w, shown),
    }


def _unanswered(w: Work, shown: coverage.Picture) -> dict[str, Any]:
    """The records of partners whom nobody answers for today, and which partners those are."""
    answered = partners.answered(w.session, w.today)
    owners = [item.owner for item in shown.facts.values() if item.owner not in answered]
    return {"projects": len(owners), "partners": sorted(set(owners))}


def _question(item: dict[str, Any]) -> str:
    """The pairs of one group are one question."""
    return str(item["group"] or item["id"])


def _sections(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One section a kind, in the order in which people ask; groups stand before single pairs."""
    found = []
    for kind in KINDS:
        own = [item for item in items if item["kind"] == kind]
        groups, single = grouped(own) if kind in PAIR_KINDS else ([], own)
        found.append(
            {
                "kind": kind,
                "name": NAMES[kind],
                "remedy": REMEDIES[kind],
                "count": len(own),
                "questions": len(groups) + len(single),
                "groups": groups,
                "items": single,
                "cell": kind in CELL_KINDS,
            }
        )
    return found


def _count_overlaps(table: dict[str, Any], pairs: Sequence[Finding], facts: Mapping[str, Facts]) -> None:
    """How many overlaps and duplicate assistances lie in each cell of the matrix."""
    counts: dict[tuple[str, str], int] = {}
    for finding in pairs:
        if finding.kind in RECORD_KINDS:
            continue
        countries, pillars = ends_of(facts[finding.a_id or ""], facts[finding.b_id or ""])
        for key in ((country, pillar) for country in countries for pillar in pillars):
            counts[key] = counts.get(key, 0) + 1
    for row in table["rows"]:
        for cell in row["cells"]:
            cell["overlaps"] = counts.get((cell["country"], cell["pillar"]), 0)


def ledger(w: Work, shown: coverage.Picture, pairs: Sequence[Finding]) -> dict[str, Any]:
    """The total of the scope: reported, left out with the reason, counted, and what open questions could change."""
    names = {key: f"{item.reference} {item.title}" for key, item in shown.facts.items()}
    left = [
        {
            "id": out.id,
            "name": names[out.id],
            "usd": coverage.text(out.usd),
            "kind": out.kind,
            "sentence": f"Left out as {WORDS[out.kind]}: counted with {names[out.because_of]}; so says {out.source}.",
        }
        for out in shown.total.left_out
    ]
    return {
        "reported": coverage.text(shown.total.reported),
        "counted": coverage.text(shown.total.grand),
        "left_out": left,
        "left_out_usd": coverage.text(shown.total.reported - shown.total.grand),
        "open": _open(w, shown, pairs),
        "without_amount": len(shown.total.without_amount),
        "not_allocated": coverage.text(_rest(shown, 0)),
        "not_assigned": coverage.text(_rest(shown, 1)),
    }


def _rest(shown: coverage.Picture, place: int) -> Decimal:
    return sum((cell.usd for key, cell in shown.cells.items() if key[place] is None), Decimal(0))


def _open(w: Work, shown: coverage.Picture, pairs: Sequence[Finding]) -> dict[str, Any]:
    """What the total would lose if every likely open question about records were answered with yes."""
    asked = [
        Link(finding.kind, finding.a_id or "", finding.b_id or "", "the engine")
        for finding in pairs
        if finding.kind in WORDS and finding.state in questions.WAITING and finding.score >= LIKELY
        if not (finding.kind == "component" and siblings(finding.evidence))
    ]
    then = linked.supposing(w, shown.total.columns, (shown.total.chosen, asked))
    left = sum((out.usd for out in then), Decimal(0))
    return {"questions": len(asked), "usd": coverage.text(left - (shown.total.reported - shown.total.grand))}
