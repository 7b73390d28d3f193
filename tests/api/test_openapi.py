"""The description of the API: valid, complete, and true of what is answered."""

import re

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from adam.api.examples import EXAMPLES, JUDGEMENT, REPORT, ROUND, WEBHOOK
from tests.api.builders import accepted, key, moved, sent, submission, uploaded
from tests.builders.sheets import lines

NEED = {
    "country": "TJ",
    "pillar": "I",
    "statement": "Radios",
    "recorded_on": "2025-06-01",
    "source": "Working group",
}


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").get_json()


def fits(description, path, method, response):
    """Whether an answer is as the description says."""
    operation = description["paths"][f"/api/v1{path}"][method]
    said = operation["responses"][str(response.status_code)]
    if "$ref" in said:
        said = description["components"]["responses"][said["$ref"].rsplit("/", 1)[-1]]
    schema = said["content"][response.mimetype]["schema"] | {"components": description["components"]}
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in OAS31Validator(schema).iter_errors(response.get_json())
    ]
    assert not problems, problems
    for name in ("ETag", "Location", "Link"):
        assert name not in response.headers or name in said.get("headers", {}), f"{path} doesn't say {name}"


def test_the_description_is_valid_openapi(description):
    validate(description)

    assert description["openapi"].startswith("3.1")


