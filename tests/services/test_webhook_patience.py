"""Webhooks whose receiver is slow or away: they hold up nobody else, and what waits is not hammered at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from adam.domain.webhooks import DELIVERED, WAITING, rest_after
from adam.models.webhooks import WebhookDelivery
from adam.services import courier, rules, webhooks
from adam.services.courier import Courier
from adam.services.destinations import Reach
from tests.builders.desks import Desk
from tests.builders.receivers import Receiver, receiving
from tests.databases import Database
from tests.services.test_webhooks import KEY, delivered, rows, submitted, subscribed


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def test_what_else_waits_for_an_address_that_is_away_is_not_tried_one_after_the_other(
    fresh_database: Database, receiver: Receiver
):
    desk = Desk(fresh_database)
    subscribed(desk, receiver)
    receiver.answers = [503]
    for _ in range(3):
        submitted(desk)

    tried = delivered(desk, receiver)

    soon = datetime.now(UTC) + timedelta(seconds=1)
    assert tried == 1 and [row.state for row in rows(desk)] == [WAITING] * 3
    assert all(row.next_at > soon for row in rows(desk))


def test_all_that_waits_is_sent_once_the_address_answers_again(fresh_database: Database, receiver: Receiver):
    desk = Desk(fresh_database)
    subscribed(desk, receiver)
    receiver.answers = [503, 200]
    for _ in range(3):
        submitted(desk)
    delivered(desk, receiver)
    first = min(row.id for row in rows(desk))
    later = update(WebhookDelivery).where(WebhookDelivery.id == first).values(next_at=datetime.now(UTC))
    desk.do(lambda w: w.session.execute(later))

    delivered(desk, receiver)

    assert [row.state for row in rows(desk)] == [DELIVERED] * 3


def test_who_is_let_go_on_gets_at_once_what_waited(fresh_database: Database, receiver: Receiver):
    desk = Desk(fresh_database)
    hook = subscribed(desk, receiver)
    receiver.answers = [503, 200]
    submitted(desk)
    delivered(desk, receiver)

    desk.do(lambda w: webhooks.pause(w, hook.id))
    desk.do(lambda w: webhooks.resume(w, hook.id))

    assert delivered(desk, receiver) == 1


def test_a_slow_receiver_holds_up_no_other(fresh_database: Database, receiver: Receiver):
    desk = Desk(fresh_database)
    receiver.slow = 1.0
    with receiving() as quick:
        names = {subscribed(desk, one).id: one for one in (receiver, quick)}
        for _ in range(3):
            submitted(desk)

        both = Reach(frozenset({receiver.place, quick.place}), frozenset(), False, 5)
        sent = courier.deliver(desk.make, rules.load(), Courier(both, "https://adam.example.org", KEY))

    ended = {
        one.port: sorted(row.finished_at for row in rows(desk) if names[row.webhook_id] is one)
        for one in (receiver, quick)
    }
    assert sent == 6 and ended[quick.port][2] < ended[receiver.port][1]


@pytest.mark.parametrize(("failing", "rest"), [(0, 5), (60, 6), (600, 60), (86400, 300)])
def test_an_address_rests_longer_the_longer_it_is_away(failing: int, rest: int):
    assert rest_after(timedelta(seconds=failing)) == timedelta(seconds=rest)
