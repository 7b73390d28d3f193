"""What a verdict does to the grand total is told before it is given, and is what happens then."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.findings import VERDICTS
from adam.models.findings import Finding
from adam.queries.projects import Filters
from adam.services import counting, finding_effects, finding_rows, findings
from tests.builders.documents import coordinator, money
from tests.builders.recording import Works, recorded

SHARED_SESSION = [HealthCheck.function_scoped_fixture]
OWNERS = ("NO", "UNODC", "FR", "NO")
amounts = st.integers(1, 5).map(lambda number: f"{number * 100}.00")
records = st.lists(st.none() | amounts, min_size=3, max_size=4)
ends = st.tuples(st.integers(0, 3), st.integers(0, 3))
verdicts = st.sampled_from(VERDICTS)
decided = st.lists(st.tuples(ends, verdicts), min_size=1, max_size=3)
stated = st.sampled_from(["component", "same_money"])


def said(verdict: str) -> dict[str, Any]:
    """A verdict with its reason."""
    return {"verdict": verdict, "reason": "So it is.", "review_on": None}


def grand(work: Works) -> Decimal:
    """The grand total of all that a coordinator sees."""
    return counting.counted(work(coordinator()), Filters()).grand


def question(work: Works, session: Session, a: str, b: str) -> Finding:
    """A finding about two records, as a screening would store it."""
    one, other = sorted((a, b))
    row = {"subject": f"{one}|{other}", "a_id": one, "b_id": other, "kind": "overlap", "evidence": []}
    row |= dict.fromkeys(("country", "pillar", "assistance_type", "stake", "stake_reason", "group_key"))
    row |= {
        "score": Decimal("0.9"),
        "prior": Decimal(0),
        "fingerprint": f"{one}{other}"[:64],
        "state": "open",
    }
    finding_rows.store(work(), [row], [one, other], cells=False)
    return session.scalars(select(Finding).where(Finding.subject == row["subject"])).one()


@given(records, st.lists(st.tuples(ends, stated), max_size=2), decided)
@settings(max_examples=12, deadline=None, suppress_health_check=SHARED_SESSION)
def test_a_verdict_changes_the_total_by_what_was_said(
    work: Works,
    session: Session,
    given_amounts: list[str | None],
    relations: list[Any],
    given_verdicts: list[Any],
):
    ids: list[str] = []
    for number, amount in enumerate(given_amounts):
        own = [
            {"kind": kind, "project": ids[other]} for (one, other), kind in relations if one == number > other
        ]
        made = recorded(work(), OWNERS[number], contributions=money(amount) if amount else [], relations=own)
        ids.append(made.id)
    for (one, other), verdict in given_verdicts:
        a, b = ids[one % len(ids)], ids[other % len(ids)]
        finding = question(work, session, a, b) if a != b else None
        if finding is None or finding_effects.changes(work(coordinator()), finding)[verdict] is None:
            continue
        foretold = finding_effects.change(work(coordinator()), finding, said(verdict))
        before = grand(work)

        findings.judge(work(coordinator()), finding.id, said(verdict))

        assert grand(work) - before == foretold.usd
        if verdict == "record_duplicate":
            return


def test_same_money_is_counted_once_and_taking_it_back_counts_it_twice(work: Works, session: Session):
    one, other = (recorded(work(), owner, contributions=money("300.00")).id for owner in ("NO", "UNODC"))
    finding = question(work, session, one, other)
    before = grand(work)

    told = finding_effects.change(work(coordinator()), finding, said("same_money"))
    findings.judge(work(coordinator()), finding.id, said("same_money"))
    between = grand(work)
    findings.take_back(work(coordinator()), finding.id, "Two grants.")

    assert (told.usd, between - before, grand(work)) == (-300, -300, before)


def test_a_finding_about_a_cell_moves_no_total(work: Works):
    cell = Finding(kind="gap", a_id=None, b_id=None)

    assert set(finding_effects.changes(work(coordinator()), cell).values()) == {None}
