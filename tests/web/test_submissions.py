"""Entering and changing submissions by the form: nothing that was written is ever lost."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.submissions import Submission
from tests.browsers import Live
from tests.builders.answers import answers, faults, summary
from tests.builders.recording import Works, recorded, saved, validated
from tests.visitors import Visitor, form_token

Visit = Callable[..., Visitor]
NEW = "/submissions/new"


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def kept(session: Session) -> int:
    """How many submissions there are."""
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_a_complete_form_is_submitted_and_shown(norway: Visitor):
    answer = norway.submit(NEW, answers())

    page = norway.get(answer.headers["Location"])
    assert answer.status_code == 303
    assert "Submitted" in page.text and "Border posts on the Panj" in page.text


def test_every_problem_is_told_at_once_each_at_its_field(norway: Visitor, session: Session):
    wrong = answers(
        title="",
        status="",
        visibility="",
        country=["", "TJ", "Narnia"],
        country_share=["", "80", "40"],
        end_planned="2020-01-01",
        contribution_amount=["12,5"],
        contribution_currency=[""],
        pillar_share=["0"],
    )

    page = norway.submit(NEW, wrong)

    assert page.status_code == 422
    assert kept(session) == 0
    assert set(faults(page)) >= {
        "title",
        "status",
        "visibility",
        "countries",
        "countries-2-country",
        "end_planned",
        "contributions-0-amount",
        "contributions-0-currency",
        "pillars-0-share",
    }
    assert faults(page)["contributions-0-currency"] == "Choose a currency."
    assert f"Mend {len(summary(page))} answers" in page.text.split("</title>")[0]
    assert all(f'id="{href[1:]}"' in page.text for href in summary(page))


def test_a_refused_form_keeps_every_answer(norway: Visitor):
    page = norway.submit(
        NEW,
        answers(
            title="",
            description="Two lines.\r\nOf <b>text</b>.",
            end_planned="31 May 2006",
            contribution_amount=["1 200 000,00"],
            org_name=["Ministry of Sound", ""],
            document_title=["Agreement"],
            document_url=["ftp://nowhere"],
        ),
    )

    for said in ("31 May 2006", "1 200 000,00", "Ministry of Sound", "Agreement", "ftp://nowhere"):
        assert f'value="{said}"' in page.text
    assert "Two lines.\nOf &lt;b&gt;text&lt;/b&gt;." in page.text
    assert 'name="country" value="Tajikistan"' in page.text


def test_the_folded_part_opens_only_where_something_was_written(norway: Visitor):
    blank = {"identifier_scheme": [""], "identifier_value": [""], "action": "add:countries"}

    closed = norway.submit(NEW, answers(**blank)).text
    written = norway.submit(NEW, answers(**blank | {"identifier_value": ["GLOY09"]})).text

    assert '<details class="fold" open><summary>More' not in closed
    assert '<details class="fold" open><summary>More' in written


def test_a_draft_may_be_incomplete_and_says_what_is_missing(norway: Visitor):
    answer = norway.submit(NEW, {"title": "Only a title", "action": "save"})

    desk = norway.get("/desk").text
    assert answer.headers["Location"] == "/desk"
    assert "Only a title" in desk and "2 answers are still to mend" in desk


def test_an_empty_form_can_be_kept_too(norway: Visitor):
    assert norway.submit(NEW, {"action": "save"}).status_code == 303


def test_a_double_click_makes_one_submission(norway: Visitor, session: Session):
    form = answers()

    first, second = norway.submit(NEW, form), norway.submit(NEW, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert kept(session) == 1


def test_rows_are_added_and_divided_without_a_script(norway: Visitor, session: Session):
    page = norway.submit(NEW, answers(country=["TJ", "KG", "UZ"], action="divide:countries"))

    assert page.status_code == 200
    assert page.text.count('value="33.33"') == 2 and 'value="33.34"' in page.text
    assert kept(session) == 0


def test_the_return_key_only_keeps_the_draft(norway: Visitor, session: Session):
    form = answers()
    del form["action"]

    answer = norway.submit(NEW, form)

    assert answer.headers["Location"].endswith("/edit")
    assert session.scalars(select(Submission.state)).all() == ["draft"]


def test_proposals_are_shown_and_not_filled_in(norway: Visitor):
    form = answers(
        title="Precursor control in Central Asia", pillar=[""], pillar_share=[""], action="add:countries"
    )

    page = norway.submit(NEW, form)

    assert "Suggested from your text" in page.text
    assert 'value="add:pillars:' in page.text
    assert '<option value="III" selected>' not in page.text


def test_what_is_submitted_can_no_longer_be_changed(norway: Visitor):
    place = norway.submit(NEW, answers()).headers["Location"]

    page = norway.submit(f"{place}/edit", answers(title="Too late", action="save"))

    assert norway.get(f"{place}/edit").headers["Location"] == place
    assert page.status_code == 409
    assert "Too late" in page.text


def test_a_record_that_looks_the_same_is_asked_about_once(norway: Visitor, work: Works, session: Session):
    validated(work, "FR")
    form = answers(org_name=["Norway", "UNODC"])

    page = norway.submit(NEW, form)

    assert page.status_code == 200
    assert kept(session) == 1
    assert "may be the same as yours" in page.text and "lookalike_ADAM-" in page.text
    looked = page.text.split('name="looked" value="')[1].split('"')[0]
    answer = norway.submit(NEW, form | {"looked": looked})
    assert answer.status_code == 303


def test_an_answer_about_a_lookalike_reaches_the_coordinator(norway: Visitor, work: Works, visit: Visit):
    record = validated(work, "FR")
    said = {
        f"lookalike_{record.reference}": "related",
        f"lookalike_how_{record.reference}": "same_money",
        f"lookalike_why_{record.reference}": "We pay a part of it.",
    }

    place = norway.submit(NEW, answers() | said).headers["Location"]

    page = visit("coordinator").get(place).text
    assert "The partner says:" in page and "We pay a part of it." in page


def test_while_lookalikes_are_prepared_the_panel_says_so(norway: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("adam.services.register.ready", lambda w: None)

    fragment = norway.submit("/submissions/lookalikes", answers())

    assert "are being prepared" in fragment.text and "No record looks like" not in fragment.text


def test_lookalikes_come_as_a_fragment_while_somebody_types(norway: Visitor, work: Works):
    record = validated(work, "FR")
    unfinished = answers(status="", visibility="", end_planned="20", country_share=["140", ""], action="stay")

    fragment = norway.submit("/submissions/lookalikes", unfinished)

    assert fragment.status_code == 200
    assert record.reference in fragment.text and "<html" not in fragment.text


def test_a_confidential_record_of_another_partner_is_never_a_lookalike(norway: Visitor, work: Works):
    hidden = recorded(work(), "FR", visibility="confidential")

    fragment = norway.submit("/submissions/lookalikes", answers())

    assert hidden.reference not in fragment.text


def test_an_update_is_filled_with_the_record_and_changes_it(norway: Visitor, work: Works, visit: Visit):
    record = validated(work, "NO")

    page = norway.get(f"/projects/{record.id}/update", follow_redirects=True)
    place = norway.submit(f"{NEW}?project={record.id}", answers(title="A better title")).headers["Location"]

    assert 'value="Border posts on the Panj"' in page.text
    seen = visit("coordinator").get(place).text
    assert "What changes" in seen and "A better title" in seen


def test_only_its_owner_updates_a_record(norway: Visitor, work: Works, session: Session):
    record = recorded(work(), "FR")

    answer = norway.submit(f"{NEW}?project={record.id}", answers())

    assert answer.status_code == 403
    assert kept(session) == 0


@pytest.mark.parametrize("role, partner", [("viewer", "NO"), ("coordinator", None), ("administrator", None)])
def test_only_focal_points_write(visit: Visit, role: str, partner: str | None):
    assert visit(role, partner).get(NEW).status_code == 403


@pytest.mark.parametrize(
    "form",
    [
        {"title": "\x00\u202e" * 50, "country": ["\x00"], "action": "submit"},
        {"title": "x" * 100_000, "action": "save"},
        {"country": ["TJ"] * 700, "action": "submit"},
        {"action": "remove:countries:" + "9" * 400},
        {"action": "add:pillars:<script>alert(1)</script>"},
        {"once": "'; drop table submissions; --", "version": "9" * 30, "action": "save"},
        {"contribution_amount": ["1e999999"], "contribution_currency": ["USD"], "action": "save"},
        {"lookalike_ADAM-1": "same", "lookalike_why_ADAM-1": "\x00", "action": "save", "title": "x"},
    ],
)
def test_hostile_answers_are_refused_or_kept_but_never_break_the_page(norway: Visitor, form: dict[str, Any]):
    answer = norway.submit(NEW, form)

    assert answer.status_code in (200, 303, 422)
    assert "<script>alert" not in answer.text
    assert norway.get("/desk").status_code == norway.get("/submissions").status_code == 200


def test_an_unreadable_draft_can_be_opened_again(norway: Visitor, work: Works):
    draft = saved(work, "NO", {"title": "x", "countries": [{"share": "many"}], "start_planned": "soon"})

    assert norway.get(f"/submissions/{draft.id}").status_code == 200
    assert 'value="soon"' in norway.get(f"/submissions/{draft.id}/edit").text


def test_two_requests_of_one_click_at_the_same_moment_make_one_submission(live: Live):
    norway = live.visitor("focal_point", "NO")
    form = answers() | {"csrf_token": form_token(norway.client)}
    start, found = Barrier(2), []

    def send() -> None:
        start.wait()
        found.append(norway.client.post(NEW, data=form).status_code)

    twins = [Thread(target=send) for _ in range(2)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()

    with live.sessions() as session:
        assert kept(session) == 1
    assert set(found) <= {303, 503}
