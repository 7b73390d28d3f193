"""Warnings in the form: told once before it goes out, answered with a reason, read by the coordinator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.builders.answers import answers
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"
HIDDEN = re.compile(r'name="(about_[^"]+)" value="([^"]+)"')
REASON = "The agreement is confidential until May."


def thin(**different: Any) -> dict[str, Any]:
    """A form whose description says too little."""
    return answers(description="Training.", once="f" * 32, **different)


def met(page: Any) -> dict[str, str]:
    """What a page says of the remarks that it shows."""
    return dict(HIDDEN.findall(page.text))


def test_a_remark_is_met_once_before_it_goes_out(visit: Visit):
    norway = visit("focal_point", "NO")

    page = norway.submit(NEW, thin())
    again = norway.submit(NEW, thin(**met(page)))

    assert page.status_code == 200 and "One remark before it goes out" in page.text
    assert 'name="remark_thin_description.description"' in page.text
    assert again.status_code == 303


def test_a_reason_is_read_beside_its_remark(visit: Visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    page = norway.submit(NEW, thin())

    sent = norway.submit(NEW, thin(**met(page), **{"remark_thin_description.description": REASON}))

    for reader in (norway, coordinator):
        shown = reader.get(sent.headers["Location"]).text
        assert REASON in shown and "Answered" in shown and norway.account.name in shown


def test_a_reason_is_kept_in_a_draft_and_lapses_with_the_answer(visit: Visit):
    norway = visit("focal_point", "NO")
    page = norway.submit(NEW, thin())
    reason = {"remark_thin_description.description": REASON}
    edit = norway.submit(NEW, thin(action="stay") | met(page) | reason).headers["Location"]

    kept = norway.get(edit)
    changed = answers(description="Courses.", action="stay", version="1") | met(kept) | reason
    after = norway.submit(edit, changed)
    lapsed = norway.get(after.headers["Location"])

    assert f'value="{REASON}"' in kept.text and "Answered" in kept.text
    assert "An earlier reason has lapsed" in lapsed.text and "Answered" not in lapsed.text


def test_the_rules_are_a_page_for_everybody_with_a_place_for_each_code(client: Any):
    page = client.get("/rules").text
    found = client.get("/rules?q=disbursed_over").text

    assert 'id="thin_description"' in page and 'id="end_before_start"' in page
    assert "in published data a warning" in found and 'id="no_pillar"' not in found
    assert 'href="/rules"' in client.get("/projects").text
