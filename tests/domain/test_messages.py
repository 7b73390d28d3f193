"""When an e-mail is due: by the reader's clock, summer and winter."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain.messages import AT_ONCE, DAILY, KINDS, NEVER, PATHS, Rhythm, due, path_of, zones

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(
    moments, st.integers(0, 23), st.sampled_from(["UTC", "Europe/Vienna", "Asia/Kabul", "America/New_York"])
)
def test_the_daily_mail_comes_within_a_day_or_so_and_never_in_the_past(told: datetime, hour: int, zone: str):
    at = due(DAILY, told, Rhythm(hour, zone))

    assert at is not None and timedelta() < at - told <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        (datetime(2026, 1, 15, 5, 59, tzinfo=UTC), datetime(2026, 1, 15, 6, tzinfo=UTC)),
        (datetime(2026, 1, 15, 6, tzinfo=UTC), datetime(2026, 1, 16, 6, tzinfo=UTC)),
        (datetime(2026, 7, 15, 5, 59, tzinfo=UTC), datetime(2026, 7, 16, 5, tzinfo=UTC)),
    ],
)
def test_seven_in_vienna_is_another_hour_in_summer(told: datetime, at: datetime):
    found = due(DAILY, told, Rhythm(7, "Europe/Vienna"))

    assert found == at


def test_at_once_is_now_and_never_is_no_time():
    now = datetime(2026, 1, 15, tzinfo=UTC)

    assert due(AT_ONCE, now, Rhythm()) == now and due(NEVER, now, Rhythm()) is None


def test_no_kind_that_blocks_is_usually_late():
    assert all(kind.delivery == AT_ONCE for kind in KINDS.values() if kind.blocks)


def test_every_subject_has_a_page_and_what_is_unknown_leads_to_the_messages():
    assert all(path_of(entity, "x").endswith("x") for entity in PATHS)
    assert path_of("dragon", "x") == "/messages"


def test_the_time_zones_to_choose_from_know_where_partners_are():
    assert {"UTC", "Europe/Vienna", "Asia/Kabul", "Asia/Dushanbe"} <= set(zones())
