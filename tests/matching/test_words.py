"""Words are compared whatever their script; phases and years stand apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adam.matching.scripts import fold
from adam.matching.words import ADDITIONAL, STOPWORDS, ordinals, parts, words, years

SIX_LANGUAGES = (
    "Strengthening border control between Tajikistan and Afghanistan, phase 2",
    "Renforcement du contrôle des frontières entre le Tadjikistan et l'Afghanistan, deuxième phase",
    "Fortalecimiento del control de fronteras entre Tayikistán y Afganistán, Fase II",
    "Укрепление пограничного контроля между Таджикистаном и Афганистаном, второй этап",
    "تعزيز مراقبة الحدود بين طاجيكستان وأفغانستان، المرحلة الثانية",
    "加强塔吉克斯坦与阿富汗边境管制第二阶段",
)
LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aeisz'’`1 \t\n\u00a0\u200c-,éïß第二期边境بالوفحدودшаІ٢۳²½\u0301\u0651\ufdfa"),
        st.characters(),
    )
)


def test_accents_and_scripts_make_no_difference():
    spellings = ["Lähetysseura", "Афганистан", "Érablière"]

    folded = [fold(spelling) for spelling in spellings]

    assert folded == ["lahetysseura", "afganistan", "erabliere"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Border control, Phase II", {2}),
        ("Second Education Project", {2}),
        ("Education Project (03)", {3}),
        ("Deuxième projet de santé", {2}),
        ("Border control, phase I", {1}),
        ("Rural roads, additional financing", {ADDITIONAL}),
        ("COVID-19 response", set()),
        ("Support for iv drug users", {4}),
        ("Border control", set()),
    ],
)
def test_phases_are_read_as_numbers_rounds_or_ordinals(title, expected):
    found = ordinals(title)

    assert found == expected


def test_years_in_a_title_are_no_phases():
    title = "Annual programme 2013"

    found = years(title), ordinals(title)

    assert found == ({2013}, set())


def test_chinese_unknown_to_the_glossary_is_compared_by_pairs_of_characters():
    title = "甲乙丙丁"

    found = words(title)

    assert found == ["甲乙", "乙丙", "丙丁"]


@given(text=LETTERS)
def test_a_text_has_the_words_of_its_chunks_between_blanks(text):
    chunks = text.split()

    found = words(text)

    assert found == [word for chunk in chunks for word in words(chunk)]


@pytest.mark.parametrize("title", SIX_LANGUAGES)
def test_one_title_in_six_languages_has_one_set_of_words(title):
    found = {word for word in words(title) if word not in STOPWORDS}

    assert found >= {"strengthen", "border", "control", "tajikistan", "afghanista", "phase"}


@pytest.mark.parametrize("title", SIX_LANGUAGES)
def test_phases_are_found_in_six_languages(title):
    found = ordinals(title)

    assert found == {2}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("二期", {2}),
        ("第十二期", {12}),
        ("第二十一阶段", {21}),
        ("第三方评估", set()),
        ("المرحلة ٢", {2}),
        ("مرحله ۳", {3}),
        ("Третья фаза", {3}),
        ("تمويل ٤٤٪", set()),
        ("Premier projet", {1}),
        ("Projet routier, financement additionnel", {ADDITIONAL}),
    ],
)
def test_numbers_of_every_script_are_read(title, expected):
    found = ordinals(title)

    assert found == expected


def test_years_in_arabic_and_persian_figures_are_years():
    titles = "٢٠١٣", "۲۰۱۳"

    found = [years(title) for title in titles]

    assert found == [{2013}, {2013}]


def test_parts_are_counted_in_other_languages():
    titles = "Компонент 2", "Composante 2", "组成部分2"

    found = [parts(title) for title in titles]

    assert found == [{2}, {2}, {2}]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ғарм", "gharm"),
        ("Қырғызстан", "qyrghyzsta"),
        ("Ђорђевић", "djordjevic"),
        ("Україна", "ukraina"),
        ("مــرز", "mrz"),
        ("مُؤَسَّسَة", "mwssa"),
    ],
)
def test_letters_of_neighbouring_languages_are_written_in_latin(written, folded):
    found = fold(written)

    assert found[:10] == folded


WESTERN = bytes(code for code in range(32, 256) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode(
    "cp1252"
)


@given(st.text(WESTERN, max_size=40))
@example(WESTERN)
@example("l'École d’été, 12.5% – ½ “Ǆ”")
def test_western_letters_are_folded_alike_whether_or_not_another_script_stands_beside_them(text):
    alone = fold(text)

    beside = fold(f"{text} 第")

    assert beside == f"{alone} 第"
