"""The page of partners: who answers for what and since when, named to those who are signed in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from adam.domain import actors
from adam.services import focal_points, rules
from adam.services.work import working
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
MARK = "No focal point"


def designated(sessions: sessionmaker[Session], **differences: Any) -> str:
    """The id of somebody who answers for Afghanistan."""
    usual: dict[str, Any] = {"partner": "AF", "kind": None, "name": "Najib", "email": "najib@test.example"}
    usual |= {
        "since": date(2020, 3, 1),
        "until": None,
        "account": None,
        "pillars": ["I"],
        "countries": ["TJ"],
    }
    with working(sessions, actors.system("tests"), rules.load()) as w:
        return focal_points.designate(w, usual | differences).id


def test_who_is_signed_in_reads_who_answers_for_what_and_since_when(
    visit: Visit, sessions: sessionmaker[Session]
):
    designated(sessions, until=date(2100, 1, 1))

    page = visit("viewer").get("/partners?q=Afghanistan").text

    for text in ("Najib", "mailto:", "najib@test.example", "pillar I; Tajikistan", "1 March 2020", "2100"):
        assert text in page


def test_nobody_else_reads_names_or_addresses(client: FlaskClient, sessions: sessionmaker[Session]):
    designated(sessions)

    page = client.get("/partners?q=Afghanistan").text

    assert "Afghanistan" in page
    assert "Najib" not in page and "najib@test.example" not in page and "none named" not in page


def test_who_was_ended_is_not_shown(visit: Visit, sessions: sessionmaker[Session]):
    designated(sessions, until=date(2021, 1, 1))
    viewer = visit("viewer")

    page = viewer.get("/partners?q=Afghanistan").text
    current = viewer.api("GET", "/focal-points?partner=AF").get_json()["items"]
    everybody = viewer.api("GET", "/focal-points?partner=AF&state=any").get_json()["items"]

    assert "Najib" not in page and current == []
    assert [(one["name"], one["until"]) for one in everybody] == [("Najib", "2021-01-01")]


def test_coordinators_see_which_partners_have_nobody(visit: Visit, sessions: sessionmaker[Session]):
    before = visit("coordinator").get("/partners?q=AF").text
    designated(sessions)

    after = visit("coordinator").get("/partners?q=AF").text
    viewers = visit("viewer").get("/partners?q=NO").text

    assert before.count(MARK) == after.count(MARK) + 1
    assert MARK not in viewers
