"""Whatever is sent, the answer says what to mend, and what can't be taken changes nothing."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from adam.models.history import HistoryEntry
from adam.models.submissions import Submission
from tests.api.builders import codes, key, moved, project, sent, submission

BIG = "9" * 400
UNREADABLE = {
    "nothing": b"",
    "half": b'{"project": ',
    "not UTF-8": b'{"project": "\xff"}',
    "NaN": b'{"project": NaN}',
    "Infinity": b'{"project": -Infinity}',
    "1e999": b'{"project": 1e999}',
    "huge": f'{{"project": {BIG}}}'.encode(),
    "twice": b'{"project": {}, "project": {}}',
    "twice inside": b'{"project": {"title": "a", "title": "b"}}',
    "deep": b'{"project": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "33 deep": b'{"project": ' + b"[" * 32 + b"]" * 32 + b"}",
    "deep, open": b"[" * 100_000,
    "NUL": b'{"project": {"title": "\\u0000"}}',
    "half a character": b'{"project": {"title": "\\ud800"}}',
    "NUL in a name": b'{"\\u0000": 1}',
}


def money(amount: Any, currency: str = "USD") -> dict[str, Any]:
    return submission(contributions=[{"kind": "pledge", "amount": amount, "currency": currency}])


def in_countries(*shares: str) -> dict[str, Any]:
    pairs = zip(("AF", "IR", "TJ"), shares, strict=False)
    return submission(countries=[{"country": country, "share": share} for country, share in pairs])


def linked(url: str, times: int = 1) -> dict[str, Any]:
    return submission(documents=[{"title": "A page", "url": url}] * times)


NOBODY = submission(organizations=[{"role": "funding", "organization": "NOBODY"}])
UNRELATED = submission(relations=[{"kind": "component", "project": "ADAM-999999"}])
UPDATE = submission() | {"project_id": "01980000-0000-7000-8000-000000000000"}
ELSEWHERE = submission(pillars=[{"pillar": "I", "commitment": "II.1"}])
WRONG: dict[str, tuple[Any, str]] = {
    "a list": ([], "#"),
    "null": (None, "#"),
    "a number": (7, "#"),
    "no project": ({}, "#/project"),
    "a project of text": ({"project": "x"}, "#/project"),
    "a field of the server": (submission() | {"id": "1"}, "#/id"),
    "a state": (submission() | {"state": "validated"}, "#/state"),
    "an amount as number": (money(1), "#/project/contributions/0/amount"),
    "an endless amount": (money(BIG), "#/project/contributions/0/amount"),
    "no such currency": (money("1.00", "XXQ"), "#/project/contributions/0/currency"),
    "no such day": (submission(start_planned="2025-02-30"), "#/project/start_planned"),
    "a share above 100": (in_countries("100.01"), "#/project/countries/0/share"),
    "shares above 100": (in_countries("60", "60"), "#/project/countries"),
    "a commitment elsewhere": (ELSEWHERE, "#/project/pillars/0/commitment"),
    "a right-to-left override": (submission(title="\u202egnirts"), "#/project/title"),
    "an escape": (submission(title="\x1b[31m"), "#/project/title"),
    "a long title": (submission(title="x" * 501), "#/project/title"),
    "too many rows": (linked("https://example.org", 501), "#/project/documents"),
    "a script for an address": (linked("javascript:alert(1)"), "#/project/documents/0/url"),
    "no such organization": (NOBODY, "#/project/organizations/0/organization"),
    "no such record": (UNRELATED, "#/project/relations/0/project"),
    "an unknown record": (UPDATE, "#/project_id"),
    "a slash in a name": (submission(**{"a/b~c": 1}), "#/project/a~1b~0c"),
}


def counts(session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count()).select_from(Submission)),
        session.scalar(select(func.count()).select_from(HistoryEntry)),
    )


def post(visitor, data, path="/submissions", **headers):
    sending = key() | {"Content-Type": "application/json"} | headers
    return visitor.api("POST", path, sending, data=data)


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_cannot_be_read_is_a_400_everywhere(visit, session, data):
    norway = visit("focal_point", "NO")
    before = counts(session)

    answers = [post(norway, data, path) for path in ("/submissions", "/submissions/check", "/reports")]

    assert [response.status_code for response in answers] == [400, 400, 400]
    assert {response.content_type for response in answers} == {"application/problem+json"}
    assert all(response.get_json()["detail"] for response in answers)
    assert counts(session) == before


@pytest.mark.parametrize(("body", "pointer"), WRONG.values(), ids=WRONG.keys())
def test_wrong_content_is_a_422_that_points_at_it(visit, session, body, pointer):
    norway = visit("focal_point", "NO")
    before = counts(session)

    posted = post(norway, json.dumps(body))
    checked = post(norway, json.dumps(body), "/submissions/check")

    assert posted.status_code == 422, posted.text
    assert pointer in {where for where, _ in codes(posted)}
    assert checked.status_code == 200
    assert pointer in {item["pointer"] for item in checked.get_json()["problems"]}
    assert counts(session) == before


def test_only_json_of_at_most_a_mebibyte_is_taken(visit):
    norway = visit("focal_point", "NO")
    body = json.dumps(submission())

    form = post(norway, body, **{"Content-Type": "text/plain"})
    packed = post(norway, body, **{"Content-Encoding": "gzip"})
    large = post(norway, json.dumps(submission(description="x" * 2**20)))

    assert [form.status_code, packed.status_code, large.status_code] == [415, 415, 413]


def test_a_method_that_is_not_taken_is_a_405_that_says_which_are(visit):
    norway = visit("focal_point", "NO")

    response = norway.api("PUT", "/submissions", json={})

    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].replace(" ", "").split(","))
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("address", ["projects", "submissions", "findings", "reports"])
@pytest.mark.parametrize(
    "name", ["1", "%00", "..%2f..", "0" * 36, "ADAM-000001", "'%20or%201=1", "%F0%9F%92%A9"]
)
def test_an_id_that_is_none_is_a_404(visit, address, name):
    response = visit("coordinator").api("GET", f"/{address}/{name}")

    assert response.status_code == 404
    assert response.get_json()["code"] == "not_found"


def test_a_comment_is_needed_to_return_or_reject(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)
    headers = {"If-Match": '"2"'}

    answers = [
        coordinator.api("POST", f"/submissions/{draft['id']}/{move}", headers, json=body)
        for move in ("return", "reject")
        for body in ({}, {"comment": "  "}, {"comment": 7}, [])
    ]

    assert {response.status_code for response in answers} == {422}


STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(st.characters(), max_size=20),
    st.sampled_from(
        ["", "\x00", "\ud800", "\u202e", "0" * 600, "9" * 40, "1e30", "-1", "2025-13-01", "AF", "I.1"]
    ),
)
HOSTILE = st.recursive(
    STRANGE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["country", "share", "pillar", "name", "\x00", "kind", "amount"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)
PATHS = ("/submissions", "/submissions/check", "/reports")
FIELDS = (
    *project(),
    "locations",
    "relations",
    "result_areas",
    "sectors",
    "documents",
    "translations",
    "source",
)


def fewer(examples: int) -> Any:
    """Few examples, because each asks a whole application."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def test_no_hostile_document_is_an_error_of_ours(visit, session):
    norway = visit("focal_point", "NO")

    @fewer(60)
    @given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE, min_size=1, max_size=4), st.sampled_from(PATHS))
    def check(changes, path):
        body = (
            {"kind": "coverage", "scope": changes} if path == "/reports" else {"project": project(**changes)}
        )
        before = counts(session)

        response = post(norway, json.dumps(body), path)

        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert response.content_type == "application/problem+json"
            assert counts(session) == before

    check()


