"""Invitations: signed, used once, over after two weeks, replaced when sent again, revoked at will."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import Conflict, Forbidden, Invalid, NotFound
from adam.models.accounts import Account
from adam.models.handovers import Invitation
from adam.models.messages import Mail
from adam.models.partners import FocalPoint
from adam.services import accounts, focal_points, handovers, invitations, passwords
from adam.services.handovers import Link
from adam.services.work import Work
from tests.builders.documents import ADMIN, coordinator, focal
from tests.builders.recording import Works, account
from tests.conftest import NOW

SECRET = "testing only"
PASSWORD = "correct horse battery"


def kari(w: Work, **differences: Any) -> FocalPoint:
    """A focal point of Norway without an account."""
    usual: dict[str, Any] = {"partner": "NO", "name": "Kari", "email": "kari@test.example", "kind": None}
    usual |= {"since": None, "until": None, "account": None, "pillars": [], "countries": []}
    return focal_points.designate(w, usual | differences)


def link_of(invitation: Invitation, secret: str = SECRET) -> Link:
    """The link that its mail carries at this moment."""
    return Link(SECRET, invitations.token(secret, invitation))


def test_the_link_makes_an_account_with_the_password_that_was_chosen_once(work: Works, session: Session):
    person = kari(work())
    link = link_of(invitations.invite(work(ADMIN), person.id))

    made = handovers.accept_link(work(), link, PASSWORD)

    assert (made.email, made.role, made.partner) == ("kari@test.example", "focal_point", "NO")
    assert passwords.right(PASSWORD, made.password_hash) and person.account_id == made.id
    with pytest.raises(NotFound):
        handovers.accept_link(work(), link, PASSWORD)
    assert len(session.scalars(select(Account)).all()) == 1


def test_an_invitation_asks_for_one_mail(work: Works, session: Session):
    invitation = invitations.invite(work(ADMIN), kari(work()).id)

    mail = session.scalars(select(Mail)).one()
    assert (mail.kind, mail.address, mail.subject_id) == ("invitation", "kari@test.example", invitation.id)


def test_a_link_sent_again_replaces_the_one_before(work: Works):
    person = kari(work())
    invitation = invitations.invite(work(ADMIN), person.id)
    old = link_of(invitation)

    again = invitations.invite(work(ADMIN), person.id)

    assert again.id == invitation.id
    with pytest.raises(NotFound):
        handovers.accept_link(work(), old, PASSWORD)
    assert handovers.accept_link(work(), link_of(again), PASSWORD).email == "kari@test.example"


def test_a_link_is_over_after_two_weeks_or_when_it_was_revoked(work: Works):
    invitation = invitations.invite(work(ADMIN), kari(work()).id)
    other = invitations.invite(work(ADMIN), kari(work(), name="Ola", email="ola@test.example").id)
    invitations.revoke(work(ADMIN), other.id)

    with pytest.raises(NotFound):
        handovers.accept_link(work(now=NOW + timedelta(days=14)), link_of(invitation), PASSWORD)
    with pytest.raises(NotFound):
        handovers.accept_link(work(), link_of(other), PASSWORD)
    with pytest.raises(Conflict):
        invitations.revoke(work(ADMIN), other.id)


def test_every_link_that_is_worth_nothing_gets_the_same_words(work: Works):
    invitation = invitations.invite(work(ADMIN), kari(work()).id)
    forged = link_of(invitation, "another key")
    invitations.revoke(work(ADMIN), invitation.id)

    said = set()
    for link in (forged, link_of(invitation), Link(SECRET, "nonsense"), Link(SECRET, "")):
        with pytest.raises(NotFound) as refused:
            handovers.accept_link(work(), link, PASSWORD)
        said.add(str(refused.value))

    assert len(said) == 1


def test_a_copy_of_the_database_opens_nothing(work: Works):
    invitation = invitations.invite(work(ADMIN), kari(work()).id)
    kept = [str(getattr(invitation, column.key)) for column in Invitation.__table__.columns]

    for value in kept:
        with pytest.raises(NotFound):
            handovers.accept_link(work(), Link(SECRET, value), PASSWORD)


def test_who_has_an_account_or_no_address_or_was_ended_is_not_invited(work: Works):
    w = work()
    signed = accounts.actor_of(w.session.get_one(Account, account(w, "nora", "focal_point", "NO")))
    person = w.session.scalars(select(FocalPoint).where(FocalPoint.account_id == signed.account)).one()
    ended = kari(work(), since=NOW.date() - timedelta(days=9), until=NOW.date())

    with pytest.raises(Conflict):
        invitations.invite(work(ADMIN), person.id)
    with pytest.raises(Conflict):
        invitations.invite(work(ADMIN), ended.id)
    with pytest.raises(Invalid):
        invitations.invite(work(ADMIN), kari(work(), name="Nobody", email=None).id)


@pytest.mark.parametrize("actor", [focal("NO"), coordinator()])
def test_only_administrators_invite_send_again_and_revoke(work: Works, actor: Actor):
    person = kari(work())
    invitation = invitations.invite(work(ADMIN), person.id)

    for verb, key in (
        (invitations.invite, person.id),
        (invitations.renew, invitation.id),
        (invitations.revoke, invitation.id),
    ):
        with pytest.raises(Forbidden):
            verb(work(actor), key)


def test_an_address_that_got_an_account_meanwhile_keeps_it_as_it_is(work: Works, session: Session):
    invitation = invitations.invite(work(ADMIN), kari(work()).id)
    account(work(), "kari", "viewer")

    with pytest.raises(Conflict):
        handovers.accept_link(work(), link_of(invitation), PASSWORD)

    assert session.scalars(select(Account)).one().role == "viewer"
