"""What the description says besides shapes: headers, scopes, messages of webhooks, and examples that are true."""

import pytest
from openapi_schema_validator import OAS31Validator

from adam.api.examples import ROUND, WEBHOOK
from adam.api.office_examples import OFFICE
from adam.models.webhooks import WebhookDelivery
from adam.services import accounts, event_items
from tests.api.builders import accepted, sent


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").get_json()


def operations(description):
    """Every operation with its name."""
    return [
        (f"{method} {path}", operation)
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]


def problems(description, schema, value):
    """What is wrong with a value by a schema of the description."""
    whole = schema | {"components": description["components"]}
    return [error.message[:200] for error in OAS31Validator(whole).iter_errors(value)]


def test_every_example_fits_its_schema(description):
    components = list(description["components"]["responses"].items())
    places = [
        (f"{name} {status}", response)
        for name, operation in [*operations(description), *components_as_operations(components)]
        for status, response in [
            *operation["responses"].items(),
            ("request", operation.get("requestBody", {})),
        ]
    ]
    wrong = [
        f"{name}: {found}"
        for name, said in places
        for content in said.get("content", {}).values()
        if "example" in content and (found := problems(description, content["schema"], content["example"]))
    ]

    assert not wrong, wrong


def components_as_operations(components):
    return [(name, {"responses": {"all": response}}) for name, response in components]


def test_every_json_body_that_is_sent_has_an_example(description):
    without = [
        name
        for name, operation in operations(description)
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
        if media == "application/json" and "example" not in content
    ]

    assert not without, f"add what is sent to adam/api/examples.py or office_examples.py: {without}"


def test_every_operation_names_the_scopes_of_its_guard(description):
    for name, operation in operations(description):
        scopes = {scope for needed in operation["security"] for scope in needed.get("token", [])}

        assert scopes <= {"read", "submit", "coordinate", "admin"} and scopes, name


def test_every_answer_carries_the_number_of_the_request(description, client):
    said = [
        status in ("204", "304")
        or "X-Request-ID" in answer.get("headers", {"X-Request-ID"} if "$ref" in answer else {})
        for _, operation in operations(description)
        for status, answer in operation["responses"].items()
    ]

    assert all(said)
    assert len(client.get("/api/v1/partners").headers["X-Request-ID"]) == 16


@pytest.mark.parametrize("event", ["submission.returned", "finding.opened"])
def test_a_message_of_a_webhook_is_as_described(work, visit, description, event):
    norway, unodc, office = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    accepted(norway, office)
    accepted(unodc, office)
    entity = event.partition(".")[0]
    draft = sent(norway)
    moved_on = norway.api("POST", f"/submissions/{draft['id']}/submit", {"If-Match": "*"})
    found = office.api("GET", "/findings").get_json()["items"][0]["id"]
    row = WebhookDelivery(
        kind=event,
        entity=entity,
        entity_id=draft["id"] if entity == "submission" else found,
        details={"comment": "?"},
    )

    data = event_items.seen(work(), office_actor(work, office), row, "https://adam.example")

    message = {"type": event, "timestamp": "2026-11-28T09:14:02+00:00", "data": data}
    content = description["webhooks"][event]["post"]["requestBody"]["content"]["application/json"]
    assert moved_on.status_code == 200
    assert problems(description, content["schema"], message) == []
    assert problems(description, content["schema"], content["example"]) == []


def office_actor(work, office):
    """Who the coordinator is to the verbs."""
    return accounts.actor_at(work(), office.account)


def test_head_and_options_are_answered_and_no_other_site_is_let_in(visit):
    viewer = visit("viewer")

    head = viewer.api("HEAD", "/projects")
    options = viewer.api("OPTIONS", "/submissions", {"Origin": "https://elsewhere.example"})
    other = viewer.api("GET", "/projects", {"Origin": "https://elsewhere.example"})

    assert head.status_code == 200 and head.data == b""
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(options.headers["Allow"].replace(" ", "").split(","))
    assert not any(
        name.startswith("Access-Control") for name in (*options.headers.keys(), *other.headers.keys())
    )


def test_a_cursor_that_was_tampered_with_is_refused_in_words(visit):
    norway = visit("focal_point", "NO")
    for _ in range(2):
        sent(norway)
    cursor = norway.api("GET", "/submissions?limit=1").get_json()["next_cursor"]

    mended = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    answers = [
        norway.api("GET", f"/submissions?limit=1&cursor={one}") for one in (cursor, mended, cursor + "x")
    ]
    elsewhere = norway.api("GET", f"/projects?limit=1&cursor={cursor}")

    assert [answer.status_code for answer in [*answers, elsewhere]] == [200, 400, 400, 400]
    assert answers[1].get_json()["code"] == "cursor" and "begin again" in answers[1].get_json()["detail"]


def called(who, path, names, body):
    """The answer to an example that was sent, where it was taken."""
    address = path.removeprefix("/api/v1").format(**names)
    method = "PATCH" if (path, "patch") in OFFICE else "POST"
    response = who.api(method, address, {"If-Match": "*"}, json=body)
    assert response.status_code in (200, 201), (path, response.text)
    return response.get_json()


def test_every_example_of_the_office_is_taken(visit, session):
    norway, unodc, office = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    chief = visit("administrator")
    names = {"project_id": accepted(norway, office)}
    accepted(unodc, office)
    names["round_id"] = office.api("POST", "/validation-rounds", json=ROUND).get_json()["id"]
    names["webhook_id"] = office.api("POST", "/webhooks", json=WEBHOOK).get_json()["id"]
    names["finding_id"] = office.api("GET", "/findings").get_json()["items"][0]["id"]
    question = {"verdict": "duplicate_assistance", "reason": "Both train the same officers."}
    office.api("POST", f"/findings/{names['finding_id']}/judgements", json=question)
    names["case_id"] = office.api("GET", "/cases").get_json()["items"][0]["id"]

    for path, _method in OFFICE:
        body = OFFICE[(path, _method)]
        who = chief if path.startswith(("/api/v1/focal", "/api/v1/accounts")) else office
        if path.endswith(("/records/{project_id}", "/messages")):
            who = norway
        if path.endswith("/findings/judgements"):
            body = {"judgements": [body["judgements"][0] | {"finding": names["finding_id"], "version": None}]}
        if path.endswith("/projects"):
            body = {"project": norway.api("GET", f"/projects/{names['project_id']}").get_json()["reference"]}
        if path.endswith("/unmerge"):
            verdict = {
                "verdict": "record_duplicate",
                "reason": "The same project.",
                "stays": names["project_id"],
            }
            merged = office.api(
                "POST", f"/findings/{names['finding_id']}/judgements", json=verdict
            ).get_json()
            names["project_id"] = next(
                merged[side]["id"] for side in "ab" if merged[side]["id"] != names["project_id"]
            )
        made = called(who, path, names, body)
        if "{" not in path:
            names[f"{path.rpartition('/')[2][:-1].replace('-', '_')}_id"] = made.get("id")
        names["scope_id"] = names.get("saved_scope_id")
