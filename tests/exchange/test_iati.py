"""The IATI reader as a stream: what it refuses, what it survives, what it hands back."""

from __future__ import annotations

from io import BytesIO

import pytest
from lxml import etree

from adam.errors import Invalid
from adam.exchange import iati
from tests.exchange.iati_files import activity, file_of, read_all


def test_activities_come_in_the_order_of_the_file():
    content = file_of(activity("X-1"), activity("X-2"))

    read = read_all(content)

    assert [(found.position, found.identifier) for found in read] == [(1, "X-1"), (2, "X-2")]
    assert all(found.document and not found.problems for found in read)


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE iati-activities>",
        '<!-- first --><!DOCTYPE iati-activities [<!ENTITY name "value">]>',
        '<!DOCTYPE iati-activities SYSTEM "file:///etc/hostname">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_before_anything_is_read(declaration, encoding):
    text = file_of(activity("X-1")).decode()
    content = (f'<?xml version="1.0" encoding="{encoding}"?>' + declaration + text).encode(encoding)

    with pytest.raises(Invalid) as refused:
        iati.read(BytesIO(content))

    assert refused.value.problems[0].code == "doctype"


def test_entities_that_multiply_are_refused_at_once():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 500}">' for n in range(9))
    content = f'<!DOCTYPE x [{levels}]><iati-activities version="&e8;"/>'.encode()

    with pytest.raises(Invalid) as refused:
        iati.read(BytesIO(content))

    assert refused.value.problems[0].code == "doctype"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_iati"),
        (b"title,country\nA,B\n", "not_xml"),
        (b"PK\x03\x04" + bytes(200), "not_xml"),
        (b"<html><body/></html>", "not_iati"),
        (b"<iati-organisations/>", "not_iati"),
        (b'<iati-activities xmlns="https://example.org/"/>', "not_iati"),
    ],
)
def test_what_is_no_activity_file_is_refused_with_its_reason(content, code):
    file = BytesIO(content)

    with pytest.raises(Invalid) as refused:
        iati.read(file)

    assert refused.value.problems[0].code == code


def test_broken_xml_yields_what_stood_before_and_names_the_line():
    whole = file_of(activity("X-1"), "\n<iati-activity><title></iati-activity>", activity("X-3"))

    read = read_all(whole)

    assert [found.identifier for found in read] == ["X-1", None]
    assert read[1].problems[0].code == "broken_xml"
    assert "line 2" in read[1].problems[0].detail
    assert read[1].xml is None


def test_a_file_cut_short_keeps_its_complete_activities():
    whole = file_of(activity("X-1"), activity("X-2"))

    read = read_all(whole[:-60])

    assert read[0].document is not None
    assert read[-1].problems[0].code == "broken_xml"


def test_an_undeclared_entity_is_named():
    content = file_of(activity("X-1"), activity("X-2", title="a&nbsp;b"))

    read = read_all(content)

    assert "nbsp" in read[-1].problems[0].detail


def test_one_refused_activity_stops_no_other():
    content = file_of("<iati-activity/>", activity("X-2"))

    read = read_all(content)

    assert {problem.code for problem in read[0].problems} == {"identifier_missing", "required"}
    assert read[0].document is None
    assert read[1].document is not None


def test_an_activity_inside_another_is_not_read_as_one():
    content = file_of(activity("X-1", more=activity("X-2")))

    read = read_all(content)

    assert [found.identifier for found in read] == ["X-1"]


def test_an_endless_activity_ends_the_reading(monkeypatch):
    monkeypatch.setattr(iati, "LONGEST_ACTIVITY", 200_000)
    content = file_of(activity("X-1"), activity("X-2", more="<result/>" * 60_000))

    read = read_all(content)

    assert [problem.code for problem in read[-1].problems] == ["too_large"]


def test_an_activity_keeps_its_xml_after_the_reading_has_moved_on():
    content = file_of(activity("X-1", title="First"), activity("X-2"), activity("X-3"))

    first, *_others = read_all(content)

    assert b"First" in first.xml
    assert first.xml.startswith(b"<iati-activity")


def test_a_path_is_read_like_an_open_file(tmp_path):
    path = tmp_path / "activities.xml"
    path.write_bytes(file_of(activity("X-1")))

    read = list(iati.read(path))

    assert [found.identifier for found in read] == ["X-1"]


def test_refused_activities_are_written_back_as_a_file_that_can_be_read_again(tmp_path):
    path = tmp_path / "refused.xml"
    refused = read_all(file_of(activity("X-1", title=""), activity("X-2")))[0]

    count = iati.write_failures(
        path, [(refused.xml, ["No title -- mend it.-", "Line\nbreak"]), (None, ["Cut off"])]
    )

    comments = [node.text for node in etree.parse(path).getroot().iter(etree.Comment)]
    assert count == 1
    assert [found.identifier for found in iati.read(path)] == ["X-1"]
    assert comments == [" No title - - mend it. ", " Line break ", " Cut off "]


def test_an_activity_that_breaks_the_reading_stops_no_other(monkeypatch):
    read = iati.iati_activities.read

    def breaks(element):
        if element.get("broken"):
            raise ValueError("no sense in it")
        return read(element)

    monkeypatch.setattr(iati.iati_activities, "read", breaks)
    broken, whole = (
        activity("XM-1-1").replace("<iati-activity", '<iati-activity broken="1"'),
        activity("XM-1-2"),
    )

    first, second = read_all(file_of(broken, whole))

    assert [problem.code for problem in first.problems] == ["unreadable"]
    assert second.document is not None
