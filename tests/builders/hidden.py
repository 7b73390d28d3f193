"""A partner whose records were open, were talked about everywhere, and are confidential now: nobody else finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationSchema
from adam.schemas.rounds import RoundSchema
from adam.schemas.saved_scopes import SavedScopeSchema
from adam.schemas.scopes import ReportSchema
from adam.services import (
    accounts,
    additions,
    cases,
    feeds,
    findings,
    import_jobs,
    mentions,
    needs,
    recommendations,
    reports,
    rounds,
    saved_scopes,
    screening,
    submissions,
    tokens,
    webhooks,
)
from adam.services.destinations import Reach
from adam.services.import_jobs import Upload
from adam.services.work import Work
from tests.builders.documents import addition, claim, document, everything
from tests.builders.sheets import lines
from tests.services.test_gaps import NEED
from tests.visitors import Visitor

Works = Callable[..., Work]
WORD, MARK = "Zaranj", "informants"
SAID = f"{WORD} {MARK}"
AMOUNT = "7654321.00"
KINDS = ("overlap", "annual")
REACH = Reach(frozenset(), frozenset({443}), True, 1)


@dataclass
class House:
    """Who is there, what stands in addresses (`things`), and what nobody else may read (`secrets`)."""

    work: Works
    france: Visitor
    norway: Visitor
    unodc: Visitor
    office: Visitor
    things: dict[str, list[str]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=lambda: {MARK, "7654321", "7 654 321", "7\u00a0654\u00a0321"})

    def by(self, who: Visitor) -> Work:
        """A work of theirs."""
        return self.work(accounts.actor_of(who.account))

    def name(self, kind: str, *ids: Any) -> None:
        """Something that stands in addresses."""
        self.things.setdefault(kind, []).extend(str(one) for one in ids)


def secret_document(**more: Any) -> dict[str, Any]:
    """Everything a record may say, with the word in every text."""
    bodies = [
        {"role": "funding", "organization": "FR"},
        {"role": "extending", "organization": "NO"},
        {"role": "accountable", "organization": "UNODC"},
        {"role": "implementing", "name": f"{SAID} bureau"},
    ]
    whole = everything() | {
        "title": f"{SAID} on the Panj",
        "description": f"{SAID}: training of the officers with radios.",
        "translations": [{"language": "ru", "title": f"{SAID} посты", "description": f"{SAID} радио"}],
        "visibility": "partners",
        "organizations": bodies,
        "locations": [{"country": "TJ", "name": SAID, "latitude": "36.72", "longitude": "71.61"}],
        "pillars": [{"pillar": "I", "commitment": "I.5", "share": "100.00", "rationale": SAID}],
        "beneficiaries": [{"name": f"{SAID} guards", "kind": "border_guard"}],
        "identifiers": [{"scheme": "own", "value": f"{MARK}-1", "owner": None}],
        "relations": [{"kind": "component", "identifier": f"{MARK}-whole"}],
        "documents": [{"title": SAID, "url": f"https://example.org/{MARK}.pdf"}],
        "contributions": [
            {
                "organization": "FR",
                "kind": "commitment",
                "amount": AMOUNT,
                "currency": "USD",
                "value_date": "2024-01-01",
            }
        ],
    }
    return whole | more


def furnish(house: House) -> House:
    """Records that were open and talked about, made confidential, and one that was so from its first day."""
    own = _accepted(house, house.norway, document(title="Border posts on the Panj"))
    open_once = _accepted(house, house.france, secret_document(), source_ref=f"{MARK}-ref")
    house.name("project_id", own, open_once)
    _talk(house, open_once)
    _questions(house, own)
    _mechanism(house, open_once)
    _readers(house)
    _own_room(house)
    _close(house, open_once)
    house.work()
    return house


def _accepted(house: House, who: Visitor, content: dict[str, Any], **more: Any) -> str:
    kept = submissions.save(house.by(who), claim(content, **more))
    submissions.submit(house.by(who), kept.id)
    house.name("submission_id", kept.id)
    submissions.validate(house.by(house.office), kept.id)
    return str(house.by(who).session.get_one(Submission, kept.id).project_id)


def _talk(house: House, record: str) -> None:
    """What others said about it, and what was said to them."""
    mentions.dispute(house.by(house.unodc), record, "We are not accountable for this.")
    mentions.confirm(house.by(house.norway), record)
    places = [{"country": "TJ", "name": "Khorog", "latitude": None, "longitude": None}]
    added = submissions.save(house.by(house.unodc), addition(record, locations=places))
    submissions.submit(house.by(house.unodc), added.id)
    additions.remark(house.by(house.france), added.id, {"comment": "Quite so."})
    submissions.validate(house.by(house.office), added.id)
    house.name("submission_id", added.id)


def _questions(house: House, own: str) -> None:
    """Findings between it and a record that others see, and a case in which its owner wrote."""
    screening.run(house.work(), full=True)
    session = house.work().session
    either = or_(Finding.a_id == own, Finding.b_id == own)
    both = Finding.a_id.is_not(None), Finding.b_id.is_not(None)
    [pair] = session.scalars(select(Finding).where(either, *both)).all()
    judged = {"verdict": "overlap", "reason": f"{SAID} do the same.", "review_on": None}
    findings.judge(house.by(house.office), pair.id, judged)
    case = house.by(house.office).session.scalars(select(Case)).one()
    cases.say(house.by(house.france), case.id, f"{SAID} stop in June.")
    house.name("finding_id", pair.id)
    house.name("case_id", case.id)
    house.secrets |= {pair.id, pair.reference, case.id, case.reference}


def _mechanism(house: House, record: str) -> None:
    asked = load(RoundSchema(), {"title": "Records of spring", "deadline": "2026-01-31", "scope": {}})
    opened = rounds.open_round(house.by(house.office), asked)
    reply = {"answer": "withdrawn", "reason": f"{SAID} never began."}
    rounds.answer(house.by(house.france), opened.id, record, reply)
    advice = {"title": "Train", "pillar": "I", "countries": ["TJ"], "due": "2020-01-31"}
    advised = recommendations.record(house.by(house.office), load(RecommendationSchema(), advice))
    recommendations.link(house.by(house.office), advised.id, record)
    house.name("round_id", opened.id)
    house.name("recommendation_id", advised.id)
    house.name("need_id", needs.record(house.by(house.office), NEED).id)


def _readers(house: House) -> None:
    """What was stored for another when it could still be seen."""
    for kind in KINDS:
        house.name("report_id", _report(house, house.unodc, kind))
    for kind in feeds.KINDS:
        house.name("token", feeds.open_address(house.by(house.unodc), kind))


def _report(house: House, who: Visitor, kind: str) -> str:
    return str(reports.run(house.by(who), kind, load(ReportSchema(), {"kind": kind})["scope"]).id)


def _own_room(house: House) -> None:
    """What its owner keeps for itself."""
    kept = submissions.save(house.by(house.france), claim(secret_document(title=f"{SAID}, a draft")))
    file = lines(["source_ref", "title"], [f"{MARK}-row", SAID])
    sent = import_jobs.upload(house.by(house.france), Upload(f"{MARK}.csv", file, "csv", "dry_run"))
    hook = {"name": SAID, "url": f"https://{MARK}.example.org/adam", "events": []}
    plan = {"name": SAID, "kind": "gaps", "scope": {}, "rhythm": "monthly", "day": 1}
    token, _plain = tokens.create(house.by(house.france), {"name": SAID, "scopes": [], "days": 1})
    saved = saved_scopes.save(house.by(house.france), load(SavedScopeSchema(), plan))
    house.name("submission_id", kept.id)
    house.name("import_id", sent.id)
    house.name("webhook_id", webhooks.create(house.by(house.france), hook, REACH).id)
    house.name("token_id", token.id)
    house.name("scope_id", saved.id)
    house.name("report_id", _report(house, house.france, "overlap"))


def _close(house: House, record: str) -> None:
    """Its owner makes it confidential, after a word with the office; another one was so from the beginning."""
    hidden = secret_document(visibility="confidential")
    change = submissions.save(house.by(house.france), claim(hidden, project_id=record))
    submissions.submit(house.by(house.france), change.id)
    asked = {"comment": f"Say where the {SAID} are."}
    submissions.return_to_partner(house.by(house.office), change.id, asked)
    submissions.submit(house.by(house.france), change.id)
    submissions.validate(house.by(house.office), change.id)
    other = hidden | {"title": f"{SAID}, the second", "identifiers": []}
    house.name("submission_id", change.id)
    house.name("project_id", _accepted(house, house.france, other))
    screening.run(house.work(), full=True)
    house.name("report_id", _report(house, house.office, "overlap"))
    session = house.work().session
    for row in session.scalars(select(Project).where(Project.owner == "FR")):
        house.secrets |= {row.id, row.reference}
    for row in session.scalars(select(Submission).where(Submission.partner == "FR")):
        house.secrets |= {row.id, row.reference}
    theirs = select(Project.id).where(Project.owner == "FR")
    for found in session.scalars(
        select(Finding).where(or_(Finding.a_id.in_(theirs), Finding.b_id.in_(theirs)))
    ):
        house.name("finding_id", found.id)
        house.secrets |= {found.id, found.reference}
