"""The glossary: words of one meaning meet in six languages, and no word is taken for another."""

import csv
from collections import defaultdict

import pytest

from adam.matching.glossary import LANGUAGES, PATH, glossary, read
from adam.matching.scripts import WORD, fold, stem
from adam.matching.words import STOPWORDS, words


def rows():
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_form_means_two_concepts():
    concepts = defaultdict(set)

    for row in rows():
        for language in LANGUAGES:
            for form in filter(None, row[language].split(";")):
                concepts[stem(fold(form))].add(row["term"])

    assert {form: found for form, found in concepts.items() if len(found) > 1} == {}


def test_every_form_is_a_single_word_and_leads_to_its_concept():
    wrong = []

    for row in rows():
        for form in (form for language in LANGUAGES for form in row[language].split(";") if form):
            if len(WORD.findall(fold(form))) != 1 or words(form) != [stem(row["term"])]:
                wrong.append((row["term"], form))

    assert wrong == []


def test_no_form_is_a_function_word():
    filling = {"support", "assistance", "project", "programme"}

    taken = {
        form for form, concept in glossary().forms.items() if form in STOPWORDS and concept not in filling
    }

    assert taken == set()


@pytest.mark.parametrize(
    "word",
    """pays para fin main son chair coin four sale most set way law dam durable formation aide sida profession nino
    preparation enterprise institute commercial technique familiar penal mere severe abu ministry traffic mal sar drr
    unite vial""".split(),
)
def test_ordinary_words_and_acronyms_of_other_meaning_are_left_alone(word):
    found = words(word)

    assert found == [stem(word)]


def test_the_glossary_has_four_hundred_concepts_or_more_and_most_in_russian_arabic_and_chinese():
    table = rows()

    shares = {
        language: sum(bool(row[language]) for row in table) / len(table) for language in ("ru", "ar", "zh")
    }

    assert len(table) >= 400 and min(shares.values()) > 0.8


@pytest.mark.parametrize(
    "spelling",
    ["Tajikistan", "Таджикистан", "Tadjikistan", "Tayikistán", "طاجيكستان", "塔吉克斯坦", "таджикской"],
)
def test_a_country_is_one_word_in_every_language(spelling):
    found = words(spelling)

    assert found == ["tajikistan"]


@pytest.mark.parametrize(
    "written", ["تدريب", "التدريب", "والتدريب", "وتدريب", "للتدريب", "لتدريب", "بالتدريب"]
)
def test_what_arabic_writes_onto_a_word_makes_no_difference(written):
    found = words(written)

    assert found == ["training"]


def test_the_longest_chinese_term_is_taken_and_the_rest_is_paired():
    title = "发展中国家海关甲乙丙"

    found = words(title)

    assert found == ["developing", "custom", "甲乙", "乙丙"]


def test_the_first_concept_that_claims_a_form_keeps_it():
    table = "term,en,fr,es,ru,ar,zh\nborder,,frontière,,,,边境\nlimit,,frontière,,,,边境\n"

    found = read(table)

    assert found.concept("frontiere") == "border" and found.concepts("边境") == ["border"]
