"""The waterfall shows where a certainty starts, each push, and where it ends."""

import xml.etree.ElementTree as ET

import pytest

from adam.pictures.waterfalls import LEFT, RIGHT, log_odds, waterfall

SVG = "{http://www.w3.org/2000/svg}"


def step(label="Title", weight=1.0, note=None):
    return {"label": label, "weight": weight, "note": note}


def bars(picture, name):
    return [rect for rect in ET.fromstring(picture).iter("rect") if rect.get("class") == name]


def test_evidence_for_is_filled_and_evidence_against_is_outlined():
    steps = [step(weight=2.3), step("Kind of help", -0.3)]

    picture = waterfall(("Start", 0.02), steps, 0.13, "From 0.02 to 0.13")

    assert len(bars(picture, "plus")) == 1
    assert len(bars(picture, "minus")) == 1
    assert "+ 2.3" in picture and "− 0.3" in picture


def test_a_weight_of_nought_is_a_line_with_its_reason():
    steps = [step("Identifiers", 0, "0: nothing to compare")]

    picture = waterfall(("Start", 0.5), steps, 0.5, "Nothing pushed")

    assert not bars(picture, "plus") and not bars(picture, "minus")
    assert "0: nothing to compare" in picture


def test_words_of_records_can_not_become_markup():
    steps = [step('<script>"x"</script>')]

    picture = waterfall(("<b>", 0.1), steps, 0.2, "A & B")

    assert "<script>" not in picture and "<b>" not in picture
    assert ET.fromstring(picture).find("title").text == "A & B"


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_certainties_of_nought_and_one_stay_on_the_paper(end):
    picture = waterfall(("Start", 0.02), [step(weight=40), step(weight=-80)], end, "Extremes")

    places = [float(rect.get("x")) for rect in ET.fromstring(picture).iter("rect")]
    assert all(LEFT <= place <= RIGHT for place in places)


def test_log_odds_of_a_half_is_nought():
    assert log_odds(0.5) == 0
