"""Every page passes axe and fits a phone, from the left and from the right, and asks nobody else for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from adam.domain.actors import system
from adam.http import languages
from adam.models.accounts import Account
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.handovers import Invitation
from adam.models.messages import Mail
from adam.models.partners import Organization
from adam.models.projects import Project
from adam.models.webhooks import WebhookTry
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationSchema
from adam.services import (
    accounts,
    cases,
    findings,
    focal_points,
    handovers,
    invitations,
    links,
    meetings,
    messages,
    needs,
    projects,
    recommendations,
    reports,
    rules,
    screening,
    submissions,
    webhooks,
)
from adam.services.destinations import Reach
from adam.services.projects import Entry
from adam.services.work import Work, working
from tests.barriers import barriers, news
from tests.browsers import Live
from tests.builders.documents import claim, coordinator, draft, everything, focal
from tests.services.test_gaps import NEED

# What a page looks like has nothing to do with the database under it.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
PHONE = {"width": 360, "height": 800}
SCOPE = {"countries": [], "pillars": [], "organizations": [], "date_from": None, "date_to": None}
NO_PAGES = ("/api", "/static", "/healthz", "/readyz")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_files: set[str] = set()
"""Addresses, without identifiers, that answered one role with a file: none of them is a page for another."""
ROLES = {"": None, "viewer": None, "focal_point": "NO", "coordinator": None, "administrator": None}


@pytest.fixture(autouse=True)
def arabic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An Arabic catalogue without a word in it: the pages stay English and run from the right."""
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, Catalog(locale="ar"))
    monkeypatch.setattr(languages, "CATALOGUES", str(tmp_path))


@pytest.fixture
def things(live: Live) -> dict[str, list[str]]:
    """What stands in the addresses of pages: of a database in which there is something of everything."""
    with working(live.sessions, system("tests"), rules.load()) as w:
        projects.record(
            w, [Entry(draft(), "NO"), Entry(draft(), "FR"), Entry(draft(title="Posts, phase II"), "NO")]
        )
    with working(live.sessions, system("tests"), rules.load()) as w:
        screening.run(w, full=True)
    with working(live.sessions, system("tests"), rules.load()) as w:
        report = reports.run(w, "overlap", SCOPE).id
        need = needs.record(w, NEED).id
    with working(live.sessions, focal("NO"), rules.load()) as w:
        mine = _submissions(w)
    case = _case(live)
    with live.sessions() as session:
        finding = session.scalars(select(Finding.id).where(Finding.a_id.is_not(None))).first()
        record = session.scalars(select(Project.id).where(Project.owner == "NO")).first()
        unlisted = session.scalars(select(Organization.id).order_by(Organization.listed)).first()
    advised, meeting = _compendium(live)
    return {
        "recommendation_id": [advised],
        "meeting_id": [meeting],
        "submission_id": mine,
        "project_id": [str(record)],
        "finding_id": [str(finding)],
        "case_id": [case],
        "report_id": [report],
        "need_id": [str(need)],
        "token": ["unknown"],
        "country_code": ["TJ"],
        "pillar_code": ["I"],
        "partner_code": ["NO"],
        "list_name": ["organizations"],
        "organization_id": [unlisted],
    } | _people(live)


def _compendium(live: Live) -> tuple[str, str]:
    """A recommendation of a meeting, overdue."""
    day = {"title": "Round table", "kind": "round_table"}
    with working(live.sessions, coordinator(), rules.load()) as w:
        meeting = meetings.record(w, dict.fromkeys(meetings.FIELDS) | day).id
        said = {
            "title": "Train",
            "pillar": "I",
            "countries": ["TJ"],
            "due": "2020-01-31",
            "meeting_id": meeting,
        }
        return recommendations.record(w, load(RecommendationSchema(), said)).id, meeting


def _case(live: Live) -> str:
    """A case of Norway's and France's in which somebody has written."""
    with working(live.sessions, system("tests"), rules.load()) as w:
        partners = select(Finding).where(Finding.a_id.is_not(None)).order_by(Finding.id.desc())
        question = next(one for one in w.session.scalars(partners) if len(_owners(w, one)) > 1)
        overlap = {"verdict": "overlap", "reason": "In one place.", "review_on": None}
        findings.judge(w, question.id, overlap)
        found = w.session.scalars(select(Case.id)).one()
        cases.say(w, found, "Who trains whom?")
    return str(found)


def _owners(w: Work, finding: Finding) -> set[str]:
    ids = (finding.a_id, finding.b_id)
    return set(w.session.scalars(select(Project.owner).where(Project.id.in_(ids))))


