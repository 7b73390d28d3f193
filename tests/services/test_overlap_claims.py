"""Where there are very many findings a report lists the weightiest, counts all of them, and says so."""

from __future__ import annotations

import pytest

from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import overlap_claims, report_files, reports, screening
from tests.builders.recording import Works, many


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
