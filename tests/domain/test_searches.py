"""Words are found in any case, accent, number and script; what is shown of a text is the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain import excerpts
from adam.domain.searches import folded, indexed, terms, texts


def holds(text: str, asked: str) -> bool:
    """Whether a text holds all that is asked."""
    words = indexed(text)
    return all(any(term.fits(word) for word in words) for term in terms(asked))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Enquêtes sur les flux", "ENQUETES"), ("enquetes", "Enquêtes"), ("Łódź, Ærø, Straße", "lodz aero strasse"),
        ("border policy", "borders policies"), ("un réseau régional", "réseaux régionaux"),
        ("una acción", "acciones"), ("Tajikistan", "taji"), ("XM-DAC-41128-GLOY09", "gloy09"),
        ("борьба с наркотиками", "наркотики"), ("граница", "границы"), ("Ёлка", "елка"),
        ("مكافحة المخدرات", "مخدرات"), ("مخدرات", "المخدرات"), ("مُكَافَحَة", "مكافحه"), ("برنامه ملی", "ملي"),
        ("在阿富汗的边境管理", "阿富汗"), ("在阿富汗的边境管理", "边境 阿富汗"), ("毒品", "毒"), ("2013年毒品", "2013"),
        ("การค้ายาเสพติด", "ยาเสพ"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_other_cases_accents_numbers_and_scripts(text: str, asked: str):
    assert holds(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("UNODC under law", "UN"),
        ("border", "borderline"),
        ("阿富汗", "汗阿"),
        ("one", "one two"),
        ("police", "lice"),
    ],
)
def test_other_words_are_not_found(text: str, asked: str):
    assert not holds(text, asked)


def test_of_a_record_only_what_everybody_may_read_is_indexed():
    document = {
        "title": "Posts",
        "description": "Seen",
        "translations": [{"language": "fr", "title": "Postes", "description": None}],
        "organizations": [{"role": "funding", "organization": "NO", "name": None}],
        "pillars": [{"pillar": "I", "rationale": "secretreason"}],
        "contributions": [{"organization": "secretpayer", "amount": "123456.00"}],
        "identifiers": [{"scheme": "iati", "value": "NO-1-77"}],
    }

    found = texts(document, "ADAM-000001", ["Norway"])

    assert found["title"] == "posts adam 000001 postes"
    assert found["names"].split() == ["norway", "no", "iati", "1", "77"]
    assert found["body"] == "seen"
    assert not any("secret" in text or "123456" in text for text in found.values())


@given(st.text(max_size=300), st.text(max_size=40))
def test_whatever_is_written_the_marked_pieces_are_the_text_itself(text: str, asked: str):
    pieces = excerpts.marked(text, terms(asked))

    assert "".join(piece for piece, _ in pieces) == text


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str):
    assert folded(folded(text)) == folded(text)


def test_an_excerpt_stands_around_most_of_what_was_looked_for():
    text = (
        "border. "
        + "Something else entirely. " * 30
        + "Training of border police at Nizhny Pyanj. "
        + "More. " * 80
    )

    pieces = excerpts.excerpt(text, terms("borders police"))

    assert [word for word, hit in pieces if hit] == ["border", "police"]
    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)
    assert len("".join(word for word, _ in pieces)) < 260


def test_no_excerpt_is_shown_where_nothing_was_found():
    assert excerpts.excerpt("Something else", terms("border")) == []
