"""Spreadsheets: what is written reads back the same, and every wrong sheet, head or row is named with what to do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from adam.exchange import layouts, spreadsheets
from adam.schemas import projects
from adam.schemas.claims import SCHEMA, judge
from tests.builders.documents import document, everything
from tests.builders.made import TEXTS, documents
from tests.builders.sheets import (
    choices,
    filled,
    lines,
    project,
    seeded,
    whole,
    workbook,
)

FORMS = pytest.mark.parametrize("form", ["xlsx", "csv"])


def read(data: bytes, form: str = "xlsx") -> list[spreadsheets.Record]:
    """The records of a file."""
    return spreadsheets.read(data, form, choices()).records


def codes(record: spreadsheets.Record) -> list[str]:
    """The codes of what couldn't be read of a record."""
    return [problem.code for problem in record.problems]


@FORMS
def test_every_seeded_project_reads_back_the_same(form: str):
    given_documents = seeded()

    records = read(filled(form, given_documents, example=document()), form)

    assert {record.key: whole(record.document) for record in records} == given_documents


@FORMS
def test_every_field_of_the_project_object_has_its_place(form: str):
    everything_there = whole(everything() | {"end_actual": "2025-01-31"})

    [record] = read(filled(form, {"A": everything_there}), form)

    assert whole(record.document) == everything_there


def test_the_layout_holds_the_whole_schema_and_nothing_else():
    found: dict[str, set[str]] = {
        sheet.name: {column.keys[0] for column in sheet.columns} for sheet in layouts.SHEETS
    }
    plain = {sheet.name for sheet in layouts.SHEETS if sheet.plain}

    fields = set(SCHEMA.fields)

    assert found[layouts.PROJECTS] | (set(found) - {layouts.PROJECTS}) == fields
    for name in set(found) - plain - {layouts.PROJECTS}:
        assert found[name] == set(SCHEMA.fields[name].inner.schema.fields), name


@FORMS
def test_rows_that_others_added_are_exported_with_their_partner_and_read_past(form: str):
    own, other = {"name": "Police", "kind": None}, {"name": "Customs", "kind": None, "stated_by": "UNODC"}
    content = whole(document()) | {"beneficiaries": [own, other]}

    [exported] = read(filled(form, {"A": content}, exported=True), form)

    assert [row.get("stated_by") for row in exported.document["beneficiaries"]] == [None, "UNODC"]
    assert whole(exported.document)["beneficiaries"] == [own]


def test_the_fixed_lists_are_those_of_the_schema():
    fixed = {name: tuple(code for code, _ in entries) for name, entries in layouts.FIXED.items()}

    assert set(fixed["statuses"]) == set(projects.STATUSES)
    assert set(fixed["roles"]) == set(projects.ROLES)
    assert set(fixed["relation_kinds"]) == set(projects.RELATIONS)
    assert set(fixed["languages"]) == set(projects.LANGUAGES)
    assert set(fixed["visibilities"]) == set(projects.LEVELS)
    assert set(fixed["payments"]) == set(projects.KINDS)


@FORMS
@given(documents(), TEXTS)
@settings(max_examples=40, deadline=None)
def test_whatever_passes_the_schema_reads_back_the_same(form: str, content: dict[str, Any], key: str):
    expected = whole(content)

    [record] = read(filled(form, {f"K{key}": expected}), form)

    assert record.problems == []
    assert record.key == f"K{key}"
    assert whole(record.document) == expected


def test_codes_names_and_both_are_taken():
    sheets = {
        "projects": project(),
        "countries": [
            ["source_ref", "country"],
            ["X-1", "AF Afghanistan"],
            ["X-1", "tajikistan"],
            ["X-1", "kg"],
        ],
    }

    [record] = read(workbook(sheets))

    assert [row["country"] for row in record.document["countries"]] == ["AF", "TJ", "KG"]


def test_example_rows_are_passed_over_and_counted():
    rows = project()
    rows.insert(1, ["example", "Not a project", "active", "public"])

    reading = spreadsheets.read(workbook({"projects": rows}), "xlsx", choices())

    assert ([record.key for record in reading.records], reading.examples) == (["X-1"], 1)


def test_a_line_of_a_flat_file_holds_a_row_of_each_table_and_more_lines_hold_more():
    header = ["source_ref", "title", "status", "visibility", "countries.country", "organizations.role"]
    header.append("organizations.organization")
    first = ["A", "One", "active", "public", "AF", "funding", "NO"]

    [record] = read(lines(header, first, ["A", "", "", "", "TJ", "implementing", "UNODC"]), "csv")

    assert [row["country"] for row in record.document["countries"]] == ["AF", "TJ"]
    assert len(record.document["organizations"]) == 2 and record.problems == []


