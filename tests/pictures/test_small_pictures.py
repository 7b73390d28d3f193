"""Gauges, certainty boxes, bars and tiles."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from adam.pictures import svg
from adam.pictures.bars import bars
from adam.pictures.gauges import certainty, gauge
from adam.pictures.tilemaps import tilemap


def classes(picture):
    return [part.get("class") for part in ET.fromstring(picture).iter() if part.get("class")]


def cell(state="single", need=False, donors=1):
    return {"state": state, "need": need, "donors": donors}


def test_shares_over_a_hundred_show_what_is_over():
    picture = gauge(Decimal("110"), "110 percent of 100 allocated")

    assert classes(picture) == ["gauge", "on", "over"]
    assert 'aria-label="110 percent of 100 allocated"' in picture


@pytest.mark.parametrize("value", [0, -5])
def test_nothing_allocated_draws_no_bar(value):
    assert classes(gauge(value, "0 percent")) == ["gauge"]


@pytest.mark.parametrize(("score", "boxes"), [(0, 0), (0.31, 2), (0.46, 2), (0.88, 4), (0.94, 5), (1, 5)])
def test_certainty_fills_boxes_to_the_nearest_fifth(score, boxes):
    picture = certainty(score)

    assert classes(picture).count("on") == boxes
    assert f"{score:.2f}" in picture


def test_the_longest_bar_fills_the_width():
    rows = [
        {"label": "Norway", "value": 4, "text": "4.0 m"},
        {"label": "France", "value": Decimal(2), "text": "2.0 m"},
    ]

    widths = [float(rect.get("width")) for rect in ET.fromstring(bars(rows, "Donors")).iter("rect")]

    assert widths == [510, 255]


def test_bars_of_nothing_are_drawn_without_dividing_by_it():
    assert "<svg" in bars([{"label": "Norway", "value": 0}], "Donors") and "<svg" in bars([], "Donors")


def test_a_tile_has_a_square_for_each_pillar_and_says_where_a_need_is():
    cells = [cell("crowded", donors=6), cell("empty", need=True, donors=0), cell("covered", donors=2), cell()]
    named = {"code": "IR", "name": "Iran (Islamic Republic of)", "x": 1, "y": 2, "core": True}

    picture = tilemap([named | {"cells": cells}], "Region")

    assert ">IR</text>" in picture and ">Iran</text>" in picture, "no code stands without its name"
    assert [name for name in classes(picture) if name.startswith("m")] == ["m3", "m0n", "m2", "m1"]
    assert "tile core" in classes(picture)


def test_numbers_are_short_and_never_minus_nought():
    assert [svg.number(value) for value in (12, 12.04, 0.5, -0.01, -3.26)] == ["12", "12", "0.5", "0", "-3.3"]


def test_attributes_and_text_are_escaped():
    drawn = svg.element("g", svg.text(1, 2, "<&>"), aria_label='"quoted"')

    assert drawn == '<g aria-label="&quot;quoted&quot;"><text x="1" y="2">&lt;&amp;&gt;</text></g>'


def test_long_words_are_cut_with_an_ellipsis():
    assert svg.shortened("Container Control Programme", 70) == "Container…"
    assert len(svg.shortened("CONTAINER CONTROL PROGRAMME", 140)) < len(
        svg.shortened("Container Control Programme", 140)
    )
