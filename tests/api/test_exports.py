"""Files of accepted projects by the API and the pages: streamed, as the reader may see them."""

import pytest

from adam.exchange import iati_schema
from adam.models.history import HistoryEntry
from tests.builders.recording import recorded


@pytest.mark.parametrize(
    ("form", "media"),
    [("iati", "application/xml"), ("hxl", "text/csv"), ("json", "application/json")],
)
def test_page_and_api_give_the_same_file(work, session, visit, form, media):
    recorded(work(), title="Open to partners", visibility="partners")
    work().session.commit()
    who = visit("viewer")

    page = who.get(f"/projects/export?format={form}", buffered=True)
    api = who.api("GET", f"/projects/export?format={form}", buffered=True)

    for answer in (page, api):
        assert (answer.status_code, answer.mimetype) == (200, media)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=adam-projects.")
        assert "Open to partners" in answer.text
    if form == "iati":
        assert iati_schema.faults(api.data) == []


def test_strangers_take_along_what_is_public(work, client):
    recorded(work(), title="Public")
    recorded(work(), title="Not for you", visibility="partners")
    work().session.commit()

    page = client.get("/projects/export?format=hxl", buffered=True)
    api = client.get("/api/v1/projects/export?format=hxl", buffered=True)

    for answer in (page, api):
        assert "Public" in answer.text and "Not for you" not in answer.text and "1200000" not in answer.text


def test_a_kind_of_file_that_nobody_knows_is_refused(client):
    page, api = client.get("/projects/export?format=doc"), client.get("/api/v1/projects/export?format=doc")

    assert (page.status_code, api.status_code) == (404, 422)


def test_the_list_offers_its_files_with_the_filters_in_force(work, client):
    recorded(work())
    work().session.commit()

    html = client.get("/projects?country=TJ&page=1").text

    assert "/projects/export?country=TJ&amp;format=iati" in html


def test_whoever_takes_confidential_records_along_stands_in_the_history(work, visit):
    secret = recorded(work(), title="Secret", visibility="confidential")
    work().session.commit()
    coordinator, administrator = visit("coordinator"), visit("administrator")

    by_page = coordinator.get("/projects/export?format=hxl", buffered=True)
    by_api = administrator.api("GET", "/projects/export?format=json", buffered=True)

    assert "Secret" in by_page.text and "Secret" in by_api.text
    entries = work().session.query(HistoryEntry).filter_by(entity_id=secret.id, action="project.read").all()
    assert [entry.actor_id for entry in entries] == [coordinator.account.id, administrator.account.id]
