"""Values come back from both databases exactly as they went in."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.orm import Session

from adam.models.base import new_id
from adam.models.types import Document, Exact, UtcMoment

TABLE = Table(
    "kept_values",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("money", Exact(20, 2)),
    Column("rate", Exact(24, 10)),
    Column("at", UtcMoment),
    Column("document", Document),
)


@pytest.mark.parametrize(
    "amount", ["0.00", "0.01", "-0.01", "0.10", "1200000.00", "999999999999999.99", "-999999999999999.99"]
)
def test_money_is_exact_to_the_cent(session: Session, amount: str):
    found = _through(session, money=Decimal(amount))

    assert found.money == Decimal(amount)
    assert isinstance(found.money, Decimal)


def test_sums_of_money_are_exact(session: Session):
    TABLE.create(session.connection())
    session.execute(insert(TABLE), [{"money": Decimal("0.10")} for _ in range(30)])

    total = sum(session.scalars(select(TABLE.c.money)), Decimal())

    assert total == Decimal("3.00")


def test_rates_keep_ten_decimals(session: Session):
    found = _through(session, rate=Decimal("1.0837000001"))

    assert found.rate == Decimal("1.0837000001")


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in(session: Session):
    kabul = timezone(timedelta(hours=4, minutes=30))

    found = _through(session, at=datetime(2026, 1, 15, 16, 30, 1, 234567, tzinfo=kabul))

    assert found.at == datetime(2026, 1, 15, 12, 0, 1, 234567, tzinfo=UTC)
    assert found.at.tzinfo is UTC


def test_a_document_comes_back_with_every_language(session: Session):
    given = {
        "title": "Контроль границ",
        "names": ["افغانستان", "中国"],
        "none": None,
        "nested": {"a": [1, 2]},
    }

    assert _through(session, document=given).document == given


def test_nothing_stays_nothing(session: Session):
    found = _through(session, money=None)

    assert (found.money, found.rate, found.at, found.document) == (None, None, None, None)


def test_identifiers_sort_by_time_and_never_repeat():
    made = [new_id() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert sorted(made) == made
    assert {len(one) for one in made} == {36}


def _through(session: Session, **values):
    """The row as it comes back from a table made for it inside the test's transaction."""
    TABLE.create(session.connection())
    session.execute(insert(TABLE).values(**values))
    return session.execute(select(TABLE)).one()
