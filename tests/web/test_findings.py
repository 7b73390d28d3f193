"""Findings on pages: the queues, one finding side by side, and the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Finding
from adam.models.partners import FocalPoint
from adam.services import screening
from adam.web.finding_rows import QUESTIONS
from tests.builders.answers import faults
from tests.builders.claims import claimed, group, records
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
REASON = "One payment that payer and doer both report."


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


@pytest.fixture
def finding(work: Works, session: Session) -> Finding:
    """Norway and France recorded one activity."""
    recorded(work(), "NO")
    recorded(work(), "FR")
    return screened(work, session)[0]


def screened(work: Works, session: Session) -> list[Finding]:
    """The pairs that a screening finds, the surest first."""
    screening.run(work(), full=True)
    return list(
        session.scalars(select(Finding).where(Finding.a_id.is_not(None)).order_by(Finding.score.desc()))
    )


def question(finding: Finding) -> str:
    """The beginning of what a finding asks: which kind it is is the engine's business."""
    return str(QUESTIONS[finding.kind]).split("%")[0].strip()


def test_the_queue_asks_a_question_with_its_reason_and_what_is_at_stake(cora: Visitor, finding: Finding):
    page = cora.get("/findings").text

    assert f"{question(finding)} “Border posts on the Panj”, reported by" in page and "by France" in page
    assert "1.2\u00a0m" in page
    assert f"/findings/{finding.id}" in page


@pytest.mark.parametrize(
    "query, shown",
    [
        ("kind=KIND", True),
        ("kind=continuation", False),
        ("kind=overlap", False),
        ("tab=record&kind=overlap", True),
        ("tab=coordination", False),
        ("tab=decided", False),
        ("country=TJ", True),
        ("country=AF", False),
        ("owner=FR&pillar=I", True),
        ("q=panj", True),
        ("q=zaranj", False),
        ("tab=nonsense&kind=nonsense&page=-1", True),
        ("country=%00&q=%00&group=x", True),
    ],
)
def test_the_queue_is_filtered(cora: Visitor, finding: Finding, query: str, shown: bool):
    page = cora.get(f"/findings?{query.replace('KIND', finding.kind)}")

    assert page.status_code == 200
    assert (f"/findings/{finding.id}" in page.text) == shown


def test_many_records_of_one_activity_are_one_question(cora: Visitor, work: Works, session: Session):
    for partner in ("NO", "FR", "DE", "IT"):
        recorded(work(), partner, identifiers=[{"scheme": "iati", "value": "XM-DAC-41128-X1", "owner": None}])
    pairs = screened(work, session)

    page = cora.get("/findings").text

    assert len(pairs) == 6
    assert len(set(re.findall(r'href="/findings/[0-9a-f-]{36}"', page))) == 1
    link = re.search(r'href="(/findings\?group=[^"]+)">[^<]*these 4 records', page)
    assert link and "4 records, 6 pairs" in page
    assert len(set(re.findall(r'href="/findings/([0-9a-f-]{36})', cora.get(link.group(1)).text))) == 6


def test_every_count_is_how_many_rows_its_list_has(cora: Visitor, work: Works, session: Session):
    ids = records(work(), 4)
    pairs = group(session, ids[:3])
    session.get_one(Finding, pairs[0]).kind = "same_money"
    claimed(session, ids[0], ids[3], kind="same_money")
    session.flush()

    page = cora.get("/findings").text
    chips = re.findall(r'href="(/findings\?[^"]*)"[^>]*>(?:<svg.*?</svg>)?[^<]*<\w+[^>]*>(\d+)<', page)

    assert "listed under each of them" in page and len(chips) > 3
    for address, number in [*chips, (f"/findings?group={pairs[0]}", "3")]:
        listed = cora.get(unescape(address)).text
        assert len(re.findall(r'name="pick"', listed)) == int(number), address
        assert re.search(rf"{'One' if number == '1' else number} (question|finding)", listed) or number == "0"


