"""Where there are very many findings a report lists the weightiest, counts all of them, and says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from adam.domain.totals import Link, once
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import overlap_claims, report_files, reports, screening
from tests.builders.claims import claimed
from tests.builders.documents import money
from tests.builders.recording import Works, many, recorded


def test_a_long_report_lists_the_weightiest_and_counts_all(work: Works, monkeypatch: pytest.MonkeyPatch):
    many(work(), 12)
    screening.run(work())
    whole = reports.run(work(), "overlap", load(ScopeSchema(), {})).figures
    for name, limit in (("MOST", 5), ("MOST_QUESTIONS", 2), ("MOST_OF_KIND", 4)):
        monkeypatch.setattr(overlap_claims, name, limit)

    report = reports.run(work(), "overlap", load(ScopeSchema(), {}))
    short = report.figures

    counts = [(one["kind"], one["count"], one["questions"], one["stake"]) for one in whole["sections"]]
    assert [
        (one["kind"], one["count"], one["questions"], one["stake"]) for one in short["sections"]
    ] == counts
    assert all(one["listed"] <= 4 for one in short["sections"])
    assert short["capped"]["listed"] < short["capped"]["found"] == sum(one[1] for one in counts)
    assert (
        whole["capped"] is None and short["ledger"] == whole["ledger"] and short["matrix"] == whole["matrix"]
    )
    assert "the findings desk holds each of the others" in str(report_files.FILES["html"].write(report))


def test_what_is_listed_is_the_weightiest_of_its_kind(work: Works, monkeypatch: pytest.MonkeyPatch):
    many(work(), 12)
    screening.run(work())
    monkeypatch.setattr(overlap_claims, "MOST", 1)
    monkeypatch.setattr(overlap_claims, "MOST_OF_KIND", 1)

    w = work()
    scope = load(ScopeSchema(), {})
    found = overlap_claims.claims(w, scope, overlap_claims.coverage.picture(w, scope))
    kept = overlap_claims.listed(found)

    first = {claim.kind: claim for claim in reversed(found)}
    assert {claim.id for claim in kept} == {claim.id for claim in first.values()}


def test_what_open_questions_could_take_is_what_would_be_left_out_were_they_answered_with_yes(work: Works):
    w, amounts = work(), ("500.00", "200.00", "90.00", "70.00", "60.00", "40.00", "30.00")
    ids = [recorded(w, "NO", identifiers=[], contributions=money(usd)).id for usd in amounts]
    silent = recorded(w, "NO", identifiers=[], contributions=[]).id
    linked = [(0, 1, "same_money"), (2, 3, "component"), (3, 4, "same_money"), (5, 6, "component")]
    for a, b, kind in linked:
        claimed(w.session, ids[a], ids[b], kind=kind)
    claimed(w.session, ids[6], silent, kind="same_money")
    claimed(w.session, ids[5], ids[0], kind="continuation")

    figures = reports.run(work(), "overlap", load(ScopeSchema(), {})).figures["ledger"]["open"]

    said = dict(zip(ids, map(Decimal, amounts), strict=True))
    links = [Link(kind, ids[a], ids[b], "the engine") for a, b, kind in linked]
    assert figures == {"questions": 5, "usd": f"{sum(one.usd for one in once(said, links).left_out):.2f}"}
    assert figures["usd"] == "360.00"
