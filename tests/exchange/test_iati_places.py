"""Countries, sectors and sites of an IATI activity, and the shares between them."""

from __future__ import annotations

import pytest

from tests.exchange.iati_files import document, read_one, transaction


def country(code: str, percentage: str | None = None) -> str:
    stated = f' percentage="{percentage}"' if percentage is not None else ""
    return f'<recipient-country code="{code}"{stated}/>'


def shares(rows: list[dict[str, str]]) -> list[tuple[str, str | None]]:
    return [(row["country"], row["share"]) for row in rows]


REGION = '<recipient-region code="298" percentage="40"/>'


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        (country("AF"), [("AF", "100.00")]),
        (country("AF", "60") + country("ir", "40%"), [("AF", "60.00"), ("IR", "40.00")]),
        (country("AF", "60") + REGION, [("AF", "60.00")]),
        (country("AF") + REGION, [("AF", None)]),
        (country("AF") + country("IR"), [("AF", None), ("IR", None)]),
        (country("AF", "30") + country("AF", "20") + country("IR", "50"), [("AF", "50.00"), ("IR", "50.00")]),
        (country("AF", "100") + country("IR", "0"), [("AF", "100.00"), ("IR", None)]),
        (country("AF", "33.335") + country("IR", "66.67"), [("AF", "33.34"), ("IR", "66.66")]),
        (country("AF", "80") + country("IR", "80"), [("AF", None), ("IR", None)]),
        (country("AF", "-5"), [("AF", None)]),
        (country("Afghanistan") + country("IR"), [("IR", "100.00")]),
    ],
)
def test_country_shares_never_exceed_the_whole(elements, expected):
    read = document(elements)

    assert shares(read["countries"]) == expected


def test_percentages_that_make_no_sense_are_said():
    found = read_one(country("AF", "80") + country("IR", "80"))

    assert "recipient-country: percentages that add up to more than 100" in found.dropped


def test_countries_of_transactions_count_where_the_activity_names_none_without_guessing_shares():
    both = transaction("2", "10", more=country("AF")) + transaction("2", "90", more=country("PK"))
    one = transaction("2", "10", more=country("AF"))

    read = [document(both), document(one), document(country("TJ") + both)]

    assert [shares(found["countries"]) for found in read] == [
        [("AF", None), ("PK", None)], [("AF", "100.00")], [("TJ", "100.00")],
    ]  # fmt: skip


def test_sectors_keep_their_vocabulary_and_groups_do_not_stand_beside_their_codes():
    more = (
        '<sector vocabulary="1" code="16063" percentage="100"/><sector vocabulary="2" code="160" percentage="100"/>'
        '<sector vocabulary="99" code="IB"/><sector vocabulary="99"/>'
    )

    found = read_one(more)

    assert found.document["sectors"] == [
        {"vocabulary": "DAC", "code": "16063", "share": "100.00"},
        {"vocabulary": "99", "code": "IB", "share": "100.00"},
    ]
    assert "sector: without a code" in found.dropped


def test_sites_are_read_from_points_and_from_old_coordinates():
    more = (
        country("AF")
        + "<location><name><narrative>Kabul</narrative></name><point><pos>34.53 69.17</pos></point></location>"
        + '<location><coordinates latitude="37.1" longitude="70.5"/></location>'
        + "<location><name><narrative>Nowhere</narrative></name><point><pos>934 69</pos></point></location><location/>"
    )

    read = document(more)

    assert [
        (site["country"], site["name"], site["latitude"], site["longitude"]) for site in read["locations"]
    ] == [
        ("AF", "Kabul", "34.53", "69.17"),
        ("AF", "37.1, 70.5", "37.1", "70.5"),
        ("AF", "Nowhere", None, None),
    ]
