"""`adam db`: migrates, checks, and says in a sentence what is wrong."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from adam.cli import main
from adam.database import make_engine
from tests.databases import Database


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """run(database_url, *words): the command on a database."""

    def call(url: str, *words: str) -> Result:
        monkeypatch.setenv("ADAM_DATABASE_URL", url)
        monkeypatch.setenv("ADAM_ENV", "testing")
        return CliRunner().invoke(main, words)

    return call


def test_an_empty_database_is_brought_up_to_date_once(run, empty_database: Database):
    before = run(empty_database.url, "db", "check")

    first = run(empty_database.url, "db", "upgrade")
    second = run(empty_database.url, "db", "upgrade")
    after = run(empty_database.url, "db", "check")

    assert before.exit_code == 1 and "adam db upgrade" in before.stderr
    assert "brought up to date" in first.stdout
    assert "is up to date" in second.stdout
    assert after.exit_code == 0


def test_a_schema_that_differs_from_the_models_is_found(run, fresh_database: Database):
    with fresh_database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE partners ADD COLUMN surplus INTEGER"))

    checked = run(fresh_database.url, "db", "check")

    assert checked.exit_code == 1
    assert "surplus" in checked.stderr


def test_nothing_is_served_while_migrations_wait(run, empty_database: Database):
    refused = run(empty_database.url, "serve", "--port", "0")

    assert refused.exit_code == 2
    assert "adam db upgrade" in refused.stderr


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////proc/nothing/adam.db", "nonsense", "oracle9://x"],
)
def test_a_database_that_cannot_be_reached_is_said_without_a_traceback(run, url: str):
    refused = run(url, "db", "upgrade")

    assert refused.exit_code == 2
    assert "Traceback" not in refused.output and len(refused.stderr.splitlines()) == 1


def test_an_account_made_on_the_command_line_has_a_history(run, fresh_database: Database):
    made = run(
        fresh_database.url,
        "account",
        "create",
        "Ana@Test.Example",
        "--role",
        "focal_point",
        "--partner",
        "NO",
    )
    token = run(fresh_database.url, "token", "create", "ana@test.example", "--scope", "read")
    verified = run(fresh_database.url, "audit", "verify")

    assert made.exit_code == 0
    assert len(token.stdout.split()) == 1
    assert verified.exit_code == 0


def test_a_history_that_was_written_over_is_named(run, fresh_database: Database):
    run(fresh_database.url, "account", "create", "ana@test.example", "--role", "viewer")
    engine = make_engine(fresh_database.url)
    with engine.begin() as connection:
        for statement in _without_triggers(fresh_database.kind):
            connection.execute(text(statement))
        connection.execute(text("UPDATE history SET actor = 'somebody else'"))
    engine.dispose()

    verified = run(fresh_database.url, "audit", "verify")

    assert verified.exit_code == 1
    assert "entry 1" in verified.stderr


def _without_triggers(kind: str) -> list[str]:
    """How somebody with the database in hand would get around its triggers."""
    if kind == "postgresql":
        return ["ALTER TABLE history DISABLE TRIGGER USER"]
    return ["DROP TRIGGER history_no_update"]
