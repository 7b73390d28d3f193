"""How often one may ask, and what is written down of who read what."""

from datetime import date

from sqlalchemy import select

from adam.app import create_app
from adam.models.history import HistoryEntry
from adam.models.partners import FocalPoint, FocalPointCountry, FocalPointPillar
from adam.settings import load
from tests.api.builders import sent
from tests.visitors import visitor


def test_who_asks_too_often_is_told_when_to_come_back(database, sessions):
    settings = load({}, env="testing", database_url=database.url, rate_limit="3 per minute")
    viewer = visitor(create_app(settings, engine=database.engine, sessions=sessions), sessions)

    answers = [viewer.api("GET", "/partners") for _ in range(4)]

    assert [response.status_code for response in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["Retry-After"]) > 0
    assert answers[3].content_type == "application/problem+json"
    assert "Retry-After" not in answers[0].headers


def test_an_administrator_who_opens_a_draft_is_recorded(visit, session):
    norway, administrator = visit("focal_point", "NO"), visit("administrator")
    draft = sent(norway)

    response = administrator.api("GET", f"/submissions/{draft['id']}")

    assert response.status_code == 200
    entry = session.scalar(select(HistoryEntry).where(HistoryEntry.action == "submission.read"))
    assert entry.entity_id == draft["id"] and entry.actor_id == administrator.account.id


def test_focal_points_say_what_they_answer_for(visit, session):
    person = FocalPoint(
        partner="NO", kind="national", name="Kari", email="k@example.org", since=date(2020, 1, 1)
    )
    session.add(person)
    session.flush()
    session.add_all([FocalPointPillar(focal_point_id=person.id, pillar="I")])
    session.add_all([FocalPointCountry(focal_point_id=person.id, country="AF")])
    session.commit()

    found = visit("viewer").api("GET", "/focal-points?partner=NO&total=true").get_json()
    others = visit("viewer").api("GET", "/focal-points?partner=AF").get_json()

    assert found["total"] == 1 and others["items"] == []
    assert found["items"][0]["pillars"] == ["I"] and found["items"][0]["countries"] == ["AF"]
    assert found["items"][0]["since"] == "2020-01-01" and found["items"][0]["until"] is None


def test_head_is_answered_like_get_without_a_body(visit):
    norway = visit("focal_point", "NO")
    address = f"/submissions/{sent(norway)['id']}"

    response = norway.api("HEAD", address)

    assert response.status_code == 200 and response.data == b"" and response.headers["ETag"].startswith('"1-')
