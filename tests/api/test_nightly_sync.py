"""docs/examples/nightly_sync.py: every night the same records, whatever happens in between, and never a twin."""

import json
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from adam.models.submissions import Submission
from tests.api.builders import codes, moved, project
from tests.databases import ROOT

SCRIPT = ROOT / "docs" / "examples" / "nightly_sync.py"
MANY = 60


@pytest.fixture
def norway(live):
    return live.visitor("focal_point", "NO")


@pytest.fixture
def sync(live, norway, tmp_path):
    """Starts the script with these records; the process."""
    environment = {"ADAM_URL": f"{live.url}/api/v1", "ADAM_TOKEN": norway.token}

    def start(records):
        path = tmp_path / "projects.json"
        path.write_text(json.dumps(records), encoding="utf-8")
        words = [sys.executable, str(SCRIPT), str(path)]
        return subprocess.Popen(
            words, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return start


def records():
    return [
        {"source_ref": f"N-{number:03}", "project": project(title=f"Project {number}")}
        for number in range(MANY)
    ]


def kept(live):
    """How many submissions there are, and how many keys they have."""
    with live.sessions() as session:
        return session.execute(select(func.count(), func.count(Submission.source_ref.distinct()))).one()


def test_each_night_only_what_differs_is_handed_in(live, norway, sync):
    sent = records()

    first = sync(sent).communicate(timeout=120)[0]
    before = norway.api("GET", "/submissions?limit=200").get_json()["items"]
    second = sync(sent).communicate(timeout=120)[0]
    after = norway.api("GET", "/submissions?limit=200").get_json()["items"]
    sent[7]["project"] |= {"title": "Another title"}
    third = sync(sent).communicate(timeout=120)[0]

    assert first.startswith(f"{MANY} new, 0 updated, 0 unchanged, 0 refused")
    assert second.startswith(f"0 new, 0 updated, {MANY} unchanged, 0 refused")
    assert before == after and {item["state"] for item in after} == {"submitted"}
    assert third.startswith(f"0 new, 1 updated, {MANY - 1} unchanged, 0 refused")
    assert kept(live) == (MANY, MANY)


def test_a_run_that_was_killed_is_made_good_by_the_next(live, sync):
    running = sync(records())
    time.sleep(0.3)
    running.send_signal(signal.SIGKILL)
    running.communicate()

    told = sync(records()).communicate(timeout=120)[0]

    assert "0 refused" in told
    assert kept(live) == (MANY, MANY)


def test_a_wrong_record_is_said_and_blocks_no_other(live, sync):
    sent = records()[:3]
    sent[1]["project"] |= {"status": "gone", "countries": [{"country": "QQ"}]}

    running = sync(sent)
    told, wrong = running.communicate(timeout=120)

    assert told.startswith("2 new, 0 updated, 0 unchanged, 1 refused") and running.returncode == 1
    assert "N-001 #/project/status" in wrong and "N-001 #/project/countries/0/country" in wrong


def test_what_was_validated_is_updated_under_its_key(visit):
    norway, office = visit("focal_point", "NO"), visit("coordinator")
    one = {"source_ref": "N-1", "project": project()}

    new = norway.api("POST", "/submissions/batch", json={"submissions": [one]}).get_json()["items"][0]
    record = moved(office, new["submission_id"], "validate", new["version"])["project_id"]
    changed = {"source_ref": "N-1", "project": one["project"] | {"title": "Another title"}}
    again = norway.api("POST", "/submissions/batch", json={"submissions": [changed]}).get_json()["items"][0]
    moved(office, again["submission_id"], "validate", again["version"])

    assert (again["result"], again["state"], again["project_id"]) == ("updated", "submitted", record)
    assert norway.api("GET", f"/projects/{record}").get_json()["title"] == "Another title"


def test_a_batch_is_for_those_who_write_for_a_partner_and_of_at_most_200(visit):
    norway, office = visit("focal_point", "NO"), visit("coordinator")
    one = {"source_ref": "N-1", "project": project()}

    other = office.api("POST", "/submissions/batch", json={"submissions": [one]})
    none = norway.api("POST", "/submissions/batch", json={"submissions": []})
    many = norway.api("POST", "/submissions/batch", json={"submissions": [one] * 201})

    assert other.status_code == 403
    assert codes(none) == codes(many) == {("#/submissions", "too_many")}
