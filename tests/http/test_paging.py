"""Pages: a limit that holds, cursors that are nobody's to write and belong to one question."""

import pytest
from flask import Flask, Response
from werkzeug.exceptions import BadRequest

from adam.errors import Invalid
from adam.http import paging

APP = Flask(__name__)
APP.config["SECRET_KEY"] = "a key of the tests"


def asked(url: str) -> paging.Paging:
    """The page that this address asks for."""
    with APP.test_request_context(url):
        return paging.paging()


def cursor_of(url: str, position: list[object]) -> str:
    """The cursor that a list at this address hands out."""
    with APP.test_request_context(url):
        return paging.cursor_for(position)


def answered(url: str) -> Response:
    """The first of two pages at this address."""
    with APP.test_request_context(url):
        return paging.page([{"id": "a"}], ["2026-01-15", "a"], 2)


def test_a_page_has_50_items_unless_more_are_asked_for():
    assert asked("/projects") == paging.Paging(50, None, False)
    assert asked("/projects?limit=200&total=true") == paging.Paging(200, None, True)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "", "1e2", "٣", "9" * 5000])
def test_a_limit_that_cannot_be_is_refused(limit: str):
    with pytest.raises(Invalid):
        asked(f"/projects?limit={limit}")


def test_a_cursor_goes_on_where_the_page_ended_in_the_same_question():
    cursor = cursor_of("/projects?country=AF&limit=10", ["2026-01-15", "a"])

    assert asked(f"/projects?country=AF&limit=20&cursor={cursor}").after == ["2026-01-15", "a"]


@pytest.mark.parametrize("url", ["/projects?country=IR", "/projects?", "/findings?country=AF"])
def test_a_cursor_is_no_good_for_another_question(url: str):
    cursor = cursor_of("/projects?country=AF", ["a"])

    with pytest.raises(BadRequest):
        asked(f"{url}&cursor={cursor}")


@pytest.mark.parametrize("cursor", ["a", "WyJhIl0.x", "ü", "%00", "." * 1000, "[]"])
def test_a_cursor_cannot_be_written_by_hand(cursor: str):
    with pytest.raises(BadRequest):
        asked(f"/projects?cursor={cursor}")


def test_the_answer_links_to_the_next_page():
    answer = answered("/projects?country=AF&country=IR")

    assert answer.json is not None and answer.json.keys() == {"items", "next_cursor", "total"}
    link = answer.headers["Link"]
    assert link.startswith("</projects?country=AF&country=IR&cursor=") and link.endswith('>; rel="next"')
