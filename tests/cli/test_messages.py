"""`adam messages`: what waits is listed, sent by the worker's chore, and the mail server can be tried."""

from __future__ import annotations

import pytest

from adam.cli import messages as command
from adam.services import messages
from tests.builders import post as offices
from tests.builders.commands import adam, kept
from tests.builders.recording import account, recorded
from tests.databases import Database


def tell(database: Database) -> None:
    """Nora is told that something of hers came back."""
    kept(
        database,
        lambda w: messages.tell(
            w, account(w, "nora", "focal_point", "NO"), "returned", ("project", recorded(w).id)
        ),
    )


@pytest.fixture(autouse=True)
def _anew() -> None:
    command._letters.cache_clear()


def test_without_a_mail_server_what_is_due_is_kept_and_listed(fresh_database: Database):
    tell(fresh_database)

    sent = adam(fresh_database, "messages", "send")
    listed = adam(fresh_database, "messages", "list")

    assert sent.stdout.strip() == "0 sent."
    assert "nora@test.example" in listed.stdout and "1 waiting" in listed.stdout
    assert "No mail server is set" in listed.stdout


def test_the_worker_sends_what_is_due(fresh_database: Database):
    tell(fresh_database)

    with offices.opened() as office:
        mail = server(office)
        worked = adam(fresh_database, "worker", "--once", **mail)

    assert worked.exit_code == 0 and [letter["To"] for letter in office.received] == ["nora@test.example"]
    assert "1 sent" in adam(fresh_database, "messages", "list").stdout


def test_the_mail_server_can_be_tried(fresh_database: Database):
    unset = adam(fresh_database, "messages", "test", "op@test.example")

    with offices.opened() as office:
        mail = server(office)
        good = adam(fresh_database, "messages", "test", "op@test.example", **mail)
        office.rcpt["op@test.example"] = "550 no such user"
        bad = adam(fresh_database, "messages", "test", "op@test.example", **mail)
        wrong = adam(fresh_database, "messages", "test", "nobody", **mail)

    assert unset.exit_code == 2 and "ADAM_SMTP_HOST" in unset.stderr
    assert (good.exit_code, good.stdout.strip()) == (0, "sent")
    assert bad.exit_code == 1 and "550 no such user" in bad.stdout
    assert wrong.exit_code == 2 and "name@example.org" in wrong.stderr


def test_what_was_given_up_is_sent_again(fresh_database: Database):
    with offices.opened() as office:
        mail = server(office)
        office.rcpt["op@test.example"] = "550 no such user"
        adam(fresh_database, "messages", "test", "op@test.example", **mail)
        office.rcpt.clear()
        mail_id = adam(fresh_database, "messages", "list", "--state", "failed").stdout.split()[0]
        again = adam(fresh_database, "messages", "retry", mail_id)
        adam(fresh_database, "messages", "send", **mail)

    assert "waits to be sent" in again.stdout and len(office.received) == 1


def server(office: offices.Office) -> dict[str, str]:
    """The settings of an office on this machine."""
    given = {"HOST": "127.0.0.1", "PORT": str(office.port), "SECURITY": "none"}
    sender = {"ADAM_MAIL_SENDER": "adam@adam.example"}
    return {f"ADAM_SMTP_{name}": value for name, value in given.items()} | sender