def test_no_hostile_body_is_an_error_of_ours(visit):
    norway = visit("focal_point", "NO")

    @fewer(40)
    @given(HOSTILE, st.sampled_from(PATHS))
    def check(body, path):
        assert post(norway, json.dumps(body), path).status_code < 500

    check()


def test_no_hostile_patch_is_an_error_of_ours(visit):
    norway = visit("focal_point", "NO")
    draft = sent(norway)
    address, headers = f"/submissions/{draft['id']}", {"If-Match": "*", "Content-Type": "application/json"}

    @fewer(40)
    @given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE, max_size=3) | HOSTILE)
    def check(changes):
        response = norway.api("PATCH", address, headers, data=json.dumps({"project": changes}))
        assert response.status_code < 500, response.text

    check()


def test_no_hostile_query_is_an_error_of_ours(visit):
    coordinator = visit("coordinator")
    names = ["country", "q", "organization", "sector", "owner", "sort", "cursor", "limit", "active_to"]
    paths = ["/projects", "/submissions", "/findings", "/organizations", "/coverage"]

    @fewer(40)
    @given(st.sampled_from(names), st.text(max_size=40), st.sampled_from(paths))
    def check(name, value, path):
        value = value.encode("utf-8", "replace").decode()
        assert coordinator.api("GET", path, query_string={name: value}).status_code < 500

    check()
