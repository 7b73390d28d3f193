"""Deciding on pages: one verdict and how it is meant, several at once, a merge, taking back, and who may."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from adam.models.findings import Finding, Need
from adam.models.projects import Project
from adam.queries import findings as questions
from adam.web.findings import SIZE
from tests.builders.answers import faults
from tests.builders.claims import CELL, claimed, group, records
from tests.builders.documents import money
from tests.builders.recording import Works, recorded, statements
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
REASON = "Both records were read side by side."


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


@pytest.fixture
def finding(work: Works, session: Session) -> Finding:
    """Norway and France recorded one activity."""
    a, b = (recorded(work(), partner).id for partner in ("NO", "FR"))
    return session.get_one(Finding, claimed(session, a, b))


def test_a_verdict_leads_to_the_next_question_of_the_same_queue_and_can_be_taken_back(
    cora: Visitor, work: Works, session: Session
):
    a, b, c = records(work(), 3)
    first, second = claimed(session, a, b, stake=Decimal(9)), claimed(session, b, c, stake=Decimal(5))

    answer = cora.submit(f"/findings/{first}?country=TJ", {"verdict": "unrelated", "reason": REASON})
    page = cora.get(answer.location).text
    cora.submit(f"/findings/{first}/take-back", {"reason": "Read again."})

    assert answer.location == f"/findings/{second}?country=TJ"
    assert f'href="/findings/{first}/take-back"' in page
    assert session.get_one(Finding, first).state == "open"
    assert "Read again." in cora.get(f"/findings/{first}").text


def test_several_are_looked_at_before_they_are_decided_together(cora: Visitor, work: Works, session: Session):
    a, b, c, d = records(work(), 4)
    pairs, other = group(session, [a, b, c]), claimed(session, c, d)
    chosen = {"pick": [f"group:{pairs[0]}", other], "verdict": "unrelated", "reason": REASON}

    page = cora.submit("/findings/several", chosen)
    untouched = {session.get_one(Finding, key).state for key in (*pairs, other)}
    done = cora.submit(
        "/findings/several", chosen | {"pick": [*pairs, other], "confirmed": "1"}, follow_redirects=True
    )

    assert page.status_code == 200 and "Decide 4 questions at once" in page.text and untouched == {"open"}
    assert "4 findings are decided: Unrelated." in done.text
    session.expire_all()
    assert {session.get_one(Finding, key).state for key in (*pairs, other)} == {"decided"}


def test_where_one_of_several_cannot_be_decided_none_is_and_every_reason_is_said(
    cora: Visitor, work: Works, session: Session
):
    a, b, c = records(work(), 3)
    open_, gone = claimed(session, a, b), claimed(session, b, c, state="gone")
    given = {"pick": [open_, gone], "verdict": "", "confirmed": "1", f"version-{open_}": "7"}

    nothing = cora.submit("/findings/several", given)
    stale = cora.submit("/findings/several", given | {"verdict": "unrelated", "reason": REASON})

    assert nothing.status_code == 422 and {"verdict", "reason"} <= set(faults(nothing))
    assert stale.status_code == 422 and stale.text.count('class="err"') == 2
    assert session.get_one(Finding, open_).state == "open"


def test_a_merge_is_shown_part_by_part_before_it_is_done_and_can_be_undone(
    cora: Visitor, work: Works, session: Session
):
    one = recorded(work(), "NO", title="Posts on the Panj").id
    other = recorded(work(), "FR", title="Border posts, Panj").id
    place = f"/findings/{claimed(session, one, other, kind='record_duplicate')}"

    page = cora.submit(f"{place}/merge", {"reason": REASON, "stays": other, "part-title": "other"})
    alone = session.get_one(Project, one).merged_into
    terms = {"stays": other, "was": other, "part-title": "other", "action": "merge"}
    cora.submit(f"{place}/merge", {"reason": REASON} | terms)
    session.expire_all()
    merged = session.get_one(Project, one).merged_into
    title = session.get_one(Project, other).title
    undo = "Undo the merge" in cora.get(place).text
    cora.submit(f"{place}/take-back", {"reason": "Two after all."})
    session.expire_all()

    assert "Would stay" in page.text and REASON in page.text and alone is None
    assert (merged, title, undo) == (other, "Posts on the Panj", True)
    assert session.get_one(Project, one).merged_into is None
    assert session.get_one(Project, other).title == "Border posts, Panj"


@pytest.mark.parametrize(
    "verdict, terms, kept",
    [
        ("component", {"whole": "A", "due_on": "2000-01-01"}, "whole"),
        ("continuation", {"earlier": "A"}, "earlier"),
        ("complementary", {"division_of_labour": "Norway trains, France equips."}, "division_of_labour"),
    ],
)
def test_how_a_verdict_is_meant_is_kept_with_it(
    cora: Visitor, finding: Finding, session: Session, verdict: str, terms: dict[str, str], kept: str
):
    given = {name: finding.a_id if text == "A" else text for name, text in terms.items()}

    answer = cora.submit(f"/findings/{finding.id}", {"verdict": verdict, "reason": REASON} | given)

    assert answer.status_code == 303
    [judgement] = questions.judgements(session, finding.id)
    assert judgement.terms == {kept: given[kept]}


def test_a_reopened_finding_says_which_field_changed_and_what_was_decided(
    cora: Visitor, work: Works, session: Session, finding: Finding
):
    cora.submit(f"/findings/{finding.id}", {"verdict": "unrelated", "reason": REASON})
    w = work(now=datetime.now(UTC) + timedelta(minutes=1))
    w.record("project.changed", ("project", finding.a_id), {"title": "Posts"}, {"title": "Other posts"})
    w.finish()
    session.get_one(Finding, finding.id).state = "reopened"
    session.flush()

    for page in (cora.get("/findings").text, cora.get(f"/findings/{finding.id}").text):
        assert "Reopened" in page and "changed since: Title" in page and "Unrelated" in page


def test_a_cell_has_a_page_with_who_pays_what_was_asked_for_and_its_own_verdicts(
    cora: Visitor, work: Works, session: Session
):
    w = work()
    recorded(w, "NO", contributions=money("600000.00"))
    cell = claimed(session, None, None, **CELL)
    w.session.add(
        Need(
            country="TJ",
            pillar="I",
            statement="Radios for posts.",
            recorded_on=date(2026, 1, 1),
            source="EWG",
        )
    )
    w.session.flush()

    page = cora.get(f"/findings/{cell}").text

    assert "Norway" in page and "600\u00a0000.00" in page and "Radios for posts." in page
    assert 'value="complementary"' in page and 'value="record_duplicate"' not in page


def test_who_may_not_decide_reads_why(visit: Visit, finding: Finding):
    place = f"/findings/{finding.id}"

    assert "Coordinators decide." in visit("focal_point", "NO").get(place).text
    assert "You are a coordinator of Norway" in visit("coordinator", "NO").get(place).text
    assert "Take it back" not in visit("coordinator", "NO").get(place).text


def test_the_keys_can_be_switched_off(cora: Visitor, finding: Finding):
    with_keys = "findings.js" in cora.get("/findings").text
    cora.submit("/preferences", {"keys": "off"})
    without = "findings.js" not in cora.get("/findings").text
    cora.submit("/preferences", {"keys": "on"})

    assert with_keys and without and "findings.js" in cora.get(f"/findings/{finding.id}").text


def test_pages_of_the_queue_follow_each_other_and_back(cora: Visitor, work: Works, session: Session):
    a, b = records(work(), 2)
    keys = [claimed(session, a, b, stake=Decimal(100 - number)) for number in range(SIZE + 3)]

    first = cora.get("/findings").text
    second = cora.get(html.unescape(re.findall(r'href="([^"]+)" rel="next"', first)[0])).text
    [back] = re.findall(r'href="([^"]+)" rel="prev"', second)

    assert [key in first for key in keys] == [True] * SIZE + [False] * 3
    assert [key in second for key in keys] == [False] * SIZE + [True] * 3
    assert f"{SIZE + 1} to {SIZE + 3}" in second and html.unescape(back) == "/findings"
    assert cora.get("/findings?cursor=forged").status_code == 400


def test_a_long_queue_asks_the_database_no_more_than_a_short_one(
    cora: Visitor, work: Works, session: Session
):
    ids = records(work(), 5)
    for number in range(10):
        claimed(session, ids[number % 2], ids[2 + number % 3], group_key=(None, ids[0])[number % 2])
    cora.get("/findings")
    few = statements(session, lambda: cora.get("/findings"))
    for number in range(190):
        claimed(session, ids[number % 2], ids[2 + number % 3], group_key=(None, ids[number % 5])[number % 2])

    assert statements(session, lambda: cora.get("/findings")) == few