def test_a_finding_shows_both_records_field_by_field_and_how_the_certainty_came_about(
    cora: Visitor, finding: Finding
):
    page = cora.get(f"/findings/{finding.id}").text

    assert "Why we ask" in page and "Field by field" in page
    assert "A: " in page and "B: " in page
    assert "How the certainty came about" in page and "<svg" in page and "The figures as a table" in page
    assert "Suggested." in page


def test_a_verdict_is_kept_with_its_reason_and_leaves_the_queue(cora: Visitor, finding: Finding):
    place = f"/findings/{finding.id}"

    answer = cora.submit(
        place, {"verdict": "same_money", "reason": REASON, "version": "1"}, follow_redirects=True
    )

    assert "Decided: Same money." in answer.text and f'href="{place}"' in answer.text
    assert REASON in cora.get(place).text
    assert place not in cora.get("/findings").text and place in cora.get("/findings?tab=decided").text


def test_the_return_key_decides_nothing(cora: Visitor, finding: Finding):
    page = cora.submit(f"/findings/{finding.id}", {"reason": REASON})

    assert page.status_code == 422
    assert "Choose a verdict." in page.text and REASON in page.text


@pytest.mark.parametrize(
    "form, field",
    [
        ({"verdict": "unrelated", "reason": ""}, "reason"),
        ({"verdict": "unrelated", "reason": REASON, "review_on": "2020-01-01"}, "review_on"),
        ({"verdict": "unrelated", "reason": REASON, "review_on": "soon"}, "review_on"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    cora: Visitor, finding: Finding, form: dict[str, str], field: str
):
    page = cora.submit(f"/findings/{finding.id}", form)

    assert page.status_code == 422
    assert field in faults(page)
    assert page.text.count(form["reason"]) or not form["reason"]


def test_a_verdict_on_an_old_version_is_refused_and_its_reason_kept(
    cora: Visitor, visit: Visit, finding: Finding
):
    place = f"/findings/{finding.id}"
    visit("coordinator").submit(place, {"verdict": "unrelated", "reason": "Two posts.", "version": "1"})

    page = cora.submit(place, {"verdict": "same_money", "reason": REASON, "version": "1"})

    assert page.status_code == 409
    assert REASON in page.text and "Two posts." in page.text


def test_a_focal_point_reads_what_touches_its_records_and_judges_nothing(visit: Visit, finding: Finding):
    norway, germany = visit("focal_point", "NO"), visit("focal_point", "DE")
    place = f"/findings/{finding.id}"

    assert question(finding) in norway.get("/desk").text
    assert "Your verdict" not in norway.get(place).text
    assert norway.submit(place, {"verdict": "unrelated", "reason": REASON}).status_code == 403
    assert germany.get(place).status_code == 404 and place not in germany.get("/findings").text


def test_a_coordinator_never_judges_records_of_the_own_partner(visit: Visit, finding: Finding):
    seconded = visit("coordinator", "NO")
    place = f"/findings/{finding.id}"

    assert "Your verdict" not in seconded.get(place).text
    assert seconded.submit(place, {"verdict": "unrelated", "reason": REASON}).status_code == 403


def test_a_finding_names_whom_to_ask(cora: Visitor, work: Works, finding: Finding):
    w = work()
    w.session.add(FocalPoint(partner="NO", kind="national", name="Ingrid Berg", since=date(2020, 1, 1)))
    w.session.flush()

    assert "Ingrid Berg" in cora.get(f"/findings/{finding.id}").text


def test_a_partner_sees_on_the_others_record_what_touches_its_own(visit: Visit, finding: Finding):
    theirs = f"/projects/{finding.b_id}"

    for partner, seen in (("NO", True), ("FR", True), ("DE", False)):
        assert (f"/findings/{finding.id}" in visit("focal_point", partner).get(theirs).text) == seen
