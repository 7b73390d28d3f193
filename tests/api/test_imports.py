"""Files by the API: taken at once, once for each key, read by the worker, seen by their partner alone."""

import io

import pytest
from sqlalchemy import func, select

from adam.exchange import spreadsheets
from adam.models.imports import Import
from adam.models.submissions import Submission
from tests.api.builders import codes, key, posted, uploaded, worked
from tests.builders.documents import document
from tests.builders.sheets import choices, filled, lines, whole

GOOD = filled("csv", {"A": whole(document(title="One")), "B": whole(document(title="Two"))})
BAD = filled("csv", {"C": whole(document()) | {"assistance_types": ["magic"]}})


def test_a_file_is_taken_at_once_and_read_by_the_worker(visit, sessions):
    norway = visit("focal_point", "NO")

    created = posted(norway, GOOD)

    assert created.status_code == 201
    assert (created.get_json()["state"], created.get_json()["total"]) == ("waiting", None)
    assert worked(sessions) == 1
    after = norway.api("GET", created.headers["Location"].removeprefix("/api/v1")).get_json()
    assert (after["state"], after["mode"], after["counts"]["new"]) == ("done", "dry_run", 2)
    assert [row["source_ref"] for row in after["rows"]] == ["A", "B"]


def test_a_trial_run_is_applied_once(visit, sessions, session):
    norway = visit("focal_point", "NO")
    tried = uploaded(norway, sessions, GOOD)

    first, second = (norway.api("POST", f"/imports/{tried['id']}/apply") for _ in range(2))
    worked(sessions)

    assert first.status_code == second.status_code == 201
    assert first.get_json()["id"] == second.get_json()["id"]
    assert first.get_json()["follows"] == tried["id"]
    assert session.scalar(select(func.count()).select_from(Submission)) == 2


def test_a_file_that_is_applied_at_once_makes_submissions_of_its_partner(visit, sessions, session):
    uploaded(visit("focal_point", "NO"), sessions, GOOD, mode="apply")

    rows = session.execute(select(Submission.partner, Submission.state, Submission.origin)).all()
    assert {tuple(row) for row in rows} == {("NO", "submitted", "spreadsheet")}


def test_the_same_key_makes_one_import(visit, session):
    norway, headers = visit("focal_point", "NO"), key()

    def send(content: bytes):
        data = {"file": (io.BytesIO(content), "x.csv"), "format": "csv", "mode": "dry_run"}
        return norway.api("POST", "/imports", headers, data=data, content_type="multipart/form-data")

    first, again, other = send(GOOD), send(GOOD), send(BAD)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert session.scalar(select(func.count()).select_from(Import)) == 1


def test_without_a_key_nothing_is_taken(visit, session):
    data = {"file": (io.BytesIO(GOOD), "x.csv")}

    refused = visit("focal_point", "NO").api("POST", "/imports", data=data)

    assert (refused.status_code, refused.get_json()["code"]) == (400, "idempotency_key_required")
    assert session.scalar(select(func.count()).select_from(Import)) == 0


@pytest.mark.parametrize("mode", ["now", ""])
def test_every_wrong_part_is_named_at_once(visit, mode):
    data = {"format": "doc", "mode": mode, "colour": "red"}

    refused = visit("focal_point", "NO").api(
        "POST", "/imports", key(), data=data, content_type="multipart/form-data"
    )

    assert refused.status_code == 422
    assert codes(refused) == {
        ("#/file", "required"),
        ("#/format", "choice"),
        ("#/mode", "choice"),
        ("#/colour", "unknown_field"),
    }


@pytest.mark.parametrize("path", ["/api/v1/imports", "/imports"])
def test_a_part_without_a_name_is_refused(visit, path):
    norway = visit("focal_point", "NO")
    part = b'--x\r\nContent-Disposition: form-data; name="mode\\"\r\n\r\ndry_run\r\n--x--\r\n'
    headers = {"Authorization": f"Bearer {norway.token}", "Idempotency-Key": "one"}

    refused = norway.client.post(
        path, data=part, content_type="multipart/form-data; boundary=x", headers=headers
    )

    assert refused.status_code == 400
    assert "has no name" in refused.get_data(as_text=True)


@pytest.mark.parametrize("body", [{"json": {}}, {"data": b"x", "content_type": "text/csv"}])
def test_a_body_that_is_no_form_is_refused(visit, body):
    assert visit("focal_point", "NO").api("POST", "/imports", key(), **body).status_code == 415


def test_files_beyond_the_limit_are_refused_and_files_beyond_the_usual_limit_are_not(visit, settings):
    norway = visit("focal_point", "NO")

    taken = posted(norway, b"source_ref,title\r\n" + b"x" * (settings.body_limit + 1))
    refused = posted(norway, bytes(settings.import_limit + 1))

    assert (taken.status_code, refused.status_code) == (201, 413)


def test_nobody_else_sees_an_import(visit, sessions):
    found = uploaded(visit("focal_point", "NO"), sessions, GOOD)

    for other in (
        visit("focal_point", "UNODC"),
        visit("coordinator"),
        visit("administrator"),
        visit("viewer"),
    ):
        assert other.api("GET", f"/imports/{found['id']}").status_code == 404
        assert other.api("GET", "/imports?total=true").get_json()["total"] == 0
        assert other.api("GET", f"/imports/{found['id']}/refused").status_code == 404


@pytest.mark.parametrize("role", ["viewer", "coordinator", "administrator"])
def test_only_focal_points_send_files(visit, role):
    assert posted(visit(role), GOOD).status_code == 403


def test_rows_come_in_pages_and_by_outcome(visit, sessions):
    norway = visit("focal_point", "NO")
    many = {f"K{number}": whole(document(title=f"Project {number}")) for number in range(5)}
    found = uploaded(norway, sessions, filled("csv", many | {"bad": whole(document()) | {"title": None}}))

    first = norway.api("GET", f"/imports/{found['id']}?limit=4").get_json()
    second = norway.api("GET", f"/imports/{found['id']}?limit=4&cursor={first['next_cursor']}").get_json()
    refused = norway.api("GET", f"/imports/{found['id']}?result=refused").get_json()

    assert [row["number"] for row in first["rows"] + second["rows"]] == [1, 2, 3, 4, 5, 6]
    assert second["next_cursor"] is None
    assert [row["source_ref"] for row in refused["rows"]] == ["bad"]
    assert refused["rows"][0]["problems"][0]["code"] == "required"


def test_the_refused_rows_come_back_as_the_same_kind_of_file(visit, sessions):
    norway = visit("focal_point", "NO")
    found = uploaded(norway, sessions, BAD)

    answer = norway.api("GET", f"/imports/{found['id']}/refused")

    assert answer.mimetype == "text/csv" and "x-to-mend.csv" in answer.headers["Content-Disposition"]
    [record] = spreadsheets.read(answer.data, "csv", choices()).records
    assert record.key == "C" and b"magic is no kind of help" in answer.data


def test_the_template_is_filled_with_one_s_own_records_on_request(visit, sessions):
    norway = visit("focal_point", "NO")
    uploaded(norway, sessions, lines(["source_ref"], ["A"]))

    empty = norway.api("GET", "/imports/template?format=csv")
    wrong = norway.api("GET", "/imports/template?format=doc")

    assert empty.status_code == 200 and empty.data.startswith(b"\xef\xbb\xbfsource_ref,title")
    assert wrong.status_code == 422
