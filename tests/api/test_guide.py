"""docs/api.md does what it says."""

import json
import re

import pytest

from tests.api.builders import key, moved
from tests.databases import ROOT

GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_project_of_the_guide_becomes_a_record(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    body = json.loads(re.search(r"<<'JSON'\n(.*?)\nJSON\n", GUIDE, re.DOTALL).group(1))
    patch = json.loads(re.search(r"If-Match: \"1\"' -d '(.*?)'\n", GUIDE).group(1))

    checked = norway.api("POST", "/submissions/check", json=body).get_json()
    draft = norway.api("POST", "/submissions", key(), json=body).get_json()
    listed = norway.api("GET", f"/submissions?source_ref={body['source_ref']}").get_json()["items"]
    norway.api("PATCH", f"/submissions/{draft['id']}", {"If-Match": '"1"'}, json=patch)
    moved(norway, draft["id"], "submit", 2)
    validated = moved(coordinator, draft["id"], "validate", 3)

    assert checked["problems"] == []
    assert [item["id"] for item in listed] == [draft["id"]]
    found = norway.api("GET", f"/projects/{validated['project_id']}").get_json()
    assert found["title"] == patch["project"]["title"]


@pytest.mark.parametrize("address", re.findall(r"`GET (/[a-z-]+\?[^`]+)`", GUIDE))
def test_the_addresses_of_the_guide_answer(visit, address):
    response = visit("coordinator").api("GET", address)

    assert response.status_code == 200, response.text
