"""Coverage: each for what the actor may see, counted once, and the same grand total however it is grouped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor
from adam.models.findings import Finding
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import coverage, findings, screening
from tests.builders.documents import READER, coordinator, focal, funded_by, money
from tests.builders.recording import Works, recorded, statements
from tests.conftest import NOW

REGIONAL = [{"country": "TJ", "share": "60.00"}, {"country": "KG", "share": "30.00"}]


def picture(work: Works, actor: Actor | None = None, **scope: Any) -> coverage.Picture:
    """The picture of a scope as somebody sees it."""
    return coverage.picture(work(actor), load(ScopeSchema(), scope))


def cell(shown: coverage.Picture, country: str | None, pillar: str | None) -> tuple[int, Decimal, str]:
    """Projects, dollars and state of a cell."""
    found = shown.cells[country, pillar]
    return len(found.projects), found.usd, found.state


def together(table: dict[str, Any]) -> Decimal:
    """The money of every row of a table and of what stands elsewhere."""
    return sum((Decimal(row["usd"]) for row in table["rows"]), Decimal(table["elsewhere"]))


def test_a_regional_projects_money_divides_and_leaves_a_rest(work: Works):
    recorded(work(), countries=REGIONAL)

    shown = picture(work)

    assert cell(shown, "TJ", "I") == (1, Decimal("720000.00"), "single")
    assert cell(shown, "KG", "I") == (1, Decimal("360000.00"), "single")
    assert cell(shown, None, "I")[1] == Decimal("120000.00")
    assert shown.total.grand == Decimal("1200000.00")


@pytest.mark.parametrize(
    "scope", [{}, {"countries": ["KG"]}, {"pillars": ["IV"]}, {"countries": ["TJ"], "pillars": ["I"]}]
)
def test_the_table_adds_up_to_its_total_in_every_scope(work: Works, scope: dict[str, Any]):
    w = work()
    recorded(w, countries=REGIONAL)
    recorded(w, pillars=[{"pillar": "I", "share": "33.33"}, {"pillar": "IV", "share": "33.33"}])
    recorded(w, countries=[], pillars=[])
    recorded(
        w, pillars=[{"pillar": "II", "proposed": True}], countries=[{"country": "KG"}, {"country": "TJ"}]
    )

    shown = picture(work, **scope)

    table = coverage.table(work(), shown)
    assert together(table) == Decimal(table["total"]) == shown.total.grand > 0
    for row in table["rows"]:
        assert sum(Decimal(one["usd"]) for one in row["cells"]) == Decimal(row["usd"])


def test_a_country_that_is_asked_for_has_its_row_though_nothing_stands_there(work: Works):
    table = coverage.table(work(), picture(work, countries=["AF"]))

    [row] = table["rows"]
    assert (row["name"], {one["state"] for one in row["cells"]}) == ("Afghanistan", {"empty"})


def test_what_has_no_pillar_stands_in_its_own_column(work: Works):
    recorded(work(), pillars=[])

    table = coverage.table(work(), picture(work))

    assert table["columns"][-1] == {"pillar": None, "name": "Not assigned"}
    assert table["rows"][0]["cells"][-1]["projects"] == 1


def test_two_agencies_of_one_partner_are_one_donor(work: Works):
    w = work()
    recorded(w, organizations=[{"role": "funding", "organization": "NO-GOV-1", "name": "Ministry of Quiet"}])
    recorded(w, organizations=[{"role": "funding", "organization": "NO-GOV-2", "name": "Agency of Quiet"}])

    assert picture(work).cells["TJ", "I"].donors == {"Norway"}


def test_cancelled_projects_are_not_counted(work: Works):
    recorded(work(), status="cancelled")

    assert picture(work).facts == {}


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        ({"countries": ["TJ"]}, True),
        ({"countries": ["AF", "KG"]}, False),
        ({"pillars": ["I", "II"]}, True),
        ({"pillars": ["III"]}, False),
        ({"organizations": ["UNODC"]}, True),
        ({"organizations": ["FR"]}, False),
        ({"from": "2026-12-31"}, True),
        ({"from": "2027-01-01"}, False),
        ({"to": "2024-01-01"}, True),
        ({"to": "2023-12-31"}, False),
    ],
)
def test_a_scope_takes_in_what_touches_it(work: Works, scope: dict[str, Any], inside: bool):
    recorded(work())

    assert bool(picture(work, **scope).facts) is inside


@pytest.mark.parametrize(("actor", "seen"), [(ANONYMOUS, 1), (READER, 2), (focal("FR"), 2), (focal("NO"), 3)])
def test_a_record_that_one_may_not_see_is_in_no_count_and_no_sum(work: Works, actor: Actor, seen: int):
    w = work()
    for level in ("public", "partners", "confidential"):
        recorded(w, visibility=level, contributions=money("100.00"))

    shown = picture(work, actor)

    assert len(shown.facts) == len(shown.cells["TJ", "I"].projects) == seen
    assert shown.total.reported == shown.total.grand == seen * 100


def test_money_that_a_coordinator_calls_the_same_is_counted_once(work: Works, session: Session):
    w = work()
    a = recorded(w, "NO", contributions=money("100.00"))
    b = recorded(w, "UNODC", contributions=money("90.00"), identifiers=[])
    screening.run(w)
    [finding] = [one for one in session.scalars(select(Finding)) if one.a_id]
    findings.judge(
        work(coordinator()), finding.id, {"verdict": "same_money", "reason": "One grant.", "review_on": None}
    )

    shown = picture(work)

    [out] = shown.total.left_out
    assert shown.total.grand == 100
    assert (out.id, out.because_of, out.source) == (b.id, a.id, "a coordinator")
    assert shown.cells["TJ", "I"].usd == 100 and len(shown.cells["TJ", "I"].projects) == 2


@pytest.mark.parametrize("target", ["identifier", "project"])
def test_a_part_that_its_reporter_names_is_counted_with_its_whole(work: Works, target: str):
    w = work()
    whole = recorded(w, identifiers=[{"scheme": "iati", "value": "NO-1-7", "owner": None}])
    relation = {"kind": "component", target: "NO-1-7" if target == "identifier" else whole.id}
    recorded(w, "UNODC", contributions=money("200.00"), relations=[relation])

    shown = picture(work)

    assert shown.total.grand == Decimal("1200000.00")
    assert [(out.usd, out.because_of) for out in shown.total.left_out] == [(200, whole.id)]


def test_a_verdict_on_a_hidden_record_hides_no_money_from_others(work: Works, session: Session):
    w = work()
    recorded(w, "NO", contributions=money("90.00"))
    recorded(w, "UNODC", contributions=money("100.00"), visibility="confidential")
    screening.run(w)
    [finding] = [one for one in session.scalars(select(Finding)) if one.a_id]
    findings.judge(
        work(coordinator()), finding.id, {"verdict": "same_money", "reason": "One grant.", "review_on": None}
    )

    assert picture(work, READER).total.grand == 90
    assert picture(work, coordinator()).total.grand == 100


def test_more_records_take_no_more_questions(work: Works, session: Session):
    picture(work)
    for number in range(5):
        recorded(work(), title=f"Project {number}", organizations=funded_by("NO"))
    few = statements(session, lambda: picture(work))
    for number in range(20):
        recorded(work(), title=f"Project {number}", organizations=funded_by("US"))

    assert statements(session, lambda: picture(work)) == few


@pytest.mark.parametrize(("level", "counted"), [("exact", 30), ("close", 50)])
def test_a_part_is_left_out_beside_its_whole_but_not_beside_its_sibling(
    work: Works, session: Session, level: str, counted: int
):
    whole = recorded(work(), title="Programme", contributions=money("30.00"))
    part = recorded(work(), title="Programme, part", contributions=money("20.00"))
    finding = claimed(session, whole, part, level)

    findings.judge(
        work(coordinator()), finding.id, {"verdict": "component", "reason": "Read.", "review_on": None}
    )

    assert picture(work).total.grand == counted


def claimed(session: Session, a: Any, b: Any, level: str) -> Finding:
    """A claim that two records are parts, as the engine would store it."""
    first, second = sorted((a.id, b.id))
    finding = Finding(
        reference="F-000001",
        subject=f"{first}|{second}",
        kind="component",
        a_id=first,
        b_id=second,
        score=Decimal("0.9"),
        prior=Decimal(0),
        evidence=[
            {"feature": "whole", "level": level, "score": 0, "left": "", "right": "", "sentence": "So."}
        ],
        state="open",
        fingerprint="",
        rules_version="test",
        first_seen=NOW,
        last_seen=NOW,
        version=1,
    )
    session.add(finding)
    session.flush()
    return finding
