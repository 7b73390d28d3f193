"""Asking before a record is entered: what stands already is shown with a chance, where any two records have less."""

from __future__ import annotations

from math import exp

import pytest

from adam.services import alike
from adam.services.work import Work
from tests.builders.documents import draft, focal
from tests.builders.recording import Works, recorded

BORDER = "Border management cooperation in drug control between Afghanistan, Iran and Pakistan"
DATES = {"start_planned": "2008-01-01", "end_planned": "2010-12-31"}
BARE = {"contributions": [], "organizations": [], "pillars": [], "assistance_types": [], "beneficiaries": []}


def chance(w: Work, title: str) -> float:
    """How likely the first record shown is the one that is being entered."""
    entered = draft(title=title, countries=[{"country": "AF"}], identifiers=[], **DATES, **BARE)
    return max((item.pair.score for item in alike.lookalikes(w, entered)), default=0.0)


def stored(w: Work) -> None:
    """The Green Paper as UNODC recorded it."""
    countries = [{"country": code} for code in ("AF", "IR", "PK")]
    recorded(w, "UNODC", title=f"Green Paper: {BORDER}", countries=countries, identifiers=[], **DATES, **BARE)


def test_a_record_with_nearly_the_title_the_dates_and_a_country_is_shown(work: Works):
    stored(work())

    found = chance(work(focal("NO")), BORDER)

    assert found >= work().rules.policy.threshold


def test_a_record_of_another_job_is_not_likely(work: Works):
    stored(work())

    found = chance(work(focal("NO")), "Prison reform and legal aid for women")

    assert found < 0.5 < chance(work(focal("NO")), BORDER)


def test_whoever_enters_a_record_is_asked_at_better_odds_and_the_reasons_still_add_up(work: Works):
    stored(work())
    w = work(focal("NO"))
    entered = draft(title=BORDER, countries=[{"country": "AF"}], identifiers=[], **DATES, **BARE)

    [shown] = alike.lookalikes(w, entered)

    policy = w.rules.policy
    total = shown.pair.prior + sum(reason.score for reason in shown.pair.evidence)
    assert shown.pair.prior == pytest.approx(policy.prior(shown.pair.kind, 2) + policy.priors["asked"])
    assert shown.pair.score == pytest.approx(1 / (1 + exp(-total)))


def test_bodies_that_a_draft_has_by_code_are_compared_and_told_by_name(work: Works):
    recorded(work(), "UNODC", title=f"Green Paper: {BORDER}", identifiers=[])
    entered = draft(title=BORDER, identifiers=[])

    [shown] = alike.lookalikes(work(focal("NO")), entered)

    told = " ".join(reason["sentence"] for reason in shown.reasons)
    assert "funded by Norway" in told
    assert "funded by NO" not in told


def test_records_that_are_not_there_for_somebody_leave_no_trace(work: Works, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alike, "FIRST", 1)
    same = {"identifiers": [{"scheme": "iati", "value": "XX-1-7", "owner": "XX-1"}], **DATES, **BARE}
    for _ in range(2):
        recorded(work(), "FR", title=BORDER, visibility="confidential", **same)
    recorded(work(), "UNODC", title=f"Green Paper: {BORDER}", **same | {"end_planned": "2011-06-30"})
    entered = draft(title=BORDER, **same)

    found = alike.lookalikes(work(focal("NO")), entered)
    own = alike.lookalikes(work(focal("FR")), entered)

    assert [item.facts.owner for item in found] == ["UNODC"]
    assert {item.facts.owner for item in own} == {"FR", "UNODC"}
