"""An update of a record that changed meanwhile: what it leaves alone follows the record, the rest is decided."""

from __future__ import annotations

import pytest

from adam.errors import Conflict, Forbidden, Invalid
from adam.models.projects import Project
from adam.services import rebasing, submissions
from tests.builders.documents import coordinator, document, focal
from tests.builders.recording import Works, saved, submitted, validated


def changed(work: Works, record: Project, **differences: object) -> None:
    """The record, changed by another update meanwhile."""
    validated(work, "NO", document(**differences), project_id=record.id)


def test_what_the_update_leaves_alone_follows_the_record(work: Works):
    record = validated(work, "NO")
    waiting = submitted(work, "NO", document(title="Second year"), project_id=record.id)
    changed(work, record, status="suspended")

    submissions.validate(work(coordinator()), waiting.id)

    after = work().session.get(Project, record.id)
    assert (after.title, after.status) == ("Second year", "suspended")


def test_what_both_changed_is_not_accepted_until_the_partner_has_decided(work: Works):
    record = validated(work, "NO")
    waiting = submitted(work, "NO", document(title="Second year", status="completed"), project_id=record.id)
    changed(work, record, title="Border posts and bridges", assistance_types=["equipment"])

    with pytest.raises(Conflict, match="title"):
        submissions.validate(work(coordinator()), waiting.id)
    with pytest.raises(Forbidden):
        rebasing.keep_ours(work(coordinator()), waiting.id)
    rebasing.keep_ours(work(focal("NO")), waiting.id)
    submissions.validate(work(coordinator()), waiting.id)

    after = work().session.get(Project, record.id)
    assert (after.title, after.status) == ("Second year", "completed")
    assert after.document["assistance_types"] == ["equipment"]


def test_a_draft_update_is_not_handed_in_over_a_change_of_the_same_field(work: Works):
    record = validated(work, "NO")
    draft = saved(work, "NO", document(title="Second year"), project_id=record.id)
    changed(work, record, title="Border posts and bridges")

    with pytest.raises(Invalid) as refused:
        submissions.submit(work(focal("NO")), draft.id)

    assert [(item.pointer, item.code) for item in refused.value.problems] == [
        ("#/project/title", "changed_meanwhile")
    ]


def test_the_same_change_on_both_sides_needs_no_decision(work: Works):
    record = validated(work, "NO")
    waiting = submitted(work, "NO", document(title="Second year", status="completed"), project_id=record.id)
    changed(work, record, title="Second year")

    submissions.validate(work(coordinator()), waiting.id)

    assert work().session.get(Project, record.id).status == "completed"


def test_there_is_nothing_to_decide_where_nothing_changed(work: Works):
    record = validated(work, "NO")
    waiting = submitted(work, "NO", document(title="Second year"), project_id=record.id)

    with pytest.raises(Conflict):
        rebasing.keep_ours(work(focal("NO")), waiting.id)
