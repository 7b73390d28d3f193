"""Which pillars a record's sectors and words propose, and when nothing may be proposed."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adam.domain import proposals

SEEDS = Path(__file__).parents[2] / "seeds" / "proposal_rules.csv"


def rules() -> proposals.Rules:
    with SEEDS.open(encoding="utf-8", newline="") as file:
        return proposals.load_rules(csv.DictReader(file))


def record(title: str = "A project", description: str = "", **more: Any) -> dict[str, Any]:
    return {"title": title, "description": description, "translations": [], "sectors": [], **more}


def sector(code: str, share: str | None = None) -> dict[str, Any]:
    return {"vocabulary": "DAC", "code": code, "share": share}


def proposed(document: dict[str, Any]) -> list[str]:
    return [found.commitment or found.pillar for found in proposals.propose(document, rules())]


@pytest.mark.parametrize(
    ("title", "commitment"),
    [
        ("Counter-Narcotics support", "I"),
        ("Training against drug trafficking", "I.4"),
        ("Integrated Border   Management", "I.5"),
        ("Anti-money laundering law", "II.3"),
        ("Illicit financial flows from opiates", "II.1"),
        ("Stopping acetic anhydride", "III.2"),
        ("Methadone for people who inject drugs", "IV.3"),
        ("Treatment of substance use disorders", "IV.5"),
        ("Lutte contre le trafic de drogues", "I.4"),
        ("Prevención del consumo de drogas", "IV.5"),
        ("Борьба с отмыванием денег", "II.3"),
        ("إدارة الحدود", "I.5"),
        ("美沙酮治疗", "IV.3"),
        ("Bekämpfung der Geldwäsche", "II.3"),
    ],
)
def test_words_in_a_title_propose_their_commitment(title, commitment):
    assert commitment in proposed(record(title))


@pytest.mark.parametrize(
    "text",
    [
        "Essential drugs and vaccines for hospitals",
        "Multi-drug resistant tuberculosis",
        "Food and Drug Administration reform",
        "Bureau of International Narcotics and Law Enforcement Affairs: police uniforms",
        "UN Office on Drugs and Crime: prison reform",
        "Cross-border cooperation and trade",
        "Precursors of peace",
        "Narcolepsy clinic",
        "Rehabilitation of roads and harm to crops",
        "Children at the borderline of malnutrition",
    ],
)
def test_medicine_offices_and_neighbours_propose_nothing(text):
    assert proposed(record(text, text)) == []


def test_a_passing_hint_in_a_description_proposes_nothing_until_something_else_says_so_too():
    passing = record(description="Masks for the border police.")
    told_twice = record(description="Masks and radios for the border police, for better border security.")

    assert (proposed(passing), proposed(told_twice)) == ([], ["I.5"])


def test_narcotics_control_as_a_sector_carries_its_share():
    found = proposals.propose(record(sectors=[sector("16063", "40.00"), sector("12110", "60.00")]), rules())

    assert [(item.pillar, item.commitment, item.share) for item in found] == [("I", None, Decimal("40.00"))]
    assert found[0].reason == "Sector 16063 is narcotics control."


def test_codes_of_other_vocabularies_propose_nothing():
    own_code = {"vocabulary": "99", "code": "16063", "share": None}

    assert proposed(record(sectors=[own_code])) == []


def test_alternative_development_as_a_sector_needs_a_word_about_drug_crops():
    alone = record("Roads", sectors=[sector("43050", "100.00")])
    with_word = record("Roads instead of poppies", sectors=[sector("43050", "100.00")])

    assert (proposed(alone), proposed(with_word)) == ([], ["I"])


def test_a_pillar_as_a_whole_gives_way_to_its_commitments():
    assert proposed(record("Counter narcotics: drug trafficking by sea")) == ["I.4"]


def test_the_strongest_proposal_comes_first_and_says_why():
    document = record("Drug treatment in prisons", "Harm reduction is part of the drug treatment.")

    first, second = proposals.propose(document, rules())

    assert (first.commitment, second.commitment) == ("IV.5", "IV.3")
    assert first.strength > second.strength
    assert first.reason.startswith("The title says “drug treatment”, which is ")


def test_translations_are_read_too():
    document = record(
        "Project 7", translations=[{"language": "ru", "title": "Лечение наркомании", "description": None}]
    )

    assert proposed(document) == ["IV.5"]


def test_assignments_are_marked_as_proposed_and_never_exceed_the_whole():
    found = [
        proposals.Proposal("I", None, Decimal(70), "First.", 3),
        proposals.Proposal("II", "II.3", Decimal(40), "Second.", 2),
        proposals.Proposal("IV", "IV.5", None, "Third.", 1),
    ]

    items = proposals.as_assignments(found)

    assert [(item["pillar"], item["share"], item["proposed"]) for item in items] == [
        ("I", "70.00", True), ("II", None, True), ("IV", None, True),
    ]  # fmt: skip
    assert items[0]["rationale"] == "First."


def test_every_rule_of_the_seeds_names_a_commitment_of_its_pillar():
    with SEEDS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] != "not"]

    wrong = [
        row for row in rows if row["commitment"] and not row["commitment"].startswith(row["pillar"] + ".")
    ]

    assert not wrong
    assert all(row["pillar"] in {"I", "II", "III", "IV"} and row["reason"] and row["source"] for row in rows)
