"""What others say about us, in pages: confirmed in one click, disputed with a reason, settled with a word."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.mentions import Mention
from tests.builders.recording import Works, recorded, statements, submitted
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


def test_a_mention_stands_on_the_desk_until_it_is_confirmed(visit: Visit, work: Works):
    record = recorded(work(), "NO")
    unodc = visit("focal_point", "UNODC")

    before = unodc.get("/desk").text
    after = unodc.submit(f"/projects/{record.id}/mention", {"back": "desk"}, follow_redirects=True).text

    assert "Norway names you as implementing (Tajikistan)" in before and record.reference in before
    assert 'My desk <span class="count">1</span>' in before
    assert record.reference not in after and "Nothing to answer" in after
    assert "Confirmed" in unodc.get("/mentions?state=confirmed").text


def test_a_dispute_needs_a_reason_and_is_read_by_owner_and_coordinator(
    visit: Visit, work: Works, session: Session
):
    record = recorded(work(), "NO")
    unodc, norway, cora = visit("focal_point", "UNODC"), visit("focal_point", "NO"), visit("coordinator")

    without = unodc.submit(f"/projects/{record.id}/dispute", {"comment": "  "})
    unodc.submit(f"/projects/{record.id}/dispute", {"comment": "Phase I only."})
    kept = session.scalars(select(Mention)).one()
    seen = [norway.get("/desk").text, norway.get("/disputes").text, cora.get("/desk").text]
    empty = cora.submit(f"/mentions/{kept.id}/settle", {"comment": ""}, follow_redirects=True).text
    cora.submit(f"/mentions/{kept.id}/settle", {"comment": "Agreed with both."})

    assert without.status_code == 422 and "Say in a sentence what is not so." in without.text
    assert all("Phase I only." in page for page in seen)
    assert "Say in a sentence how it is settled." in empty
    assert "Agreed with both." in unodc.get("/mentions?state=disputed").text
    assert "Phase I only." not in norway.get("/disputes").text


def test_several_records_are_confirmed_at_once(visit: Visit, work: Works, session: Session):
    old = [recorded(work(), "NO", last_confirmed_on="2020-01-01") for _ in range(3)]
    foreign = recorded(work(), "SE", last_confirmed_on="2020-01-01")
    norway = visit("focal_point", "NO")

    listed = norway.get("/desk/confirm").text
    done = norway.submit("/desk/confirm", {"record": [old[0].id, old[1].id]}, follow_redirects=True).text
    refused = norway.submit("/desk/confirm", {"record": [foreign.id]})
    nothing = norway.submit("/desk/confirm", {}, follow_redirects=True).text

    assert all(row.reference in listed for row in old) and foreign.reference not in listed
    assert "2 records are confirmed as correct today." in done
    assert old[2].reference in done and old[0].reference not in done
    assert refused.status_code == 403 and "Tick the records" in nothing


def test_the_desk_takes_as_many_questions_for_many_records_as_for_few(
    visit: Visit, work: Works, session: Session
):
    norway, cora = visit("focal_point", "NO"), visit("coordinator")

    def fill(number: int) -> None:
        for _ in range(number):
            recorded(work(), "UNODC", last_confirmed_on="2020-01-01")
            recorded(work(), "NO", last_confirmed_on="2020-01-01")
            submitted(work, "NO")

    fill(6)
    few = [
        statements(session, lambda who=who, page=page: who.get(page)) for who, page in pages_of(norway, cora)
    ]
    fill(6)
    many = [
        statements(session, lambda who=who, page=page: who.get(page)) for who, page in pages_of(norway, cora)
    ]

    assert many == few


def pages_of(norway: Visitor, cora: Visitor) -> list[tuple[Visitor, str]]:
    """Who reads what."""
    pages = ["/desk", "/mentions", "/desk/confirm", "/submissions"]
    return [*((norway, page) for page in pages), (cora, "/desk"), (cora, "/validate"), (cora, "/disputes")]
