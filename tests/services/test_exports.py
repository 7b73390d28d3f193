"""Exports: what a reader may see and no more, whole, and back as it was."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from adam.domain import documents
from adam.domain.actors import ANONYMOUS, Actor
from adam.exchange import iati, iati_schema
from adam.queries import history, projects
from adam.schemas.claims import judge
from adam.services import exports
from adam.services.imports import Item, Options, take
from adam.services.work import Work
from tests.builders.documents import COORDINATOR_OF_NOBODY, READER, everything, focal
from tests.builders.recording import Works, added, recorded, validated

FORMS = tuple(exports.FORMS)
BASE = "https://adam.example"


def made(w: Work, form: str = "iati", **filters: Any) -> bytes:
    """The file of a kind that this actor gets."""
    return b"".join(
        exports.FORMS[form].write(w, projects.matching(w.actor, projects.Filters(**filters)), BASE)
    )


def documents_of(content: bytes) -> list[dict[str, Any]]:
    """The project documents of an IATI file, as they would be recorded."""
    found = [judge(activity.document or {}) for activity in iati.read(io.BytesIO(content))]
    assert all(one.draft for one in found), [one.problems for one in found]
    return [dict(documents.plain(one.draft)) for one in found]


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of an HXL file by their hashtags."""
    _heads, tags, *rows = csv.reader(io.StringIO(content.decode()))
    return [dict(zip(tags, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (ANONYMOUS, ["public"]),
        (READER, ["public", "partners"]),
        (focal("NO"), ["public", "partners", "confidential"]),
        (focal("UNODC"), ["public", "partners"]),
        (COORDINATOR_OF_NOBODY, ["public", "partners", "confidential"]),
    ],
)
def test_no_kind_of_file_holds_what_its_reader_may_not_see(work: Works, who: Actor, seen: list[str]):
    for level in ("public", "partners", "confidential"):
        recorded(work(), title=f"A {level} one", visibility=level)

    files = [made(work(who), form).decode() for form in FORMS]

    for text in files:
        assert [level for level in ("public", "partners", "confidential") if f"A {level} one" in text] == seen


def test_strangers_get_no_amounts_no_reasons_and_no_attached_documents(work: Works):
    pillars = [{"pillar": "I", "rationale": "Because of the border"}]
    recorded(work(), pillars=pillars, documents=[{"title": "Plan", "url": "https://example.org/plan.pdf"}])

    files = {
        form: (made(work(ANONYMOUS), form).decode(), made(work(READER), form).decode()) for form in FORMS
    }

    for stranger, reader in files.values():
        assert not [one for one in ("1200000", "Because of", "plan.pdf") if one in stranger]
        assert "1200000" in reader


def test_a_relation_to_a_hidden_record_is_in_no_file(work: Works):
    hidden = recorded(work(), title="Hidden", visibility="confidential")
    relations = [{"kind": "component", "role": "part", "project": hidden.id}]
    recorded(work(), title="Seen", relations=relations)

    strangers, own = (made(work(who), "iati").decode() for who in (READER, focal("NO")))

    assert hidden.id not in strangers and "related-activity" not in strangers
    assert f'related-activity ref="{hidden.id}"' in own or "related-activity" in own


def test_reading_what_is_confidential_in_a_file_is_written_down(work: Works):
    secret, open_one = recorded(work(), visibility="confidential"), recorded(work())
    w = work(COORDINATOR_OF_NOBODY)

    exports.note(w, projects.matching(w.actor, projects.Filters()))

    w.finish()
    actions = [
        [row.action for row in w.session.scalars(history.of_record(one.id))] for one in (secret, open_one)
    ]
    assert ["project.read" in found for found in actions] == [True, False]


def test_records_come_back_from_iati_as_they_were_and_a_second_time_change_nothing(work: Works):
    validated(work, content=everything())
    validated(work, content=everything() | {"title": "Another", "identifiers": [], "organizations": []})
    before = sorted((row["title"], json.dumps(row, sort_keys=True)) for row in _objects(work()))

    content = made(work())

    assert iati_schema.faults(content) == []
    assert sorted((row["title"], json.dumps(row, sort_keys=True)) for row in documents_of(content)) == before


def test_a_file_of_one_installation_is_new_once_and_unchanged_ever_after(work: Works):
    validated(work, content=everything())
    content = made(work()).replace(b"NO-BRC-971277882-1", b"NO-BRC-971277882-2")
    items = [
        Item(one.identifier, judge(one.document or {}).draft, (), "a.xml")
        for one in iati.read(io.BytesIO(content))
    ]

    results = [[outcome.result for outcome in take(work(), items, Options("NO", True))] for _ in range(2)]

    assert results == [["new"], ["unchanged"]]


def test_a_file_written_for_everybody_takes_no_amounts_away_when_it_comes_back(work: Works):
    content = everything() | {"description": "Before"}
    take(work(), [Item("NO-BRC-971277882-1", judge(content).draft, (), "a.xml")], Options("NO", True))
    before = _objects(work())[0]
    public = made(work(ANONYMOUS)).replace(b">Before<", b">After<")
    [one] = iati.read(io.BytesIO(public))

    item = Item(one.identifier, judge(one.document or {}).draft, (), "b.xml", unsaid=one.unsaid)
    results = [[outcome.result for outcome in take(work(), [item], Options("NO", True))] for _ in range(2)]

    assert results == [["updated"], ["unchanged"]]
    assert _objects(work())[0] == before | {"description": "After"}


def test_what_others_added_goes_out_with_their_name(work: Works):
    record = validated(work)
    added(work, record, beneficiaries=[{"name": "Customs of Tajikistan", "kind": "customs"}])

    content = made(work())

    assert b'<adam:beneficiary kind="customs" adam:stated-by="UNODC">Customs of Tajikistan<' in content


def test_each_organization_and_place_is_a_row_and_the_money_stands_once(work: Works):
    places = [
        {"country": "TJ", "name": "Ishkashim", "latitude": "36.72", "longitude": "-71.61"},
        {"country": "TJ", "name": "Khorog"},
    ]
    record = recorded(
        work(),
        locations=places,
        countries=[{"country": "TJ", "share": "60"}, {"country": "KG", "share": "40"}],
    )

    rows = rows_of(made(work(), "hxl"))

    assert {row["#activity+code+v_adam"] for row in rows} == {record.reference}
    assert [(row["#org+name"], row["#country+code+v_iso2"], row["#loc+name"]) for row in rows] == [
        (name, country, place)
        for name in ("Norway", "United Nations Office on Drugs and Crime")
        for country, place in (("TJ", "Ishkashim"), ("TJ", "Khorog"), ("KG", ""))
    ]
    assert [row["#value+usd+total"] for row in rows] == ["1200000.00", *[""] * 5]
    assert (rows[0]["#country+name"], rows[0]["#indicator+num+share+pct"], rows[0]["#geo+lon"]) == (
        "Tajikistan", "60.00", "-71.610000",
    )  # fmt: skip


def test_every_column_has_a_tag_of_the_dictionary_and_numbers_where_it_asks_for_them(work: Works):
    recorded(work(), countries=[{"country": "TJ", "share": "60"}])

    rows = rows_of(made(work(), "hxl"))

    tags = {tag.split("+")[0] for tag in rows[0]}
    assert tags <= {
        "#activity", "#status", "#org", "#country", "#indicator", "#loc", "#geo", "#sector", "#beneficiary",
        "#date", "#value", "#meta",
    }  # fmt: skip
    for row in rows:
        for tag, value in row.items():
            if value and (tag.startswith("#value") or "+num" in tag):
                float(value)
            if value and tag.startswith("#date"):
                date.fromisoformat(value)


def test_filters_choose_what_goes_out(work: Works):
    recorded(work(), title="In Tajikistan")
    recorded(work(), title="In Georgia", countries=[{"country": "GE"}])

    titles = [row["title"] for row in documents_of(made(work(), country=("GE",)))]

    assert titles == ["In Georgia"]


def _objects(w: Work) -> list[dict[str, Any]]:
    listed = exports.objects(w, projects.matching(w.actor, projects.Filters()))
    return [dict(row.document) for row, _ in listed]
