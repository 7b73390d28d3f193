"""What a coordinator asks, at fields or in general, and what the partner answers: the thread is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adam.errors import Conflict, Forbidden, Invalid, NotFound
from adam.queries import submissions as questions
from adam.schemas.faults import load
from adam.schemas.submissions import ReturnSchema
from adam.services import submission_moves as moves
from adam.services import submissions
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, submitted

AT = {"comment": "Which institution?", "pointer": "#/project/beneficiaries"}
SEVERAL = {"comments": [{"comment": "Almost there.", "pointer": None}, AT]}


def test_a_submission_comes_back_with_several_comments_each_at_its_field(work: Works):
    waiting = submitted(work, "NO")

    submissions.return_to_partner(work(coordinator()), waiting.id, load(ReturnSchema(), SEVERAL))

    said = questions.comments(work().session, waiting.id)
    assert [(row.pointer, row.text) for row in said] == [
        (None, "Almost there."),
        ("#/project/beneficiaries", "Which institution?"),
    ]
    assert questions.last_asked(work().session, [waiting.id]) == {
        waiting.id: ["Almost there.", "Which institution?"]
    }


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "#/comment", "required"),
        ({"comment": "", "comments": []}, "#/comment", "required"),
        ({"comments": [{"comment": " "}]}, "#/comments/0/comment", "required"),
        ({"comment": "x", "pointer": "#/project/nothing"}, "#/pointer", "unknown_pointer"),
        ({"comments": [AT | {"pointer": "beneficiaries"}]}, "#/comments/0/pointer", "unknown_pointer"),
    ],
)
def test_what_is_asked_has_words_and_a_field_that_there_is(body: dict, pointer: str, code: str):
    with pytest.raises(Invalid) as refused:
        load(ReturnSchema(), body)

    assert [(item.pointer, item.code) for item in refused.value.problems] == [(pointer, code)]


def test_the_partner_answers_a_comment_and_the_thread_stays_when_it_comes_again(work: Works):
    waiting = submitted(work, "NO")
    submissions.return_to_partner(work(coordinator()), waiting.id, SEVERAL)
    asked = questions.comments(work().session, waiting.id)[1]

    moves.reply(work(focal("NO")), waiting.id, {"comment": "The customs service.", "answers": asked.id})
    submissions.submit(work(focal("NO")), waiting.id)
    later = datetime(2026, 1, 20, 12, tzinfo=UTC)
    submissions.return_to_partner(
        work(coordinator(), now=later), waiting.id, {"comment": "And its district?"}
    )

    said = questions.comments(work().session, waiting.id)
    assert [(row.move, row.text, row.answers) for row in said[2:]] == [
        ("reply", "The customs service.", asked.id),
        ("return", "And its district?", None),
    ]
    assert questions.last_asked(work().session, [waiting.id]) == {waiting.id: ["And its district?"]}


def test_only_its_partner_answers_and_only_what_was_asked_there(work: Works):
    waiting, other = submitted(work, "NO"), submitted(work, "NO")
    submissions.return_to_partner(work(coordinator()), waiting.id, SEVERAL)
    asked = questions.comments(work().session, waiting.id)[0]
    word = {"comment": "Yes.", "answers": asked.id}

    with pytest.raises(Forbidden):
        moves.reply(work(coordinator()), waiting.id, word)
    with pytest.raises(NotFound):
        moves.reply(work(focal("SE")), waiting.id, word)
    for wrong in (asked.id + 1000, 0):
        with pytest.raises(Invalid):
            moves.reply(work(focal("NO")), waiting.id, word | {"answers": wrong})
    with pytest.raises(Invalid):
        moves.reply(work(focal("NO")), other.id, word)


def test_nothing_is_answered_once_it_is_decided(work: Works):
    waiting = submitted(work, "NO")
    submissions.reject(work(coordinator()), waiting.id, {"comment": "No assistance."})
    asked = questions.comments(work().session, waiting.id)[0]

    with pytest.raises(Conflict):
        moves.reply(work(focal("NO")), waiting.id, {"comment": "But yes.", "answers": asked.id})
