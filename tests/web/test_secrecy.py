"""Two partners, two accounts: neither finds the other's drafts and confidential records anywhere."""

from collections.abc import Callable

import pytest

from adam.services import screening
from tests.builders.recording import Works, recorded, saved, submitted
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
SECRET = "Zaranj informants"
EVERYWHERE = (
    "/desk",
    "/submissions",
    "/submissions?state=draft",
    "/projects",
    "/projects?q=Zaranj",
    "/projects?owner=FR",
    "/projects?country=TJ&sort=money",
    "/findings",
    "/findings?tab=coordination",
    "/findings?tab=decided",
    "/coverage",
    "/coverage?region=all",
    "/coverage?when=all&cell=TJ.I&base=2025",
    "/coverage/matrix.csv?when=all",
    "/totals?by=donor",
    "/totals/records?part=line&by=country&line=TJ",
    "/gaps",
    "/partners",
    "/reports",
)


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def inside(page: str) -> str:
    """A page without its frame, whose safety token changes every second, and without the request's number."""
    return page.split("<main")[1].split("</main>")[0].split("Number of this request")[0]


def test_a_draft_and_a_waiting_submission_are_nowhere_for_others(norway: Visitor, work: Works):
    content = {"title": SECRET, "status": "active", "visibility": "public"}
    draft, waiting = saved(work, "FR", content), submitted(work, "FR", content)

    pages = {path: norway.get(path) for path in EVERYWHERE}

    for path, page in pages.items():
        assert page.status_code == 200, path
        assert SECRET not in page.text.replace('value="Zaranj"', ""), path
        assert draft.reference not in page.text and waiting.reference not in page.text, path


def test_a_confidential_record_is_nowhere_for_others(norway: Visitor, work: Works):
    recorded(work(), "NO")
    hidden = recorded(work(), "FR", title=SECRET, visibility="confidential")
    screening.run(work(), full=True)

    pages = {path: norway.get(path) for path in EVERYWHERE}

    for path, page in pages.items():
        assert page.status_code == 200, path
        assert not [one for one in (SECRET, hidden.reference, hidden.id) if one in page.text], path


def test_pages_of_what_is_hidden_look_like_pages_of_what_is_not_there(norway: Visitor, work: Works):
    nowhere = "0192aaaa-0000-7000-8000-000000000000"
    hidden = recorded(work(), "FR", title=SECRET, visibility="confidential")
    draft = saved(work, "FR")

    found = [
        norway.get(path)
        for path in (
            f"/projects/{hidden.id}",
            f"/projects/{nowhere}",
            f"/submissions/{draft.id}",
            f"/submissions/{nowhere}",
            f"/submissions/{draft.id}/edit",
            f"/submissions/new?project={hidden.id}",
        )
    ]

    assert {page.status_code for page in found} == {404}
    assert len({inside(page.text) for page in found}) == 1


COUNTED = ("/coverage?cell=TJ.I&base=2025", "/totals?by=year", "/gaps", "/partners", "/projects")


def test_counts_do_not_betray_a_confidential_record(norway: Visitor, work: Works):
    recorded(work(), "NO")
    work()
    before = [inside(norway.get(path).text) for path in COUNTED]

    recorded(work(), "FR", visibility="confidential", countries=[{"country": "TJ"}], end_planned="2026-12-01")
    work()

    assert [inside(norway.get(path).text) for path in COUNTED] == before


def test_forms_on_hidden_things_find_nothing(norway: Visitor, work: Works):
    hidden = recorded(work(), "FR", visibility="confidential")
    draft = saved(work, "FR")

    paths = (
        f"/submissions/{draft.id}/submit",
        f"/submissions/{draft.id}/delete",
        f"/projects/{hidden.id}/still-correct",
    )

    assert {norway.submit(path, {}).status_code for path in paths} == {404}


def test_its_owner_and_the_coordinators_see_a_confidential_record_and_each_reading_is_recorded(
    visit: Visit, work: Works
):
    hidden = recorded(work(), "FR", title=SECRET, visibility="confidential")
    own = visit("focal_point", "FR")

    seen = [who.get(f"/projects/{hidden.id}").text for who in (visit("coordinator"), own)]

    assert all(SECRET in page and "Confidential" in page for page in seen)
    assert "<b>Read</b>" in own.get(f"/projects/{hidden.id}").text


def test_the_public_reads_no_amounts(visit: Visit, client, work: Works):  # type: ignore[no-untyped-def]
    record = recorded(work(), "NO")

    public, partner = (
        client.get(f"/projects/{record.id}").text,
        visit("focal_point", "FR").get(f"/projects/{record.id}").text,
    )

    assert "1\u00a0200\u00a0000.00" in partner
    assert (
        "1\u00a0200\u00a0000" not in public and "1.2" not in client.get("/projects").text.split("<tbody")[1]
    )
    assert "History" not in partner and "Findings" not in public


def test_relations_to_hidden_records_are_not_shown(norway: Visitor, work: Works):
    hidden = recorded(work(), "FR", visibility="confidential")
    relation = [{"kind": "component", "project": hidden.id, "identifier": None}]
    record = recorded(work(), "FR", relations=relation)

    page = norway.get(f"/projects/{record.id}").text

    assert hidden.id not in page and hidden.reference not in page
