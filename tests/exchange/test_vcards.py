"""vCards 4.0 that another parser reads back: escaped, folded, in UTF-8."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from adam.exchange.vcards import Card, written

UID = "0192f0c1-0000-7000-8000-000000000001"
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=120).map(
    str.strip
)


def read(file: bytes) -> list[Any]:
    """The cards as vobject, which is not ours, reads them."""
    return list(vobject.readComponents(file.decode()))


def test_a_card_says_who_answers_for_what():
    card = Card(
        uid=UID,
        name="Кари Nordmann",
        organization="Norway; Ministry, of \\ things",
        role="National focal point",
        email="kari@test.example",
        categories=("ADAM", "Pillar I"),
        note="pillar I; Afghanistan,\nTajikistan",
        url="https://adam.example/focal-points/1",
        revised=datetime(2026, 1, 15, 12, tzinfo=UTC),
        language="en",
    )

    [found] = read(written([card]))

    assert found.version.value == "4.0" and found.uid.value == f"urn:uuid:{UID}"
    assert found.fn.value == "Кари Nordmann" and found.email.value == "kari@test.example"
    assert found.org.value == ["Norway; Ministry, of \\ things"]
    assert found.note.value == "pillar I; Afghanistan,\nTajikistan"
    assert found.categories.value == ["ADAM", "Pillar I"] and found.rev.value == "20260115T120000Z"


@given(words.filter(bool), words.filter(bool))
def test_whatever_is_written_is_read_back_as_it_was(name: str, note: str):
    card = Card(uid=UID, name=name, organization=name, role="x", note=note)

    [found] = read(written([card]))

    assert (found.fn.value, found.note.value) == (name, note)


@given(words.filter(bool))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(name: str):
    file = written([Card(uid=UID, name=name, organization=name, role=name, note=name)])

    lines = file.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()


def test_a_value_cannot_write_a_line_of_its_own():
    [found] = read(written([Card(uid=UID, name="Eve\r\nEMAIL:eve@test.example", organization="x", role="x")]))

    assert "email" not in found.contents


def test_several_cards_make_one_file():
    cards = [Card(uid=UID, name=name, organization="x", role="x") for name in ("One", "Two")]

    assert [card.fn.value for card in read(written(cards))] == ["One", "Two"]