def test_project_columns_repeated_on_each_line_are_one_project_unless_they_differ():
    header = ["source_ref", "title", "countries.country"]

    same = read(lines(header, ["A", "One", "AF"], ["A", "One", "TJ"]), "csv")
    other = read(lines(header, ["A", "One", "AF"], ["A", "Two", "TJ"]), "csv")

    assert [codes(record) for record in same] == [[]]
    assert [codes(record) for record in other] == [[], ["source_ref_twice"]]


def test_a_row_without_a_key_or_without_a_project_is_refused_by_itself():
    rows = [*project(), [None, "Keyless", "active", "public"]]
    countries = [["source_ref", "country"], ["X-9", "AF"]]

    first, orphan, keyless = read(workbook({"projects": rows, "countries": countries}))

    assert (codes(first), codes(keyless), codes(orphan)) == ([], ["required"], ["no_project"])
    assert keyless.place("#/source_ref") == "sheet projects, row 3, column A (source_ref)"
    assert orphan.place("#/source_ref") == "sheet countries, row 2, column A (source_ref)"


def test_numbers_as_keys_and_codes_lose_their_point():
    sectors = [["source_ref", "code"], [1001, 16063]]

    [record] = read(workbook({"projects": project(1001), "sectors": sectors}))

    assert (record.key, record.document["sectors"]) == ("1001", [{"code": "16063"}])


def test_a_code_of_another_vocabulary_is_kept_as_it_is_written():
    sectors = [
        ["source_ref", "vocabulary", "code"],
        ["X-1", "99", "Health"],
        ["X-1", "99", "CASH – VOUCHERS"],
    ]

    [record] = read(workbook({"projects": project("X-1"), "sectors": sectors}))

    assert record.problems == []
    assert [row["code"] for row in record.document["sectors"]] == ["Health", "CASH – VOUCHERS"]


def test_the_result_of_a_formula_is_read_as_text_and_nothing_is_run():
    def formula(book: Any, pages: Any) -> None:
        pages["projects"].write_formula(1, 1, '=HYPERLINK("http://x.example","y")', None, "Border posts")

    [record] = read(workbook({"projects": project()}, formula))

    assert record.document["title"] == "Border posts"


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8"), (";", "utf-8")]
)
def test_the_csv_of_every_program_is_read(delimiter: str, encoding: str):
    header = ["source_ref", "title", "contributions.amount"]
    content = lines(header, ["A", "Пограничные посты", "1.200.000,50"], delimiter=delimiter)

    [record] = read(content.decode().encode(encoding), "csv")

    assert record.document["title"] == "Пограничные посты"
    assert record.document["contributions"] == [{"amount": "1200000.50"}]


@pytest.mark.parametrize("sign", ["\x00", "\u202e", "\x07", "\ufeff\u2066"])
def test_invisible_signs_are_refused_in_their_row_alone(sign: str):
    content = lines(
        ["source_ref", "title", "status", "visibility"], ["A", f"Ti{sign}tle", "active", "public"]
    )

    [record] = read(content, "csv")
    judged = judge(record.document)

    assert [(problem.pointer, problem.code) for problem in judged.problems] == [
        ("#/project/title", "characters")
    ]


def test_text_that_looks_like_a_formula_is_written_as_text_and_reads_back():
    risky = {
        f"K{number}": whole(document(title=text))
        for number, text in enumerate(["=1+1", "'=x", "@a", "-b", "+c"])
    }

    for form in ("xlsx", "csv"):
        content = filled(form, risky)
        records = read(content, form)

        assert {record.key: record.document["title"] for record in records} == {
            key: item["title"] for key, item in risky.items()
        }
        if form == "csv":
            assert b",=1" not in content and b",@a" not in content


@FORMS
def test_codes_of_other_vocabularies_come_back_as_they_went(form: str):
    rows = [
        {"vocabulary": name, "code": code, "share": None}
        for name, code in (("DAC", "16063"), ("98", "16063"), ("99", "HEALTH"))
    ]
    given_document = document(sectors=rows)

    [record] = read(filled(form, {"X-1": given_document}), form)

    assert [(row["vocabulary"], row["code"]) for row in record.document["sectors"]] == [
        (row["vocabulary"], row["code"]) for row in rows
    ]
