"""The pages of messages, the letters that carry them, and the way out of e-mails without signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain import messages as kinds
from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, VIEWER, system
from adam.models.messages import Mail, Message
from adam.queries import messages as questions
from adam.services import mails, messages, projects, rules
from adam.services.work import Work, working
from adam.web import message_words
from tests.builders import post as offices
from tests.builders.documents import draft
from tests.builders.recording import recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
Make = sessionmaker[Session]
RULES = rules.load()
SAMPLES: dict[str, Any] = {
    "by": "Cora",
    "comment": "Name the institution.",
    "partner": "NO",
    "day": "2026-03-01",
    "title": "Round of 2026",
    "number": 3,
    "of": 5,
    "answer": "accepted",
    "file": "all.xlsx",
    "new": 1,
    "updated": 2,
    "refused": 3,
    "verdict": "same_money",
}
SHOWN = {"partner": "Norway", "day": "1 March 2026", "answer": "has taken over", "verdict": "Same money"}


def tell(sessions: Make, to: Visitor, kind: str, title: str = "Border posts", **more: Any) -> tuple[str, str]:
    """Somebody is told of a new record of Norway; the ids of message and record."""
    with working(sessions, system("tests"), RULES) as w:
        record = recorded(w, title=title, **more)
        details = {name: SAMPLES[name] for name in kinds.KINDS[kind].details}
        message = messages.tell(w, to.account.id, kind, ("project", record.id), **details)
        assert message is not None
        return message.id, record.id


def letter_of(app: Flask, sessions: Make, later: timedelta = timedelta(days=2)) -> Any:
    """The letter that is made of all that is due in a while."""
    mails.gather(sessions, RULES, datetime.now(UTC) + later)
    with working(sessions, system("post"), RULES, read_only=True) as w:
        mail = w.session.scalars(select(Mail)).one()
        return app.extensions["adam_letters"](w, mail)


def raised(sessions: Make, record: str) -> None:
    """The owner makes a record confidential."""
    with working(sessions, system("tests"), RULES) as w:
        projects.record(w, [projects.Entry(draft(visibility="confidential"), "NO", record)])


def test_one_reads_what_one_was_told_and_goes_to_what_it_is_about(visit: Visit, sessions: Make):
    nora = visit(FOCAL_POINT, "NO")
    message, record = tell(sessions, nora, "confirm")
    before = nora.get("/messages").text

    opened = nora.submit(f"/messages/{message}", {})

    assert "Still correct?" in before and "Border posts" in before and "One message is unread." in before
    assert opened.status_code == 303 and opened.headers["Location"] == f"/projects/{record}"
    assert "You have read everything." in nora.get("/messages").text
    assert "Border posts" not in nora.get("/messages?only=unread").text


def test_the_menu_of_every_page_counts_what_is_unread(visit: Visit, sessions: Make):
    nora = visit(FOCAL_POINT, "NO")
    for title in ("One", "Two"):
        tell(sessions, nora, "confirm", title)

    assert "unread messages" in nora.get("/partners").text
    nora.submit("/messages/read", {})

    assert "unread message" not in nora.get("/partners").text


def test_nobody_opens_the_message_of_another(visit: Visit, sessions: Make):
    message, _record = tell(sessions, visit(FOCAL_POINT, "NO"), "confirm")

    refused = visit(FOCAL_POINT, "NO").submit(f"/messages/{message}", {})

    assert refused.status_code == 404


def test_a_record_that_became_confidential_is_in_no_list_count_or_letter_of_others(
    visit: Visit, sessions: Make, app: Flask
):
    uma = visit(FOCAL_POINT, "UNODC")
    message, record = tell(sessions, uma, "named", "Secret posts")
    raised(sessions, record)

    page = uma.get("/messages").text

    assert "Secret" not in page and "You have read everything." in page
    assert uma.submit(f"/messages/{message}", {}).status_code == 404
    assert letter_of(app, sessions) is None


def test_a_letter_names_a_confidential_record_by_its_reference_alone(
    visit: Visit, sessions: Make, app: Flask
):
    nora = visit(FOCAL_POINT, "NO")
    tell(sessions, nora, "returned", "Secret posts", visibility="confidential")

    letter = letter_of(app, sessions)

    for text in (letter.subject, letter.text, letter.html):
        assert "Secret" not in text and "Name the institution" not in text
        assert "ADAM-0" in text
    assert "Secret posts" in nora.get("/messages").text


@pytest.mark.parametrize("which", list(kinds.KINDS))
def test_every_kind_has_its_words_its_reason_and_its_page(
    visit: Visit, sessions: Make, app: Flask, which: str
):
    nora = visit(FOCAL_POINT, "NO")
    _message, record = tell(sessions, nora, which)

    letter = letter_of(app, sessions)

    words = message_words.WORDS[which]
    for text in (letter.text, letter.html):
        assert str(words.heading) in text and str(words.action) in text and str(words.why) in text
        assert f"http://127.0.0.1:8000/projects/{record}" in text and "/messages/preferences" in text
    for name in kinds.KINDS[which].details:
        assert SHOWN.get(name, str(SAMPLES[name])) in letter.text
    assert "%(" not in letter.text


def test_a_letter_of_several_messages_groups_them_by_kind(visit: Visit, sessions: Make, app: Flask):
    nora = visit(FOCAL_POINT, "NO")
    for kind, title in (("confirm", "One"), ("ending", "Two"), ("confirm", "Three")):
        tell(sessions, nora, kind, title)

    letter = letter_of(app, sessions)

    assert letter.subject == "ADAM: 3 messages"
    assert letter.text.count("Still correct?") == 1 and letter.html.count("<h2>") == 2


def test_a_title_cannot_write_html_or_headers(visit: Visit, sessions: Make, app: Flask):
    nora = visit(FOCAL_POINT, "NO")
    tell(sessions, nora, "confirm", "<script>alert(1)</script>")

    letter = letter_of(app, sessions)

    assert "<script>" not in letter.html and "&lt;script&gt;" in letter.html
    assert "\n" not in letter.subject


def test_the_link_of_a_letter_silences_by_one_click_without_signing_in(
    visit: Visit, sessions: Make, app: Flask, client: FlaskClient, session: Session
):
    nora = visit(FOCAL_POINT, "NO")
    tell(sessions, nora, "confirm")
    headers = letter_of(app, sessions).headers
    path = re.sub(r"^<http://[^/]+|>$", "", headers["List-Unsubscribe"])

    looked = client.get(path)
    unchanged = questions.chosen(session, nora.account.id)["confirm"]
    clicked = client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (looked.status_code, unchanged, clicked.status_code) == (200, "daily", 200)
    chosen = questions.chosen(session, nora.account.id)
    assert chosen["confirm"] == "never" and chosen["returned"] == "at_once"


@pytest.mark.parametrize("token", ["nonsense", "W10.x", "a" * 500])
def test_a_link_that_is_not_ours_silences_nobody(client: FlaskClient, token: str):
    assert client.get(f"/messages/unsubscribe/{token}").status_code == 404
    assert client.post(f"/messages/unsubscribe/{token}").status_code == 404


def test_how_one_is_told_is_chosen_on_a_page(visit: Visit, session: Session):
    nora = visit(FOCAL_POINT, "NO")
    wanted = {"language": "en", "hour": "18", "time_zone": "Asia/Dushanbe", "kinds.finding": "never"}

    kept = nora.submit("/messages/preferences", wanted)

    assert kept.status_code == 303
    assert questions.rhythm(session, nora.account.id) == ("en", kinds.Rhythm(18, "Asia/Dushanbe"))
    assert questions.chosen(session, nora.account.id)["finding"] == "never"
    assert "Asia/Dushanbe" in nora.get("/messages/preferences").text


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("hour", "24", "Choose an hour from 0 to 23."),
        ("hour", "noon", "Choose an hour from 0 to 23."),
        ("time_zone", "Mars/Olympus", "Choose a time zone of the list"),
        ("kinds.returned", "never", "This one stops your work until you act"),
        ("kinds.finding", "hourly", "finding"),
    ],
)
def test_a_wrong_choice_is_named_beside_its_field_and_changes_nothing(
    visit: Visit, session: Session, name: str, value: str, sentence: str
):
    nora = visit(FOCAL_POINT, "NO")
    good = {"language": "en", "hour": "18", "time_zone": "UTC"}

    refused = nora.submit("/messages/preferences", good | {name: value})

    assert refused.status_code == 422 and sentence in refused.text
    assert questions.rhythm(session, nora.account.id)[1] == kinds.Rhythm()


def test_administrators_see_every_mail_and_what_it_would_say(
    visit: Visit, sessions: Make, session: Session, app: Flask
):
    nora, admin = visit(FOCAL_POINT, "NO"), visit(ADMINISTRATOR)
    tell(sessions, nora, "returned")
    letter_of(app, sessions)
    mail = session.scalars(select(Mail)).one()

    listed, shown = admin.get("/mails").text, admin.get(f"/mails/{mail.id}").text

    assert nora.account.email in listed and "No mail server is set" in listed
    assert "Name the institution." in shown
    assert nora.get("/mails").status_code == 403 and visit(VIEWER).get(f"/mails/{mail.id}").status_code == 403


def test_a_mail_that_was_given_up_is_sent_again_from_its_page(
    visit: Visit, sessions: Make, session: Session, app: Flask
):
    nora, admin = visit(FOCAL_POINT, "NO"), visit(ADMINISTRATOR)
    tell(sessions, nora, "returned")
    mails.gather(sessions, RULES)
    write = app.extensions["adam_letters"]
    with offices.opened() as office:
        office.rcpt[nora.account.email] = "550 no such user"
        mails.deliver(sessions, RULES, offices.post(office.port), write)
        refused = nora.get("/messages/preferences").text
        office.rcpt.clear()
        mail = session.scalars(select(Mail)).one()
        again = admin.submit(f"/mails/{mail.id}/retry", {})
        sent = mails.deliver(sessions, RULES, offices.post(office.port), write)

    assert "refused our mail" in refused and again.status_code == 303 and sent == 1
    assert "Dear" in offices.text_of(office.received[0])


def test_messages_are_cut_into_pages(visit: Visit, sessions: Make):
    nora = visit(FOCAL_POINT, "NO")
    with working(sessions, system("tests"), RULES) as w:
        record = recorded(w)
        w.session.add_all(_message(w, nora, record.id) for _ in range(51))

    first, second = nora.get("/messages").text, nora.get("/messages?page=2").text

    assert first.count('action="/messages/0') == 50 and second.count('action="/messages/0') == 1


def _message(w: Work, to: Visitor, record: str) -> Message:
    told = {"entity": "project", "entity_id": record, "details": {}, "told_at": w.now}
    return Message(account_id=to.account.id, kind="confirm", **told)
