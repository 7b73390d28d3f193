"""One gate: the form and the API say the same of the same document, code by code and word by word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from adam.domain.actors import FOCAL_POINT, Actor
from adam.http.work import work
from adam.web import submission_form as form
from adam.web.forms import LISTS, TEXTS
from adam.web.rows import GROUPS
from tests.builders.documents import document
from tests.visitors import Visitor

Verdict = set[tuple[str, str, str]]
DAYS = st.sampled_from(["2024-01-01", "2019-12-31", "2008-02-30", "31/05/2006", "2027-06-01"])
SHARES = st.sampled_from(["40.00", "60.01", "100.00", "140.00", "12,5", "0.00"])
AMOUNTS = st.sampled_from(["1200000.00", "999999999.00", "0.01", "0.00", "12,5", "900000000000.00"])
TITLES = st.sampled_from(
    ["Border posts on the Panj", "BORDER POSTS", "GLOY09", "Пограничные посты", "x" * 501]
)


def rows(**columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    """A few rows, some columns of which may be left open."""
    needed = {name: column for name, column in columns.items() if name in ("country", "pillar", "name")}
    open_ones = {name: column for name, column in columns.items() if name not in needed}
    return st.lists(st.fixed_dictionaries(needed, optional=open_ones), max_size=3)


DIFFERENT = st.fixed_dictionaries(
    {},
    optional={
        "title": TITLES,
        "description": st.sampled_from(["Training.", "Courses for two hundred officers. " * 3, "y" * 10001]),
        "language": st.sampled_from(["en", "ru", "x" * 11]),
        "status": st.sampled_from(["active", "completed", "cancelled", "finished"]),
        "visibility": st.sampled_from(["public", "confidential", "secret"]),
        "start_planned": DAYS,
        "end_planned": DAYS,
        "start_actual": DAYS,
        "end_actual": DAYS,
        "assistance_types": st.lists(st.sampled_from(["training", "equipment", "magic"]), max_size=3),
        "countries": rows(country=st.sampled_from(["TJ", "AF", "PE", "XX"]), share=SHARES),
        "beneficiaries": rows(
            name=st.sampled_from(["Agency", "Police"]), kind=st.sampled_from(["police", "no kind"])
        ),
        "documents": rows(name=st.just("")).map(lambda _: [{"title": "Plan", "url": "example.org"}]),
        "contributions": st.lists(
            st.fixed_dictionaries(
                {"kind": st.sampled_from(["commitment", "disbursement"]), "amount": AMOUNTS},
                optional={"currency": st.sampled_from(["USD", "EUR", "XXY"]), "value_date": DAYS},
            ),
            max_size=3,
        ),
    },
)


def posted(content: dict[str, Any]) -> MultiDict[str, str]:
    """The same answers as the fields of the form; organizations as code, which the form takes too."""
    fields: list[tuple[str, str]] = [(name, content.get(name, "")) for name in TEXTS]
    fields += [(LISTS[name], code) for name in LISTS for code in content.get(name, [])]
    for group, columns in GROUPS.items():
        for row in content.get(group, []):
            said = row | {"by": row.get("organization", ""), "date": row.get("value_date", "")}
            said |= {"name": row.get("name") or row.get("organization", "")}
            said |= {"pillar": row.get("commitment") or row.get("pillar", "")}
            fields += [(name, said.get(key, "")) for key, name in columns.items()]
    return MultiDict(fields)


def of_form(app: Flask, content: dict[str, Any]) -> tuple[Verdict, Verdict]:
    """Problems and warnings as the form finds them."""
    with app.test_request_context("/submissions/new", method="POST", data=posted(content)):
        g.actor = Actor(FOCAL_POINT, "NO", None, "focal point of NO")
        with work(read_only=True) as w:
            sheet = form.posted(form.sheet_for(w, None, None))
            found = form.checked(w, sheet, form.claim_of(w, sheet))
    return said(vars_of(found.problems)), said(vars_of(found.warnings))


def vars_of(found: list[Any]) -> list[dict[str, str]]:
    return [{"pointer": item.pointer, "code": item.code, "detail": item.detail} for item in found]


def said(found: list[dict[str, Any]]) -> Verdict:
    return {(item["pointer"], item["code"], item["detail"]) for item in found}


def test_form_and_api_say_the_same(app: Flask, visit: Callable[..., Visitor]):
    norway, seen = visit("focal_point", "NO"), set()

    @given(DIFFERENT)
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def same(different: dict[str, Any]) -> None:
        content = document(**different)

        by_form = of_form(app, content)
        answer = norway.api("POST", "/submissions/check", json={"project": content}).get_json()

        seen.update(code for verdict in by_form for _pointer, code, _detail in verdict)
        assert by_form == (said(answer["problems"]), said(answer["warnings"]))

    same()

    assert len(seen) > 15, f"too few rules were tried to say anything: {sorted(seen)}"
