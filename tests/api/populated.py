"""A database in which every resource of the API has something in it, and everybody who might ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask

from adam.api.examples import JUDGEMENT, ROUND
from adam.app import create_app
from adam.database import sessions
from adam.domain import actors
from adam.services import rules, tokens
from adam.services.work import working
from adam.settings import load
from tests.api.builders import accepted, moved, sent, submission, uploaded
from tests.builders.sheets import lines
from tests.databases import Database
from tests.visitors import Visitor, visitor


@dataclass(frozen=True, slots=True)
class Populated:
    """The application on its database; `visit(role, partner)` makes somebody who asks it."""

    app: Flask
    visit: Callable[..., Visitor]

    def token(self, who: tuple[str, str | None, list[str]] | None) -> str | None:
        """A token of somebody of this role and partner with these scopes, all that the role has if none are named."""
        if who is None:
            return None
        role, partner, scopes = who
        visitor = self.visit(role, partner)
        if not scopes:
            return visitor.token
        with working(self.app.extensions["adam"].sessions, actors.system("tests"), rules.load()) as w:
            return tokens.create(w, {"email": visitor.account.email, "scopes": scopes, "days": 1})[1]


def populated(database: Database) -> Populated:
    """Records of two partners and of every visibility, findings, submissions of every state, an import, a round."""
    settings = load({}, env="testing", database_url=database.url, rate_limit="1000000 per minute")
    app = create_app(settings, engine=database.engine)
    make = sessions(database.engine)
    visit = partial(visitor, app, make)
    fill(visit, make)
    return Populated(app, visit)


def fill(visit: Callable[..., Visitor], make: Any) -> None:
    """Something of every resource."""
    norway, unodc, office = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    for who, visibility in ((norway, "public"), (unodc, "partners"), (norway, "confidential")):
        accepted(who, office, visibility=visibility)
    for move in ("submit", "withdraw", "return", "reject"):
        draft = sent(norway, submission(title=f"One to {move}"))
        moved(norway, draft["id"], "submit", 1)
        if move != "submit":
            said = {} if move == "withdraw" else {"json": {"comment": "Say which."}}
            moved(norway if move == "withdraw" else office, draft["id"], move, 2, **said)
    sent(norway)
    finding = office.api("GET", "/findings").get_json()["items"][0]["id"]
    office.api("POST", f"/findings/{finding}/judgements", json=JUDGEMENT)
    for kind in ("overlap", "coverage"):
        office.api("POST", "/reports", json={"kind": kind})
    office.api("POST", "/validation-rounds", json=ROUND)
    uploaded(norway, make, lines(["source_ref", "title"], ["A", "x"]))
