"""One cell opened: what is inside adds up to the cell, and whom to call are those who answer for it."""

from __future__ import annotations

from decimal import Decimal

from adam.domain.actors import ANONYMOUS, Actor
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import coverage, equity, openings
from adam.services.openings import Opening
from tests.builders.documents import READER, coordinator, funded_by, money
from tests.builders.recording import Works, recorded


def opened(work: Works, actor: Actor | None = None) -> Opening:
    """Tajikistan, pillar I."""
    w = work(actor or coordinator())
    return openings.opened(w, coverage.picture(w, load(ScopeSchema(), {})), ("TJ", "I"))


def test_a_cell_opens_to_commitment_and_kind_of_help(work: Works):
    recorded(work(), contributions=money("100.00"))
    recorded(work(), contributions=money("50.00"), identifiers=[], assistance_types=["training", "equipment"])
    recorded(
        work(), contributions=money("7.00"), identifiers=[], pillars=[{"pillar": "I", "share": "100.00"}]
    )

    found = opened(work)

    sums = {key: (len(cell.projects), cell.usd) for key, cell in found.inner.items()}
    assert sums == {
        ("I.5", "training"): (2, 100),
        ("I.5", "equipment"): (1, 0),
        ("I.5", None): (0, 50),
        (None, "training"): (1, 7),
    }
    assert sum(usd for _, usd in sums.values()) == found.cell.usd == 157


def test_the_money_of_a_cell_by_donor_adds_up_to_the_cell(work: Works):
    two = [*money("100.00"), *money("200.01")]
    two[0]["organization"], two[1]["organization"] = "NO", "US"
    shares = [{"country": "TJ", "share": "33.33"}, {"country": "KG", "share": "66.67"}]
    recorded(work(), contributions=two, countries=shares, organizations=funded_by("NO"))

    found = opened(work)

    assert sum((usd for _, usd in found.donors), Decimal(0)) == found.cell.usd == Decimal("99.99")
    assert [name for name, _ in found.donors] == ["United States of America", "Norway"]


def test_an_opened_cell_shows_its_projects_in_time_and_its_cliff(work: Works):
    recorded(work())
    recorded(work(), title="Longer", end_planned="2027-06-30", identifiers=[])

    timeline = opened(work).timeline

    assert [bar["end"] for bar in timeline["bars"]] == ["2026-12-31", "2027-06-30"]
    assert (timeline["last_end"], timeline["more"]) == ("2027-06-30", 0)


def test_nobody_is_named_to_whoever_is_not_signed_in(work: Works):
    recorded(work(), organizations=funded_by("NO"))

    assert opened(work, ANONYMOUS).contacts == []
    assert [item["partner"] for item in opened(work, READER).contacts] == ["TJ", "NO"]


def test_a_confidential_record_is_in_nothing_that_others_open(work: Works):
    recorded(work(), contributions=money("100.00"))
    recorded(
        work(),
        "FR",
        visibility="confidential",
        title="Zaranj informants",
        contributions=money("900.00"),
        organizations=funded_by("FR"),
        assistance_types=["equipment"],
        end_planned="2030-01-01",
    )

    open_to_all, coordinators = opened(work, READER), opened(work)

    assert "Zaranj" in str(coordinators) and coordinators.cell.usd == 1000
    assert "Zaranj" not in str(open_to_all) and "France" not in str(open_to_all)
    assert (open_to_all.cell.usd, set(open_to_all.inner)) == (100, {("I.5", "training")})


def test_equity_counts_a_regional_donor_once_and_knows_the_baseline(work: Works):
    shares = [{"country": "TJ", "share": "75.00"}, {"country": "KG", "share": "25.00"}]
    recorded(work(), countries=shares, contributions=money("100.00"), organizations=funded_by("NO"))
    w = work(coordinator())
    scope = {"countries": ["TJ", "KG", "UZ"], "pillars": ["I", "IV"]}
    now = coverage.picture(w, load(ScopeSchema(), scope))
    before = coverage.picture(w, load(ScopeSchema(), scope | {"to": "2020-12-31"}))

    countries, pillars = equity.by_country(now), equity.by_pillar(now)

    assert [(part.usd, part.donors) for part in countries.parts] == [(75, 1), (25, 1), (0, 0)]
    assert (str(countries.concentration), countries.nobody) == ("0.625", 1)
    assert [(part.usd, part.donors, part.projects) for part in pillars.parts] == [(100, 1, 1), (0, 0, 0)]
    change = equity.change(now, before, ("TJ", "I"))
    assert (change.usd, change.donors, change.projects) == (75, 1, 1)
