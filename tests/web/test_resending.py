"""A form that is sent again: after going back, after its safety token ran out, after the session was over."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.submissions import Submission
from tests.builders.answers import answers
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def kept(session: Session) -> int:
    """How many submissions there are."""
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_answers_changed_after_going_back_change_the_draft_that_the_form_made(
    norway: Visitor, session: Session
):
    form = answers(action="save")
    norway.submit(NEW, form)

    norway.submit(NEW, form | {"title": "Border posts on the Amu Darya"})

    assert session.scalars(select(Submission.title)).all() == ["Border posts on the Amu Darya"]


def test_answers_changed_after_submitting_are_never_dropped_in_silence(norway: Visitor, session: Session):
    form = answers()
    norway.submit(NEW, form)
    different = form | {"title": "Border posts on the Amu Darya"}

    page = norway.submit(NEW, different)

    assert page.status_code == 409
    assert "submitted already" in page.text and 'value="Border posts on the Amu Darya"' in page.text
    once = page.text.split('name="once" value="')[1].split('"')[0]
    assert norway.submit(NEW, different | {"once": once}).status_code == 303
    assert kept(session) == 2


def test_a_form_whose_safety_token_ran_out_comes_back_with_its_answers(norway: Visitor, session: Session):
    page = norway.client.post(NEW, data=answers(description="Twelve courses.") | {"csrf_token": "old"})

    assert page.status_code == 400
    assert kept(session) == 0
    assert "open for too long" in page.text and "Twelve courses." in page.text


def test_answers_sent_after_the_session_was_over_wait_until_one_has_signed_in(
    norway: Visitor, client: FlaskClient, session: Session
):
    page = client.post(NEW, data=answers(description='Twelve "courses".'))

    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    held = {name: html.unescape(value) for name, value in found}
    assert page.status_code == 401
    assert held["description"] == 'Twelve "courses".' and held["action"] == "submit"
    again = norway.client.post(NEW, data=held)
    assert "open for too long" in again.text and "Twelve &#34;courses&#34;." in again.text
    assert kept(session) == 0
