"""Organizations: found by code, id, identifier and spelling; a body that is new is entered once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.partners import Organization, OrganizationAlias, OrganizationIdentifier
from adam.services.organizations import Directory, Named
from tests.builders.documents import draft
from tests.builders.recording import Works, recorded

NEW = Named("XY-REG-77", "Foundation for Quiet Borders")


def code(session: Session, wanted: str) -> str:
    """The id of a listed organization."""
    return session.scalars(select(Organization.id).where(Organization.code == wanted)).one()


def find(work: Works, named: Named) -> str | None:
    """Whom a record means, without entering anybody."""
    return Directory(work(), {named}).find(named)


@pytest.mark.parametrize(
    "named",
    [
        Named("UNODC", None),
        Named(None, "UNODC"),
        Named(None, "United Nations Office on Drugs and Crime"),
        Named(None, "  united nations office on DRUGS and crime "),
        Named("XM-DAC-41128", None),
        Named("41128", "A name that nobody knows"),
    ],
)
def test_a_listed_body_is_found_however_it_is_named(work: Works, session: Session, named: Named):
    assert find(work, named) == code(session, "UNODC")


def test_a_body_is_found_by_its_id_and_by_an_alias(work: Works, session: Session):
    alias = session.execute(select(OrganizationAlias.name, OrganizationAlias.organization_id)).first()

    assert find(work, Named(alias[1], None)) == alias[1]
    assert find(work, Named(None, alias[0])) == alias[1]


def test_nobody_is_found_by_a_name_that_is_not_known(work: Works):
    assert find(work, NEW) is None


def test_a_new_body_is_entered_once_and_found_again_by_either(work: Works, session: Session):
    w = work()
    for _ in range(2):
        Directory(w, {NEW, Named("XY-REG-77", None), Named(None, "foundation for quiet borders")}).enter()

    found = session.scalars(select(Organization).where(Organization.name == NEW.name)).all()

    assert len(found) == 1 and not found[0].listed
    assert find(work, Named("XY-REG-77", None)) == found[0].id
    assert find(work, Named(None, NEW.name.upper())) == found[0].id


def test_a_new_agency_of_a_partner_belongs_to_it(work: Works, session: Session):
    Directory(work(), {Named("NO-GOV-9", "Directorate of Quiet Borders")}).enter()

    entered = session.scalars(
        select(Organization).where(Organization.name.like("Directorate of Quiet%"))
    ).one()

    assert (entered.partner, entered.country) == ("NO", "NO")


def test_a_new_identifier_is_kept_with_the_body_that_is_known_by_name(work: Works, session: Session):
    Directory(work(), {Named("XY-REG-78", "UNODC")}).enter()

    owner = select(OrganizationIdentifier.organization_id).where(OrganizationIdentifier.value == "XY-REG-78")

    assert session.scalar(owner) == code(session, "UNODC")


def test_two_records_that_name_one_body_share_it(work: Works, session: Session):
    before = session.scalar(select(func.count()).select_from(Organization))
    bodies = [{"role": "funding", "name": "Quiet Fund"}, {"role": "implementing", "name": "The Quiet Fund"}]
    w = work()

    recorded(w, organizations=bodies, contributions=[])
    recorded(w, organizations=bodies, contributions=[])

    assert session.scalar(select(func.count()).select_from(Organization)) == before + 1


@pytest.mark.parametrize("name", ["—", "???", "  ."])
def test_a_name_without_a_letter_enters_nobody_and_harms_nothing(work: Works, session: Session, name: str):
    before = session.scalar(select(func.count()).select_from(Organization))

    Directory(work(), {Named(None, name)}).enter()

    assert session.scalar(select(func.count()).select_from(Organization)) == before


def test_a_draft_that_names_nobody_is_no_trouble(work: Works):
    project = recorded(work(), organizations=[], contributions=[])

    assert project.id
    assert draft(organizations=[])["organizations"] == []
