"""Drafts that are kept while somebody writes: nothing is lost, and nothing of somebody else is written over."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.history import HistoryEntry
from adam.models.submissions import Submission
from adam.queries import history
from tests.builders.answers import answers, version_in
from tests.builders.recording import validated
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"
ONCE = "a" * 32


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def count(session: Session, table: Any) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def kept(norway: Visitor, **different: Any) -> dict[str, Any]:
    """A draft that was kept while somebody began to write, as the page was told of it."""
    first = {"title": "Border posts", "status": "", "once": ONCE} | different
    told: dict[str, Any] = norway.submit(f"{NEW}/keep", answers(**first)).get_json()
    return told


def test_the_first_time_makes_a_draft_and_says_where_it_is(norway: Visitor, session: Session):
    told = kept(norway)

    assert 'value="Border posts"' in norway.get(told["url"]).text
    assert told["left"] == 1 and told["version"] == 1
    assert kept(norway, title="Border posts on the Panj")["url"] == told["url"]
    assert count(session, Submission) == 1


def test_what_is_kept_again_as_it_is_changes_nothing(norway: Visitor, session: Session):
    told = kept(norway)
    steps = count(session, HistoryEntry)

    again = norway.submit(told["keep"], answers(title="Border posts", status="", once=ONCE, version=1))

    assert again.get_json()["version"] == 1
    assert count(session, HistoryEntry) == steps


def test_a_newer_version_of_somebody_else_is_never_written_over(norway: Visitor, visit: Visit):
    told = kept(norway)
    visit("focal_point", "NO").submit(told["url"], answers(title="A colleague's", action="save", version=1))

    answer = norway.submit(told["keep"], answers(title="My own", once=ONCE, version=1))

    assert answer.status_code == 409 and answer.get_json()["why"] == "stale"
    assert "A colleague&#39;s" in norway.get(told["url"]).text


def test_a_page_that_never_heard_of_its_own_last_version_goes_on(norway: Visitor):
    told = kept(norway)
    norway.submit(told["keep"], answers(title="Second, whose answer is lost", once=ONCE, version=1))

    answer = norway.submit(told["keep"], answers(title="Third", once=ONCE, version=1))

    assert answer.status_code == 200 and answer.get_json()["version"] == 3


def test_who_is_signed_out_is_told_so_in_a_word(client: Any, visit: Visit, norway: Visitor):
    told = kept(norway)
    norway.client.delete_cookie("adam_session")

    answer = norway.submit(told["keep"], answers(once=ONCE, version=1))

    assert answer.status_code == 401 and answer.get_json() == {"why": "signed_out"}


def test_other_partners_neither_keep_nor_find_a_draft(norway: Visitor, visit: Visit):
    told = kept(norway)

    answer = visit("focal_point", "FR").submit(told["keep"], answers(once="b" * 32))

    assert answer.status_code == 404


def test_two_clicks_on_a_kept_draft_make_one_submission(norway: Visitor, session: Session):
    told = kept(norway)
    whole = answers(once=ONCE, version=1)

    places = [norway.submit(told["url"], whole) for _click in range(2)]

    assert [answer.status_code for answer in places] == [303, 303]
    assert len({answer.headers["Location"] for answer in places}) == 1
    assert session.scalars(select(Submission.state)).all() == ["submitted"]


def test_history_keeps_of_each_moment_what_differs_and_tells_a_sitting_as_one_step(
    norway: Visitor, session: Session
):
    told = kept(norway)
    for version, title in enumerate(("Border posts on the", "Border posts on the Panj"), 1):
        norway.submit(told["keep"], answers(title=title, status="", once=ONCE, version=version))

    key = session.scalars(select(Submission.id)).one()
    rows = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "submission.kept")).all()
    steps = history.of(session, "submission", key)

    assert [row.after["document"] for row in rows if row.after] == [
        {"title": "Border posts on the"},
        {"title": "Border posts on the Panj"},
    ]
    assert [step.action for step in steps] == ["submission.kept", "submission.saved"]


def test_an_earlier_version_can_be_put_together_again(norway: Visitor, session: Session):
    told = kept(norway, description="One.")
    norway.submit(told["keep"], answers(title="Two", status="", description="One.", once=ONCE, version=1))
    norway.submit(
        told["url"], answers(title="Three", description="Four.", once=ONCE, version=2, action="save")
    )
    stored = session.scalars(select(Submission)).one()

    first, second = (history.document_at(session, stored.id, stored.document, number) for number in (1, 2))

    assert (first["title"], first["description"]) == ("Border posts", "One.")
    assert (second["title"], second["description"]) == ("Two", "One.")


def test_an_update_of_a_record_is_kept_as_one(norway: Visitor, work: Any, session: Session):
    record = validated(work, "NO")

    told = norway.submit(f"{NEW}/keep?project={record.id}", answers(title="New", once=ONCE)).get_json()

    assert f"Update {record.reference}" in norway.get(told["url"]).text


def edited(norway: Visitor, visit: Visit, **theirs: Any) -> str:
    """The address of a draft that a colleague has stored anew while the page of version 1 was open."""
    place = norway.submit(NEW, answers(action="stay")).headers["Location"]
    form = answers(action="save", version=version_in(norway.get(place))) | theirs
    assert visit("focal_point", "NO").submit(place, form).status_code == 303
    return place


@pytest.mark.parametrize("sent", [{"end_planned": "2020-01-01"}, {"action": "add:countries"}])
def test_a_page_that_comes_back_with_answers_still_meets_the_newer_version(
    norway: Visitor, visit: Visit, sent: dict[str, str]
):
    place = edited(norway, visit, title="Theirs")
    back = norway.submit(place, answers(title="Mine", version=1) | sent)

    again = norway.submit(place, answers(title="Mine", action="save", version=version_in(back)))

    assert again.status_code == 409


def chosen(page: Any) -> dict[str, str]:
    """Which side is chosen on the page of a conflict, by field."""
    found = re.findall(r'name="take_(\w+)" value="(\w+)"[^>]*? checked', page.text)
    return dict(found)


def test_two_versions_are_shown_field_by_field_and_what_one_side_changed_is_chosen(
    norway: Visitor, visit: Visit
):
    place = edited(norway, visit, title="Theirs", description="Theirs too.")

    page = norway.submit(place, answers(title="Mine", end_planned="2027-12-31", action="save", version=1))

    assert page.status_code == 409
    assert "changed on both sides" in page.text and "Theirs too." in page.text
    assert chosen(page) == {"description": "theirs", "end_planned": "mine"}


def test_what_was_chosen_of_each_side_is_stored(norway: Visitor, visit: Visit):
    place = edited(norway, visit, title="Theirs", description="Theirs too.")
    mine = answers(title="Mine", end_planned="2027-12-31", action="save", version=1)
    norway.submit(place, mine)
    asked = {"conflict": "title description end_planned", "version": 2, "action": "stay"}

    open_still = norway.submit(
        place, mine | asked | {"take_description": "theirs", "take_end_planned": "mine"}
    )
    sides = {"take_title": "mine", "take_description": "theirs", "take_end_planned": "mine"}
    stored = norway.submit(place, mine | asked | sides)

    assert open_still.status_code == 422 and "Choose for every field" in open_still.text
    assert stored.status_code == 303
    form = norway.get(place).text
    assert 'value="Mine"' in form and "Theirs too." in form and 'value="2027-12-31"' in form


@pytest.mark.parametrize("side, title", [("mine", "Mine"), ("theirs", "Theirs")])
def test_all_of_one_side_may_be_taken(norway: Visitor, visit: Visit, side: str, title: str):
    place = edited(norway, visit, title="Theirs")

    norway.submit(place, answers(title="Mine", version=2, conflict="title", all=side, action=""))

    assert f'value="{title}"' in norway.get(place).text


def test_what_was_submitted_meanwhile_can_be_entered_anew(norway: Visitor, visit: Visit):
    place = edited(norway, visit, action="submit")

    page = norway.submit(place, answers(title="Mine", action="save", version=1))
    anew = norway.submit(NEW, answers(title="Mine", action="anew", once=ONCE))

    assert page.status_code == 409 and "Enter mine as a new project" in page.text
    assert 'value="Mine"' in anew.text and ONCE not in anew.text


def test_the_same_answers_as_stored_are_no_conflict(norway: Visitor, visit: Visit):
    place = edited(norway, visit, title="Both say so")

    answer = norway.submit(place, answers(title="Both say so", action="save", version=1))

    assert answer.status_code == 303
