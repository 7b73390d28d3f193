"""Projects from a file on pages: sent, waited for, shown row by row, applied, taken back where refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from adam.exchange import spreadsheets
from tests.api.builders import worked
from tests.builders.documents import document
from tests.builders.sheets import choices, filled, whole
from tests.exchange.iati_files import activity, file_of
from tests.visitors import Visitor, form_token

BAD = whole(document(title="Three")) | {"assistance_types": ["magic"]}
MIXED = filled("xlsx", {"A": whole(document(title="One")), "B": whole(document(title="Two")), "C": BAD})


@pytest.fixture
def nora(visit: Callable[..., Visitor]) -> Visitor:
    """Norway's focal point."""
    return visit("focal_point", "NO")


def sent(who: Visitor, content: bytes = MIXED, name: str = "projects.xlsx") -> Any:
    """The answer to a file."""
    token = form_token(who.client)
    boundary, body = encode_multipart(
        {"file": FileStorage(io.BytesIO(content), name), "mode": "dry_run", "csrf_token": token}
    )
    return who.client.post("/imports", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_file_waits_without_a_script_and_says_how_to_look_again(nora: Visitor):
    place = sent(nora).headers["Location"]

    page = nora.get(place).text

    assert "Waits for its turn" in page and "See how far it is" in page
    assert "Apply the good rows" not in page


def test_what_would_happen_is_shown_then_applied(nora: Visitor, sessions: Any):
    place = sent(nora).headers["Location"]
    worked(sessions)

    tried = nora.get(place).text
    applied = nora.submit(f"{place}/apply", {}).headers["Location"]
    worked(sessions)
    done = nora.get(applied).text

    assert "2 rows are good" in tried and "magic is no kind of help" in tried
    assert "sheet assistance_types, row 4, column B (assistance_type):" in tried
    assert "2 rows were kept and wait for a coordinator" in done
    assert "This trial run was applied" in nora.get(place).text
    assert 'href="/submissions/' in nora.get(f"{applied}?result=new").text


def test_an_update_shows_each_field_before_and_after(nora: Visitor, sessions: Any):
    place = sent(nora).headers["Location"]
    worked(sessions)
    nora.submit(f"{place}/apply", {})
    worked(sessions)

    again = sent(nora, filled("csv", {"A": whole(document(title="One, renewed"))}), "x.csv").headers[
        "Location"
    ]
    worked(sessions)

    page = nora.get(again).text
    assert "<del" in page and "One, renewed" in page and "Title:" in page


def test_the_refused_rows_are_taken_mended_and_sent_again(nora: Visitor, sessions: Any):
    place = sent(nora).headers["Location"]
    worked(sessions)

    answer = nora.get(f"{place}/refused")

    assert "projects-to-mend.xlsx" in answer.headers["Content-Disposition"]
    assert [record.key for record in spreadsheets.read(answer.data, "xlsx", choices()).records] == ["C"]


def test_a_file_that_is_none_is_refused_beside_its_field(nora: Visitor):
    nothing = nora.submit("/imports", {"mode": "dry_run"}, content_type="multipart/form-data")
    other = sent(nora, b"x", "projects.doc")

    for answer in (nothing, other):
        assert answer.status_code == 422
        assert "Choose a file that ends in .xlsx, .csv or .xml." in answer.text


def test_a_file_that_cannot_be_read_says_so_on_its_page(nora: Visitor, sessions: Any):
    place = sent(nora, b"no workbook at all").headers["Location"]
    worked(sessions)

    assert "save it again as .xlsx" in nora.get(place).text


def test_what_had_no_place_is_said_for_the_file_and_for_each_row(nora: Visitor, sessions: Any):
    content = file_of(activity(more="<result/><policy-marker code='1'/><policy-marker code='2'/>"))
    address = sent(nora, content, "activities.xml").headers["Location"]
    worked(sessions)

    html = nora.get(address).text
    [row] = nora.api("GET", address).get_json()["rows"]

    assert "Left out, for want of a place in ADAM: 2 × policy-marker" in html
    assert "<b>results are not what ADAM coordinates:</b> 1 × result" in html
    assert {"what": "policy-marker", "why": "no place in ADAM", "count": 2} in row["dropped"]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_templates_are_taken_empty_and_filled(nora: Visitor, sessions: Any, form: str):
    empty, filled_in = (nora.get(f"/imports/template.{form}{asked}") for asked in ("", "?records=1"))

    assert empty.status_code == filled_in.status_code == 200
    assert f"adam-NO-records.{form}" in filled_in.headers["Content-Disposition"]
    assert nora.get("/imports/template.doc").status_code == 404


def test_a_file_larger_than_the_limit_is_refused(nora: Visitor, settings: Any):
    assert sent(nora, bytes(settings.import_limit + 1)).status_code == 413


def test_nobody_else_reads_or_applies_it(nora: Visitor, visit: Callable[..., Visitor], sessions: Any):
    place = sent(nora).headers["Location"]
    worked(sessions)
    other, cora = visit("focal_point", "UNODC"), visit("coordinator")

    for path in (place, f"{place}/refused"):
        assert (other.get(path).status_code, cora.get(path).status_code) == (404, 403)
    assert other.submit(f"{place}/apply", {}).status_code == 404
    assert "projects.xlsx" not in other.get("/imports").text
