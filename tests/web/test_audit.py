"""The page of the whole history: who may read it, its filters, and what stands before and after."""

from __future__ import annotations

from tests.api.builders import moved, sent


def test_the_page_tells_who_did_what_with_before_and_after(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)

    page = coordinator.get("/history?entity=submission")
    file = coordinator.get("/history.csv?entity=submission")

    assert page.status_code == 200 and draft["reference"] in page.text
    assert 'href="/history"' in coordinator.get("/desk").text
    assert "submission.submitted" in page.text and "<del" in page.text
    assert "submission.saved" not in page.text and "submission.saved" not in file.text
    assert file.headers["Content-Disposition"] == 'attachment; filename="history.csv"'


def test_others_are_not_let_in_and_a_wrong_day_is_said(visit):
    assert visit("focal_point", "NO").get("/history").status_code == 403
    assert visit("viewer").get("/history.csv").status_code == 403

    refused = visit("administrator").get("/history?from=soon")

    assert refused.status_code == 422 and 'role="alert"' in refused.text
