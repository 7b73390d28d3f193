"""Spellings of one organization are recognised, and strangers kept apart."""

import csv
from collections import defaultdict

import pytest

from adam.matching.gazetteer import LATIN, PATH, key
from adam.matching.names import Names

ALIASES = {"US": ["United States", "USAID"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World Food Programme", "WFP"),
        ("United Nations High Commissioner for Refugees (UNHCR)", "UNHCR"),
        ("International Medical Corps", "International Medical Corps UK"),
        ("SAVE THE CHILDREN (NLD)", "Save the Children"),
        ("United States of America, Government of", "USAID Kabul"),
        ("Управление ООН", "УПРАВЛЕНИЕ ООН"),
    ],
)
def test_two_spellings_mean_one_body(one, other):
    names = Names([one, other, "Norway", "Caritas", "Red Crescent Society of Tajikistan"], ALIASES)

    reached = names.reach(names.number(one))

    assert names.number(other) in reached


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Interior", "Ministry of Health"),
        ("Norway", "Norwegian Refugee Council"),
        ("Other", "Others"),
        ("International Organization for Migration", "International Committee of the Red Cross"),
    ],
)
def test_words_that_many_names_share_join_nobody(one, other):
    names = Names([one, other, "Ministry of Justice", "International Labour Organization"], ALIASES)

    reached = names.reach(names.number(one))

    assert names.number(other) not in reached


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UNODC", "Управление ООН по наркотикам и преступности"),
        ("ONUDC", "联合国毒品和犯罪问题办公室"),
        ("مكتب الأمم المتحدة المعني بالمخدرات والجريمة", "UN Office on Drugs & Crime"),
        ("Programme des Nations Unies pour le développement", "ПРООН"),
        ("联合国开发计划署驻塔吉克斯坦代表处", "United Nations Development Programme"),
        ("Norwegian Refugee Council Tajikistan", "Норвежский совет по делам беженцев"),
        ("OSCE – Programme Office in Dushanbe", "ОБСЕ"),
        ("Representation (UNHCR)", "Управление Верховного комиссара ООН по делам беженцев"),
        ("Kingdom of Norway", "Норвегия"),
        ("Norway, Government of", "挪威"),
        ("Agence américaine pour le développement international", "USAID"),
        ("Ministry of Health of Tajikistan", "Министерство здравоохранения Таджикистана"),
    ],
)
def test_names_in_other_languages_mean_one_body(one, other):
    names = Names([one, other, "Norwegian Church Aid", "Caritas", "World Bank"], ALIASES)

    same = names.same(names.number(one))

    assert names.number(other) in same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WHO cares", "World Health Organization"),
        ("Ministry of Transport (MOT)", "International Labour Organization"),
        ("MOT", "International Labour Organization"),
        ("National Rehabilitation Center (NRC)", "Норвежский совет по делам беженцев"),
        ("Global Fund for Women", "Глобальный фонд"),
        ("United Nations", "United Nations Development Programme"),
        ("Red Crescent Society of the United Arab Emirates", "ОАЭ"),
        ("Asian Infrastructure Investment Bank", "Asian Development Bank"),
        ("Ministère de la Santé de Guinée", "Fundación Hospital de Niños"),
        ("World Vision (UK)", "Hollows (UK)"),
        ("Ministry of Health of Tajikistan", "Министерство образования Таджикистана"),
    ],
)
def test_a_form_within_another_name_makes_no_body_of_it(one, other):
    names = Names([one, other], {**ALIASES, "DE": ["Germany"]})

    same = names.same(names.number(one))

    assert names.number(other) not in same


def test_agreed_words_within_the_longer_name_of_another_body_do_not_speak_for_it():
    aliases = {"US": ["Agency for International Development"]}

    names = Names(
        ["Spanish Agency for International Development Cooperation", "Agency for International Development"],
        aliases,
    )

    assert [sorted(label for label in found if label[0] == "=") for found in names.labels] == [
        ["=US"],
        ["=ES"],
    ]


def test_no_form_of_the_gazetteer_belongs_to_two_bodies():
    owners = defaultdict(set)

    for row in csv.DictReader(PATH.read_text(encoding="utf-8").splitlines()):
        body = row.pop("code").partition(".")[0]
        for language, cell in row.items():
            for form in filter(None, cell.split(";")):
                owners[language in LATIN, key(form)].add(body)

    assert [form for form, bodies in owners.items() if len(bodies) > 1 or not form[1]] == []


def test_every_form_of_the_gazetteer_names_its_own_body_and_no_other():
    strays = []

    for row in csv.DictReader(PATH.read_text(encoding="utf-8").splitlines()):
        body = row.pop("code").partition(".")[0]
        for form in filter(None, ";".join(row.values()).split(";")):
            found = {label for label in Names([form.lstrip("=")]).labels[0] if label.startswith("=")}
            strays += [(form, sorted(found))] if found != {f"={body}"} else []

    assert strays == []


def test_the_gazetteer_holds_more_than_two_hundred_bodies():
    rows = csv.DictReader(PATH.read_text(encoding="utf-8").splitlines())

    bodies = {row["code"].partition(".")[0] for row in rows}

    assert len(bodies) > 200


@pytest.mark.parametrize(
    "kind",
    [
        "Various",
        "NGOs (details not yet provided)",
        "Donor country-based NGO",
        "Recipient Government",
        "To be determined",
        "Otros",
        "OECD CRS",
        "Aid Tracker",
    ],
)
def test_a_kind_of_body_or_who_collects_reports_is_no_party(kind):
    names = Names([kind, "Oxfam and other NGOs"])

    parties = names.bodies([kind, "Oxfam and other NGOs"])

    assert parties == {names.number("Oxfam and other NGOs")}


@pytest.mark.parametrize(
    "name",
    ["Community Partners International", "Catholic Relief Services (CRS)", "Government of Norway", "Sweden"],
)
def test_a_body_with_plain_words_in_its_name_is_a_party(name):
    names = Names([name, "Various"])

    parties = names.bodies([name])

    assert parties == {names.number(name)} and not names.collects(name)


@pytest.mark.parametrize(
    ("one", "slip"),
    [
        ("European Commission", "EuropeanCommission"),
        ("Global Fund to Fight AIDS", "Global Fund to Fight ADIS"),
        ("World Bank", "Worlld Bank"),
        ("Mercy Corps Europe", "Mercy Coprs Europe"),
    ],
)
def test_a_slip_of_the_hand_makes_no_stranger(one, slip):
    names = Names([one, slip, "Norway"])

    reached = names.reach(names.number(one))

    assert names.number(slip) in reached


def test_numbers_in_names_are_no_slips_of_the_hand():
    names = Names([f"Institution {number}" for number in range(30)])

    reached = names.reach(names.number("Institution 12"))

    assert reached == {names.number("Institution 12")}
