"""Validation rounds on pages: a coordinator opens and closes one, a focal point answers from its desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.builders.recording import Works, validated
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/validation-rounds/new"


def form(**different: Any) -> dict[str, Any]:
    """The form of a round over everything."""
    return {"title": "Records of spring", "deadline": "2099-01-31"} | different


def test_a_round_goes_from_opening_to_its_report(visit: Visit, work: Works):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    project = validated(work, "NO")
    work()

    place = coordinator.submit(NEW, form(pillar=["I"])).headers["Location"]
    desk = norway.get("/desk").text
    page = norway.get(f"{place}?answer=waiting").text
    empty = norway.submit(f"{place}/records/{project.id}", {"answer": "withdrawn"})
    norway.submit(f"{place}/records/{project.id}", {"answer": "confirmed"})
    reminded = coordinator.submit(f"{place}/remind", {"version": "1"})
    coordinator.submit(f"{place}/close", {"version": "1"})
    report = coordinator.get(place).text

    assert "Records of spring" in desk and "one record waits" in desk
    assert project.title in page and "Still correct" in page
    assert empty.status_code == 422 and "Say in a sentence" in empty.text
    assert reminded.status_code == 303
    assert "this is the report as it was stored" in report and "100.0 %" in report
    assert "Norway,1,1,0,0,0,100.0,100.0" in coordinator.get(f"{place}/file.csv").text


def test_a_round_that_can_not_be_opened_comes_back_with_its_answers(visit: Visit):
    page = visit("coordinator").submit(NEW, form(title="", deadline="2020-01-01", country=["AF"]))

    assert page.status_code == 422
    assert "Give the round a title." in page.text and 'value="2020-01-01"' in page.text


def test_rounds_are_no_business_of_viewers(visit: Visit):
    assert visit("viewer").get("/validation-rounds").status_code == 403
    assert visit("focal_point", "FR").get("/validation-rounds").status_code == 200
