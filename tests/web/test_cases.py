"""Cases on pages: opened by a verdict, written in by both sides, found on the desk, closed by a coordinator."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.cases import Case
from adam.services import findings
from tests.builders.documents import coordinator
from tests.builders.recording import Works
from tests.services.test_findings import said, screened
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


def opened(work: Works, session: Session) -> str:
    """The page of a case of Norway's and France's."""
    finding = screened(work, session)
    findings.judge(work(coordinator()), finding.id, said(verdict="overlap"))
    work()
    return f"/cases/{session.scalars(select(Case)).one().id}"


def test_a_case_goes_from_the_desk_to_its_outcome(visit: Visit, work: Works, session: Session):
    norway, france, neutral = visit("focal_point", "NO"), visit("focal_point", "FR"), visit("coordinator")
    place = opened(work, session)

    desk = norway.get("/desk").text
    empty = norway.submit(f"{place}/messages", {"text": " "})
    norway.submit(f"{place}/messages", {"text": "We can move\r\nto Khorog."})
    read = france.get(place).text
    wrong = neutral.submit(f"{place}/close", {"version": "2", "text": "Norway trains."})
    ended = {"version": "2", "outcome": "labour_divided", "text": "Norway trains, France equips."}
    stale = neutral.submit(f"{place}/close", ended | {"version": "1"})
    neutral.submit(f"{place}/close", ended)
    after = france.get(place).text

    assert place in desk and "Cases" in desk
    assert empty.status_code == 422 and "Write a word." in empty.text
    assert "We can move\nto Khorog." in read and "How it ends" not in read
    assert wrong.status_code == 422 and "Choose how it ends." in wrong.text and "Norway trains." in wrong.text
    assert stale.status_code == 409 and "wrote in this case meanwhile" in stale.text
    assert "Labour divided" in after and "Norway trains, France equips." in after


def test_the_list_has_filters_and_counts(visit: Visit, work: Works, session: Session):
    place = opened(work, session)
    norway = visit("focal_point", "NO")

    every, none = norway.get("/cases").text, norway.get("/cases?state=closed").text

    assert place in every and "C-0001" in every
    assert place not in none and "No case here" in none
    assert place not in norway.get("/cases?kind=duplicate_assistance").text
    assert place in norway.get("/cases?partner=FR&q=training").text


def test_cases_of_others_are_not_there(visit: Visit, work: Works, session: Session):
    place = opened(work, session)

    assert visit("focal_point", "US").get(place).status_code == 404
    assert visit("viewer").get("/cases").status_code == 403
    assert visit("focal_point", "NO").submit(f"{place}/close", {}).status_code == 403


def test_a_link_stands_on_the_pages_of_both_records_for_their_partners(
    visit: Visit, work: Works, session: Session
):
    finding = screened(work, session)
    whole = said(verdict="component", whole=finding.b_id)
    findings.judge(work(coordinator()), finding.id, whole)
    work()
    pages = [f"/projects/{finding.a_id}", f"/projects/{finding.b_id}"]

    part, full = (visit("focal_point", "NO").get(path).text for path in pages)
    other = visit("focal_point", "US").get(pages[0]).text

    assert "this is a part, says a coordinator" in part and pages[1] in part
    assert "this is the whole, says a coordinator" in full and pages[0] in full
    assert "says a coordinator" not in other
