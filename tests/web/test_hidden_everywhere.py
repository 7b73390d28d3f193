"""What a partner made confidential is nowhere for anybody else: every address that may be read, page or API."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

import pypdfium2
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders.hidden import WORD, House, Works, furnish
from tests.visitors import Visitor

# The filters are one and the same on both databases, and tests/api/test_visibility.py asks both.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
Read = Callable[[str], TestResponse]
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
THE_SAME_FOR_ALL = (
    "/static",
    "/api/docs",
    "/api/v1/openapi.json",
    "/sign-in",
    "/invitations",
    "/healthz",
    "/readyz",
)
PLACES = {
    "country_code": ["TJ"],
    "pillar_code": ["I"],
    "partner_code": ["FR", "NO"],
    "form": ["html", "csv", "json", "xlsx", "pdf"],
    "kind": ["countries", "organizations", "projects"],
    "name": ["matrix.csv", "matrix.svg", "timeline.svg", "timeline.csv", "countries", "sectors"],
}
ASKED = (
    f"/projects?q={WORD}",
    f"/projects?q={WORD}&sort=money&owner=FR",
    f"/search?q={WORD}",
    f"/findings?q={WORD}&state=any",
    "/findings?tab=decided",
    "/coverage?when=all&cell=TJ.I&base=2025",
    "/totals?by=donor",
    "/totals/records?part=line&by=country&line=TJ",
    "/totals/records?part=line&by=donor&line=FR",
    f"/submissions?q={WORD}",
    "/feeds/changes.atom?country=TJ",
    "/reports/new?kind=overlap&country=TJ",
    "/projects/export?format=xlsx",
    "/projects/export?format=csv",
    "/projects/export?format=iati",
    "/api/v1/projects/export?format=hxl",
    "/api/v1/projects/export?format=xlsx",
    f"/api/v1/projects?q={WORD}&total=true",
    f"/api/v1/findings?q={WORD}&state=any&total=true",
    "/api/v1/findings?state=any&total=true",
    f"/api/v1/organizations?q={WORD}&total=true",
    "/api/v1/submissions?partner=FR&total=true",
    "/api/v1/cases?state=any&total=true",
    "/api/v1/totals?by=donor",
)


def addresses(app: Flask, house: House) -> list[str]:
    """Every address that may be read; where it names things, one for each of those that others tried to hide."""
    things, found = PLACES | house.things, list(ASKED)
    for rule in app.url_map.iter_rules():
        names = ARGUMENT.findall(rule.rule)
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(THE_SAME_FOR_ALL):
            continue
        for at in range(max((len(things.get(name, "-")) for name in names), default=1)):
            path = rule.rule
            for name in names:
                listed = things.get(name, ["00000000-0000-7000-8000-000000000000"])
                path = ARGUMENT.sub(str(listed[at % len(listed)]), path, count=1)
            found.append(path)
    return found


def told(answer: TestResponse) -> str:
    """The words of an answer, whatever file it is."""
    kind, data = answer.mimetype, answer.get_data()
    if kind == "application/pdf":
        file = pypdfium2.PdfDocument(data)
        return "\n".join(page.get_textpage().get_text_range() for page in file)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return unescape(data.decode("utf-8", "replace")) + str(answer.headers)


def betrayed(house: House, path: str, answer: TestResponse) -> Iterator[str]:
    """What an answer says that it must not; what stands in the question itself comes back in some answers."""
    words = told(answer)
    for part in (*re.split(r"[/?&=.]", path), *(f'"adds_to":"{one}"' for one in house.secrets)):
        words = words.replace(part, "") if len(part) > 20 else words
    if answer.status_code >= 500:
        yield f"{answer.status_code} {path}"
    for one in house.secrets:
        if re.search(rf"(?<![A-Z]){re.escape(one)}(?!\d)", words):
            yield f"{answer.status_code} {path}: {one}"


@pytest.fixture
def house(visit: Callable[..., Visitor], work: Works) -> House:
    """France, whose records were open once; Norway and UNODC, who had to do with them then; and the office."""
    people = [visit("focal_point", partner) for partner in ("FR", "NO", "UNODC")]
    return furnish(House(work, *people, visit("coordinator")))


def asks(who: Visitor) -> Read:
    """How somebody reads an address: a page in the browser, the API by the token."""
    return lambda path: (
        who.api("GET", path.removeprefix("/api/v1")) if path.startswith("/api/v1") else who.get(path)
    )


def test_what_became_confidential_is_nowhere_for_anybody_else(
    app: Flask, visit: Callable[..., Visitor], house: House
):
    every = addresses(app, house)
    own = (f"/projects?q={WORD}", "/api/v1/submissions", f"/projects/{house.things['project_id'][1]}")
    readers = (
        (asks(house.unodc), every),
        (asks(visit("viewer")), [*ASKED, "/desk", "/messages", "/reports"]),
        (app.test_client().get, ASKED),
    )

    found = [one for read, paths in readers for path in paths for one in betrayed(house, path, read(path))]

    assert not found, "\n".join(found)
    read = asks(house.france)
    assert all(list(betrayed(house, path, read(path))) for path in own), "its owner finds it by the same look"
