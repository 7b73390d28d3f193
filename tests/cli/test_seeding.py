"""`adam seed`: the words and the projects of the sources, safe to repeat."""

from __future__ import annotations

from sqlalchemy import func, select

from adam.models.accounts import Account
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from tests.builders.commands import adam, asked
from tests.databases import Database


def count(database: Database, table: type) -> int:
    """How many rows a table has."""
    return asked(database, lambda session: session.scalar(select(func.count()).select_from(table)))


def test_seeding_is_safe_to_repeat(fresh_database: Database):
    first = adam(fresh_database, "seed")
    entries = count(fresh_database, HistoryEntry)
    second = adam(fresh_database, "seed")

    seeded = count(fresh_database, Project)
    assert first.exit_code == second.exit_code == 0
    assert f"projects: {seeded} new, 0 updated, 0 unchanged." in first.stdout
    assert (
        f"0 vocabulary rows new or changed; projects: 0 new, 0 updated, {seeded} unchanged." in second.stdout
    )
    assert count(fresh_database, HistoryEntry) == entries
    assert count(fresh_database, Account) == 0


def test_the_demonstration_has_one_account_for_each_role_and_says_so(fresh_database: Database):
    result = adam(fresh_database, "seed", "--demo")
    adam(fresh_database, "seed", "--demo")

    roles = asked(fresh_database, lambda session: list(session.scalars(select(Account.role))))

    assert set(roles) == {"viewer", "focal_point", "coordinator", "administrator"}
    assert len(roles) == count(fresh_database, Account)
    assert "demonstration account" in result.stdout


def test_seeding_before_the_migrations_says_what_to_do(empty_database: Database):
    result = adam(empty_database, "seed")

    assert result.exit_code == 2
    assert "adam db upgrade" in result.stderr and "Traceback" not in result.output
