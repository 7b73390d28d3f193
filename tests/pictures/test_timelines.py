"""The timeline keeps days in their places, in both directions of writing."""

import xml.etree.ElementTree as ET
from datetime import date

from adam.pictures.timelines import LEFT, RIGHT, WIDTH, Span, timeline


def bar(label="Violet Paper", start=date(2008, 1, 1), end=date(2010, 12, 31), **more):
    return {"label": label, "note": "UNODC", "start": start, "end": end, "text": "equipment", **more}


def span(*bars, **more):
    return Span(bars or (bar(),), date(2007, 1, 1), date(2011, 1, 1), **more)


def drawn(picture, name):
    return [rect for rect in ET.fromstring(picture).iter("rect") if rect.get("class") == name]


def test_a_bar_runs_from_its_start_to_its_end():
    years = span(bar(start=date(2007, 1, 1), end=date(2011, 1, 1)))

    (rect,) = drawn(timeline(years, "All of it"), "barA")

    assert float(rect.get("x")) == LEFT
    assert float(rect.get("width")) == RIGHT - LEFT


def test_pages_read_from_the_right_are_mirrored():
    years = span(direction="rtl")

    (left,) = drawn(timeline(span(), "LTR"), "barA")
    (right,) = drawn(timeline(years, "RTL"), "barA")

    mirrored = WIDTH - float(right.get("x")) - float(right.get("width"))
    assert abs(float(left.get("x")) - mirrored) < 0.2


def test_a_day_outside_the_edges_is_drawn_at_the_edge():
    years = span(bar(start=date(1990, 1, 1), end=date(2050, 1, 1)))

    (rect,) = drawn(timeline(years, "Long"), "barA")

    assert float(rect.get("x")) == LEFT and float(rect.get("width")) == RIGHT - LEFT


def test_an_end_nobody_gave_is_dashed():
    picture = timeline(span(bar(end=None)), "Open end")

    dashed = [line for line in ET.fromstring(picture).iter("line") if line.get("class") == "cut"]
    assert len(dashed) == 1


def test_clashes_and_the_cliff_carry_their_words():
    clash = {"start": date(2008, 1, 1), "end": date(2010, 6, 1), "label": "collision: 30 months"}
    years = span(clashes=[clash], cliff={"date": date(2010, 12, 31), "label": "the last ends"})

    picture = timeline(years, "Collision")

    assert "collision: 30 months" in picture and "the last ends" in picture


def test_a_century_gets_about_a_dozen_lines():
    years = Span([bar()], date(1950, 1, 1), date(2050, 1, 1))

    picture = timeline(years, "A century")

    lines = [line for line in ET.fromstring(picture).iter("line") if line.get("class") == "grid0"]
    assert 5 <= len(lines) <= 13


def test_a_timeline_without_bars_is_an_empty_scale():
    nothing = Span((), date(2007, 1, 1), date(2007, 1, 1))

    assert timeline(nothing, "Nothing").startswith("<svg")
