"""The queue of findings: its filters, its order, groups as one question, counts, and the way through it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.models.findings import Finding, Judgement
from adam.queries import finding_changes, finding_counts, finding_groups, finding_places, findings
from adam.queries.findings import Filters
from tests.builders.claims import CELL, claimed, group, records
from tests.builders.documents import coordinator, focal, funded_by
from tests.builders.recording import Works, recorded
from tests.conftest import NOW

CORA = coordinator()


def found(session: Session, **filters: Any) -> set[str]:
    """The ids of the findings that pass."""
    return set(session.scalars(findings.listed(CORA, Filters(**filters)).with_only_columns(Finding.id)))


@pytest.fixture
def pairs(work: Works, session: Session) -> dict[str, str]:
    """A pair in Tajikistan, one with a foot elsewhere, and a cell."""
    w = work()
    a, b = (recorded(w, partner, organizations=funded_by(partner)).id for partner in ("NO", "FR"))
    far = recorded(
        w,
        "DE",
        title="Clinics of Kabul",
        countries=[{"country": "AF"}],
        pillars=[{"pillar": "IV", "commitment": "IV.5"}],
        assistance_types=["treatment_care"],
        organizations=funded_by("DE"),
        status="completed",
        start_planned="2010-01-01",
        end_planned="2012-12-31",
        sectors=[{"vocabulary": "DAC", "code": "16063", "share": "100.00"}],
    ).id
    return {
        "near": claimed(session, a, b),
        "far": claimed(session, a, far, kind="overlap"),
        "cell": claimed(session, None, None, **CELL),
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"near", "far", "cell"}),
        ({"country": ("TJ",)}, {"near", "cell"}),
        ({"country": ("AF",)}, set()),
        ({"country": ("TJ", "AF")}, {"near", "far", "cell"}),
        ({"pillar": ("I",)}, {"near", "cell"}),
        ({"commitment": ("IV.5",)}, set()),
        ({"assistance_type": ("treatment_care", "training", "equipment")}, {"near", "far"}),
        ({"organization": ("DE",), "role": ("funding",)}, {"far"}),
        ({"organization": ("FR",)}, {"near", "cell"}),
        ({"role": ("accountable",)}, set()),
        ({"status": ("completed",)}, {"far"}),
        ({"sector": ("16063",)}, {"far"}),
        ({"owner": ("DE",)}, {"far"}),
        ({"active_to": date(2013, 1, 1)}, {"far"}),
        ({"active_from": date(2013, 1, 1)}, {"near", "far", "cell"}),
        ({"text": "kabul"}, {"far"}),
        ({"text": "kabul", "owner": ("NO",)}, set()),
        ({"kinds": ("overlap",)}, {"far"}),
        ({"queue": "coordination"}, {"far", "cell"}),
        ({"states": ("decided",)}, set()),
    ],
)
def test_both_records_stand_in_a_place_and_one_of_them_passes_all_else(
    session: Session, pairs: dict[str, str], filters: dict[str, Any], expected: set[str]
):
    ids = found(session, **filters)

    assert {name for name, key in pairs.items() if key in ids} == expected


def test_a_group_is_one_question_where_its_heaviest_pair_stands(work: Works, session: Session):
    ids = records(work(), 5)
    pairs = group(session, ids[:4])
    more = claimed(session, ids[0], ids[4], stake=Decimal(10**6))
    filters = Filters(queue="record")

    rows = findings.page(session, findings.folded(CORA, filters), (0, 10))
    counted = finding_counts.tally(session, findings.listed(CORA, filters))
    known = finding_groups.of(session, findings.listed(CORA, filters), [ids[0]])

    assert [row.id for row in rows] == [more, pairs[-1]]
    assert counted.of() == counted.of(queue="record") == counted.of(kind="component") == 2
    assert finding_counts.total(session, findings.listed(CORA, filters)) == 2
    assert known == {ids[0]: (6, 4, {"component": 6}, Decimal(600))}


def test_where_the_heaviest_pair_does_not_pass_the_next_stands_for_the_group(work: Works, session: Session):
    pairs = group(session, records(work(), 3))
    session.get_one(Finding, pairs[-1]).state = "decided"
    session.flush()

    [row] = findings.page(session, findings.folded(CORA, Filters(queue="record")), (0, 10))
    opened = found(session, queue="record", group=row.id)

    assert row.id == pairs[1] and opened == set(pairs[:2])


def test_a_hidden_record_is_in_no_count_no_group_and_no_place(work: Works, session: Session):
    open_ = records(work(), 2) + records(work(), 1, "FR")
    hidden = records(work(), 1, "FR", visibility="confidential")
    pairs = group(session, open_ + hidden)
    filters, norway = Filters(queue="record"), focal("NO")

    query = findings.listed(norway, filters)
    [row] = findings.page(session, findings.folded(norway, filters), (0, 10))
    known = finding_groups.of(session, query, [open_[0]])[open_[0]]

    assert len(pairs) == 6 and (known.pairs, known.records) == (3, 3)
    assert row.b_id not in hidden and finding_groups.records(session, query) == sorted(open_)
    assert finding_counts.tally(session, query).of() == 1
    assert finding_counts.total(session, findings.listed(focal("DE"), filters)) == 0


def test_the_way_through_a_queue_goes_on_after_what_left_it(work: Works, session: Session):
    a, b, c, d = records(work(), 4)
    ends = [(a, b), (b, c), (c, d)]
    first, second, third = (claimed(session, *end, stake=Decimal(99 - n)) for n, end in enumerate(ends))
    query = findings.folded(CORA, Filters(queue="record"))
    gone = session.get_one(Finding, second)
    gone.state = "decided"
    session.flush()

    place = finding_places.place(session, query, gone)

    assert place == (None, 2, first, third)
    assert finding_places.first(session, query) == first


def test_a_reopened_finding_knows_which_deciding_fields_changed_since(work: Works, session: Session):
    w = work()
    one, other = (recorded(w, partner) for partner in ("NO", "FR"))
    w.finish()
    decided = NOW + timedelta(hours=1)
    later = work(now=NOW + timedelta(hours=2))
    later.record(
        "project.changed", ("project", one.id), {"title": "A", "sectors": []}, {"title": "B", "sectors": [1]}
    )
    later.finish()
    pair = (one.id, other.id)

    assert finding_changes.since(session, CORA, {pair: decided}) == {pair: ["title"]}
    assert finding_changes.since(session, focal("FR"), {pair: decided}) == {pair: []}
    assert finding_changes.since(session, CORA, {pair: NOW + timedelta(hours=3)}) == {pair: []}


def test_the_newest_verdict_and_a_review_that_is_due_are_asked_for(work: Works, session: Session):
    a, b, c = records(work(), 3)
    due, other = claimed(session, a, b, state="decided"), claimed(session, b, c, state="decided")
    for key, verdict, day in ((due, "unrelated", date(2026, 1, 1)), (other, "component", None)):
        session.add(
            Judgement(
                finding_id=key,
                subject=key,
                verdict=verdict,
                reason="Seen.",
                review_on=day,
                fingerprint="",
                author="Cora",
                at=NOW,
            )
        )
    session.flush()

    assert found(session, queue="decided", states=(), verdicts=("component",)) == {other}
    assert found(session, queue="decided", states=(), due=date(2026, 1, 2)) == {due}
    assert set(findings.newest(session, [due, other])) == {due, other}
