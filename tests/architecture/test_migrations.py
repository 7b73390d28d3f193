"""The migrations: one line of them, reversible, and no drift from the models, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect

from adam import database as schema
from adam.models import Base
from tests.databases import Database

VERSION_TABLE = "alembic_version"


def test_the_migrations_have_one_head():
    heads = _scripts().get_heads()

    assert len(heads) == 1, (
        f"two migrations follow the same one ({', '.join(heads)}): renumber the later one."
    )


def test_migrations_are_numbered_in_the_order_they_run():
    revisions = [script.revision for script in _scripts().walk_revisions()][::-1]

    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_models_and_migrations_describe_the_same_schema(database: Database):
    drift = schema.drift(database.engine, Base.metadata)

    assert not drift, f"write a migration for what differs: {drift}"


def test_indexes_and_constraints_have_the_names_of_the_convention(database: Database):
    inspector = inspect(database.engine)
    tables = [name for name in inspector.get_table_names() if name != VERSION_TABLE]

    nameless = [
        (table, kind)
        for table in tables
        for kind in ("foreign_keys", "unique_constraints", "check_constraints")
        for item in getattr(inspector, f"get_{kind}")(table)
        if not item["name"] or item["name"].split("_")[0] not in ("fk", "uq", "ck")
    ]

    assert not nameless, "name them as adam.models.base.NAMING does, or they can't be dropped later."


def test_every_migration_can_be_taken_back_and_run_again(empty_database: Database):
    engine = empty_database.engine
    schema.upgrade(engine)
    first = _schema(empty_database)

    schema.downgrade(engine)
    between = _schema(empty_database)
    schema.upgrade(engine)

    assert between == {}, f"downgrade leaves {sorted(between)} behind"
    assert _schema(empty_database) == first


def test_each_migration_undoes_exactly_itself(empty_database: Database):
    engine = empty_database.engine
    revisions = [script.revision for script in _scripts().walk_revisions()][::-1]
    before = _schema(empty_database)
    for revision in revisions:
        schema.upgrade(engine, revision)
        after = _schema(empty_database)

        schema.downgrade(engine, "-1")
        undone = _schema(empty_database)
        schema.upgrade(engine, revision)

        assert undone == before, f"the downgrade of {revision} does not restore what was there"
        before = _schema(empty_database)
        assert before == after


def test_an_interrupted_migration_leaves_nothing_half_done(empty_database: Database):
    engine = empty_database.engine

    with _interrupted_at_table(20), pytest.raises(KeyboardInterrupt):
        schema.upgrade(engine)

    assert _schema(empty_database) == {}
    schema.upgrade(engine)


@contextmanager
def _interrupted_at_table(number: int) -> Iterator[None]:
    """Somebody presses Ctrl-C when the table of this number is about to be made."""
    made = count(1)

    def interrupt(*called: Any) -> None:
        if "CREATE TABLE" in called[2] and next(made) == number:
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", interrupt)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", interrupt)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(schema.migrations())


def _schema(database: Database) -> dict[str, list[str]]:
    """Table → its columns and indexes, without Alembic's own table."""
    inspector = inspect(database.engine)
    indexes = inspector.get_multi_indexes()
    return {
        place[1]: sorted(
            [f"{column['name']} {column['type']!r} {column['nullable']}" for column in columns]
            + [f"index {index['name']}" for index in indexes[place]]
        )
        for place, columns in inspector.get_multi_columns().items()
        if place[1] != VERSION_TABLE
    }
