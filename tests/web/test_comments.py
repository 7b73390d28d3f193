"""Comments in pages: written at fields by the coordinator, met at those fields by the partner, answered in a word."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from adam.queries import submissions as questions
from adam.services import submissions
from tests.builders.answers import answers
from tests.builders.documents import coordinator
from tests.builders.recording import Works, submitted
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
ASKED = {"comments": [{"comment": "Which institution?", "pointer": "#/project/beneficiaries"}]}


def test_a_coordinator_comments_at_several_fields_in_one_go(visit: Visit, work: Works):
    waiting, cora = submitted(work, "NO"), visit("coordinator")

    cora.submit(
        f"/submissions/{waiting.id}/return",
        {
            "version": waiting.version,
            "comment": "Almost there.",
            "comment_at": ["#/project/contributions", ""],
            "comment_text": ["Which currency?", ""],
        },
    )

    page = cora.get(f"/submissions/{waiting.id}").text
    assert "Returned with your 2 comments." in page
    assert "<b>Money:</b> <q>Which currency?</q>" in page and "Almost there." in page


def test_without_a_word_nothing_is_returned_and_more_room_keeps_what_was_written(visit: Visit, work: Works):
    waiting, cora = submitted(work, "NO"), visit("coordinator")
    written = {"comment_at": ["#/project/title"], "comment_text": ["Shorter, please."]}

    none = cora.submit(f"/submissions/{waiting.id}/return", {"version": waiting.version, "comment": " "})
    more = cora.submit(f"/submissions/{waiting.id}/return", {"action": "more"} | written)

    assert none.status_code == 422 and "Say in a sentence what the partner should know." in none.text
    assert more.status_code == 200 and "Shorter, please." in more.text
    assert more.text.count('name="comment_text"') == 3


def test_the_partner_meets_each_comment_at_its_field_and_answers_it_when_sending_again(
    visit: Visit, work: Works, session: Session
):
    norway = visit("focal_point", "NO")
    waiting = submitted(work, "NO")
    submissions.return_to_partner(work(coordinator()), waiting.id, ASKED)
    [asked] = questions.comments(session, waiting.id)
    form = norway.get(f"/submissions/{waiting.id}/edit").text

    given = answers(version=str(waiting.version)) | {f"reply_{asked.id}": "The customs service."}
    done = norway.submit(f"/submissions/{waiting.id}/edit", given)

    assert "The coordinator asks: Which institution?" in form
    assert done.status_code == 303, done.text
    page = visit("coordinator").get(f"/submissions/{waiting.id}").text
    assert "The customs service." in page and "Which institution?" in page
