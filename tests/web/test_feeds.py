"""Feeds and calendars: what their reader may see, under addresses that can be taken back at once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy import select

from adam.domain.actors import ANONYMOUS
from adam.models.accounts import Account
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.schemas.faults import load
from adam.schemas.meetings import MeetingSchema
from adam.schemas.recommendations import RecommendationSchema
from adam.schemas.rounds import RoundSchema
from adam.services import feeds, findings, meetings, recommendations, rounds, screening
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, recorded

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ADDRESS = re.compile(r'href="http://[^/"]+(/feeds/[^"]+/(?:changes\.atom|calendar\.ics))"')


def kept(work: Works) -> None:
    """Let the application see what was recorded."""
    work().session.commit()


def titles(answer: Any) -> list[str | None]:
    """The titles of a feed's entries."""
    return [
        entry.findtext(f"{ATOM}title") for entry in etree.fromstring(answer.data).iterchildren(f"{ATOM}entry")
    ]


def address(who: Any, kind: str) -> str:
    """A new personal address, as its page shows it."""
    return ADDRESS.search(who.submit(f"/feeds/{kind}", {}).text)[1]


def levels(work: Works, **more: Any) -> None:
    """A record of Norway's for each visibility."""
    for level in ("public", "partners", "confidential"):
        recorded(work(), title=f"A {level} one", visibility=level, **more)


def test_the_open_feed_is_the_same_for_everybody(work: Works, client: Any, visit: Any):
    levels(work)
    kept(work)

    stranger, reader = (who.get("/feeds/changes.atom") for who in (client, visit("coordinator")))

    assert titles(stranger) == ["A public one"]
    assert stranger.data == reader.data and "1200000" not in stranger.text


@pytest.mark.parametrize(
    ("role", "partner", "seen"),
    [
        ("viewer", None, {"A public one", "A partners one"}),
        ("focal_point", "UNODC", {"A public one", "A partners one"}),
        ("focal_point", "NO", {"A public one", "A partners one", "A confidential one"}),
        ("coordinator", None, {"A public one", "A partners one"}),
        ("administrator", None, {"A public one", "A partners one"}),
    ],
)
def test_a_personal_feed_holds_what_its_owner_may_see_without_secrets_of_others(
    work: Works, client: Any, visit: Any, role: str, partner: str | None, seen: set[str]
):
    levels(work)
    kept(work)

    answer = client.get(address(visit(role, partner), "changes"))

    assert (answer.status_code, set(titles(answer))) == (200, seen)


def test_the_feed_has_what_atom_demands(work: Works, client: Any):
    record = recorded(work())
    kept(work)

    answer = client.get("/feeds/changes.atom?country=TJ&country=KG")

    feed = etree.fromstring(answer.data)
    [entry] = feed.iterchildren(f"{ATOM}entry")
    assert answer.mimetype == "application/atom+xml"
    for element in (feed, entry):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1 and element.findtext(f"{ATOM}{name}")
        assert DAY.fullmatch(element.findtext(f"{ATOM}updated"))
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    [own] = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == feed.findtext(f"{ATOM}id") and own.get("href").endswith(
        "?country=TJ&country=KG"
    )
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Norway"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{record.id}"


def test_filters_of_the_list_work_in_a_feed(work: Works, client: Any):
    recorded(work(), title="In Georgia", countries=[{"country": "GE"}])
    recorded(work(), title="In Tajikistan")
    kept(work)

    found = titles(client.get("/feeds/changes.atom?country=GE"))

    assert found == ["In Georgia"]


@pytest.mark.parametrize("path", ["/feeds/changes.atom", "/projects/export"])
def test_filters_of_anything_are_answered(client: Any, path: str):
    odd = "country=%01%00&pillar=%EF%BF%BE&owner=%ED%A0%80&q=%02%3C&from=x&sector=%F0%9F%98%80&format=iati"

    answer = client.get(f"{path}?{odd}", buffered=True)

    assert answer.status_code == 200
    etree.fromstring(answer.data)


