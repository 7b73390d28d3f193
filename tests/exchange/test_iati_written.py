"""IATI out and back: it validates against the official schema, and the project comes back as it was."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from lxml import etree

from adam.domain import documents
from adam.exchange import iati, iati_schema, iati_writing
from adam.exchange.iati_records import Directory, Known, Record
from adam.schemas.faults import load
from tests.builders.documents import document, everything
from tests.exchange.projects_strategy import SCHEMA, accepted

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
BODIES = {
    "NO": Known("Norway", "XM-DAC-8", "NO", "10"),
    "UNODC": Known("UNODC", None, "UNODC"),
    "XM-DAC-41128": Known("UNODC", "XM-DAC-41128", "UNODC"),
}
DIRECTORY = Directory(bodies=BODIES, titles={"countries": {"TJ": "Tajikistan"}, "pillars": {"I": "Regional"}})


def written(found: dict[str, Any], owner: str = "NO", fields: str = "all") -> bytes:
    """A file with this one record."""
    record = Record("ADAM-000123", owner, found, date(2026, 1, 2), NOW, fields)
    return b"".join(iati_writing.pieces([(record, DIRECTORY)], NOW))


def recorded(**differences: Any) -> dict[str, Any]:
    """A document as it is recorded."""
    return dict(documents.plain(load(SCHEMA, document(**differences))))


def back(content: bytes) -> dict[str, Any]:
    """What the file says, as it would be recorded."""
    [activity] = iati.read(io.BytesIO(content))
    return dict(documents.plain(load(SCHEMA, activity.document)))


def element(content: bytes) -> etree._Element:
    """The one activity of a file."""
    return etree.fromstring(content)[0]


@given(accepted)
@settings(max_examples=30, deadline=None)
def test_whatever_is_accepted_validates_and_comes_back_as_it_was(found: dict[str, Any]):
    content = written(found)

    assert iati_schema.faults(content) == []
    assert back(content) == found


def test_a_project_with_everything_comes_back_as_it_was():
    found = dict(documents.plain(load(SCHEMA, everything())))

    content = written(found)

    assert iati_schema.faults(content) == []
    assert back(content) == found


def test_what_iati_has_a_place_for_stands_there():
    found = recorded(
        language="fr",
        translations=[{"language": "ru", "title": "Посты"}],
        identifiers=[{"scheme": "iati", "value": "NO-1"}, {"scheme": "other:a2", "value": "CRS-7"}],
        relations=[{"kind": "component", "role": "part", "identifier": "XM-1"}],
        locations=[{"country": "TJ", "name": "Ishkashim", "latitude": "36.72", "longitude": "71.61"}],
        sectors=[{"code": "16063", "share": "100.00"}],
    )

    one = element(written(found))

    assert one.findtext("iati-identifier") == "NO-1"
    assert one.find("reporting-org").attrib == {"ref": "XM-DAC-8", "type": "10", "secondary-reporter": "1"}
    assert [item.text for item in one.find("title")] == ["Border posts on the Panj", "Посты"]
    assert [(item.get("role"), item.get("ref")) for item in one.iterchildren("participating-org")] == [
        ("1", "XM-DAC-8"), ("4", None),
    ]  # fmt: skip
    assert one.find("other-identifier").attrib == {"ref": "CRS-7", "type": "A2"}
    assert one.find("related-activity").attrib == {"ref": "XM-1", "type": "1"}
    assert one.findtext("location/point/pos") == "36.720000 71.610000"
    assert one.find("recipient-country").attrib == {"code": "TJ", "percentage": "100.00"}
    assert [(item.get("vocabulary"), item.get("code")) for item in one.iterchildren("sector")] == [
        ("1", "16063"), ("99", "I.5"),
    ]  # fmt: skip
    assert one.find("tag").get("vocabulary-uri").endswith("/api/v1/vocabulary/assistance-types")


def test_money_is_incoming_where_another_than_the_reporting_partner_pays():
    own, others = (element(written(recorded(), owner)) for owner in ("NO", "UNODC"))

    kinds = [one.find("transaction/transaction-type").get("code") for one in (own, others)]

    assert kinds == ["2", "11"]


def test_what_is_only_proposed_is_no_sector_of_the_activity():
    pillars = [{"pillar": "I", "rationale": "Sector 16063", "proposed": True}, {"pillar": "II"}]

    content = written(recorded(pillars=pillars))

    assert [item.get("code") for item in element(content).iterchildren("sector")] == ["II"]
    assert [row["proposed"] for row in back(content)["pillars"]] == [True, False]


def test_what_stands_in_for_nothing_is_marked_and_not_read_back():
    bare = recorded(organizations=[], start_planned=None, end_planned=None, contributions=[])

    content = written(bare)

    one = element(content)
    assert one.findtext("iati-identifier") == "XM-DAC-8-ADAM-000123"
    assert one.find("activity-date").get("iso-date") == "2026-01-02"
    assert back(content) == bare


def test_rows_that_others_added_are_marked_and_stay_theirs():
    found = recorded()
    more = {"role": "implementing", "organization": "UNODC", "name": None, "stated_by": "UNODC"}

    content = written(found | {"organizations": [*found["organizations"], more]})

    assert iati_schema.faults(content) == []
    assert back(content) == found


def test_a_body_known_by_our_id_alone_goes_out_by_name_and_identifier():
    key = "01980000-0000-7000-8000-000000000001"
    bodies = {key: Known("Bureau", "XI-1-2", None, "90", coded=False)}
    record = Record(
        "ADAM-1", "NO", recorded(organizations=[{"role": "funding", "organization": key}]), NOW.date(), NOW
    )

    content = b"".join(iati_writing.pieces([(record, Directory(bodies=bodies))], NOW))

    assert back(content)["organizations"] == [{"role": "funding", "organization": "XI-1-2", "name": "Bureau"}]


def test_a_file_that_breaks_the_schema_says_where():
    content = written(recorded()).replace(b'<activity-status code="2"/>', b"")

    assert iati_schema.faults(content)[0].startswith("XM-DAC-8-ADAM-000123: ")
