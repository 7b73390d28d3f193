"""Accepted records: every part is written down, confirmed by those who may, and changed in place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import Conflict, Forbidden, NotFound
from adam.models import project_parts as parts
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.services import projects
from tests.builders.documents import ADMIN, READER, coordinator, draft, everything, focal, money
from tests.builders.recording import Works, recorded

PROPOSED = [
    {"pillar": "I", "commitment": "I.5", "share": None, "rationale": "The sector says so.", "proposed": True},
    {"pillar": "IV", "commitment": None, "share": None, "rationale": "So do the words.", "proposed": True},
]


def rows(session: Session, table: Any, project: Project, *names: str) -> list[tuple[Any, ...]]:
    """The rows of a part in their order."""
    columns = [getattr(table, name) for name in names]
    query = select(*columns).where(table.project_id == project.id).order_by(table.id)
    return [tuple(row) for row in session.execute(query)]


def assignment(session: Session, project: Project, pillar: str) -> parts.Assignment:
    """The assignment of a project to a pillar."""
    query = select(parts.Assignment).where(parts.Assignment.project_id == project.id)
    return session.scalars(query.where(parts.Assignment.pillar == pillar)).one()


def test_a_record_is_written_down_with_every_part(work: Works, session: Session):
    project = recorded(work(), **everything())

    assert rows(session, parts.ProjectText, project, "language", "title") == [("ru", "Пограничные посты")]
    assert rows(session, parts.ProjectCountry, project, "country", "share") == [("TJ", Decimal("100.00"))]
    assert rows(session, parts.ProjectLocation, project, "name", "latitude", "longitude") == [
        ("Ishkashim", Decimal("36.720000"), Decimal("71.610000"))
    ]
    assert rows(session, parts.Assignment, project, "pillar", "commitment", "share", "proposed") == [
        ("I", "I.5", Decimal("100.00"), False)
    ]
    assert rows(session, parts.ProjectAssistanceType, project, "assistance_type") == [("training",)]
    assert rows(session, parts.Beneficiary, project, "name", "kind") == [
        ("Border Guards of Tajikistan", "border_guard")
    ]
    assert rows(session, parts.Identifier, project, "scheme", "value", "owner") == [
        ("iati", "NO-BRC-971277882-1", "NO")
    ]
    assert rows(session, parts.Relation, project, "kind", "identifier") == [("component", "XM-DAC-41128-RER")]
    assert rows(session, parts.ProjectSector, project, "vocabulary", "code") == [("DAC", "16063")]
    assert rows(session, parts.ProjectResultArea, project, "result_area") == [("1.2",)]
    assert rows(session, parts.ProjectActionPlan, project, "action_plan") == [("green",)]
    assert rows(session, parts.ProjectDocument, project, "title") == [("Agreement",)]
    assert [row[0] for row in rows(session, parts.ProjectOrganization, project, "role")] == [
        "funding",
        "implementing",
    ]
    assert rows(session, parts.Contribution, project, "kind", "amount", "usd", "rate") == [
        ("commitment", Decimal("1200000.00"), Decimal("1200000.00"), Decimal(1))
    ]


def test_a_record_knows_its_period_and_its_figure(work: Works):
    project = recorded(work(), start_actual="2024-02-01")

    assert (project.begins, project.ends) == (date(2024, 2, 1), date(2026, 12, 31))
    assert (project.usd, project.usd_kind, project.without_rate) == (Decimal("1200000.00"), "commitment", 0)


def test_an_amount_without_a_rate_says_so_and_is_never_taken_for_nothing(work: Works):
    project = recorded(work(), contributions=money("50000.00", "AFN"))

    assert (project.usd, project.without_rate) == (None, 1)


def test_an_amount_without_a_value_date_is_converted_at_the_start(work: Works, session: Session):
    project = recorded(work(), contributions=money("1000.00", "EUR", value_date=None))

    [(usd, on)] = rows(session, parts.Contribution, project, "usd", "rate_date")
    assert usd and date(2023, 12, 1) < on <= date(2024, 1, 1)


def test_the_greatest_amounts_can_be_stored_and_added_up(work: Works):
    project = recorded(work(), contributions=money("99999999999999.99") * 500)

    assert project.usd == Decimal("99999999999999.99") * 500


def test_references_are_given_out_in_order_and_never_twice(work: Works):
    w = work()

    first, second = recorded(w), recorded(w)

    assert int(second.reference[5:]) == int(first.reference[5:]) + 1


def test_an_update_replaces_every_part(work: Works, session: Session):
    w = work()
    project = recorded(w, **everything())

    projects.record(
        w, [projects.Entry(draft(countries=[{"country": "KG"}], beneficiaries=[]), "NO", project.id)]
    )

    assert rows(session, parts.ProjectCountry, project, "country") == [("KG",)]
    for table in (parts.Beneficiary, parts.ProjectText, parts.Identifier, parts.ProjectDocument):
        assert session.scalar(select(func.count()).where(table.project_id == project.id)) == 0


def test_writing_down_is_in_the_history_with_the_document_before_and_after(work: Works, session: Session):
    w = work()
    project = recorded(w)
    projects.record(w, [projects.Entry(draft(title="Renewed"), "NO", project.id)])
    w.finish()

    entries = list(session.scalars(select(HistoryEntry).where(HistoryEntry.entity_id == project.id)))
    assert [entry.action for entry in entries] == ["project.recorded", "project.changed"]
    assert entries[1].before["title"] == "Border posts on the Panj"
    assert entries[1].after["title"] == "Renewed"


@pytest.mark.parametrize("actor", [focal("NO"), coordinator(), coordinator("FR")])
def test_a_proposed_pillar_is_confirmed_in_row_and_document(work: Works, session: Session, actor: Actor):
    project = recorded(work(), pillars=PROPOSED)

    projects.confirm_assignment(work(actor), project.id, assignment(session, project, "I").id, True)

    assert assignment(session, project, "I").proposed is False
    assert [item["proposed"] for item in project.document["pillars"]] == [False, True]
    assert project.version == 2


def test_a_refused_proposal_is_gone_from_row_and_document(work: Works, session: Session):
    project = recorded(work(), pillars=PROPOSED)

    projects.confirm_assignment(work(focal()), project.id, assignment(session, project, "IV").id, False)

    assert rows(session, parts.Assignment, project, "pillar") == [("I",)]
    assert [item["pillar"] for item in project.document["pillars"]] == ["I"]


def test_an_assignment_is_decided_once(work: Works, session: Session):
    project = recorded(work(), pillars=PROPOSED)
    row = assignment(session, project, "I")
    projects.confirm_assignment(work(focal()), project.id, row.id, True)

    with pytest.raises(Conflict):
        projects.confirm_assignment(work(focal()), project.id, row.id, False)


@pytest.mark.parametrize("actor", [focal("FR"), READER, ADMIN, coordinator("NO")])
def test_others_confirm_nothing(work: Works, session: Session, actor: Actor):
    project = recorded(work(), pillars=PROPOSED)

    with pytest.raises(Forbidden):
        projects.confirm_assignment(work(actor), project.id, assignment(session, project, "I").id, True)
    assert assignment(session, project, "I").proposed is True


def test_an_assignment_of_another_record_is_not_there(work: Works, session: Session):
    w = work()
    project, other = recorded(w, pillars=PROPOSED), recorded(w, pillars=PROPOSED)

    with pytest.raises(NotFound):
        projects.confirm_assignment(work(focal()), project.id, assignment(session, other, "I").id, True)


def test_a_record_that_cannot_be_seen_cannot_be_confirmed(work: Works):
    project = recorded(work(), visibility="confidential")

    with pytest.raises(NotFound):
        projects.still_correct(work(focal("FR")), project.id)


def test_still_correct_keeps_the_day_and_leaves_the_fingerprint(work: Works):
    project = recorded(work())
    before = project.fingerprint

    projects.still_correct(work(focal()), project.id)

    assert project.last_confirmed_on == date(2026, 1, 15)
    assert project.document["last_confirmed_on"] == "2026-01-15"
    assert project.fingerprint == before
