"""Events of cases and of reports: told to those who may see the case, and to whoever planned the report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openapi_schema_validator import OAS31Validator
from sqlalchemy import select

from adam.api import events
from adam.domain.actors import Actor, system
from adam.domain.webhooks import CASE_EVENTS, DELIVERED
from adam.errors import Forbidden
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.models.saved_scopes import SavedScope
from adam.schemas.faults import load as read
from adam.schemas.saved_scopes import SavedScopeSchema
from adam.services import (
    account_moves,
    accounts,
    case_outcomes,
    cases,
    findings,
    projects,
    rules,
    saved_scopes,
    screening,
    webhooks,
)
from adam.services.projects import Entry
from tests.builders.desks import Desk
from tests.builders.documents import draft, everything
from tests.builders.receivers import receiving
from tests.databases import Database
from tests.services.test_webhooks import coordinator, delivered, everything_like, rows, submitted, subscribed


def focal_point(desk: Desk, partner: str) -> Actor:
    draft = {"name": partner, "role": "focal_point", "partner": partner, "password": None}
    account = desk.do(
        lambda w: accounts.create(w, draft | {"email": f"{partner}@x.example"}), system("tests")
    )
    return accounts.actor_of(account)


def judged(desk: Desk, cora: Actor) -> None:
    """Two records that do one job, and a coordinator's word on it, which opens a case."""
    for document, owner in ((everything(), "NO"), (everything_like(), "FR")):
        desk.do(
            lambda w, it=document, of=owner: projects.record(w, [Entry(draft(**it), of)]), system("tests")
        )
    desk.do(lambda w: screening.run(w, full=True), system("tests"))
    said = {"verdict": "duplicate_assistance", "reason": "Both train them.", "review_on": None}
    desk.do(
        lambda w: findings.judge(
            w, w.session.scalars(select(Finding.id).where(Finding.a_id.is_not(None))).one(), said
        ),
        cora,
    )


def planned(desk: Desk, paris: Actor) -> None:
    """A scope that this person saved, on its day."""
    asked = {
        "name": "Every month",
        "kind": "gaps",
        "scope": {},
        "forms": [],
        "rhythm": "monthly",
        "day": 1,
    }
    plan = read(SavedScopeSchema(), asked)
    scope = desk.do(lambda w: saved_scopes.save(w, plan), paris)
    desk.do(lambda w: setattr(w.session.get_one(SavedScope, scope.id), "next_on", w.today), system("tests"))
    saved_scopes.run_due(desk.make, rules.load())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_case_is_told_to_both_partners_and_a_scheduled_report_to_whoever_planned_it(
    fresh_database: Database,
):
    desk = Desk(fresh_database)
    with receiving() as receiver:
        cora, paris = coordinator(desk), focal_point(desk, "FR")
        stranger = focal_point(desk, "TJ")
        hooks = {
            subscribed(desk, receiver, who).id: who.partner for who in (cora, paris, desk.actor, stranger)
        }
        judged(desk, cora)
        case = desk.ask(lambda s: s.scalars(select(Case.id)).one())

        desk.do(lambda w: cases.say(w, case, "We stop in June."))
        desk.do(lambda w: case_outcomes.close(w, case, {"outcome": "one_stops", "text": "Agreed."}), cora)
        planned(desk, paris)

        told = {(hooks[row.webhook_id], row.kind) for row in rows(desk) if row.entity in ("case", "report")}
        assert told == {
            *((who, kind) for who in (None, "NO", "FR") for kind in CASE_EVENTS),
            ("FR", "report.ready"),
        }
        delivered(desk, receiver)
        for one in receiver.said():
            faults = [fault.message for fault in OAS31Validator(events.schema(one["type"])).iter_errors(one)]
            assert faults == [], one["type"]
        words = {one["data"].get("comment") for one in receiver.said() if one["type"] == "case.message"}
        assert words == {"We stop in June."} and {row.state for row in rows(desk)} == {DELIVERED}

        secret = draft(**everything_like() | {"visibility": "confidential"})
        theirs = desk.ask(lambda s: s.scalars(select(Project.id).where(Project.owner == "FR")).one())
        desk.do(lambda w: projects.record(w, [Entry(secret, "FR", theirs)]), system("tests"))
        before = len(receiver.said())
        desk.do(lambda w: case_outcomes.reopen(w, case, "They did not."), cora)
        delivered(desk, receiver)
        said = [one["data"] for one in receiver.said()[before:]]
        assert said and {one.get("comment") for one in said} == {None}
        assert {about["title"] for one in said for about in one["case"]["projects"]} >= {None}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_suspended_accounts_webhooks_tell_nothing_until_they_are_let_go_on(fresh_database: Database):
    desk = Desk(fresh_database)
    with receiving() as receiver:
        hook = subscribed(desk, receiver)
        submitted(desk)

        for move in (account_moves.suspend, account_moves.reactivate):
            desk.do(lambda w, it=move: it(w, desk.actor.account), system("tests"))
        delivered(desk, receiver)
        before = list(receiver.got)
        desk.do(lambda w: webhooks.resume(w, hook.id))
        delivered(desk, receiver)

        assert before == [] and len(receiver.got) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_token_that_may_not_read_makes_no_webhook_that_reads(fresh_database: Database):
    desk = Desk(fresh_database)
    blind = replace(desk.actor, scopes=frozenset({"submit"}))

    with receiving() as receiver, pytest.raises(Forbidden, match="scope read"):
        subscribed(desk, receiver, blind)
