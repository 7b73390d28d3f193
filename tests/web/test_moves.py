"""The life of a submission on its pages: read, validate, return, reject, withdraw, delete."""

from collections.abc import Callable

import pytest

from tests.builders.answers import answers, faults, version_in
from tests.builders.recording import Works, saved, submitted, validated
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def test_the_queue_shows_what_waits_the_oldest_first(cora: Visitor, work: Works):
    waiting = [submitted(work, partner) for partner in ("NO", "FR")]
    saved(work, "DE")

    page = cora.get("/validate").text

    assert page.index(waiting[0].reference) < page.index(waiting[1].reference)
    assert "2 submissions wait" in page and "Germany" not in page.split("<table")[1]


def test_a_validated_submission_becomes_a_record_and_leaves_the_queue(cora: Visitor, work: Works):
    waiting = submitted(work, "NO")
    place = f"/submissions/{waiting.id}"

    answer = cora.submit(f"{place}/validate", {"version": version_in(cora.get(place))}, follow_redirects=True)

    assert "Accepted as" in answer.text and "compared with all records" in answer.text
    assert "Nothing waits" in cora.get("/validate").text


def test_what_comes_back_stands_on_the_desk_with_its_comment(cora: Visitor, norway: Visitor, work: Works):
    waiting = submitted(work, "NO")

    answer = cora.submit(
        f"/submissions/{waiting.id}/return", {"comment": "Say who benefits.", "version": "2"}
    )

    assert answer.headers["Location"] == "/validate"
    for path in ("/desk", f"/submissions/{waiting.id}", f"/submissions/{waiting.id}/edit"):
        assert "Say who benefits." in norway.get(path).text


def test_a_returned_submission_is_mended_and_submitted_again(cora: Visitor, norway: Visitor, work: Works):
    waiting = submitted(work, "NO")
    cora.submit(f"/submissions/{waiting.id}/return", {"comment": "A better title.", "version": "2"})
    edit = f"/submissions/{waiting.id}/edit"

    form = answers(title="The better title", version=version_in(norway.get(edit)))
    answer = norway.submit(edit, form)

    assert answer.status_code == 303
    assert "The better title" in cora.get("/validate").text


@pytest.mark.parametrize("move", ["return", "reject"])
def test_nobody_is_sent_away_without_a_reason(cora: Visitor, work: Works, move: str):
    waiting = submitted(work, "NO")

    page = cora.submit(f"/submissions/{waiting.id}/{move}", {"comment": "  ", "version": "2"})

    assert page.status_code == 422
    assert "Say in a sentence what the partner should know." in faults(page).values()
    assert waiting.reference in cora.get("/validate").text


def test_a_rejection_is_final_and_says_why(cora: Visitor, norway: Visitor, work: Works):
    waiting = submitted(work, "NO")

    cora.submit(f"/submissions/{waiting.id}/reject", {"comment": "Not against opiates.", "version": "2"})

    page = norway.get(f"/submissions/{waiting.id}").text
    assert "Rejected" in page and "Not against opiates." in page and "Change it" not in page


def test_a_decision_on_an_old_version_changes_nothing(cora: Visitor, work: Works):
    waiting = submitted(work, "NO")

    page = cora.submit(f"/submissions/{waiting.id}/validate", {"version": "1"})

    assert page.status_code == 409
    assert "Somebody changed this" in page.text and 'action="' in page.text
    assert waiting.reference in cora.get("/validate").text


def test_the_second_of_two_coordinators_is_told_so(cora: Visitor, visit: Visit, work: Works):
    waiting = submitted(work, "NO")
    move = f"/submissions/{waiting.id}/return"
    visit("coordinator").submit(move, {"comment": "First.", "version": "2"})

    page = cora.submit(move, {"comment": "Second.", "version": "2"})

    assert page.status_code == 409
    assert "First." in page.text


def test_a_partner_takes_its_submission_back(norway: Visitor, work: Works):
    waiting = submitted(work, "NO")

    page = norway.submit(f"/submissions/{waiting.id}/withdraw", {"version": "2"}, follow_redirects=True)

    assert "Withdrawn" in page.text


def test_a_draft_is_deleted_and_gone(norway: Visitor, work: Works):
    draft = saved(work, "NO")

    answer = norway.submit(f"/submissions/{draft.id}/delete", {"version": "1"})

    assert answer.headers["Location"] == "/desk"
    assert norway.get(f"/submissions/{draft.id}").status_code == 404


def test_an_incomplete_draft_is_not_submitted_from_its_page(norway: Visitor, work: Works):
    draft = saved(work, "NO", {"title": "Half"})

    page = norway.submit(f"/submissions/{draft.id}/submit", {"version": "1"})

    assert page.status_code == 422
    assert "2 answers need mending" in page.text


def test_an_update_shows_what_it_changes_in_the_record(cora: Visitor, work: Works):
    record = validated(work, "NO")
    update = submitted(work, "NO", record.document | {"status": "suspended"}, project_id=record.id)

    page = cora.get(f"/submissions/{update.id}").text

    changes = page.split("What changes")[1].split("</table>")[0]
    assert "Active" in changes and "Suspended" in changes and "Title" not in changes


def test_nothing_moves_by_reading(cora: Visitor, work: Works):
    waiting = submitted(work, "NO")

    assert cora.get(f"/submissions/{waiting.id}/reject").status_code == 405
    assert waiting.reference in cora.get("/validate").text


@pytest.mark.parametrize("role, partner", [("viewer", None), ("administrator", None), ("focal_point", "NO")])
def test_only_coordinators_decide(visit: Visit, work: Works, role: str, partner: str | None):
    waiting = submitted(work, "NO")

    answer = visit(role, partner).submit(f"/submissions/{waiting.id}/validate", {"version": "2"})

    assert answer.status_code == 403


def test_a_coordinator_never_decides_for_the_own_partner(visit: Visit, work: Works):
    waiting = submitted(work, "NO")
    seconded = visit("coordinator", "NO")

    answer = seconded.submit(f"/submissions/{waiting.id}/validate", {"version": "2"})

    assert answer.status_code == 403
    assert "Your decision" not in seconded.get(f"/submissions/{waiting.id}").text
