"""Webhooks by the API: made with a secret shown once, kept from others, with a log; and the receiver of the guide."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

from adam.domain.webhooks import PAUSES
from adam.services import webhooks
from tests.api.builders import codes, moved, sent
from tests.databases import ROOT

WANTED = {"name": "Register", "url": "https://register.example.org/adam", "events": ["submission.returned"]}


def made(visitor, **changes):
    response = visitor.api("POST", "/webhooks", json=WANTED | changes)
    assert response.status_code == 201, response.text
    return response, response.headers["Location"].removeprefix("/api/v1")


def test_a_webhook_is_made_read_changed_and_removed(visit):
    norway = visit("focal_point", "NO")

    answer, place = made(norway)
    tag = {"If-Match": answer.headers["ETag"]}
    read = norway.api("GET", place)
    blind = norway.api("PATCH", place, json={"name": "x"})
    changed = norway.api("PATCH", place, tag, json={"events": ["submission.validated"]})
    stale = norway.api("POST", f"{place}/rotate", tag)
    turned = norway.api("POST", f"{place}/rotate", {"If-Match": changed.headers["ETag"]})
    gone = norway.api("DELETE", place, {"If-Match": "*"})

    assert answer.get_json()["secret"].startswith("whsec_") and "secret" not in read.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert (blind.status_code, stale.status_code, gone.status_code) == (428, 412, 204)
    assert changed.get_json()["events"] == ["submission.validated"]
    assert turned.get_json()["secret"] != answer.get_json()["secret"]
    assert turned.get_json()["old_secret_until"] is not None
    assert norway.api("GET", place).status_code == 404


def test_addresses_that_may_not_be_asked_are_refused_with_the_way_out(visit):
    norway = visit("focal_point", "NO")
    bad = (
        "http://example.org/",
        "https://10.0.0.1/",
        "https://a:b@example.org/",
        "ftp://x",
        "https://example.org:22/",
    )

    answers = [norway.api("POST", "/webhooks", json=WANTED | {"url": url}) for url in bad]

    assert [answer.status_code for answer in answers] == [422] * len(bad)
    assert all(codes(answer) == {("#/url", "address")} for answer in answers)


def test_a_webhook_is_there_for_its_partner_and_administrators_alone(visit):
    norway, colleague, france = (visit("focal_point", code) for code in ("NO", "NO", "FR"))
    chief, viewer = visit("administrator"), visit("viewer")

    _, place = made(norway)

    assert france.api("GET", place).status_code == 404
    assert viewer.api("GET", place).status_code == 403
    assert (
        colleague.api("PATCH", place, {"If-Match": "*"}, json={"url": "https://x.example.org/"}).status_code
        == 403
    )
    assert colleague.api("POST", f"{place}/pause", {"If-Match": "*"}).get_json()["state"] == "paused"
    assert chief.api("GET", "/webhooks?total=true").get_json()["total"] == 1
    assert france.api("GET", "/webhooks?total=true").get_json()["total"] == 0


def test_the_log_tells_what_is_on_its_way(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    _, place = made(norway)
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)
    moved(coordinator, draft["id"], "return", 2, json={"comment": "Which one?"})

    log = norway.api("GET", f"{place}/deliveries?total=true").get_json()
    ping = norway.api("POST", f"{place}/ping")
    again = norway.api("POST", f"{place}/deliveries/{log['items'][0]['id']}/redeliver")

    assert log["total"] == 1
    assert {name: log["items"][0][name] for name in ("type", "entity_id", "state", "tries")} == {
        "type": "submission.returned",
        "entity_id": draft["id"],
        "state": "waiting",
        "tries": [],
    }
    assert (ping.status_code, again.status_code) == (202, 409)


def test_the_guides_receiver_takes_what_is_genuine_and_nothing_else():
    class Hook:
        id, salt, old_salt, old_until = "h", "s", None, None

    secret, body = webhooks.secret_of("key", Hook), b'{"type":"ping"}'
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, ROOT / "docs/examples/receive_webhooks.py", str(port)]
    running = subprocess.Popen(
        program, env=os.environ | {"ADAM_WEBHOOK_SECRET": secret}, stdout=subprocess.PIPE
    )

    def post(seconds: int, sent_body: bytes) -> int:
        signed = webhooks.signature("key", Hook, ("id-1", seconds, body), None)
        headers = {"webhook-id": "id-1", "webhook-timestamp": str(seconds), "webhook-signature": signed}
        for _ in range(200):
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("POST", "/", sent_body, headers)
                return connection.getresponse().status
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise AssertionError("the receiver does not listen")

    now = int(time.time())
    statuses = [post(now, body), post(now, body), post(now, body + b" "), post(now - 3600, body)]
    running.terminate()
    printed = running.communicate()[0].decode()

    assert statuses == [204, 204, 401, 401]
    assert printed.count("ping") == 1


def test_the_guide_shows_the_receiver_and_the_pauses_as_they_are():
    guide = (ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
    receiver = (ROOT / "docs/examples/receive_webhooks.py").read_text(encoding="utf-8")
    shown = guide.split("```python\n")[1].split("```")[0]

    assert all(line in receiver for line in shown.splitlines())
    hours = [round(pause.total_seconds() / 3600) for pause in PAUSES[3:]]
    assert f"| 5 s | 5 min | 30 min | {' | '.join(f'{hour} h' for hour in hours)} |" in guide
