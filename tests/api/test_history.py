"""The history of a submission by the API: the same shape and pages as that of a record."""

from tests.api.builders import moved, sent, submission


def mended(norway):
    """The id of a submission that was changed in one field, then handed in."""
    draft = sent(norway, submission(title="Posts"))
    address = f"/submissions/{draft['id']}"
    changed = norway.api("PATCH", address, {"If-Match": '"1"'}, json={"project": {"title": "Border posts"}})
    assert changed.status_code == 200
    moved(norway, draft["id"], "submit", 2)
    return draft["id"]


def test_what_changed_stands_before_and_after_and_nothing_else(visit):
    norway = visit("focal_point", "NO")

    items = norway.api("GET", f"/submissions/{mended(norway)}/history").get_json()["items"]

    assert [item["action"] for item in items] == [
        "submission.submitted",
        "submission.changed",
        "submission.saved",
    ]
    assert items[0]["changes"] == {"state": {"before": "draft", "after": "submitted"}}
    assert items[1]["changes"] == {"title": {"before": "Posts", "after": "Border posts"}}
    assert items[2]["changes"]["contributions"]["before"] is None
    assert items[1]["actor"] == norway.account.name and items[1]["at"]


def test_pages_fit_together(visit):
    norway = visit("focal_point", "NO")
    address = f"/submissions/{mended(norway)}/history"

    first = norway.api("GET", f"{address}?limit=2&total=true").get_json()
    rest = norway.api("GET", f"{address}?limit=2&cursor={first['next_cursor']}").get_json()

    assert first["total"] == 3 and rest["next_cursor"] is None
    assert [item["action"] for item in first["items"] + rest["items"]] == [
        "submission.submitted",
        "submission.changed",
        "submission.saved",
    ]


def test_what_a_draft_said_is_told_to_its_partner_alone(visit):
    norway, france, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "FR"),
        visit("coordinator"),
    )
    address = f"/submissions/{mended(norway)}/history"

    seen = coordinator.api("GET", f"{address}?total=true").get_json()

    assert [item["action"] for item in seen["items"]] == ["submission.submitted"] and seen["total"] == 1
    assert france.api("GET", address).status_code == 404
    assert coordinator.api("GET", f"/submissions/{sent(norway)['id']}/history").status_code == 404


def test_without_a_token_there_is_no_history(visit, client):
    key = mended(visit("focal_point", "NO"))

    assert client.get(f"/api/v1/submissions/{key}/history").status_code == 401
