"""Webhooks: told in the transaction of what happened, to those who may see it, signed, again until it is taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from openapi_schema_validator import OAS31Validator
from sqlalchemy import select, update

from adam.api import events
from adam.domain.actors import Actor, system
from adam.domain.webhooks import (
    BY_ROLE,
    DELIVERED,
    DROPPED,
    EVENTS,
    FAILED,
    PAUSED,
    PAUSES,
    PING,
    WAITING,
)
from adam.errors import Forbidden, Invalid
from adam.models.messages import Message
from adam.models.submissions import Submission
from adam.models.webhooks import Webhook, WebhookDelivery, WebhookTry
from adam.services import (
    account_moves,
    accounts,
    courier,
    projects,
    rules,
    screening,
    submissions,
    webhooks,
)
from adam.services.courier import Courier
from adam.services.destinations import Reach
from adam.services.projects import Entry
from tests.builders.desks import Desk
from tests.builders.documents import claim, draft, everything
from tests.builders.receivers import Receiver, receiving
from tests.databases import Database

KEY = "a key of the tests"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def desk(fresh_database: Database) -> Desk:
    return Desk(fresh_database)


def coordinator(desk: Desk) -> Actor:
    draft = {"name": "Cora", "role": "coordinator", "partner": None, "password": None}
    account = desk.do(lambda w: accounts.create(w, draft | {"email": "c@test.example"}), system("tests"))
    return accounts.actor_of(account)


def reach(receiver: Receiver) -> Reach:
    return Reach(frozenset({receiver.place}), frozenset(), False, 2)


def subscribed(desk: Desk, receiver: Receiver, actor: Actor | None = None, *events: str) -> Webhook:
    draft = {"name": "Register", "url": receiver.url, "events": list(events)}
    return desk.do(lambda w: webhooks.create(w, draft, reach(receiver)), actor)


def submitted(desk: Desk, actor: Actor | None = None, **changes: object) -> Submission:
    document = everything() | changes
    return desk.do(lambda w: submissions.submit(w, submissions.save(w, claim(document)).id), actor)


def delivered(desk: Desk, receiver: Receiver) -> int:
    made = Courier(reach(receiver), "https://adam.example.org", KEY)
    return courier.deliver(desk.make, rules.load(), made)


def rows(desk: Desk) -> list[WebhookDelivery]:
    return desk.ask(lambda s: list(s.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id))))


def due_now(desk: Desk) -> None:
    desk.do(lambda w: w.session.execute(update(WebhookDelivery).values(next_at=datetime.now(UTC))))


def test_what_happens_is_told_and_signed(desk: Desk, receiver: Receiver):
    hook = subscribed(desk, receiver)

    one = submitted(desk)
    sent = delivered(desk, receiver)

    [(headers, body)], [said] = receiver.got, receiver.said()
    secret = base64.b64decode(webhooks.secret_of(KEY, hook).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
    assert (sent, said["type"], said["data"]["submission"]["id"]) == (1, "submission.submitted", one.id)
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert [row.state for row in rows(desk)] == [DELIVERED]
    assert delivered(desk, receiver) == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_every_event_is_as_the_description_says(desk: Desk, receiver: Receiver):
    cora = coordinator(desk)
    subscribed(desk, receiver, cora)
    one = submitted(desk)
    desk.do(lambda w: submissions.validate(w, one.id), cora)
    desk.do(lambda w: projects.record(w, [Entry(draft(**everything_like()), "FR")]), system("tests"))
    desk.do(lambda w: screening.run(w, full=True), system("tests"))

    delivered(desk, receiver)

    kinds = {said["type"] for said in receiver.said()}
    assert {"submission.submitted", "submission.validated", "finding.opened"} <= kinds
    for said in receiver.said():
        faults = [fault.message for fault in OAS31Validator(events.schema(said["type"])).iter_errors(said)]
        assert faults == [], said["type"]
    assert set(events.described()) == {*EVENTS, PING}


def everything_like():
    """The same project as `everything` without its own identifiers, told by another partner."""
    return {name: value for name, value in everything().items() if name not in ("identifiers", "relations")}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_nothing_is_told_of_what_was_rolled_back(desk: Desk, receiver: Receiver):
    subscribed(desk, receiver)

    def fails(w):
        submissions.submit(w, submissions.save(w, claim(everything())).id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.do(fails)

    assert rows(desk) == []


def test_partners_are_told_of_their_own_and_coordinators_of_what_is_handed_in(desk: Desk, receiver: Receiver):
    cora, other = coordinator(desk), Desk.__new__(Desk)
    other.make = desk.make
    draft = {
        "name": "FR",
        "role": "focal_point",
        "partner": "FR",
        "password": None,
        "email": "fr@test.example",
    }
    france = accounts.actor_of(desk.do(lambda w: accounts.create(w, draft), system("tests")))
    norways, frances = subscribed(desk, receiver), subscribed(desk, receiver, france)
    coras = subscribed(desk, receiver, cora)

    one = submitted(desk, visibility="confidential")
    desk.do(lambda w: submissions.return_to_partner(w, one.id, {"comment": "Mend it."}), cora)

    told = {(row.webhook_id, row.kind) for row in rows(desk)}
    kinds = ("submission.submitted", "submission.returned")
    assert told == {(hook.id, kind) for hook in (norways, coras) for kind in kinds}
    assert frances.id not in {key for key, _ in told}
    delivered(desk, receiver)
    titles = {said["data"]["submission"]["title"] for said in receiver.said()}
    assert titles == {None, one.title}, "a coordinator's receiver gets the reference of what is confidential"
    words = {
        (said["data"]["submission"]["title"], said["data"].get("comment"))
        for said in receiver.said()
        if said["type"] == "submission.returned"
    }
    assert words == {(None, None), (one.title, "Mend it.")}


def test_what_may_no_longer_be_seen_when_it_is_sent_is_not_sent(desk: Desk, receiver: Receiver):
    subscribed(desk, receiver)
    submitted(desk)

    moved = {"partner": "FR"}
    desk.do(lambda w: account_moves.change(w, desk.actor.account, moved), system("tests"))
    delivered(desk, receiver)

    assert receiver.got == [] and [row.state for row in rows(desk)] == [DROPPED]


def test_a_failed_try_is_kept_and_repeated_later_under_the_same_id(desk: Desk, receiver: Receiver):
    subscribed(desk, receiver)
    receiver.answers = [500, 302, 200]
    submitted(desk)

    for _ in range(3):
        delivered(desk, receiver)
        due_now(desk)

    tries = desk.ask(lambda s: list(s.scalars(select(WebhookTry).order_by(WebhookTry.id))))
    assert [(one.number, one.status) for one in tries] == [(1, 500), (2, 302), (3, 200)]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert [row.state for row in rows(desk)] == [DELIVERED]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_the_pauses_grow_and_after_the_last_the_webhook_is_paused_and_its_owner_told(
    desk: Desk, receiver: Receiver
):
    hook = subscribed(desk, receiver)
    receiver.answers = [503]
    submitted(desk)
    waited = []

    for _ in range(len(PAUSES) + 1):
        before = datetime.now(UTC)
        delivered(desk, receiver)
        [row] = rows(desk)
        waited.append(row.next_at - before if row.next_at else None)
        if row.state == WAITING:
            due_now(desk)

    assert row.state == FAILED and len(receiver.got) == len(PAUSES) + 1
    assert all(abs(got - said) < timedelta(seconds=5) for got, said in zip(waited, PAUSES, strict=False))
    stands = desk.ask(lambda s: s.get(Webhook, hook.id))
    assert stands.state == PAUSED and "given up after 10 tries" in stands.reason
    assert desk.ask(lambda s: s.scalar(select(Message.kind))) == "webhook_stopped"
    submitted(desk)
    assert delivered(desk, receiver) == 0
    desk.do(lambda w: webhooks.resume(w, hook.id))
    receiver.answers = [200]
    assert delivered(desk, receiver) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_gone_pauses_at_once(desk: Desk, receiver: Receiver):
    hook = subscribed(desk, receiver)
    receiver.answers = [410]
    submitted(desk)

    delivered(desk, receiver)

    assert desk.ask(lambda s: s.get(Webhook, hook.id)).state == PAUSED


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_old_and_new_secret_sign_for_a_day(desk: Desk, receiver: Receiver):
    hook = subscribed(desk, receiver)
    old = webhooks.secret_of(KEY, hook)

    turned = desk.do(lambda w: webhooks.rotate(w, hook.id))
    now = datetime.now(UTC)
    both = webhooks.signature(KEY, turned, ("id", 1, b"x"), now).split()
    later = webhooks.signature(KEY, turned, ("id", 1, b"x"), now + timedelta(hours=25)).split()

    assert webhooks.secret_of(KEY, turned) != old
    assert len(both) == 2 and later == both[:1]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_test_and_a_repetition_are_sent(desk: Desk, receiver: Receiver):
    hook = subscribed(desk, receiver)

    desk.do(lambda w: webhooks.ping(w, hook.id))
    delivered(desk, receiver)
    [row] = rows(desk)
    desk.do(lambda w: webhooks.redeliver(w, hook.id, row.id))
    delivered(desk, receiver)

    assert [said["type"] for said in receiver.said()] == ["ping", "ping"]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_who_may_subscribe_to_what(desk: Desk, receiver: Receiver):
    with pytest.raises(Invalid) as refused:
        subscribed(desk, receiver, None, "finding.opened")
    with pytest.raises(Forbidden):
        subscribed(desk, receiver, Actor("viewer", None, "x"))
    with pytest.raises(Invalid):
        draft = {"name": "x", "url": "https://10.0.0.1/", "events": []}
        desk.do(lambda w: webhooks.create(w, draft, reach(receiver)))

    assert refused.value.problems[0].pointer == "#/events/0"
    assert set(BY_ROLE["focal_point"]) < set(BY_ROLE["coordinator"])
