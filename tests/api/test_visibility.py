"""Two partners, two tokens: neither sees the other's draft or confidential project anywhere."""

import json

import pytest

from adam.models.partners import Organization
from tests.api.builders import accepted, codes, key, moved, sent, submission

SECRET = "Zanzibar listening post"
NOWHERE = "01980000-0000-7000-8000-000000000000"
EVERYWHERE = (
    "/projects?total=true&limit=200",
    "/projects?total=true&q=Zanzibar",
    "/projects?total=true&country=AF&owner=NO",
    "/submissions?total=true",
    "/submissions?total=true&partner=NO",
    "/submissions?total=true&source_ref=A-1",
    "/findings?total=true&state=any",
    "/findings?total=true&state=any&q=Zanzibar",
    "/organizations?total=true&q=Zanzibar",
    "/reports?total=true",
)


def confidential(**changes):
    body = submission(title=SECRET, visibility="confidential", **changes)
    bodies = [{"role": "implementing", "organization": None, "name": "Zanzibar Bureau"}]
    body["project"] = body["project"] | {"organizations": bodies}
    return body


def test_nobody_else_finds_a_draft_or_a_confidential_project(visit):
    norway, unodc, viewer, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("viewer"),
        visit("coordinator"),
    )
    draft = sent(norway, submission(title=SECRET) | {"source_ref": "A-1"})
    secret = sent(norway, confidential())
    moved(norway, secret["id"], "submit", 1)
    project_id = moved(coordinator, secret["id"], "validate", 2)["project_id"]

    for who in (unodc, viewer):
        lists = [who.api("GET", address) for address in EVERYWHERE]
        assert {response.status_code for response in lists} == {200}
        assert {response.get_json()["total"] for response in lists} == {0}
        assert not any("Zanzibar" in response.text for response in lists)
        coverage = who.api("GET", "/coverage").get_json()
        assert {cell["projects"] for cell in coverage["items"]} <= {0} and coverage["total"] == "0.00"
        for address in (
            f"/submissions/{draft['id']}",
            f"/submissions/{secret['id']}",
            f"/projects/{project_id}",
        ):
            assert who.api("GET", address).status_code == 404
        for part in ("history", "findings"):
            assert who.api("GET", f"/projects/{project_id}/{part}").status_code == 404

    assert norway.api("GET", "/projects?total=true&q=Zanzibar").get_json()["total"] == 1
    assert coordinator.api("GET", "/projects?total=true&q=Zanzibar").get_json()["total"] == 1
    assert norway.api("GET", "/submissions?total=true").get_json()["total"] == 2
    assert coordinator.api("GET", f"/submissions/{draft['id']}").status_code == 404


def test_what_is_not_there_and_what_may_not_be_seen_are_answered_alike(visit):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    draft = sent(norway)["id"]
    project_id = accepted(norway, coordinator, visibility="confidential")
    headers = {"If-Match": '"1"'}
    patch = {"project": {"title": "Mine"}}
    asked = [
        ("GET", "/submissions/{}", draft, None),
        ("PATCH", "/submissions/{}", draft, patch),
        ("DELETE", "/submissions/{}", draft, None),
        ("POST", "/submissions/{}/submit", draft, None),
        ("POST", "/submissions/{}/withdraw", draft, None),
        ("GET", "/projects/{}", project_id, None),
        ("GET", "/projects/{}/history", project_id, None),
        ("GET", "/projects/{}/findings", project_id, None),
    ]

    for method, address, hidden, body in asked:
        seen = [unodc.api(method, address.format(name), headers, json=body) for name in (hidden, NOWHERE)]
        bodies = [json.loads(response.text.replace(hidden, NOWHERE)) for response in seen]
        for body in bodies:
            body.pop("request_id")

        assert [response.status_code for response in seen] == [404, 404], address
        assert bodies[0] == bodies[1]


