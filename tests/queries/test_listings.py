"""Pages by keyset: together they are the whole list, each item once, whatever is missing, equal or changed between."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Select, insert
from sqlalchemy.orm import Session

from adam.domain.actors import system
from adam.models import new_id
from adam.models.findings import Finding
from adam.queries import finding_counts, finding_places, findings, listings, projects
from adam.queries.listings import Key, Window
from tests.builders.documents import READER, money
from tests.builders.recording import Works, recorded, saved
from tests.conftest import NOW

EVERYTHING = findings.Filters(states=())


def pages(session: Session, query: Select[Any], order: Sequence[Key], limit: int) -> list[list[str]]:
    """The ids of every page, as a cursor that travels as JSON leads from one to the next."""
    found, after = [], None
    for _ in range(50):
        part = listings.part(session, query, order, Window(limit, after))
        found.append([item.id for item in part.items])
        if part.following is None:
            return found
        after = json.loads(json.dumps(part.following))
    raise AssertionError("the pages never end")


def claims(session: Session, *weights: tuple[str | None, str]) -> None:
    """Findings about cells with these stakes and scores."""
    rows = [
        {
            "id": new_id(),
            "reference": f"F-{number:06d}",
            "subject": f"test|{number}",
            "kind": "fragmentation",
            "score": Decimal(score),
            "prior": Decimal(0),
            "evidence": [],
            "stake": None if stake is None else Decimal(stake),
            "state": "open",
            "fingerprint": "",
            "rules_version": "1",
            "first_seen": NOW,
            "last_seen": NOW,
            "version": 1,
        }
        for number, (stake, score) in enumerate(weights)
    ]
    session.execute(insert(Finding), rows)


@pytest.fixture
def varied(work: Works) -> None:
    """Records with equal titles, amounts and days, and some without."""
    for number in range(7):
        recorded(
            work(now=NOW + timedelta(minutes=number // 2)),
            title=("Border posts", "border posts", "Courses")[number % 3],
            start_planned=(None, "2024-01-01", "2025-01-01")[number % 3],
            contributions=money(("10.00", "20.50")[number % 2]) if number % 3 else [],
        )


@pytest.mark.parametrize("order", sorted(listings.PROJECTS))
@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_the_pages_of_records_are_the_whole_list(session: Session, varied: None, order: str, limit: int):
    query = projects.matching(system(), projects.Filters())

    [whole] = pages(session, query, listings.PROJECTS[order], 200)
    cut = pages(session, query, listings.PROJECTS[order], limit)

    assert [one for page in cut for one in page] == whole
    assert len(set(whole)) == 7 == listings.count(session, query)
    assert all(len(page) == limit for page in cut[:-1]) and len(cut[-1]) <= limit


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_the_pages_of_findings_are_the_whole_queue(session: Session, limit: int):
    claims(
        session,
        *[("600000.01", "0.99331"), ("600000.01", "0.99331"), ("0.03", "0.33333"), ("0.03", "0.33334")],
        *[(None, "0.50000"), (None, "0.50000"), (None, "1.00000"), ("7.77", "0.12345"), ("7.77", "0.12346")],
    )
    query = findings.listed(system(), EVERYTHING)

    [whole] = pages(session, query, listings.FINDINGS["queue"], 200)
    cut = pages(session, query, listings.FINDINGS["queue"], limit)

    assert [one for page in cut for one in page] == whole
    assert len(whole) == 9


def test_the_queue_puts_money_times_certainty_first_then_certainty(session: Session):
    claims(session, ("100.00", "0.50000"), ("90.00", "0.90000"), (None, "0.99000"), (None, "1.00000"))

    queue = findings.page(session, findings.listed(system(), EVERYTHING), (0, 10))

    assert [row.reference for row in queue] == ["F-000001", "F-000000", "F-000003", "F-000002"]


def test_a_finding_knows_its_place_in_the_queue(session: Session):
    claims(session, ("30.00", "1.00000"), ("20.00", "1.00000"), ("10.00", "1.00000"))
    query = findings.listed(system(), EVERYTHING)
    first, second, third = findings.page(session, query, (0, 10))

    assert finding_places.place(session, query, second) == (2, 3, first.id, third.id)
    assert finding_places.place(session, query, third) == (3, 3, second.id, None)


def test_what_is_entered_between_two_pages_hides_and_repeats_nothing(
    work: Works, session: Session, varied: None
):
    query, order = projects.matching(system(), projects.Filters()), listings.PROJECTS["newest"]
    first = listings.part(session, query, order, Window(3))

    recorded(work(now=NOW + timedelta(days=1)))
    second = listings.part(session, query, order, Window(50, first.following))

    assert len({item.id for item in (*first.items, *second.items)}) == 7


def test_the_pages_of_submissions_are_the_whole_list(work: Works, session: Session):
    for number in range(5):
        saved(work, "NO", source_ref=f"NO-{number}")
    query = listings.submissions(system(), (), ("NO",), ())

    cut = pages(session, query, listings.SUBMISSIONS, 2)

    assert [len(page) for page in cut] == [2, 2, 1]
    assert len({one for page in cut for one in page}) == 5


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"kinds": ("fragmentation",)}, 2),
        ({"kinds": ("gap",)}, 0),
        ({"states": ("open",)}, 2),
        ({"states": ("decided",)}, 0),
        ({"country": ("AF",)}, 0),
        ({"owner": ("NO",)}, 0),
        ({"text": "%"}, 0),
    ],
)
def test_filters_of_findings_keep_what_they_name(session: Session, filters: dict[str, Any], count: int):
    claims(session, ("30.00", "1.00000"), (None, "1.00000"))

    query = findings.listed(system(), findings.Filters(**filters))

    assert finding_counts.tally(session, query).of() == finding_counts.total(session, query) == count


def test_only_those_that_may_be_seen_are_seen(work: Works, session: Session):
    hidden = recorded(work(), visibility="confidential")
    shown = recorded(work(), visibility="public")

    assert listings.seen(session, READER, [hidden.id, shown.id, "nothing"]) == {shown.id}
    assert listings.seen(session, READER, []) == set()
