"""docs/api.md does what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adam.services import accounts
from tests.api.builders import key, moved, project
from tests.builders.commands import kept
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


def blocks(language, begin, end):
    """The blocks of this language between two headings."""
    part = GUIDE[GUIDE.index(begin) : GUIDE.index(end)]
    return re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)


def test_a_stranger_comes_from_nothing_to_validated_submissions(live, fresh_database, tmp_path):
    for email, role, partner in (("norway", "focal_point", "NO"), ("coordinator", "coordinator", None)):
        address = f"{email}@demo.adam.example"
        draft = {"email": address, "name": email, "role": role, "partner": partner, "password": None}
        kept(fresh_database, lambda w, draft=draft: accounts.create(w, draft))
    commands = blocks("sh", "## 1. A token", "## The same in Python")
    (program,) = blocks("python", "## The same in Python", "## Every night")
    (tmp_path / "first.py").write_text(program, encoding="utf-8")
    shutil.copy(ROOT / "docs" / "examples" / "nightly_sync.py", tmp_path)
    one = {"source_ref": "N-1", "project": project()}
    (tmp_path / "projects.json").write_text(json.dumps([one]), encoding="utf-8")
    nightly = blocks("sh", "## Every night", "## Add to another")[0]
    text = "\n".join(["set -euo pipefail", *commands, "export NORWAY OFFICE", "python3 first.py", nightly])

    done = subprocess.run(
        ["bash", "-c", text.replace("http://127.0.0.1:8000", live.url)],
        cwd=tmp_path,
        env={
            "ADAM_ENV": "testing",
            "ADAM_DATABASE_URL": fresh_database.url,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert '"state":"validated"' in done.stdout and "validated 1 findings" in done.stdout
    assert "1 new, 0 updated, 0 unchanged, 0 refused" in done.stdout


def test_the_program_of_the_guide_has_at_most_30_lines():
    (program,) = blocks("python", "## The same in Python", "## Every night")

    assert len(program.splitlines()) <= 30
