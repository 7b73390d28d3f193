"""Statements that are made once and handed to the driver behave as every other."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Numeric, bindparam, cast, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from adam.database import make_engine
from adam.database import sessions as sessions_of
from adam.models.accounts import Account, StoredAnswer
from adam.models.vocabulary import Counter
from adam.queries.prepared import Prepared, connection_of, inserting, placed, places
from tests.databases import Database

COUNTERS, ANSWERS = Counter.__table__, StoredAnswer.__table__
BY_NAME = Prepared(select(COUNTERS).where(COUNTERS.c.name == bindparam("named")))
NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


def counted(session: Session, name: str, value: int = 7) -> None:
    session.connection().execute(insert(Counter).values(name=name, value=value))


def answered(session: Session, key: str) -> dict[str, object]:
    account = session.scalars(select(Account.id)).first()
    if account is None:
        rest = {"email": "a@b.example", "name": "A", "role": "viewer", "active": True, "failures": 0}
        made = Account(id="account", created_at=NOON, demo=False, version=1, **rest)
        session.add(made)
        session.flush()
        account = made.id
    return {
        "account_id": account,
        "key": key,
        "fingerprint": "f",
        "status": 201,
        "headers": {"ETag": '"1"'},
        "body": None,
        "created_at": NOON,
    }


def test_what_the_transaction_has_written_is_seen_and_rows_have_names(session: Session):
    counted(session, "hens")

    found = BY_NAME.all(session, named="hens")

    assert [(row.name, row.value) for row in found] == [("hens", 7)]
    assert BY_NAME.first(session, named="geese") is None
    assert BY_NAME.scalar(session, named="hens") == "hens"


def test_values_and_rows_pass_through_the_types_of_their_columns(session: Session):
    statement, names = inserting(ANSWERS)
    row = answered(session, "key")

    statement.run(session, row)

    kept = Prepared(select(ANSWERS)).first(session)
    assert {name: getattr(kept, name) for name in names} == row
    assert session.scalars(select(StoredAnswer)).one().created_at == NOON


def test_an_error_is_told_as_sqlalchemy_tells_it(session: Session):
    statement, _names = inserting(ANSWERS)
    row = answered(session, "key")
    statement.run(session, row)

    with pytest.raises(IntegrityError):
        statement.run(session, row)


def test_after_the_end_of_a_transaction_the_next_begins_on_a_connection_of_its_own(fresh_database: Database):
    with sessions_of(fresh_database.engine)() as session:
        before = connection_of(session)
        counted(session, "hens")
        session.rollback()

        gone = BY_NAME.first(session, named="hens")

        assert gone is None
        assert connection_of(session) is session.connection() is not before
        assert before.closed


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_connection_that_dies_while_it_is_asked_is_not_used_again(fresh_database: Database):
    make = sessions_of(fresh_database.engine)
    with make() as session, make() as other:
        mine = connection_of(session)
        process = session.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})

        with pytest.raises(OperationalError):
            BY_NAME.first(session, named="hens")

        assert mine.invalidated
    with make() as session:
        assert BY_NAME.first(session, named="hens") is None


def test_an_engine_is_asked_outside_of_any_transaction_and_keeps_none_open(fresh_database: Database):
    engine = fresh_database.engine
    with sessions_of(engine)() as session:
        counted(session, "hens")
        session.commit()

    found = [BY_NAME.scalar(engine, named="hens") for _ in range(2)]

    assert found == ["hens", "hens"]
    with sessions_of(engine)() as session:
        counted(session, "geese")
        session.rollback()
    assert BY_NAME.first(engine, named="geese") is None


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_an_engine_whose_connection_dies_while_it_is_asked_answers_the_next_time(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    engine = make_engine(fresh_database.url)
    monkeypatch.setattr("adam.database._speaks", lambda _socket: False)
    process = Prepared(select(func.pg_backend_pid().label("process")))
    before = process.scalar(engine)
    with fresh_database.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": before})

    with pytest.raises(OperationalError):
        process.scalar(engine)

    assert process.scalar(engine) not in (None, before)
    engine.dispose()


def test_lists_and_numbers_pass_as_in_every_other_statement(session: Session):
    counted(session, "hens")
    counted(session, "geese", 3)
    sums = select(func.sum(cast(COUNTERS.c.value, Numeric(20, 2))).label("sum"))
    given = Prepared(
        sums.where(COUNTERS.c.name.in_(("hens", "geese", "ducks")), COUNTERS.c.name.in_(places("one", 3)))
    )

    assert given.scalar(session, **placed("one", ["geese", "hens"])) == Decimal("10.00")
    assert given.scalar(session, **placed("one", ["geese"])) == Decimal("3.00")
    assert given.scalar(session) is None
