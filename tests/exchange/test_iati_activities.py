"""What an IATI activity says as a project document: words, dates, parties, relations."""

from __future__ import annotations

import pytest

from adam.schemas.projects import ProjectSchema
from tests.exchange.iati_files import activity, document, file_of, read_all, read_one

OLD = """
<iati-activity xml:lang="en" default-currency="GBP" last-updated-datetime="2011-04-01T00:00:00Z">
<reporting-org ref="GB-1" type="10">Department</reporting-org>
<participating-org ref="GB-1" role="Funding">Department</participating-org>
<participating-org ref="52000" role="Implementing">Other.</participating-org>
<iati-identifier>GB-1-107</iati-identifier><title>Helmand
 roads</title><description>Roads</description>
<other-identifier owner-ref="GB-1">107</other-identifier>
<activity-date type="start-planned" iso-date="2006-11-09Z">9 November</activity-date>
<activity-date type="end-planned">2011-03-31Z</activity-date>
<activity-status>Post-completion</activity-status><recipient-country code="AF">Afghanistan</recipient-country>
<sector vocabulary="DAC" code="21020" percentage="100">Road transport</sector>
<related-activity ref="GB-1-100" type="1">Parent</related-activity>
<transaction><value value-date="2006-04-01Z">10,000.50</value><transaction-type code="C">Commitment</transaction-type>
<transaction-date iso-date="2006-04-01Z"/></transaction>
</iati-activity>"""


def test_version_1_is_read_with_its_texts_names_and_letters():
    [found] = read_all(file_of(OLD, version="1.01"))

    read = found.document

    assert (read["title"], read["status"], read["start_planned"], read["end_planned"]) == (
        "Helmand roads", "completed", "2006-11-09", "2011-03-31",
    )  # fmt: skip
    assert read["organizations"] == [{"role": "funding", "organization": "GB-1", "name": "Department"}]
    assert read["identifiers"] == [
        {"scheme": "iati", "value": "GB-1-107", "owner": "GB-1"},
        {"scheme": "other", "value": "107", "owner": "GB-1"},
    ]
    assert read["relations"] == [{"kind": "component", "identifier": "GB-1-100", "role": "part"}]
    assert [(row["kind"], row["amount"], row["currency"]) for row in read["contributions"]] == [
        ("commitment", "10000.50", "GBP")
    ]
    assert read["last_confirmed_on"] == "2011-04-01"


def test_what_is_read_passes_the_schema_of_projects():
    [old] = read_all(file_of(OLD, version="1.01"))
    new = document(
        "<document-link url='https://example.org/a b'/><location><name><narrative>A</narrative></name></location>"
    )

    faults = [ProjectSchema().validate(found) for found in (old.document, new)]

    assert faults == [{}, {}]


def test_english_is_chosen_and_the_other_languages_become_translations():
    more = (
        '<title><narrative xml:lang="FR">Postes frontière</narrative><narrative xml:lang="en">Posts</narrative></title>'
        '<description type="2"><narrative xml:lang="en">Goal</narrative></description>'
        '<description type="1"><narrative xml:lang="en">What</narrative>'
        '<narrative xml:lang="fr">Quoi</narrative></description>'
    )
    whole = activity(more=more, head='xml:lang="fr"').replace(
        "<title><narrative>Border posts</narrative></title>", ""
    )

    [found] = read_all(file_of(whole))

    read = found.document
    assert (read["title"], read["language"], read["description"]) == ("Posts", "en", "What\n\nGoal")
    assert read["translations"] == [{"language": "fr", "title": "Postes frontière", "description": "Quoi"}]


def test_without_english_the_default_language_of_the_activity_is_chosen():
    read = document(
        "<description><narrative>Описание</narrative></description>", title="Граница", head='xml:lang="ru"'
    )

    assert (read["title"], read["language"], read["description"]) == ("Граница", "ru", "Описание")


def test_text_loses_markup_and_invisible_characters_but_not_its_words():
    read = document(title="A &lt;b&gt;bold&lt;/b&gt;\n  plan\u202e &amp;amp; x &lt; y, cafe\u0301")

    assert read["title"] == "A bold plan & x < y, café"


def test_a_description_without_a_title_in_its_language_is_left_out_and_said():
    more = '<description><narrative>What</narrative><narrative xml:lang="es">Qué</narrative></description>'

    found = read_one(more)

    assert (found.document["description"], found.document["translations"]) == ("What", [])
    assert "description: in a language without a title" in found.dropped


def test_long_text_is_cut_and_the_cut_is_said():
    found = read_one(title="x" * 600)

    assert len(found.document["title"]) == 500
    assert "title: cut at 500 characters" in found.dropped


