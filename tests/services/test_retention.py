"""What is over goes after its days, and nothing that somebody still needs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from adam.models import new_id
from adam.models.accounts import Account, SignIn, StoredAnswer
from adam.models.history import HistoryEntry
from adam.models.messages import Mail, Message
from adam.services import accounts, idempotency, retention
from adam.services.retention import Keeping
from tests.conftest import NOW

KEEPING = Keeping(messages=400, mails=90, deliveries=30)
LATER = NOW + timedelta(days=401)


def someone(w) -> Account:
    draft = {"email": "ana@test.example", "name": "Ana", "role": "viewer", "partner": None, "password": None}
    return accounts.create(w, draft)


def mail(account, state="sent", mail_id=None) -> Mail:
    about = {"kind": "digest", "account_id": account.id, "subject_id": None, "address": account.email}
    when = {"created_at": NOW, "next_at": None, "sent_at": NOW, "error": None}
    return Mail(id=mail_id or new_id(), state=state, tries=1, **about, **when)


def message(account, read_at=None, mail_id=None) -> Message:
    about = {"kind": "ending", "entity": "partner", "entity_id": "NO", "details": {}}
    when = {"told_at": NOW, "read_at": read_at, "due_at": NOW, "mail_id": mail_id}
    return Message(id=new_id(), account_id=account.id, **about, **when)


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_old_messages_and_mails_go_once_they_are_read_and_sent(work, session, sessions):
    account = someone(work())
    carrying = mail(account)
    session.add_all([carrying, mail(account), mail(account, state="failed")])
    session.flush()
    session.add_all([message(account, read_at=NOW), message(account), message(account, mail_id=carrying.id)])
    session.flush()

    early = retention.tidy(sessions, KEEPING, NOW + timedelta(days=89))
    gone = retention.tidy(sessions, KEEPING, LATER)

    assert (early["messages"], early["mails"]) == (0, 0)
    assert (gone["messages"], gone["mails"]) == (1, 1), "an unread one, and the mail that carried it, stay"
    assert (count(session, Message), count(session, Mail)) == (2, 2)


def test_sessions_and_kept_answers_go_when_they_are_over(work, session, sessions):
    w = work()
    account = someone(w)
    accounts.open_session(w, account, 12)
    asked = idempotency.Asked("k" * 16, "f")
    w.actor = accounts.actor_of(account)
    idempotency.keep(w, asked, idempotency.Answer(201, {}, {}))
    w.finish()
    entries = count(session, HistoryEntry)

    standing = retention.tidy(sessions, KEEPING, NOW + timedelta(hours=1))
    over = retention.tidy(sessions, KEEPING, NOW + timedelta(days=31))

    assert (standing["sessions"], standing["answers"]) == (0, 0)
    assert (over["sessions"], over["answers"]) == (1, 1)
    assert (count(session, SignIn), count(session, StoredAnswer)) == (0, 0)
    assert count(session, HistoryEntry) == entries


def test_a_key_that_is_over_is_free_again_before_it_is_tidied(work):
    w = work()
    account = someone(w)
    w.actor = accounts.actor_of(account)
    idempotency.keep(w, idempotency.Asked("k" * 16, "f"), idempotency.Answer(201, {}, {}))

    later = work(accounts.actor_of(account), NOW + timedelta(days=30))

    assert idempotency.before(later, idempotency.Asked("k" * 16, "another")) is None


def test_nothing_goes_where_it_is_kept_for_good(work, session, sessions):
    account = someone(work())
    session.add(message(account, read_at=NOW))
    session.flush()

    retention.tidy(sessions, Keeping(0, 0, 0), LATER)

    assert count(session, Message) == 1
