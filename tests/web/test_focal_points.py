"""The directory of focal points: who reads what, vCards, and what administrators enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.models.messages import Mail
from adam.models.partners import FocalPoint
from tests.visitors import Visitor
from tests.web.test_partners import designated

Visit = Callable[..., Visitor]
Make = sessionmaker[Session]


def asked(**differences: Any) -> dict[str, Any]:
    """What the form of a new focal point sends."""
    usual = {"partner": "AF", "name": "Najib", "email": "najib@test.example", "pillars": ["I"], "kind": ""}
    return usual | {"since": "", "until": "", "countries": ["TJ"]} | differences


def test_the_directory_is_asked_by_partner_pillar_and_country(visit: Visit, sessions: Make):
    designated(sessions, name="Najib", pillars=["I"], countries=["TJ"])
    designated(sessions, name="Zarif", partner="TJ", pillars=["II"], countries=[])
    designated(sessions, name="Uma", partner="UNODC", pillars=[], countries=["AF"])
    viewer = visit(VIEWER)

    def names(query: str) -> set[str]:
        page = viewer.get(f"/focal-points?{query}").text
        return {name for name in ("Najib", "Zarif", "Uma") if f">{name}<" in page}

    assert names("") == {"Najib", "Zarif", "Uma"}
    assert names("partner=TJ") == {"Zarif"}
    assert names("pillar=I") == {"Najib", "Uma"}
    assert names("country=TJ") == {"Najib", "Zarif"}
    assert names("pillar=II&country=AF") == {"Zarif", "Uma"}


def test_the_public_reads_who_is_answered_for_but_no_name_and_no_address(client: FlaskClient, sessions: Make):
    person = designated(sessions)

    page = client.get("/focal-points").text

    assert "Afghanistan" in page and "Najib" not in page and "najib@" not in page and person not in page
    for path in (f"/focal-points/{person}", f"/focal-points/{person}.vcf", "/focal-points.vcf"):
        assert client.get(path).headers["Location"].startswith("/sign-in")


def test_vcards_carry_the_list_that_was_asked_for(visit: Visit, sessions: Make):
    person = designated(sessions, name="Najib; Kabul")
    designated(sessions, name="Uma", partner="UNODC")
    viewer = visit(VIEWER)

    one, some = viewer.get(f"/focal-points/{person}.vcf"), viewer.get("/focal-points.vcf?partner=UNODC")

    [card] = vobject.readComponents(one.text)
    assert one.mimetype == "text/vcard" and card.fn.value == "Najib; Kabul"
    assert card.org.value == ["Afghanistan"] and "pillar I; Tajikistan" in card.note.value
    assert [card.fn.value for card in vobject.readComponents(some.text)] == ["Uma"]


def test_an_administrator_enters_and_invites_in_one_step(visit: Visit, session: Session):
    admin = visit(ADMINISTRATOR)

    entered = admin.submit("/focal-points/new", asked(invite="yes"))

    person = session.scalars(select(FocalPoint).where(FocalPoint.name == "Najib")).one()
    assert entered.headers["Location"] == f"/focal-points/{person.id}" and person.kind == "national"
    assert session.scalars(select(Mail.address)).all() == ["najib@test.example"]
    page = admin.get(f"/focal-points/{person.id}").text
    assert "Invited; the link is good until" in page and "designated" in page


def test_every_problem_of_the_form_stands_at_its_field_and_nothing_is_entered(visit: Visit, session: Session):
    wrong = asked(partner="ATLANTIS", email="nobody", since="soon")

    refused = visit(ADMINISTRATOR).submit("/focal-points/new", wrong)
    unknown = visit(ADMINISTRATOR).submit("/focal-points/new", asked(partner="ATLANTIS", pillars=["V"]))

    assert refused.status_code == 422 and unknown.status_code == 422
    assert "name@example.org" in refused.text and 'id="since-e"' in refused.text
    assert "No partner has the code ATLANTIS" in unknown.text and "V is no pillar" in unknown.text
    assert session.scalars(select(FocalPoint).where(FocalPoint.name == "Najib")).all() == []


def test_an_end_is_entered_and_a_wrong_day_named(visit: Visit, sessions: Make):
    person = designated(sessions)
    admin = visit(ADMINISTRATOR)

    wrong = admin.submit(f"/focal-points/{person}/end", {"until": "tomorrow"})
    before = admin.submit(f"/focal-points/{person}/end", {"until": "2019-01-01"})
    done = admin.submit(f"/focal-points/{person}/end", {"until": "2100-01-01"})

    assert wrong.status_code == before.status_code == 422 and "2026-03-01" in wrong.text
    assert done.status_code == 303
    assert "1 January 2100" in admin.get(f"/focal-points/{person}").text


def test_an_invitation_is_sent_again_and_revoked_from_the_page(
    visit: Visit, sessions: Make, session: Session
):
    person = designated(sessions)
    admin = visit(ADMINISTRATOR)

    for _ in range(2):
        admin.submit(f"/focal-points/{person}/invite", {})
    admin.submit(f"/focal-points/{person}/revoke", {})

    assert len(session.scalars(select(Mail)).all()) == 2
    assert "Has no account yet" in admin.get(f"/focal-points/{person}").text


def test_somebody_without_an_address_is_not_invited(visit: Visit, sessions: Make):
    person = designated(sessions, email=None)

    refused = visit(ADMINISTRATOR).submit(f"/focal-points/{person}/invite", {})

    assert refused.status_code == 422 and "an e-mail address first" in refused.text


@pytest.mark.parametrize("role", [VIEWER, COORDINATOR, FOCAL_POINT])
def test_only_administrators_enter_end_and_invite(visit: Visit, sessions: Make, role: str):
    person = designated(sessions)
    somebody = visit(role, "NO" if role == FOCAL_POINT else None)

    for path in (
        "/focal-points/new",
        *(f"/focal-points/{person}/{do}" for do in ("end", "invite", "revoke")),
    ):
        assert somebody.submit(path, {}).status_code == 403
    assert "End without a successor" not in somebody.get(f"/focal-points/{person}").text


def test_coordinators_see_which_partners_have_nobody_and_what_hangs_on_them(visit: Visit, sessions: Make):
    from adam.domain.actors import system
    from adam.services import rules
    from adam.services.work import working
    from tests.builders.recording import recorded

    with working(sessions, system("tests"), rules.load()) as w:
        recorded(w), recorded(w, title="Another")

    page = visit(COORDINATOR).get("/focal-points").text
    row = page[page.index("Running records") :]

    assert "Partners without a focal point" in page and 'href="/projects?owner=NO"' in row
    assert "Partners without a focal point" not in visit(VIEWER).get("/focal-points").text


def test_who_is_ended_or_still_to_come_is_not_listed(visit: Visit, sessions: Make):
    today = date.today()
    designated(sessions, name="Gone", until=today)
    designated(sessions, name="Coming", partner="TJ", since=today + timedelta(days=2))

    page = visit(VIEWER).get("/focal-points").text

    assert ">Gone<" not in page and ">Coming<" not in page
