"""Handing over by the pages: what moves is shown first, the link of an invitation makes an account, once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, VIEWER, system
from adam.models.accounts import Account
from adam.models.handovers import Handover
from adam.models.messages import Mail
from adam.models.partners import FocalPoint
from adam.services import rules
from adam.services.work import working
from tests.visitors import Visitor, form_token

Visit = Callable[..., Visitor]
Make = sessionmaker[Session]
PASSWORD = "correct horse battery"


def person_of(session: Session, visitor: Visitor) -> FocalPoint:
    """The focal point whom an account signs in."""
    return session.scalars(select(FocalPoint).where(FocalPoint.account_id == visitor.account.id)).one()


def link(app: Flask, sessions: Make) -> str:
    """The path in the invitation's mail as it would go out at this moment."""
    with working(sessions, system("post"), rules.load(), read_only=True) as w:
        mail = w.session.scalars(
            select(Mail).where(Mail.kind == "invitation").order_by(Mail.id.desc())
        ).first()
        letter = app.extensions["adam_letters"](w, mail)
    found = re.search(r"http://[^/]+(/invitations/\S+)", letter.text)
    assert found and found.group(1) in letter.html
    return found.group(1)


def send(client: FlaskClient, path: str, data: dict[str, str]) -> tuple[int, str]:
    """Status and text of a form that somebody without an account sends."""
    answer = client.post(path, data=data | {"csrf_token": form_token(client)})
    return answer.status_code, answer.text


def test_a_successor_with_an_account_sees_what_moves_and_takes_over(visit: Visit, session: Session):
    nora, nils = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "NO")
    me = person_of(session, nora)
    said = {"name": "Nils", "email": nils.account.email, "day": ""}

    offered = nora.submit(f"/focal-points/{me.id}/hand-over", said)
    path = offered.headers["Location"]
    message = re.search(r'action="(/messages/[0-9a-f-]{36})"', nils.get("/messages").text)
    assert message
    opened = nils.submit(message.group(1), {})
    shown = nils.get(path).text
    done = nils.submit(f"{path}/accept", {})

    assert opened.headers["Location"] == path
    assert "What passes on" in shown and "Take over" in shown
    assert done.status_code == 303 and "done: the work has moved" in nils.get(path).text
    assert nora.get("/desk").headers["Location"].startswith("/sign-in")


def test_what_is_wrong_with_an_offer_stands_at_its_field(visit: Visit, session: Session):
    nora = visit(FOCAL_POINT, "NO")
    me = person_of(session, nora)

    refused = nora.submit(f"/focal-points/{me.id}/hand-over", {"name": "", "email": "x", "day": "soon"})

    assert refused.status_code == 422
    for field in ("name-e", "email-e", "day-e"):
        assert f'id="{field}"' in refused.text


def test_an_offer_is_given_back_or_withdrawn(visit: Visit, session: Session):
    nora, nils = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "NO")
    me = person_of(session, nora)
    said = {"name": "Nils", "email": nils.account.email, "day": ""}

    first = nora.submit(f"/focal-points/{me.id}/hand-over", said).headers["Location"]
    nils.submit(f"{first}/decline", {})
    second = nora.submit(f"/focal-points/{me.id}/hand-over", said).headers["Location"]
    nora.submit(f"{second}/withdraw", {})

    assert session.scalars(select(Handover.state).order_by(Handover.id)).all() == ["declined", "withdrawn"]
    assert "Take over" not in nils.get(second).text


def test_nobody_else_sees_offers_or_answers(visit: Visit, session: Session):
    nora, nils = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "NO")
    other, uma = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "UNODC")
    me = person_of(session, nora)
    said = {"name": "Nils", "email": nils.account.email, "day": ""}
    path = nora.submit(f"/focal-points/{me.id}/hand-over", said).headers["Location"]

    for stranger in (other, uma, visit(VIEWER)):
        assert stranger.get(path).status_code == 404
    assert other.submit(f"{path}/accept", {}).status_code == 404
    assert other.get(f"/focal-points/{me.id}/hand-over").status_code == 404
    assert other.submit(f"/focal-points/{me.id}/hand-over", said).status_code == 403
    assert nora.submit(f"{path}/accept", {}).status_code == 403


