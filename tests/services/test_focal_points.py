"""Who answers for a partner: entered once, from a day until a day, by those who may."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import Forbidden, Invalid, NotFound
from adam.models.partners import FocalPoint
from adam.queries import directory, partners
from adam.services import accounts, focal_points
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, account
from tests.conftest import NOW

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def draft(**differences: Any) -> dict[str, Any]:
    """A FocalPointSchema draft of somebody who answers for Norway."""
    unsaid = {"kind": None, "email": None, "since": None, "until": None, "account": None}
    return {"partner": "NO", "name": "Kari", "pillars": [], "countries": []} | unsaid | differences


def names(session: Session, on: date, partner: str = "NO") -> list[str]:
    """Who answers for a partner on a day."""
    return [person["name"] for person in partners.focal_points(session, on).get(partner, [])]


def test_a_countrys_focal_point_is_national_and_an_organizations_institutional(work: Works):
    w = work()

    found = [
        focal_points.designate(w, draft(partner=partner, kind=kind)).kind
        for partner, kind in (("NO", None), ("UNODC", None), ("AF", "institutional"))
    ]

    assert found == ["national", "institutional", "institutional"]


def test_who_is_designated_answers_from_today_for_the_pillars_and_countries_named(
    work: Works, session: Session
):
    w = work()

    person = focal_points.designate(w, draft(pillars=["II", "I", "II"], countries=["TJ", "AF"]))

    [shown] = directory.shown_focal_points(session, [person])
    assert shown["pillars"] == ["I", "II"] and shown["countries"] == ["AF", "TJ"]
    assert person.since == TODAY and person.until is None
    assert [change.action for change in w.changes] == ["focal_point.designated"]


def test_every_wrong_fact_is_named_at_once(work: Works):
    wrong = draft(partner="ATLANTIS", pillars=["I", "V"], countries=["ZZ"], until=date(2020, 1, 1))

    with pytest.raises(Invalid) as refused:
        focal_points.designate(work(), wrong | {"account": "0" * 36})

    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("#/partner", "unknown_partner"),
        ("#/pillars/1", "unknown_pillar"),
        ("#/countries/0", "unknown_country"),
        ("#/until", "end_before_start"),
        ("#/account", "unknown_account"),
    ]


def test_nobody_is_designated_twice_for_the_same_days(work: Works):
    w = work()
    first = focal_points.designate(w, draft(until=TOMORROW))

    with pytest.raises(Invalid) as refused:
        focal_points.designate(w, draft(name="KARI"))
    later = focal_points.designate(w, draft(since=TOMORROW))

    assert [problem.code for problem in refused.value.problems] == ["designated_already"]
    assert later.id != first.id


@pytest.mark.parametrize("actor", [focal("NO"), coordinator(), Actor()])
def test_only_administrators_say_who_answers(work: Works, actor: Actor):
    person = focal_points.designate(work(), draft())

    with pytest.raises(Forbidden):
        focal_points.designate(work(actor), draft(name="Ola"))
    with pytest.raises(Forbidden):
        focal_points.end(work(actor), person.id, TODAY)

    assert person.until is None


def test_who_is_ended_answers_until_the_day_before(work: Works, session: Session):
    w = work(Actor(role="administrator", label="Adam"))
    person = focal_points.designate(w, draft())

    focal_points.end(w, person.id, TOMORROW)

    assert names(session, TODAY) == ["Kari"] and names(session, TOMORROW) == []
    assert w.changes[-1].before == {"until": None} and w.changes[-1].after == {"until": TOMORROW.isoformat()}


def test_an_end_needs_somebody_and_a_day_after_the_first(work: Works):
    w = work()
    person = focal_points.designate(w, draft())

    with pytest.raises(NotFound):
        focal_points.end(w, "nobody", TODAY)
    with pytest.raises(Invalid):
        focal_points.end(w, person.id, TODAY - timedelta(days=1))

    assert person.until is None


def test_who_answers_later_is_not_named_yet(work: Works, session: Session):
    focal_points.designate(work(), draft(since=TOMORROW))

    today, tomorrow = names(session, TODAY), names(session, TOMORROW)

    assert (today, tomorrow) == ([], ["Kari"])


def test_an_account_of_a_focal_point_designates_its_person(work: Works, session: Session):
    w = work()

    ids = [account(w, "ola", "focal_point", "NO"), account(w, "vera", "viewer")]

    [person] = session.scalars(select(FocalPoint).where(FocalPoint.account_id.in_(ids)))
    assert (person.partner, person.name, person.email) == ("NO", "ola", "ola@test.example")


def test_an_account_is_given_to_whom_the_partner_designated_before(work: Works, session: Session):
    w = work()
    person = focal_points.designate(w, draft(name="Ola Nordmann", email="ola@test.example", pillars=["I"]))

    made = account(w, "ola", "focal_point", "NO")

    assert person.account_id == made
    assert names(session, TODAY) == ["Ola Nordmann"]


def test_demonstration_accounts_stand_in_the_directory_once_and_stay_ended(work: Works, session: Session):
    w = work()
    accounts.ensure_demo(w)
    [uma] = session.scalars(select(FocalPoint).where(FocalPoint.partner == "UNODC"))
    focal_points.end(w, uma.id, TODAY)

    accounts.ensure_demo(w)

    assert names(session, TODAY) == ["Nils Focal Point"]
    assert names(session, TODAY, "UNODC") == []
