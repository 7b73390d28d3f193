"""Adding to another partner's record in pages: what is kept, asked, shown to whom, and credited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.models.submissions import Submission
from tests.builders.documents import money
from tests.builders.recording import Works, added, recorded, saved
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
PLACE = {"location_country": ["TJ"], "location_name": ["Khorog"]}
SAME = {
    "contribution_by": ["Norway"],
    "contribution_kind": ["commitment"],
    "contribution_amount": ["1200000.00"],
    "contribution_currency": ["USD"],
    "contribution_date": ["2024-01-01"],
}


@pytest.fixture
def unodc(visit: Visit) -> Visitor:
    """A focal point of UNODC."""
    return visit("focal_point", "UNODC")


def sent(visitor: Visitor, record: Project, **given: Any) -> Any:
    """The answer to a form that is to be submitted."""
    return visitor.submit(f"/projects/{record.id}/add", {"action": "submit"} | given)


def test_what_is_added_is_shown_to_the_coordinator_and_stands_on_the_record_with_its_author(
    unodc: Visitor, visit: Visit, work: Works, session: Session
):
    record = recorded(work(), "NO")
    cora = visit("coordinator")

    page = unodc.get(sent(unodc, record, **PLACE).headers["Location"]).text
    kept = session.scalars(select(Submission)).one()
    read = cora.get(f"/submissions/{kept.id}").text
    cora.submit(f"/submissions/{kept.id}/validate", {"version": kept.version})

    assert "Khorog" in page and "What it adds" in page
    assert f'adds to <a href="/projects/{record.id}">{record.reference}</a>, Norway' in read
    assert "The figure stays" in read
    shown = visit("viewer").get(f"/projects/{record.id}").text
    assert "Khorog" in shown and "stated by United Nations Office on Drugs and Crime" in shown


def test_money_that_stands_already_is_asked_about_before_it_is_sent(
    unodc: Visitor, work: Works, session: Session
):
    record = recorded(work(), "NO")

    asked = sent(unodc, record, **SAME)
    nothing = session.scalars(select(Submission)).all()
    known = sent(unodc, record, known="yes", **SAME)

    assert asked.status_code == 200 and "the same money counts once" in asked.text
    assert "1200000.00" in asked.text and nothing == []
    assert known.status_code == 303 and session.scalars(select(Submission)).one().state == "submitted"


def test_a_draft_comes_back_with_its_rows_and_is_never_begun_twice(
    unodc: Visitor, work: Works, session: Session
):
    record = recorded(work(), "NO")
    kept = unodc.submit(f"/projects/{record.id}/add", {"action": "save"} | PLACE).headers["Location"]

    again = unodc.get(f"/projects/{record.id}/add")
    form = unodc.get(f"/submissions/{session.scalars(select(Submission)).one().id}/edit")

    assert again.headers["Location"] == form.headers["Location"] == kept
    assert 'value="Khorog"' in unodc.get(kept).text


def test_rows_of_a_submission_can_be_brought_along(unodc: Visitor, work: Works):
    record = recorded(work(), "NO")
    mine = saved(work, "UNODC", None)

    page = unodc.get(f"/projects/{record.id}/add?from={mine.id}").text

    assert 'value="Border Guards of Tajikistan"' in page


def test_every_fault_is_told_at_its_row(unodc: Visitor, work: Works, session: Session):
    record = recorded(work(), "NO")

    page = sent(unodc, record, **SAME | {"contribution_amount": ["12,5"], "contribution_by": [""]}, **PLACE)
    empty = sent(unodc, record)

    assert page.status_code == empty.status_code == 422
    assert "Say whose money it is." in page.text and 'value="Khorog"' in page.text
    assert "Add at least one row." in empty.text
    assert session.scalars(select(Submission)).all() == []


def test_the_owner_reads_it_and_says_a_word_and_nobody_else_may(
    unodc: Visitor, visit: Visit, work: Works, session: Session
):
    record = recorded(work(), "NO")
    sent(unodc, record, **PLACE)
    kept = session.scalars(select(Submission)).one()
    norway = visit("focal_point", "NO")

    asked = norway.get(f"/submissions/{kept.id}").text
    empty = norway.submit(f"/submissions/{kept.id}/remark", {"comment": " "})
    norway.submit(f"/submissions/{kept.id}/remark", {"comment": "We know of no work there."})

    assert "It is about your record" in asked and "Validate" not in asked
    assert empty.status_code == 422
    assert "We know of no work there." in visit("coordinator").get(f"/submissions/{kept.id}").text
    assert visit("focal_point", "SE").get(f"/submissions/{kept.id}").status_code == 404
    assert (
        visit("focal_point", "SE").submit(f"/submissions/{kept.id}/remark", {"comment": "x"}).status_code
        == 404
    )


def test_only_other_partners_are_offered_to_add(unodc: Visitor, visit: Visit, work: Works):
    record, secret = recorded(work(), "NO"), recorded(work(), "NO", visibility="confidential")

    assert "Add what you know" in unodc.get(f"/projects/{record.id}").text
    assert "Add what you know" not in visit("focal_point", "NO").get(f"/projects/{record.id}").text
    assert visit("focal_point", "NO").get(f"/projects/{record.id}/add").status_code == 403
    assert unodc.get(f"/projects/{secret.id}/add").status_code == 404
    assert sent(unodc, secret, **PLACE).status_code == 404


def test_money_that_is_counted_once_says_so_on_the_record_and_the_public_sees_no_amount(
    visit: Visit, work: Works, client: Any
):
    record = recorded(work(), "NO")
    added(work, record, "UNODC", contributions=money("777000.00", organization="NO"))

    page = visit("focal_point", "SE").get(f"/projects/{record.id}").text

    assert "the same money; counted once" in page
    assert "777" not in client.get(f"/projects/{record.id}").text
