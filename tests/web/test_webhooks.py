"""Webhooks on their pages: the secret once, the log, and what others may not do."""

from __future__ import annotations

from sqlalchemy import select

from adam.models.webhooks import Webhook

WANTED = {"name": "Register", "url": "https://register.example.org/adam", "events": ["submission.returned"]}


def test_the_secret_is_shown_once_and_a_test_stands_in_the_log(visit, session):
    norway = visit("focal_point", "NO")

    made = norway.submit("/webhooks", WANTED)
    key = session.scalar(select(Webhook.id))
    pinged = norway.submit(f"/webhooks/{key}/ping", {})
    page = norway.get(f"/webhooks/{key}")

    assert "whsec_" in made.text and made.headers["Cache-Control"] == "no-store"
    assert pinged.status_code == 303 and "whsec_" not in page.text
    assert "A test" in page.text and "waiting" in page.text
    assert "whsec_" in norway.submit(f"/webhooks/{key}/rotate", {}).text


def test_what_is_wrong_stands_beside_the_field(visit):
    coordinator = visit("coordinator")

    refused = coordinator.submit("/webhooks", WANTED | {"url": "http://example.org/"})

    assert refused.status_code == 422
    assert "Only https:// addresses are told anything." in refused.text
    assert 'value="http://example.org/"' in refused.text


def test_others_see_nothing_of_it(visit, session):
    norway, france, viewer = visit("focal_point", "NO"), visit("focal_point", "FR"), visit("viewer")
    norway.submit("/webhooks", WANTED)
    key = session.scalar(select(Webhook.id))

    assert france.get(f"/webhooks/{key}").status_code == 404
    assert france.submit(f"/webhooks/{key}/remove", {}).status_code == 404
    assert viewer.get("/webhooks").status_code == 403
    assert "Register" not in france.get("/webhooks").text
