"""Pictures as files of their own: they stand without our stylesheet, and say in black and white what they say."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from adam.pictures.bars import bars
from adam.pictures.matrices import matrix
from adam.pictures.standalone import standalone
from adam.pictures.tilemaps import tilemap

SVG = "{http://www.w3.org/2000/svg}"
CELL = {"state": "covered", "need": False, "ends": True, "donors": 2, "note": "3 pr., 1.2 m"}


def words(picture: str) -> list[str]:
    """Every text of a picture."""
    return [
        node.text or "" for node in ElementTree.fromstring(picture).iter() if node.text and node.text.strip()
    ]


@pytest.mark.parametrize(
    "picture",
    [
        bars([{"label": "A <b>", "value": 3, "text": "3"}], "Bars"),
        tilemap([{"code": "AF", "x": 0, "y": 0, "cells": [CELL] * 4}], "Map"),
        matrix(["I\nRegional"], [{"label": "Afghanistan", "cells": [CELL]}], "Matrix"),
    ],
)
def test_a_picture_stands_alone_with_its_style_its_title_and_its_note(picture: str):
    file = standalone(picture, "What & where", "ADAM, 1 May 2026.")

    root = ElementTree.fromstring(file)
    assert root.tag == f"{SVG}svg" and float(root.get("width", "0")) > 0
    assert root.find(f"{SVG}style") is not None
    assert {"What & where", "ADAM, 1 May 2026."} <= set(words(file))


def test_nothing_else_is_taken_for_a_picture():
    with pytest.raises(ValueError, match="no picture"):
        standalone("<svg/>", "", "")


@pytest.mark.parametrize(("state", "dots"), [("empty", 1), ("single", 1), ("covered", 2), ("crowded", 5)])
def test_every_state_has_a_shape_and_a_figure(state: str, dots: int):
    picture = matrix(["I\nRegional"], [{"label": "AF", "cells": [CELL | {"state": state}]}], "Matrix")

    root = ElementTree.fromstring(picture)
    assert len(list(root.iter("circle"))) == dots
    assert {"2", "3 pr., 1.2 m"} <= set(words(picture))


def test_a_double_line_says_that_a_cell_ends_soon():
    lines = [
        len(
            list(
                ElementTree.fromstring(matrix(["I"], [{"label": "", "cells": [CELL | more]}], "")).iter(
                    "line"
                )
            )
        )
        for more in ({}, {"ends": False}, {"state": "empty"})
    ]

    assert lines == [2, 0, 0]
