"""The blocks of the desk about people."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import system
from adam.models.partners import FocalPoint
from adam.services import handovers, rules
from adam.services.work import working
from tests.builders.recording import recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
Make = sessionmaker[Session]


def test_who_is_asked_to_take_over_reads_so_on_the_desk_and_nobody_else_does(
    visit: Visit, sessions: Make, session: Session
):
    nora, nils = visit("focal_point", "NO"), visit("focal_point", "NO")
    me = session.scalars(select(FocalPoint).where(FocalPoint.account_id == nora.account.id)).one()
    with working(sessions, system("tests"), rules.load()) as w:
        said = {"name": "Nils", "email": nils.account.email, "day": None}
        offer = handovers.offer(w, me.id, said).id

    asked = nils.get("/desk").text

    assert "You are asked to take over" in asked and f"/handovers/{offer}" in asked
    assert "You are asked to take over" not in nora.get("/desk").text


def test_coordinators_read_which_partners_with_records_have_nobody(visit: Visit, sessions: Make):
    cora = visit("coordinator")
    before = cora.get("/desk").text
    with working(sessions, system("tests"), rules.load()) as w:
        recorded(w)

    left = cora.get("/desk").text
    visit("focal_point", "NO")
    answered = cora.get("/desk").text

    said = "Partners without a focal point"
    assert said not in before and said in left and "One running record hangs on it." in left
    assert said not in answered