def test_who_has_it_already_gets_nothing_again(work: Works, client: Any):
    recorded(work())
    kept(work)
    first = client.get("/feeds/changes.atom")

    by_tag = client.get("/feeds/changes.atom", headers={"If-None-Match": first.headers["ETag"]})
    by_day = client.get("/feeds/changes.atom", headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (by_tag.status_code, by_day.status_code, by_tag.data) == (304, 304, b"")


def test_an_address_is_worth_nothing_once_it_is_taken_back_or_made_anew(work: Works, client: Any, visit: Any):
    who = visit("viewer")
    first = address(who, "changes")
    second = address(who, "changes")

    answers = [client.get(path).status_code for path in (first, second)]
    who.submit("/feeds/changes/close", {})

    assert answers == [404, 200]
    assert client.get(second).status_code == 404


def test_an_address_ends_with_its_account_and_serves_one_kind_alone(work: Works, client: Any, visit: Any):
    who = visit("viewer")
    path = address(who, "changes")
    other_kind = client.get(path.replace("changes.atom", "calendar.ics")).status_code

    work().session.get(Account, who.account.id).active = False
    kept(work)

    assert (other_kind, client.get(path).status_code) == (404, 404)


def test_only_a_hash_of_an_address_is_kept_and_its_making_is_history(work: Works, client: Any, visit: Any):
    who = visit("viewer")

    secret = address(who, "changes").split("/")[2]

    entry = work().session.query(HistoryEntry).filter_by(action="feed.opened").one()
    assert entry.entity_id == who.account.id
    assert secret not in str(entry.after) and secret not in who.get("/feeds").text


def test_the_calendar_holds_what_ends_in_my_countries_and_of_my_partner(work: Works, client: Any, visit: Any):
    today = datetime.now(UTC).date()
    near, later = ({"end_planned": (today + timedelta(days)).isoformat()} for days in (200, 900))
    usual = {"contributions": [], "start_planned": None}
    recorded(work(), title="Here", owner="UNODC", **near, **usual)
    recorded(work(), title="Ours", owner="TJ", countries=[{"country": "GE"}], **near, **usual)
    recorded(work(), title="Elsewhere", owner="UNODC", countries=[{"country": "GE"}], **near, **usual)
    recorded(work(), title="Much later", owner="TJ", **later, **usual)
    recorded(work(), title="Secret", owner="UNODC", visibility="confidential", **near, **usual)
    kept(work)

    answer = client.get(address(visit("focal_point", "TJ"), "calendar"))

    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert answer.mimetype == "text/calendar"
    assert sorted(str(event["summary"]) for event in events) == ["Ends: Here", "Ends: Ours"]
    assert {event["dtstart"].dt.isoformat() for event in events} == {near["end_planned"]}
    assert {(event["dtend"].dt - event["dtstart"].dt).days for event in events} == {1}


def test_rounds_end_in_the_calendar_of_those_they_ask(work: Works):
    recorded(work())
    draft = load(RoundSchema(), {"title": "Spring round", "deadline": "2026-03-01", "scope": {}})
    rounds.open_round(work(coordinator()), draft)

    asked, others, nobody = (
        [one.title for one in feeds.due(work(who), "https://a.example")]
        for who in (focal("NO"), focal("FR"), ANONYMOUS)
    )

    assert "Answers due: Spring round" in asked
    assert [title for title in (*others, *nobody) if title.startswith("Answers")] == []


def test_meetings_and_recommendations_to_my_partner_are_in_the_calendar(work: Works):
    meeting = {"title": "Working group I", "kind": "expert_working_group", "starts_on": "2026-02-10"}
    meetings.record(work(coordinator()), load(MeetingSchema(), meeting | {"ends_on": "2026-02-11"}))
    asked = {"title": "Train liaison officers", "pillar": "I", "due": "2026-02-20", "partners": ["NO"]}
    recommendations.record(work(coordinator()), load(RecommendationSchema(), asked))

    found = {
        who.partner: [(one.title, one.day, one.until) for one in feeds.due(work(who), "https://a.example")]
        for who in (focal("NO"), focal("FR"), ANONYMOUS)
    }

    held = ("Working group I", date(2026, 2, 10), date(2026, 2, 11))
    due = ("Recommendation due: Train liaison officers", date(2026, 2, 20), None)
    assert found == {"NO": [held, due], "FR": [held], None: []}


def test_a_case_stands_in_the_calendars_of_both_partners_by_its_reference_alone(work: Works):
    a, b = (recorded(work(), owner, title=f"Secret of {owner}") for owner in ("NO", "FR"))
    screening.run(work(), full=True)
    [finding] = work().session.scalars(select(Finding).where(Finding.a_id.in_([a.id, b.id])))
    draft = {"verdict": "duplicate_assistance", "reason": "Both train the same post.", "review_on": None}
    findings.judge(work(coordinator()), finding.id, draft | {"due_on": date(2026, 3, 1)})

    found = {
        who.partner: [one for one in feeds.due(work(who), "https://a.example") if one.id.startswith("case-")]
        for who in (focal("NO"), focal("FR"), focal("UNODC"), ANONYMOUS)
    }

    assert [len(found[code]) for code in ("NO", "FR", "UNODC", None)] == [1, 1, 0, 0]
    [one] = found["NO"]
    assert one.day == date(2026, 3, 1) and "Secret" not in one.title + one.about


def test_every_page_tells_readers_of_the_feed(client: Any):
    link = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">')

    found = [
        link.search(client.get(path).text)[1] for path in ("/partners", "/projects?country=TJ&sort=title")
    ]

    assert found == ["/feeds/changes.atom", "/feeds/changes.atom?country=TJ"]