def test_every_route_is_described(app, description):
    routes = {
        (re.sub(r"<(?:[^>]*:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and not rule.rule.endswith("openapi.json")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    described = {
        (path, method)
        for path, item in description["paths"].items()
        for method in item
        if method != "parameters"
    }

    assert routes == described


def test_every_operation_says_who_may_and_what_can_go_wrong(description):
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            assert operation["summary"] and "For: " in operation["description"], path
            assert {"401", "429", "503"} <= set(operation["responses"]), path
            assert operation["security"], path


def focal_point(somebody):
    """The id of a focal point: whoever has an account of that role is one."""
    return somebody.api("GET", "/focal-points").get_json()["items"][0]["id"]


def keepers(coordinator):
    """The paths of accounts, tokens, webhooks, totals and needs."""
    hook = {"webhook_id": coordinator.api("POST", "/webhooks", json=WEBHOOK).get_json()["id"]}
    coordinator.api("POST", f"/webhooks/{hook['webhook_id']}/ping")
    return {
        "/audit": {},
        "/audit/file": {},
        "/totals": {"by": "donor"},
        "/needs": {},
        "/needs/{need_id}": {"need_id": coordinator.api("POST", "/needs", json=NEED).get_json()["id"]},
        "/accounts": {},
        "/accounts/{account_id}": {"account_id": coordinator.account.id},
        "/webhooks": {},
        "/webhooks/{webhook_id}": hook,
        "/webhooks/{webhook_id}/deliveries": hook,
        "/tokens": {},
        "/tokens/{token_id}": {"token_id": coordinator.api("GET", "/tokens").get_json()["items"][0]["id"]},
    }


def compendium(coordinator):
    """The same of meetings and recommendations."""
    meeting = coordinator.api("POST", "/meetings", json={"title": "Istanbul", "kind": "other"}).get_json()
    advised = coordinator.api("POST", "/recommendations", json={"title": "Train", "pillar": "I"}).get_json()
    first, second = (
        coordinator.api("POST", "/reports", json={"kind": kind}).get_json()["id"] for kind in ("gaps", "gaps")
    )
    kept = coordinator.api("POST", "/saved-scopes", json={"name": "Mine", "kind": "annual"}).get_json()
    return {
        "/meetings": {},
        "/meetings/{meeting_id}": {"meeting_id": meeting["id"]},
        "/recommendations": {},
        "/recommendations/{recommendation_id}": {"recommendation_id": advised["id"]},
        "/saved-scopes": {},
        "/saved-scopes/{scope_id}": {"scope_id": kept["id"]},
        "/reports/{report_id}/records": {"report_id": first},
        "/reports/{report_id}/comparison": {"report_id": first, "query": f"?with={second}"},
    }


def decisions(coordinator):
    """The same of findings, and of a case that a verdict opens."""
    finding = {"finding_id": coordinator.api("GET", "/findings").get_json()["items"][0]["id"]}
    overlap = {"verdict": "overlap", "reason": "In one place."}
    coordinator.api("POST", f"/findings/{finding['finding_id']}/judgements", json=overlap)
    case = coordinator.api("GET", "/cases").get_json()["items"][0]["id"]
    return {
        "/findings": {},
        "/findings/{finding_id}": finding,
        "/findings/{finding_id}/merge": finding,
        "/cases": {},
        "/cases/{case_id}": {"case_id": case},
    }


def addresses(coordinator, project_id, submission_id, import_id):
    """Every path that is read, with the names that stand in it."""
    report = coordinator.api("POST", "/reports", json={"kind": "overlap"}).get_json()["id"]
    opened = {"round_id": coordinator.api("POST", "/validation-rounds", json=ROUND).get_json()["id"]}
    project, submitted = {"project_id": project_id}, {"submission_id": submission_id}
    return (
        {
            "/partners": {},
            "/focal-points": {},
            "/focal-points/{focal_point_id}": {"focal_point_id": focal_point(coordinator)},
            "/organizations": {},
            "/vocabulary/{name}": {"name": "countries"},
            "/rules": {},
            "/projects": {},
            "/projects/export": {},
            "/projects/{project_id}": project,
            "/projects/{project_id}/history": project,
            "/projects/{project_id}/findings": project,
            "/submissions": {},
            "/submissions/{submission_id}": submitted,
            "/submissions/{submission_id}/history": submitted,
            "/reports": {},
            "/reports/{report_id}": {"report_id": report},
            "/reports/{report_id}/file": {"report_id": report},
            "/coverage": {"country": "AF"},
            "/validation-rounds": {},
            "/validation-rounds/{round_id}": opened,
            "/validation-rounds/{round_id}/records": opened,
            "/validation-rounds/{round_id}/file": opened,
            "/imports": {},
            "/imports/{import_id}": {"import_id": import_id},
            "/imports/template": {},
            "/imports/{import_id}/refused": {"import_id": import_id},
        }
        | decisions(coordinator)
        | keepers(coordinator)
        | compendium(coordinator)
    )


def test_answers_are_as_described(visit, description, sessions):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    project_id = accepted(norway, coordinator)
    accepted(unodc, coordinator)
    import_id, chief = (
        uploaded(norway, sessions, lines(["source_ref", "title"], ["A", "x"]))["id"],
        visit("administrator"),
    )
    asked = addresses(coordinator, project_id, sent(norway)["id"], import_id)
    readable = {path.removeprefix("/api/v1") for path, item in description["paths"].items() if "get" in item}

    for path, names in asked.items():
        who = norway if path.startswith(("/submissions", "/imports")) else coordinator
        who = chief if path.startswith("/accounts") else who
        usual = "" if names or path.endswith(("template", "export")) else "?total=true"
        names = dict(names)
        counted = names.pop("query", usual)
        response = who.api("GET", f"{path.format(**names)}{counted}")

        assert response.status_code == 200, path
        if response.mimetype != "application/json":
            continue
        fits(description, path, "get", response)
    assert readable == set(asked)


def test_writing_is_answered_as_described(visit, description):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    created = norway.api("POST", "/submissions", key(), json=submission())
    place, address = "/submissions/{submission_id}", created.headers["Location"].removeprefix("/api/v1")
    moved(norway, created.get_json()["id"], "submit", 1)
    comment = {"comment": "Say more."}
    answers = [
        ("/submissions", "post", created),
        ("/submissions", "post", norway.api("POST", "/submissions", key(), json={})),
        ("/submissions", "post", norway.api("POST", "/submissions", json=submission())),
        ("/submissions/check", "post", norway.api("POST", "/submissions/check", json=submission(pillars=[]))),
        (
            f"{place}/return",
            "post",
            coordinator.api("POST", f"{address}/return", {"If-Match": "*"}, json=comment),
        ),
        (
            place,
            "patch",
            norway.api("PATCH", address, {"If-Match": '"3"'}, json={"project": {"title": "More"}}),
        ),
        (place, "patch", norway.api("PATCH", address, json={})),
        (place, "delete", norway.api("DELETE", address, {"If-Match": '"1"'})),
        (place, "delete", norway.api("DELETE", address, {"If-Match": "*"})),
    ]

    for path, method, response in answers:
        fits(description, path, method, response)
    assert [response.status_code for *_, response in answers] == [201, 422, 400, 200, 200, 200, 428, 412, 409]


def test_deciding_and_reporting_are_answered_as_described(visit, description):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    accepted(norway, coordinator)
    accepted(unodc, coordinator)
    finding = coordinator.api("GET", "/findings").get_json()["items"][0]["id"]

    judged = coordinator.api("POST", f"/findings/{finding}/judgements", json=JUDGEMENT)
    refused = coordinator.api("POST", f"/findings/{finding}/judgements", json={})
    reported = coordinator.api("POST", "/reports", json=REPORT)

    fits(description, "/findings/{finding_id}/judgements", "post", judged)
    fits(description, "/findings/{finding_id}/judgements", "post", refused)
    fits(description, "/reports", "post", reported)
    assert [response.status_code for response in (judged, refused, reported)] == [201, 422, 201]


def test_every_example_is_taken(visit, description):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    accepted(norway, coordinator)
    accepted(unodc, coordinator)
    finding = coordinator.api("GET", "/findings").get_json()["items"][0]["id"]

    for (path, method), body in EXAMPLES.items():
        draft, posted = sent(norway), body
        decides = path.endswith(("/return", "/reject", "/judgements", "/reports", "/validation-rounds"))
        if path.endswith(("/return", "/reject", "/replies")):
            moved(norway, draft["id"], "submit", 1)
        if path.endswith("/replies"):
            asked = moved(coordinator, draft["id"], "return", 2, json={"comment": "Which one?"})
            posted = body | {"answers": asked["comments"][0]["id"]}
        address = path.removeprefix("/api/v1").format(submission_id=draft["id"], finding_id=finding)
        who = coordinator if decides else norway
        response = who.api(method.upper(), address, key() | {"If-Match": "*"}, json=posted)

        assert response.status_code in (200, 201), (path, response.text)
        assert (
            description["paths"][path][method]["requestBody"]["content"]["application/json"]["example"]
            == body
        )