def _people(live: Live) -> dict[str, list[str]]:
    """A focal point without an account, who is invited; a handover that is offered by link; messages and mails."""
    leaving = live.visitor("focal_point", "NO")
    secret = live.app.extensions["adam"].settings.secret_key
    usual = {
        "kind": None,
        "since": None,
        "until": None,
        "account": None,
        "pillars": ["I"],
        "countries": ["AF"],
    }
    named = {"name": "Najib", "email": "najib@test.example", "partner": "AF"}
    with working(live.sessions, system("tests"), rules.load()) as w:
        person = focal_points.designate(w, usual | named)
        invited = invitations.invite(w, person.id)
        own = focal_points.of_account(w, leaving.account)
        offer = handovers.offer(w, own.id, {"name": "Ola", "email": "ola@test.example", "day": None})
        by_link = w.session.scalars(select(Invitation).where(Invitation.handover_id == offer.id)).one()
        for account in w.session.scalars(select(Account)):
            messages.tell(w, account.id, "unanswered", ("partner", "AF"), partner="AF", number=2)
        tokens = [invitations.token(secret, one) for one in (invited, by_link)]
        return {
            "focal_point_id": [person.id, own.id],
            "handover_id": [offer.id],
            "account_id": [leaving.account.id],
            "webhook_id": [_webhook(w)],
            "mail_id": list(w.session.scalars(select(Mail.id).limit(1))),
            "token": ["unknown", *tokens, links.sign(secret, "unsubscribe", [leaving.account.id])],
        }


def _webhook(w: Work) -> str:
    """A webhook of a coordinator with a log: one event that was given up, and one that waits."""
    about: dict[str, str | None] = {"name": "Cora", "email": "cora@test.example", "role": "coordinator"}
    about |= {"partner": None, "password": None}
    cora = accounts.create(w, about)
    inside = Work(w.session, accounts.actor_of(cora), w.rules, w.now, w.changes)
    draft = {"name": "Register", "url": "https://register.example.org/adam", "events": []}
    hook = webhooks.create(inside, draft, Reach(frozenset(), frozenset({443}), True, 1))
    given_up, _waits = (webhooks.ping(inside, hook.id) for _ in range(2))
    given_up.state, given_up.finished_at = "failed", w.now
    said = {"at": w.now, "took_ms": 41, "status": 503, "answer": "<h1>Away</h1>"}
    w.session.add(WebhookTry(delivery_id=given_up.id, number=1, **said))
    w.session.flush()
    return hook.id


def _submissions(w: Work) -> list[str]:
    """A draft with problems, and a whole submission that waits."""
    broken = submissions.save(
        w, claim({"title": "Half a project", "countries": [{"country": "TJ", "share": "140"}]})
    )
    return [broken.id, submissions.submit(w, submissions.save(w, claim(everything())).id).id]


def addresses(live: Live, things: dict[str, list[str]]) -> list[str]:
    """Every address that may be read; one of each thing where an address names one."""
    found = ["/nowhere"]
    for rule in live.app.url_map.iter_rules():
        names = ARGUMENT.findall(rule.rule)
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(NO_PAGES):
            continue
        for at in range(max((len(things.get(name, ())) for name in names), default=1)):
            path = rule.rule
            for name in names:
                listed = things.get(name)
                path = ARGUMENT.sub(listed[min(at, len(listed) - 1)], path, count=1) if listed else ""
            found += [path] if path else []
    return found


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(base_url=live.url, viewport=PHONE)
    yield context
    context.close()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "anonymous")
def test_pages_have_no_barriers_and_fit_a_phone_from_either_side(
    phone: BrowserContext, live: Live, things: dict[str, list[str]], role: str
):
    if role:
        live.sign_in(phone, live.visitor(role, ROLES[role]))
    page = phone.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    read = [path for path in addresses(live, things) if is_page(phone, path)]
    found = [fault for path in read for fault in faults(page, path)]
    phone.add_cookies([{"name": languages.COOKIE, "value": "ar", "url": live.url}])
    page.goto(read[-1])

    assert not found
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert len(read) > len(("sign-in", "projects", "a project", "coverage", "partners"))
    assert {url for url in asked if not url.startswith((live.url, "data:"))} == set()


def is_page(phone: BrowserContext, path: str) -> bool:
    """Whether there is a page for this person, rather than a file, another address, or a refusal."""
    kind = IDENTIFIER.sub("", path)
    if kind in _files:
        return False
    answer = phone.request.get(path, max_redirects=0, headers={"Accept": "text/html"})
    html = answer.headers.get("content-type", "").startswith("text/html")
    if answer.ok and not html:
        _files.add(kind)
    return html and (answer.ok or path == "/nowhere")


def test_a_refused_form_has_no_barriers(page: Page, live: Live):
    live.sign_in(page.context, live.visitor("focal_point", "NO"))
    page.goto("/submissions/new")
    page.get_by_role("button", name="Check and submit").click()

    assert "need mending" in page.get_by_role("alert").inner_text()
    assert barriers(page) == []


def faults(page: Page, path: str) -> list[str]:
    """What is wrong with a page: barriers, and how far it goes beyond the screen from the left and from the right."""
    page.goto(path)
    found = [*too_wide(page, path), *news(page, path)]
    page.evaluate("document.documentElement.dir = 'rtl'")
    return [*found, *too_wide(page, f"{path}, from the right")]


def too_wide(page: Page, path: str) -> list[str]:
    """How far the page that is open goes beyond the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{path}: {wide} pixels too wide for a phone"] if wide else []
