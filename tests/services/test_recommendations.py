"""Recommendations: entered, followed up, linked with the projects that carry them out; a need in their countries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from adam.domain.actors import ANONYMOUS
from adam.errors import Forbidden, Invalid, NotFound, Stale
from adam.models.history import HistoryEntry
from adam.models.messages import Message
from adam.models.recommendations import Recommendation
from adam.queries import meetings as all_meetings
from adam.queries import recommendations as questions
from adam.queries.recommendations import Filters
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationSchema
from adam.services import cells, meetings, recommendations
from tests.builders.documents import ADMIN, READER, coordinator, focal, funded_by
from tests.builders.recording import Works, account, recorded

MEETING = {"title": "Expert working group on pillar I", "kind": "expert_working_group"}


def given(**different: Any) -> dict[str, Any]:
    """A recommendation as it is entered."""
    return load(RecommendationSchema(), {"title": "Train liaison officers", "pillar": "I"} | different)


def entered(work: Works, **different: Any) -> Recommendation:
    """One of the compendium."""
    return recommendations.record(work(coordinator()), given(**different))


def listed(work: Works, actor: Any, **filters: Any) -> list[str]:
    """The references that somebody finds."""
    w = work(actor)
    found = questions.page(w.session, questions.listed(actor, Filters(**filters)), (0, 50))
    return [row.reference for row in found]


def test_the_compendium_is_there_for_everybody_signed_in_and_not_for_the_public(work: Works):
    item = entered(work)

    for actor in (READER, focal(), ADMIN, coordinator()):
        assert questions.one(work(actor).session, actor, item.id).id == item.id
    assert listed(work, ANONYMOUS) == []
    with pytest.raises(NotFound):
        questions.one(work().session, ANONYMOUS, item.id)


@pytest.mark.parametrize("actor", [READER, focal(), ADMIN])
def test_only_coordinators_enter_and_change(work: Works, actor: Any):
    item = entered(work)

    with pytest.raises(Forbidden):
        recommendations.record(work(actor), given())
    with pytest.raises(Forbidden):
        recommendations.change(work(actor), item.id, {"title": "Mine"})
    with pytest.raises(Forbidden):
        meetings.record(work(actor), MEETING)


def test_every_problem_is_told_at_once(work: Works):
    wrong = given(
        countries=["TJ", "XX"], partners=["NOBODY"], commitment="II.1", meeting_id="0", status="dropped"
    )

    with pytest.raises(Invalid) as refused:
        recommendations.record(work(coordinator()), wrong)

    assert {problem.pointer for problem in refused.value.problems} == {
        *("#/countries/1", "#/partners/0", "#/commitment", "#/meeting_id", "#/outcome")
    }


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_done_or_dropped_says_what_came_of_it(work: Works, status: str):
    with pytest.raises(Invalid) as refused:
        recommendations.record(work(coordinator()), given(status=status))

    assert [problem.code for problem in refused.value.problems] == ["outcome_missing"]


def test_a_change_keeps_what_it_does_not_name_and_is_in_the_history(work: Works):
    item = entered(work, countries=["TJ", "AF"], partners=["NO"], due="2026-06-01")
    recommendations.change(
        work(coordinator()), item.id, {"countries": ["AF", "KG"], "status": "under_way"}, 1
    )
    w = work()

    entry = w.session.scalars(
        select(HistoryEntry).where(HistoryEntry.action == "recommendation.changed")
    ).one()

    assert recommendations.document(item)["partners"] == ["NO"] and item.due == date(2026, 6, 1)
    assert set(recommendations.document(item)["countries"]) == {"AF", "KG"}
    assert (entry.before["status"], entry.after["status"], item.version) == ("open", "under_way", 2)


def test_a_change_of_an_older_version_is_refused(work: Works):
    item = entered(work)
    recommendations.change(work(coordinator()), item.id, {"title": "Renewed"}, 1)

    with pytest.raises(Stale):
        recommendations.change(work(coordinator()), item.id, {"title": "Late"}, 1)


def test_done_and_dropped_say_what_came_of_it(work: Works):
    item = entered(work)

    for status in ("done", "dropped"):
        with pytest.raises(Invalid):
            recommendations.change(work(coordinator()), item.id, {"status": status})
    recommendations.change(work(coordinator()), item.id, {"status": "done", "outcome": "Forty were trained."})

    assert listed(work, READER, status=("done",)) == [item.reference]


def test_the_partners_it_is_addressed_to_are_told_once(work: Works):
    nora = account(work(), "nora", "focal_point", "NO")
    item = entered(work, partners=["NO"])
    recommendations.change(work(coordinator()), item.id, {"title": "Renewed", "partners": ["NO", "FR"]})

    told = work().session.scalars(select(Message).where(Message.kind == "recommendation")).all()

    assert [(row.account_id, row.entity_id) for row in told] == [(nora, item.id)]


def test_a_focal_point_links_the_projects_of_its_own_partner(work: Works):
    item = entered(work)
    own, other = recorded(work(), "NO"), recorded(work(), "FR", organizations=funded_by("FR"))

    recommendations.link(work(focal("NO")), item.id, own.reference)
    recommendations.link(work(coordinator()), item.id, other.id)
    recommendations.link(work(coordinator()), item.id, other.id)

    with pytest.raises(Forbidden):
        recommendations.unlink(work(focal("NO")), item.id, other.id)
    with pytest.raises(Forbidden):
        recommendations.link(work(READER), item.id, own.id)
    linked = questions.projects(work().session, READER, [item.id])[item.id]
    assert [project.id for _link, project in linked] == [own.id, other.id]
    assert listed(work, READER, project=own.id) == [item.reference]


def test_a_hidden_project_is_linked_for_nobody_who_may_not_see_it(work: Works):
    item = entered(work)
    secret = recorded(work(), "FR", organizations=funded_by("FR"), visibility="confidential")
    recommendations.link(work(coordinator()), item.id, secret.id)

    with pytest.raises(Invalid):
        recommendations.link(work(focal("NO")), item.id, secret.reference)
    assert questions.projects(work().session, READER, [item.id]) == {item.id: []}
    assert listed(work, READER, project=secret.id) == []
    assert listed(work, coordinator(), project=secret.id) == [item.reference]


def test_a_link_is_taken_back(work: Works):
    item, own = entered(work), recorded(work(), "NO")
    recommendations.link(work(coordinator()), item.id, own.id)

    recommendations.unlink(work(coordinator()), item.id, own.id)

    assert questions.projects(work().session, READER, [item.id]) == {item.id: []}
    with pytest.raises(NotFound):
        recommendations.unlink(work(coordinator()), item.id, own.id)


def test_the_list_is_filtered_in_every_way(work: Works):
    meeting = meetings.record(work(coordinator()), dict.fromkeys(meetings.FIELDS) | MEETING | {"pillar": "I"})
    one = entered(work, countries=["TJ"], partners=["NO"], meeting_id=meeting.id, due="2026-01-01").reference
    two = entered(work, title="Laboratories", pillar="III", text="Of all ports", due="2026-01-16").reference

    for filters, expected in (
        ({}, [one, two]),
        ({"pillar": ("III",)}, [two]),
        ({"country": ("TJ",)}, [one]),
        ({"partner": ("NO",)}, [one]),
        ({"meeting": meeting.id}, [one]),
        ({"text": "PORTS of"}, [two]),
        ({"text": "%"}, []),
        ({"overdue_on": date(2026, 1, 15)}, [one]),
    ):
        assert listed(work, READER, **filters) == expected


def test_a_recommendation_is_a_need_in_its_countries_until_it_is_done(work: Works):
    item = entered(work, countries=["KG", "TJ"], assistance_type="training")
    helped = recorded(work(), "NO", assistance_types=["training"])

    def gaps() -> set[str]:
        return {row["country"] for row in cells.findings(work(), ()) if row["kind"] == "gap"}

    before = gaps()
    recommendations.change(work(coordinator()), item.id, {"status": "done", "outcome": "Done."})

    assert before == {"KG", "TJ"} and helped.id
    assert gaps() == set()


def test_the_meetings_of_the_sources_are_entered_once(work: Works):
    row = dict.fromkeys(meetings.FIELDS) | MEETING

    first, again = meetings.load(work(), [row]), meetings.load(work(), [row])

    assert (first, again) == (1, 0)
    assert len(all_meetings.page(work().session, all_meetings.visible(READER), (0, 9))) == 1
