"""My desk and the partners: what waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.builders.recording import Works, recorded, saved, submitted
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


def test_a_focal_point_finds_drafts_and_what_waits(visit: Visit, work: Works):
    draft, waiting = saved(work, "NO"), submitted(work, "NO")

    page = visit("focal_point", "NO").get("/desk").text

    assert draft.reference in page and waiting.reference in page
    assert "Norway: nothing waits for you." in page


def test_a_record_that_nobody_confirmed_for_a_year_is_to_be_confirmed(visit: Visit, work: Works):
    record = recorded(work(), "NO", last_confirmed_on="2020-01-01")
    norway = visit("focal_point", "NO")
    before = norway.get("/desk").text

    after = norway.submit(
        f"/projects/{record.id}/still-correct", {"back": "desk"}, follow_redirects=True
    ).text

    assert "confirmed 1 January 2020" in before
    assert "confirmed 1 January 2020" not in after and "All confirmed" in after


def test_what_ends_soon_is_announced(visit: Visit, work: Works):
    end = date.today().replace(day=28).isoformat()
    soon = recorded(work(), "NO", end_planned=f"{int(end[:4]) + 1}-01-01" if end[5:7] > "02" else end)

    assert soon.reference in visit("focal_point", "NO").get("/desk").text


def test_a_coordinator_finds_the_queue_and_the_counts_beside_the_links(visit: Visit, work: Works):
    waiting = submitted(work, "NO")
    cora = visit("coordinator")

    page = cora.get("/desk").text

    assert waiting.reference in page
    assert 'To validate <span class="count">1</span>' in cora.get("/partners").text


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_every_role_has_a_desk(visit: Visit, role: str):
    assert visit(role).get("/desk").status_code == 200


def test_partners_are_listed_with_the_records_that_one_may_see(client: FlaskClient, work: Works):
    recorded(work(), "NO")
    recorded(work(), "NO", visibility="confidential")

    page = client.get("/partners").text

    assert "58 countries" in page and "Norway" in page
    assert 'href="/projects?owner=NO"' in page and "UNODC" in page


def test_partners_are_searched(client: FlaskClient):
    page = client.get("/partners?q=norw").text

    assert "Norway" in page and "France" not in page
    assert "No partner fits" in client.get("/partners?q=%25%00x").text
