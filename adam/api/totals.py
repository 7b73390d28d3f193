"""Totals that explain themselves: money by one grouping, the same grand total by each."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import work
from adam.queries.projects import LISTS, Filters
from adam.schemas.api_figures import TotalAnswer, TotalsQuery
from adam.services import totals

blueprint = Blueprint(
    "totals", __name__, "Money by one grouping, counted once, and what was left out and why."
)


@blueprint.route("/totals")
@guards.scope("read")
@blueprint.arguments(TotalsQuery, location="query")
@blueprint.response(200, TotalAnswer)
def table(asked: dict[str, Any]) -> Response:
    """The money of the projects that pass the filters, by one grouping

    The line without a key holds what the records don't divide. The lines together are `total`, which is the same by
    every grouping; `ledger` says what was left out of it and why. Without a status, cancelled projects are left out.
    """
    lists: dict[str, Any] = {name: tuple(asked[name]) for name in LISTS}
    filters = Filters(
        **lists, active_from=asked["active_from"], active_to=asked["active_to"], text=asked["q"]
    )
    with work(read_only=True) as w:
        return answers.one(totals.table(w, filters, asked["by"]) | {"next_cursor": None})