def test_a_confidential_record_can_be_named_by_nobody_else(visit):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    project_id = accepted(norway, coordinator, visibility="confidential")

    def answers(name):
        related = submission(relations=[{"kind": "component", "project": name}])
        update = submission() | {"project_id": name}
        posted = [unodc.api("POST", "/submissions", key(), json=body) for body in (related, update)]
        return [(response.status_code, response.text.replace(name, "")) for response in posted]

    hidden, nothing = answers(project_id), answers(NOWHERE)

    assert [status for status, _ in hidden] == [422, 422] == [status for status, _ in nothing]


def test_a_relation_to_a_record_that_became_confidential_is_not_shown(visit):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    whole = accepted(norway, coordinator, title="The whole programme")
    part = accepted(unodc, coordinator, relations=[{"kind": "component", "project": whole}])
    before = unodc.api("GET", f"/projects/{part}").get_json()["relations"]

    hidden = sent(norway, submission(visibility="confidential") | {"project_id": whole})
    moved(norway, hidden["id"], "submit", 1)
    moved(coordinator, hidden["id"], "validate", 2)

    assert [row["project"] for row in before] == [whole]
    assert unodc.api("GET", f"/projects/{part}").get_json()["relations"] == []
    assert len(coordinator.api("GET", f"/projects/{part}").get_json()["relations"]) == 1


def test_a_finding_is_there_for_those_who_may_see_both_records(visit):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    own = accepted(unodc, coordinator)
    accepted(norway, coordinator, visibility="confidential")

    hidden = unodc.api("GET", f"/projects/{own}/findings?total=true").get_json()
    seen = coordinator.api("GET", f"/projects/{own}/findings?total=true").get_json()

    assert hidden["total"] == 0 and seen["total"] == 1
    address = f"/findings/{seen['items'][0]['id']}"
    assert coordinator.api("GET", address).status_code == 200
    assert unodc.api("GET", address).status_code == 404


def test_without_a_token_public_fields_of_public_projects_are_shown(visit, client):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    public = accepted(norway, coordinator, visibility="public")
    partners = accepted(norway, coordinator, visibility="partners", title="Another one")

    listed = client.get("/api/v1/projects?total=true").get_json()

    assert listed["total"] == 1 and listed["items"][0]["id"] == public
    assert listed["items"][0]["contributions"] == []
    assert client.get(f"/api/v1/projects/{partners}").status_code == 404
    for address in (
        "submissions",
        "findings",
        "reports",
        "coverage",
        "focal-points",
        f"projects/{public}/history",
    ):
        assert client.get(f"/api/v1/{address}").status_code == 401


def test_strangers_learn_no_amount_from_an_order_or_its_cursor(visit, client):
    accepted(visit("focal_point", "NO"), visit("coordinator"), visibility="public")

    refused = client.get("/api/v1/projects?sort=money&limit=1")

    assert refused.status_code == 422 and codes(refused) == {("?sort", "needs_token")}
    assert visit("viewer").api("GET", "/projects?sort=money").status_code == 200


def test_history_is_for_the_owner_and_coordinators(visit):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    address = f"/projects/{accepted(norway, coordinator)}/history"

    own, others = norway.api("GET", address), unodc.api("GET", address)

    assert own.get_json()["items"][0]["action"] == "project.recorded"
    assert others.status_code == 403
    assert coordinator.api("GET", address).status_code == 200


@pytest.mark.parametrize("scheme", ["Basic abc", "Bearer wrong", "Bearer", "bearer " + "x" * 300])
def test_a_token_that_is_not_known_is_refused_even_where_none_is_needed(client, scheme):
    response = client.get("/api/v1/projects", headers={"Authorization": scheme})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.content_type == "application/problem+json"


def test_organizations_that_only_a_hidden_record_names_are_not_listed(visit, session):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    bodies = [{"role": "implementing", "organization": None, "name": "Zanzibar Bureau"}]
    accepted(norway, coordinator, visibility="confidential", organizations=bodies)

    def found(who):
        return who.api("GET", "/organizations?q=zanzibar&total=true").get_json()["total"]

    assert session.query(Organization).filter_by(name="Zanzibar Bureau").count() == 1
    assert [found(unodc), found(norway), found(coordinator)] == [0, 1, 1]