def test_a_colleague_without_an_account_takes_over_by_the_link_and_is_signed_in(
    visit: Visit, session: Session, sessions: Make, app: Flask, client: FlaskClient
):
    nora = visit(FOCAL_POINT, "NO")
    said = {"name": "Ola", "email": "ola@test.example", "day": ""}
    nora.submit(f"/focal-points/{person_of(session, nora).id}/hand-over", said)
    path = link(app, sessions)

    looked = client.get(path)
    short = send(client, path, {"password": "short"})
    made = send(client, path, {"password": PASSWORD})
    again = client.get(path)

    assert looked.status_code == 200 and "What passes on" in looked.text and "Ola" in looked.text
    assert short[0] == 422 and "12 to 200" in short[1]
    assert made[0] == 303 and client.get("/desk").status_code == 200
    assert again.status_code == 410
    account = session.scalars(select(Account).where(Account.email == "ola@test.example")).one()
    assert (account.role, account.partner) == ("focal_point", "NO")


def test_a_link_gives_back_without_an_account(
    visit: Visit, session: Session, sessions: Make, app: Flask, client: FlaskClient
):
    nora = visit(FOCAL_POINT, "NO")
    said = {"name": "Ola", "email": "ola@test.example", "day": ""}
    nora.submit(f"/focal-points/{person_of(session, nora).id}/hand-over", said)

    refused = send(client, f"{link(app, sessions)}/decline", {})

    assert refused[0] == 200 and "You have given it back" in refused[1]
    assert "has given back" in nora.get("/messages").text
    assert session.scalars(select(Account).where(Account.email == "ola@test.example")).first() is None


@pytest.mark.parametrize("path", ["nonsense", "WyJ4IiwieSJd.x", "a" * 300])
def test_links_that_open_nothing_get_one_answer(client: FlaskClient, path: str):
    looked, sent = (
        client.get(f"/invitations/{path}"),
        send(client, f"/invitations/{path}", {"password": PASSWORD}),
    )

    assert looked.status_code == sent[0] == 410
    assert "This link opens nothing" in looked.text and "This link opens nothing" in sent[1]


def test_only_who_holds_the_link_learns_that_an_address_has_an_account(
    visit: Visit, session: Session, sessions: Make, app: Flask, client: FlaskClient
):
    nora, uma = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "UNODC")
    me = person_of(session, nora).id
    pages = []
    for email in (uma.account.email, "unknown@test.example"):
        path = nora.submit(
            f"/focal-points/{me}/hand-over", {"name": "Uma", "email": email, "day": ""}
        ).headers["Location"]
        pages.append(re.sub(r"[0-9a-f-]{36}|csrf_token.*?>", "", nora.get(path).text))
        if email == uma.account.email:
            held = link(app, sessions)
            shown = client.get(held).text
            kept = send(client, held, {"password": PASSWORD})
        nora.submit(f"{path}/withdraw", {})

    assert pages[0] == pages[1]
    assert "There is an account with the address" in shown and kept[0] == 409


def test_an_administrator_hands_over_for_somebody_who_left(visit: Visit, session: Session):
    nora, nils, admin = visit(FOCAL_POINT, "NO"), visit(FOCAL_POINT, "NO"), visit(ADMINISTRATOR)
    me = person_of(session, nora)
    said = {"name": "Nils", "email": nils.account.email, "day": ""}

    page = admin.get(f"/focal-points/{me.id}").text
    path = admin.submit(f"/focal-points/{me.id}/hand-over", said).headers["Location"]
    nils.submit(f"{path}/accept", {})

    assert "Hand over" in page and "done: the work has moved" in admin.get(path).text