@pytest.mark.parametrize(
    ("codes", "refused"),
    [((1, 3), "end_planned"), ((2, 4), "end_actual"), ((1, 4), None), ((2, 3), None)],
)
def test_only_an_end_before_its_own_start_is_refused(codes, refused):
    start, end = codes
    more = f'<activity-date type="{start}" iso-date="2020-05-01"/><activity-date type="{end}" iso-date="2020-04-01"/>'

    found = read_one(more)

    assert [problem.pointer for problem in found.problems] == ([f"#/project/{refused}"] if refused else [])


def test_a_day_that_is_none_is_left_out_and_said():
    found = read_one('<activity-date type="1" iso-date="2020-02-31"/>')

    assert found.document["start_planned"] is None
    assert "activity-date: not a date" in found.dropped


@pytest.mark.parametrize(
    ("element", "status"),
    [
        ('<activity-status code="1"/>', "pipeline"),
        ('<activity-status code="3"/>', "completed"),
        ('<activity-status code="5"/>', "cancelled"),
        ('<activity-status code="6"/>', "suspended"),
        ("<activity-status>Implementation</activity-status>", "active"),
        ('<activity-date type="4" iso-date="2019-01-01"/>', "completed"),
        ("", "active"),
    ],
)
def test_the_status_is_its_code_its_word_or_what_the_dates_say(element, status):
    read = document(element)

    assert read["status"] == status


def test_organizations_stand_once_in_a_role_and_classes_of_bodies_are_nobody():
    more = (
        '<participating-org role="1" ref="41114"><narrative>UNDP</narrative></participating-org>' * 2
        + '<participating-org role="4" ref="22000"><narrative>Donor country-based NGO</narrative></participating-org>'
        + '<participating-org role="4" ref="22000"><narrative>Aid to All</narrative></participating-org>'
    )

    found = read_one(more)

    assert found.document["organizations"] == [
        {"role": "funding", "organization": "XM-DAC-41114", "name": "UNDP"},
        {"role": "implementing", "organization": None, "name": "Aid to All"},
    ]
    assert "participating-org: without a name" in found.dropped


def test_receivers_of_disbursements_stand_in_for_an_unnamed_implementer():
    more = (
        '<transaction><transaction-type code="3"/><value value-date="2020-01-01">5</value>'
        "<receiver-org><narrative>Customs</narrative></receiver-org></transaction>"
    )

    read = document(more)

    assert read["organizations"] == [{"role": "implementing", "organization": None, "name": "Customs"}]


def test_identifiers_of_organizations_are_not_identifiers_of_the_activity():
    more = '<other-identifier ref="US-GOV" type="B1"/><other-identifier ref="77" type="A1"/>'

    read = document(more)

    assert [(item["scheme"], item["value"]) for item in read["identifiers"]] == [
        ("iati", "XM-1"),
        ("other:a1", "77"),
    ]


def test_parents_children_and_cofunding_are_relations_and_siblings_are_not():
    more = "".join(f'<related-activity ref="XM-A-{kind}" type="{kind}"/>' for kind in range(1, 6))

    read = document(more)

    assert read["relations"] == [
        {"kind": "component", "identifier": "XM-A-1", "role": "part"},
        {"kind": "component", "identifier": "XM-A-2", "role": "whole"},
        {"kind": "co_financed", "identifier": "XM-A-4", "role": None},
        {"kind": "same_money", "identifier": "XM-A-5", "role": None},
    ]


def test_a_funders_own_record_of_the_activity_is_the_same_money():
    more = (
        '<participating-org role="1" ref="NO-BRC-1" activity-id="NO-BRC-1-55"/>'
        '<participating-org role="4" ref="XM-DAC-7" activity-id="XM-DAC-7"/>'
        '<participating-org role="2" ref="XM-DAC-7" activity-id="XM-1"/>'
    )

    read = document(more)

    assert read["relations"] == [{"kind": "same_money", "identifier": "NO-BRC-1-55", "role": None}]


def test_only_web_addresses_are_documents_and_each_once():
    urls = (
        "https://example.org/a.pdf",
        "https://example.org/a.pdf",
        "javascript:alert(1)",
        "ftp://example.org/x",
    )
    more = "".join(f'<document-link url="{url}"/>' for url in urls)

    found = read_one(more)

    assert found.document["documents"] == [{"title": "a.pdf", "url": "https://example.org/a.pdf"}]
    assert "document-link: no web address" in found.dropped


def test_elements_without_a_place_are_named_once():
    found = read_one(
        '<policy-marker code="1"/><policy-marker code="2"/><result/><x:own xmlns:x="https://example.org/"/>'
    )

    assert set(found.dropped) >= {
        "policy-marker: no place in ADAM",
        "result: results are not what ADAM coordinates",
        "own: no place in ADAM",
    }
