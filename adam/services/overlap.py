"""The overlap report: findings by kind, both records side by side; the matrix; totals that explain themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from adam.domain.findings import CELL_KINDS, KINDS, NAMES, PAIR_KINDS, RECORD_KINDS, REMEDIES
from adam.domain.totals import WORDS, Link
from adam.queries import comparing, partners
from adam.queries import findings as questions
from adam.services import coverage, freshness, linked, overlap_claims
from adam.services.overlap_claims import Claim
from adam.services.overlap_items import grouped, item_of
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
    """All that the report shows, as a document: it can be stored, read again and written to any format.

    Every figure counts all findings of the scope; where there are very many, the weightiest are listed.
    """
    shown = coverage.picture(w, scope)
    found = overlap_claims.claims(w, scope, shown)
    kept = overlap_claims.listed(found)
    items = _items(w, kept)
    table = coverage.table(w, shown)
    touching, inside = overlap_claims.in_cells(shown, found)
    _count_overlaps(table, touching)
    capped = {"listed": len(kept), "found": len(found)} if len(kept) < len(found) else None
    fresh = freshness.of(w, scope)
    return {
        "scope": named(w, scope),
        "key": _key(w, scope, (shown, found)) | {"unanswered": _unanswered(w, fresh["partners"])},
        "sections": _sections(found, items),
        "capped": capped,
        "matrix": table,
        "ledger": ledger(w, shown, found),
        "timeline": busiest(w, shown, inside),
        "method": [*([_cap_in_words(capped)] if capped else []), *METHOD],
        "records": sorted(_touched(found) | set(shown.total.ids(shown.total.chosen))),
        "freshness": fresh,
    }


def _cap_in_words(capped: Mapping[str, int]) -> str:
    return (
        f"Every figure counts all {capped['found']} findings of the scope. Listed one by one are the weightiest "
        f"{capped['listed']}; the findings desk holds each of the others, by kind, country and pillar."
    )


def _items(w: Work, kept: Sequence[Claim]) -> list[dict[str, Any]]:
    """What is listed, with both records of each, in the order given: pairs first, then cells."""
    full = overlap_claims.whole(w, (claim.id for claim in kept))
    facts = comparing.some(w.session, {key for claim in kept for key in claim.ends})
    there = [full[claim.id] for claim in kept if claim.id in full and all(key in facts for key in claim.ends)]
    verdicts = questions.verdicts(w.session, [finding.id for finding in there])
    ordered = sorted(there, key=lambda finding: finding.a_id is None)
    return [item_of(w, finding, facts, verdicts.get(finding.id)) for finding in ordered]


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


def _key(w: Work, scope: Mapping[str, Any], of: tuple[coverage.Picture, Sequence[Claim]]) -> dict[str, Any]:
    shown, found = of
    chosen = coverage.chosen(w, scope)
    waiting = [claim for claim in found if claim.state in questions.WAITING]
    return {
        "projects": len(shown),
        "donors": shown.together(list(shown.cells))["donors"],
        "reporters": comparing.number_of_reporters(w.session, chosen),
        "record_questions": len({claim.question for claim in waiting if claim.kind in RECORD_KINDS}),
        "coordination_questions": len(
            {claim.question for claim in waiting if claim.kind not in RECORD_KINDS}
        ),
        "counted": coverage.text(shown.total.grand),
        "rules_version": w.rules.version,
        "unassigned": shown.together([key for key in shown.cells if key[1] is None])["projects"],
    }


def _touched(found: Sequence[Claim]) -> set[str]:
    ends = {claim.a_id for claim in found} | {claim.b_id for claim in found}
    return {key for key in ends if key}


def _unanswered(w: Work, owners: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The records of partners whom nobody answers for today, and which partners those are."""
    answered = partners.answered(w.session, w.today)
    silent = [row for row in owners if row["partner"] not in answered]
    return {"projects": sum(row["records"] for row in silent), "partners": [row["partner"] for row in silent]}


def _sections(found: Sequence[Claim], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One section a kind, in the order in which people ask; groups stand before single pairs."""
    sections = []
    for kind in KINDS:
        own = [item for item in items if item["kind"] == kind]
        groups, single = grouped(own) if kind in PAIR_KINDS else ([], own)
        sections.append(
            {
                "kind": kind,
                "name": NAMES[kind],
                "remedy": REMEDIES[kind],
                **overlap_claims.counted(found, kind),
                "listed": len(own),
                "groups": groups,
                "items": single,
                "cell": kind in CELL_KINDS,
            }
        )
    return sections


def _count_overlaps(table: dict[str, Any], counts: Mapping[tuple[str, str], int]) -> None:
    """How many overlaps and duplicate assistances lie in each cell of the matrix."""
    for row in table["rows"]:
        for cell in row["cells"]:
            cell["overlaps"] = counts.get((cell["country"], cell["pillar"]), 0)


def ledger(w: Work, shown: coverage.Picture, found: Sequence[Claim]) -> dict[str, Any]:
    """The total of the scope: reported, left out with the reason, counted, and what open questions could change."""
    out = shown.total.left_out
    names = comparing.names(w.session, {key for one in out for key in (one.id, one.because_of)})
    left = [
        {
            "id": one.id,
            "name": names[one.id],
            "usd": coverage.text(one.usd),
            "kind": one.kind,
            "sentence": f"Left out as {WORDS[one.kind]}: counted with {names[one.because_of]}; so says {one.source}.",
        }
        for one in out
    ]
    return {
        "reported": coverage.text(shown.total.reported),
        "counted": coverage.text(shown.total.grand),
        "left_out": left,
        "left_out_usd": coverage.text(shown.total.reported - shown.total.grand),
        "open": _open(w, shown, found),
        "without_amount": len(shown.total.without_amount),
        "not_allocated": coverage.text(_rest(shown, 0)),
        "not_assigned": coverage.text(_rest(shown, 1)),
    }


def _rest(shown: coverage.Picture, place: int) -> Decimal:
    return sum((cell.usd for key, cell in shown.cells.items() if key[place] is None), Decimal(0))


def _open(w: Work, shown: coverage.Picture, found: Sequence[Claim]) -> dict[str, Any]:
    """What the total would lose if every likely open question about records were answered with yes."""
    likely = [
        claim
        for claim in found
        if claim.kind in WORDS and claim.state in questions.WAITING and claim.score >= LIKELY
    ]
    beside = questions.siblings_among(w.session, [one.id for one in likely if one.kind == "component"])
    asked = [
        Link(one.kind, one.a_id or "", one.b_id or "", "the engine") for one in likely if one.id not in beside
    ]
    left = linked.supposing(w, shown.total.columns, (shown.total.chosen, asked))
    return {"questions": len(asked), "usd": coverage.text(left - (shown.total.reported - shown.total.grand))}
