"""Cells: too many donors in one, needs that nobody answers, and what ends soon."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Finding, Need
from adam.services import screening
from tests.builders.documents import funded_by
from tests.builders.documents import money as amounts
from tests.builders.recording import Works, recorded
from tests.conftest import NOW


def found(session: Session, *kinds: str) -> list[Finding]:
    """The findings of these kinds."""
    session.expire_all()
    query = select(Finding).order_by(Finding.reference)
    return [row for row in session.scalars(query) if row.kind in kinds or not kinds]


def test_more_than_three_donors_in_a_cell_are_a_finding(work: Works, session: Session):
    w = work()
    for number, donor in enumerate(("NO", "FR", "US", "DE")):
        recorded(
            w,
            donor,
            title=f"Courses of {donor}",
            organizations=funded_by(donor),
            contributions=amounts(f"{number + 1}000.00"),
        )

    screening.run(work())

    [crowd] = found(session, "fragmentation")
    assert (crowd.country, crowd.pillar, crowd.assistance_type, crowd.a_id) == ("TJ", "I", "training", None)


def test_a_recorded_need_without_a_project_is_a_gap(work: Works, session: Session):
    need = Need(country="AF", pillar="IV", statement="Treatment", recorded_on=NOW.date(), source="000")
    session.add(need)
    session.flush()
    recorded(work())

    screening.run(work())

    [gap] = found(session, "gap")
    assert (gap.country, gap.pillar) == ("AF", "IV")


def test_cancelled_projects_fill_no_cell(work: Works, session: Session):
    recorded(work(), status="cancelled")

    screening.run(work())

    assert found(session, "coming_gap") == []
