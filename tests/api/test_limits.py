"""How often one may ask, and what is written down of who read what."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from adam.app import create_app
from adam.domain import actors
from adam.models.history import HistoryEntry
from adam.models.partners import FocalPoint, FocalPointCountry, FocalPointPillar
from adam.services import rules, tokens
from adam.services.work import working
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


def test_two_systems_of_one_account_do_not_starve_each_other_and_have_a_bound_together(database, sessions):
    limits = {"rate_limit": "3 per minute", "account_rate_limit": "5 per minute"}
    settings = load({}, env="testing", database_url=database.url, **limits)
    first = visitor(create_app(settings, engine=database.engine, sessions=sessions), sessions)
    with working(sessions, actors.system("tests"), rules.load()) as w:
        other = tokens.create(w, {"email": first.account.email, "scopes": [], "days": 1})[1]
    second = replace(first, token=other)

    statuses = [[who.api("GET", "/partners").status_code for _ in range(4)] for who in (first, second)]

    assert statuses == [[200, 200, 200, 429], [200, 200, 429, 429]]


def test_a_page_that_is_asked_for_too_much_at_once_says_so(client):
    asked = "&".join(f"sector=1{number:04}" for number in range(900))

    refused, all_countries = client.get(f"/projects?{asked}"), client.get("/projects?" + "country=AF&" * 249)

    assert refused.status_code == 414 and "fewer filters" in refused.text
    assert all_countries.status_code == 200


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
