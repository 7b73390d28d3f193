"""Totals that explain themselves: one grand total by every grouping, and a record behind every figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adam.domain.actors import ANONYMOUS, Actor
from adam.queries.projects import Filters
from adam.services import counting, holdings, total_records, totals
from adam.services.total_records import Part
from tests.builders.documents import READER, coordinator, focal, funded_by, money
from tests.builders.recording import Works, recorded

REGIONAL = [{"country": "TJ", "share": "60.00"}, {"country": "KG", "share": "30.00"}]


def total(work: Works, by: str = "country", actor: Actor | None = None, **filters: Any) -> dict[str, Any]:
    """A total as somebody sees it."""
    return totals.table(work(actor), Filters(**filters), by)


def sums(table: dict[str, Any]) -> dict[str | None, Decimal]:
    """What each line counts."""
    return {line["key"]: Decimal(line["usd"]) for line in table["items"]}


def behind(work: Works, *part: Any, **filters: Any) -> list[tuple[str, Decimal]]:
    """The references and amounts of the records behind a part."""
    rows, number = total_records.page(work(), Filters(**filters), Part(*part), (0, 50))
    assert number == len(rows)
    return [(row.reference, row.usd) for row in rows]


shares = st.lists(
    st.tuples(st.sampled_from(("TJ", "KG", "AF")), st.none() | st.integers(1, 3333)), max_size=3
)
pillars = st.lists(
    st.tuples(st.sampled_from(("I", "II", "IV")), st.none() | st.integers(1, 3333)), max_size=3
)
amounts = st.lists(
    st.tuples(
        st.integers(1, 10**9), st.sampled_from(("NO", "US", None)), st.none() | st.integers(2015, 2024)
    ),
    max_size=3,
)


def part(code: str, value: Any, key: str = "share") -> dict[str, Any]:
    """A row with a share in percent."""
    return {key: code, "share": None if value is None else str(Decimal(value) / 100)}


def stated(cents: int, payer: str | None, year: int | None) -> dict[str, Any]:
    """A commitment."""
    [row] = money(str(Decimal(cents) / 100))
    return row | {"organization": payer, "value_date": date(year, 3, 1).isoformat() if year else None}


@given(st.lists(st.tuples(shares, pillars, amounts), min_size=1, max_size=4))
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_grand_total_is_the_same_by_every_grouping(work: Works, listed: list[Any]):
    for countries, under, contributions in listed:
        recorded(
            work(),
            countries=[part(*row, "country") for row in {row[0]: row for row in countries}.values()],
            pillars=[part(*row, "pillar") for row in {row[0]: row for row in under}.values()],
            contributions=[stated(*row) for row in contributions],
            organizations=funded_by("NO"),
            identifiers=[],
        )

    found = {by: total(work, by) for by in totals.GROUPINGS}

    grand = {table["total"] for table in found.values()}
    assert len(grand) == 1
    for table in found.values():
        assert sum(sums(table).values()) == Decimal(table["total"])


def test_what_a_grouping_cannot_divide_has_a_line_of_its_own(work: Works):
    recorded(work(), countries=REGIONAL, assistance_types=["training", "equipment"])

    assert sums(total(work)) == {"TJ": 720_000, "KG": 360_000, None: 120_000}
    assert sums(total(work, "assistance_type")) == {"training": 0, "equipment": 0, None: 1_200_000}
    assert total(work)["items"][-1]["name"] == "Not allocated to a country"


def test_a_total_by_year_goes_by_the_dates_of_the_amounts(work: Works):
    recorded(
        work(), contributions=[stated(100, "NO", 2022), stated(300, "NO", 2023), stated(500, "NO", None)]
    )

    assert sums(total(work, "year")) == {"2022": 1, "2023": 3, None: 5}


def test_a_filter_on_a_country_says_what_its_records_hold_elsewhere(work: Works):
    recorded(work(), countries=REGIONAL)
    recorded(work(), countries=[{"country": "AF"}])

    table = total(work, country=("TJ",))

    assert table["total"] == "1200000.00"
    assert table["ledger"]["elsewhere"] == "480000.00"


def test_every_part_of_a_total_opens_to_its_records(work: Works):
    whole = recorded(work(), contributions=money("100.00"))
    child = recorded(
        work(), contributions=money("40.00"), relations=[{"kind": "component", "project": whole.id}]
    )
    silent = recorded(work(), contributions=[])
    recorded(work(), status="cancelled", contributions=money("7.00"))

    table = total(work)

    assert (table["total"], table["ledger"]["left_out_usd"]) == ("100.00", "40.00")
    assert behind(work, "component") == behind(work, "left_out") == [(child.reference, 40)]
    assert behind(work, "without_amount") == [(silent.reference, 0)]
    assert [usd for _, usd in behind(work, "cancelled")] == [7]
    assert [usd for _, usd in behind(work, "line", "country", "TJ")] == [100, 40, 0]
    assert behind(work, "line", "country", "PK") == []


def test_a_part_that_is_left_out_says_why(work: Works):
    whole = recorded(work(), contributions=money("100.00"), title="The programme")
    recorded(work(), contributions=money("40.00"), relations=[{"kind": "component", "project": whole.id}])

    [row] = total_records.page(work(), Filters(), Part("left_out"), (0, 5))[0]

    assert row.reason == (
        f"Left out as part and whole, counted at one level: counted with {whole.reference} The programme; "
        "so says the reporter."
    )


@pytest.mark.parametrize(
    ("actor", "seen"), [(ANONYMOUS, 1), (READER, 2), (focal("FR"), 2), (focal("NO"), 3), (coordinator(), 3)]
)
def test_no_figure_of_a_total_holds_what_its_reader_may_not_see(work: Works, actor: Actor, seen: int):
    for level in ("public", "partners", "confidential"):
        recorded(work(), visibility=level, contributions=money("100.00"))
        recorded(work(), visibility=level, contributions=[], identifiers=[])
        recorded(work(), visibility=level, status="cancelled", identifiers=[], contributions=money("5.00"))

    for by in totals.GROUPINGS:
        table = total(work, by, actor)
        assert sum(sums(table).values()) == Decimal(table["total"]) == 100 * seen
        assert {line["records"] for line in table["items"] if line["key"]} <= {seen, 2 * seen}
    assert table["ledger"]["without_amount"] == table["ledger"]["cancelled"] == seen
    assert table["ledger"]["cancelled_usd"] == f"{5 * seen}.00"


def test_a_record_that_was_hidden_or_merged_is_gone_from_the_next_total(work: Works):
    kept = recorded(work(), contributions=money("100.00"))
    gone = recorded(work(), contributions=money("30.00"), identifiers=[])
    assert total(work)["total"] == "130.00"

    w = work()
    gone.merged_into = kept.id
    w.record("project.merged", ("project", gone.id), None, {"into": kept.id})
    w.session.flush()

    assert total(work)["total"] == "100.00"


def test_what_a_work_has_changed_itself_is_counted_before_it_ends(work: Works):
    holdings.current(work())
    w = work()
    recorded(w, contributions=money("100.00"))

    assert counting.counted(w, Filters()).grand == 100


def test_an_amount_no_budget_can_hold_is_not_converted(work: Works):
    recorded(work(), contributions=money("99999999999999.00"))

    table = total(work)

    assert (table["total"], table["ledger"]["not_converted"]) == ("0.00", 1)
