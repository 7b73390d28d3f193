"""Cases through the API: read by both sides, written in, closed with the version that was read."""

from __future__ import annotations

from tests.web.test_cases import Session, Visit, Works, opened


def test_a_case_is_written_in_and_closed_with_the_version_that_was_read(
    visit: Visit, work: Works, session: Session
):
    norway, neutral = visit("focal_point", "NO"), visit("coordinator")
    place = opened(work, session)

    said = norway.api("POST", f"{place}/messages", json={"text": "We can move."})
    outcome = {"outcome": "one_stops", "text": "Norway stops in June."}
    missing = neutral.api("POST", f"{place}/close", json=outcome)
    closed = neutral.api("POST", f"{place}/close", {"If-Match": said.headers["ETag"]}, json=outcome)
    late = neutral.api(
        "POST", f"{place}/due", {"If-Match": "*"}, json={"due_on": "2099-01-01", "reason": "x"}
    )
    [listed] = norway.api("GET", "/cases?state=closed").get_json()["items"]

    assert [one["text"] for one in said.get_json()["messages"]][-1] == "We can move."
    assert [one.status_code for one in (said, missing, closed, late)] == [201, 428, 200, 409]
    assert (listed["outcome"], listed["partners"], listed["overdue"]) == ("one_stops", ["FR", "NO"], False)


def test_a_case_of_others_is_not_there(visit: Visit, work: Works, session: Session):
    place = opened(work, session)

    assert visit("focal_point", "US").api("GET", place).status_code == 404
    assert visit("viewer").api("GET", "/cases").get_json()["items"] == []
