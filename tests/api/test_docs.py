"""The documentation of the API: a page that needs nothing from outside, under the strict policy."""

import pytest

# What the page looks like has nothing to do with the database under it.
on_one = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")


@on_one
def test_the_page_shows_every_operation_without_an_outside_request(live, page):
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/docs")
    page.wait_for_selector(".opblock")

    described = page.evaluate("fetch('/api/v1/openapi.json').then(answer => answer.json())")
    told = [*described["paths"].values(), *described["webhooks"].values()]
    operations = sum(len([method for method in item if method != "parameters"]) for item in told)
    assert page.locator(".opblock").count() == operations
    assert complaints == []
    assert all(url.startswith((live.url, "data:", "blob:")) for url in asked)


@on_one
def test_an_operation_opens_and_shows_its_example(live, page):
    page.goto("/api/docs")

    page.locator(".opblock", has_text="/api/v1/submissions/check").locator("button").first.click()

    page.get_by_text("Border liaison offices in Badakhshan").first.wait_for()


def test_the_description_is_kept_until_it_changes(client):
    first = client.get("/api/v1/openapi.json")

    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert first.content_type == "application/json"
    assert again.status_code == 304
