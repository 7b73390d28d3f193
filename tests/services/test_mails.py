"""E-mails: one for each person of all that is due, sent to a real server, tried again, given up, never twice."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from adam import database as schema
from adam.domain.actors import ADMINISTRATOR, Actor, system
from adam.errors import Conflict, Forbidden
from adam.models.accounts import Account
from adam.models.messages import Mail, RefusedAddress
from adam.services import accounts, mails, messages
from adam.services.post import Letter
from adam.services.work import Work, working
from tests.builders import post as offices
from tests.builders.documents import coordinator
from tests.builders.mailing import RULES, Make, again, delivered, states, told, written
from tests.builders.recording import Works, account, recorded
from tests.databases import Database


def test_all_that_is_due_to_one_person_goes_into_one_mail(work: Works, sessions: Make, session: Session):
    nora = told(work, times=3)
    nils = told(work, label="nils")

    with offices.opened() as office:
        sent = delivered(sessions, office)
        repeated = delivered(sessions, office)

    assert (sent, repeated) == (2, 0)
    assert {letter["To"]: letter["Subject"] for letter in office.received} == {
        nora: "Ünread: 3",
        nils: "Ünread: 1",
    }


def test_a_letter_says_who_writes_to_whom_and_the_same_in_text_and_html(
    work: Works, sessions: Make, session: Session
):
    nora = told(work)

    with offices.opened() as office:
        delivered(sessions, office)

    [letter] = office.received
    mail = session.scalars(select(Mail)).one()
    assert letter["From"] == "ADAM <adam@adam.example>" and letter["To"] == nora
    assert letter["Message-ID"] == f"<{mail.id}@adam.example>"
    assert letter["Auto-Submitted"] == "auto-generated" and letter["X-Test"] == "yes"
    assert "Грузия, ა" in offices.text_of(letter) and "<p>" in offices.text_of(letter, "html")


def test_the_daily_mail_waits_for_its_hour(work: Works, sessions: Make):
    told(work, "confirm")

    before = mails.gather(sessions, RULES, datetime(2026, 1, 16, 6, 59, tzinfo=UTC))
    after = mails.gather(sessions, RULES, datetime(2026, 1, 16, 7, 0, tzinfo=UTC))

    assert (before, after) == (0, 1)


def test_what_was_read_meanwhile_needs_no_mail(work: Works, sessions: Make, session: Session):
    told(work)
    nora = accounts.actor_of(session.scalars(select(Account)).one())
    messages.read(work(nora))
    session.commit()

    assert mails.gather(sessions, RULES) == 0


def test_without_a_mail_server_mails_are_made_and_kept(work: Works, sessions: Make, session: Session):
    told(work)

    mails.gather(sessions, RULES)
    sent = mails.deliver(sessions, RULES, offices.post(0, host=""), written)

    assert sent == 0 and states(session) == [("waiting", 0, None)]


def test_what_waited_a_week_for_a_server_is_not_sent_any_more(work: Works, sessions: Make, session: Session):
    told(work)
    mails.gather(sessions, RULES)
    session.execute(update(Mail).values(created_at=datetime.now(UTC) - timedelta(days=8)))
    session.commit()

    with offices.opened() as office:
        delivered(sessions, office)

    assert office.received == [] and [row[0] for row in states(session)] == ["failed"]


@pytest.mark.parametrize("when", ["rcpt", "data"])
@pytest.mark.parametrize("answer", ["451 greylisted, come back", ""])
def test_what_fails_for_now_is_tried_again_and_arrives_once(
    work: Works, sessions: Make, session: Session, when: str, answer: str
):
    nora = told(work)

    with offices.opened() as office:
        getattr(office, when)[nora] = answer
        first, early = delivered(sessions, office), delivered(sessions, office)
        [(state, tries, error)] = states(session)
        getattr(office, when).clear()
        again(session)
        last = delivered(sessions, office)

    assert (first, early, last) == (0, 0, 1) and (state, tries) == ("waiting", 1)
    assert error and ("451 greylisted" in error if answer else "connection" in error)
    assert len(office.received) == 1 and states(session) == [("sent", 2, None)]


def test_what_fails_for_one_does_not_keep_the_mail_of_others(work: Works, sessions: Make, session: Session):
    bad, good = told(work, label="aa"), told(work, label="bb")

    with offices.opened() as office:
        office.rcpt[bad] = "451 not now"
        sent = delivered(sessions, office)

    assert sent == 1 and [letter["To"] for letter in office.received] == [good]


def test_a_mail_is_given_up_after_so_many_tries_and_an_administrator_sends_it_again(
    work: Works, sessions: Make, session: Session
):
    nora = told(work)

    with offices.opened() as office:
        office.data[nora] = "451 not now"
        for _ in range(5):
            delivered(sessions, office)
            again(session)
        tries, given_up = office.tries, states(session)
        office.data.clear()
        mail = session.scalars(select(Mail)).one()
        mails.retry(work(Actor(ADMINISTRATOR), datetime.now(UTC)), mail.id)
        session.commit()
        delivered(sessions, office)

    assert tries == 3 and [row[:2] for row in given_up] == [("failed", 3)]
    assert states(session) == [("sent", 1, None)] and len(office.received) == 1


def test_a_permanent_refusal_marks_the_address_and_nothing_more_is_sent_there(
    work: Works, sessions: Make, session: Session
):
    nora = told(work)

    with offices.opened() as office:
        office.rcpt[nora] = "550 no such user"
        delivered(sessions, office)
        told(work)
        delivered(sessions, office)

    refused = session.scalars(select(RefusedAddress)).one()
    assert refused.address == nora and "550 no such user" in refused.reason
    assert [row[0] for row in states(session)] == ["failed", "failed"] and office.tries == 1


def test_a_letter_that_is_refused_for_good_is_no_fault_of_the_address(
    work: Works, sessions: Make, session: Session
):
    nora = told(work)

    with offices.opened() as office:
        office.data[nora] = "554 looks like spam"
        delivered(sessions, office)

    assert [(row[0], row[1]) for row in states(session)] == [("failed", 1)]
    assert session.scalars(select(RefusedAddress)).all() == []


def test_a_server_that_is_away_costs_one_try_in_a_round(work: Works, sessions: Make, session: Session):
    told(work, label="aa"), told(work, label="bb")
    with offices.opened() as gone:
        pass

    delivered(sessions, gone)

    assert [row[:2] for row in states(session)] == [("waiting", 1), ("waiting", 0)]


def test_a_slow_server_is_not_waited_for_without_end(work: Works, sessions: Make, session: Session):
    told(work)

    with offices.opened() as office:
        office.delay = 1.5
        sent = delivered(sessions, office, timeout=0.3)

    assert sent == 0 and [row[:2] for row in states(session)] == [("waiting", 1)]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_password_travels_encrypted_to_a_server_whose_certificate_is_known(
    work: Works, sessions: Make, session: Session, monkeypatch: pytest.MonkeyPatch, tls: str
):
    told(work)
    known = {"security": tls, "user": "adam", "password": "secret"}

    with offices.opened(tls, ("adam", "secret")) as office:
        stranger = delivered(sessions, office, **known)
        monkeypatch.setenv("SSL_CERT_FILE", str(offices.CERTIFICATE))
        again(session)
        wrong = delivered(sessions, office, **known | {"password": "guess"})
        again(session)
        sent = delivered(sessions, office, **known)

    assert (stranger, wrong, sent) == (0, 0, 1) and len(office.received) == 1


def test_a_sender_that_fell_silent_is_followed_by_another_under_the_same_message_id(
    work: Works, sessions: Make, session: Session, monkeypatch: pytest.MonkeyPatch
):
    told(work)
    monkeypatch.setattr(mails, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))

    with offices.opened() as office:
        with pytest.raises(KeyboardInterrupt):
            delivered(sessions, office)
        monkeypatch.undo()
        held = delivered(sessions, office)
        again(session)
        delivered(sessions, office)

    assert held == 0 and len({letter["Message-ID"] for letter in office.received}) == 1
    assert len(office.received) == 2 and states(session) == [("sent", 2, None)]


def test_a_letter_that_cannot_be_written_is_tried_again_and_says_so(
    work: Works, sessions: Make, session: Session
):
    told(work)
    mails.gather(sessions, RULES)

    def broken(_w: Work, _mail: Mail) -> Letter:
        raise RuntimeError

    with offices.opened() as office:
        mails.deliver(sessions, RULES, offices.post(office.port), broken)

    assert states(session) == [("waiting", 1, "It can't be written: RuntimeError.")]


def test_where_nothing_is_left_to_say_nothing_is_sent(work: Works, sessions: Make, session: Session):
    told(work)
    mails.gather(sessions, RULES)

    with offices.opened() as office:
        mails.deliver(sessions, RULES, offices.post(office.port), lambda *_: None)

    assert office.received == [] and states(session) == [("dropped", 1, None)]


def test_only_administrators_send_again_and_only_what_was_given_up(
    work: Works, sessions: Make, session: Session
):
    told(work)
    mails.gather(sessions, RULES)
    mail = session.scalars(select(Mail)).one()

    with pytest.raises(Forbidden):
        mails.retry(work(coordinator()), mail.id)
    with pytest.raises(Conflict):
        mails.retry(work(Actor(ADMINISTRATOR)), mail.id)


def test_three_workers_at_once_send_each_mail_once(fresh_database: Database):
    make = schema.sessions(fresh_database.engine)
    with working(make, system("tests"), RULES) as w:
        record = recorded(w).id
        for number in range(15):
            who = account(w, f"p{number}", "focal_point", "NO")
            messages.tell(w, who, "returned", ("project", record))

    with offices.opened() as office:
        threads = [Thread(target=delivered, args=(make, office)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        delivered(make, office)

    assert sorted(letter["To"] for letter in office.received) == sorted(
        f"p{number}@test.example" for number in range(15)
    )
