"""How a certainty came about, on the pages: a row and a bar for each field, from the estimate to the certainty."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.matching.policy import FEATURES
from adam.models.findings import Finding
from adam.services import screening
from adam.web import evidence
from tests.builders.recording import Works, recorded, submitted
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


def said(feature: str, score: float) -> dict[str, object]:
    """One reason."""
    return {"feature": feature, "level": "exact", "score": score, "sentence": "It is so."}


def test_the_steps_lead_from_the_prior_to_the_total_and_leave_nothing_out():
    found = evidence.waterfall([said("title", 4.0), said("start", 0.03), said("amount", -1.5)], -2.0, 0.63)

    assert [step["label"] for step in found["steps"]] == ["Title", "Amount", "All others"]
    assert [step["to"] for step in found["steps"]] == [2.0, 0.5, 0.53]
    assert (found["prior"], found["total"], found["low"], found["high"]) == (-2.0, 0.53, -2.0, 2.0)


def test_every_feature_has_a_name_that_people_read():
    assert set(FEATURES) <= set(evidence.FEATURES)


def test_the_page_of_a_finding_has_the_figures_of_every_step(visit: Visit, work: Works, session: Session):
    recorded(work(), "NO")
    recorded(work(), "FR")
    screening.run(work())
    finding = session.scalars(select(Finding).where(Finding.a_id.is_not(None))).one()

    page = visit("coordinator").get(f"/findings/{finding.id}").text

    assert "Before any field was compared" in page
    assert f"Together: a certainty of {finding.score:.2f}" in page
    assert len(re.findall(r'<svg class="push"', page)) >= 3


def test_the_panel_of_lookalikes_folds_the_steps_away(visit: Visit, work: Works):
    recorded(work(), "FR")
    waiting = submitted(work, "NO")

    page = visit("coordinator").get(f"/submissions/{waiting.id}").text

    assert "How the certainty came about" in page and "Each bar adds to the odds" in page
    assert "<style" not in page and " style=" not in page
