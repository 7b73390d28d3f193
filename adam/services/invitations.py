"""Invitations: a link in an e-mail makes one account or gives it a password, once, within two weeks."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from adam.models import new_id
from adam.models.accounts import Account
from adam.models.handovers import Invitation
from adam.models.partners import FocalPoint
from adam.queries import accounts as known
from adam.queries import handovers as questions
from adam.services import accounts, links, mails
from adam.services.work import Work

PURPOSE = "invitation"
LASTS = timedelta(days=14)
GONE = "This link was used already, was replaced by a newer one, or is over: ask for a new invitation."


def invite(w: Work, focal_point_id: str) -> Invitation:
    """Invite a focal point who has no account; one who was invited before gets a new link, and the old one is over.

    Raises Forbidden unless an administrator or the installation acts, NotFound, Invalid without an address,
    Conflict for somebody who has an account or no longer answers.
    """
    _allowed(w)
    person = w.session.get(FocalPoint, focal_point_id)
    if person is None:
        raise NotFound("No focal point has this id.")
    if person.until is not None and person.until <= w.today:
        raise Conflict(f"{person.name} no longer answers for {person.partner}.", "ended")
    if person.account_id is not None or (person.email and known.by_email(w.session, person.email)):
        raise Conflict(f"{person.name} has an account already.", "account_exists")
    if not person.email:
        detail = f"Give {person.name} an e-mail address first: the link is sent there."
        raise Invalid([Problem("#/email", "email_missing", detail)])
    standing = questions.open_invitation(w.session, focal_point_id=person.id)
    if standing is not None:
        return renew(w, standing.id)
    about = {"focal_point_id": person.id, "partner": person.partner}
    return enter(w, person.name, person.email, about)


def give_password(w: Work, account_id: str) -> Invitation:
    """Send an account a link by which its owner chooses a password; a link that was sent before is over.

    Raises Forbidden unless an administrator or the installation acts, NotFound, Conflict for a suspended account.
    """
    _allowed(w)
    account = known.by_id(w.session, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    if not account.active:
        raise Conflict("This account is suspended: reactivate it first.", "state")
    standing = questions.open_invitation(w.session, account_id=account.id)
    if standing is not None:
        return renew(w, standing.id)
    return enter(w, account.name, account.email, {"account_id": account.id})


def enter(w: Work, name: str, email: str, about: dict[str, str]) -> Invitation:
    """A new invitation and the e-mail that carries its link; `about` names partner and focal point or handover."""
    invitation = Invitation(
        id=new_id(),
        name=name,
        email=email,
        invited_by=w.actor.label,
        created_at=w.now,
        **about,
        **_anew(w),
    )
    w.session.add(invitation)
    w.session.flush()
    mails.put(w, mails.INVITATION, email, subject_id=invitation.id)
    shown = {"email": email, "partner": invitation.partner, "until": invitation.expires_at.isoformat()}
    w.record("invitation.sent", ("invitation", invitation.id), None, shown)
    return invitation


def renew(w: Work, invitation_id: str) -> Invitation:
    """Send an invitation again: a new link for two weeks; the old one is over. Raises as `invite`, and `revoke`."""
    _allowed(w)
    invitation = _open(w, invitation_id)
    for name, value in _anew(w).items():
        setattr(invitation, name, value)
    w.session.flush()
    mails.put(w, mails.INVITATION, invitation.email, subject_id=invitation.id)
    after = {"until": invitation.expires_at.isoformat()}
    w.record("invitation.sent_again", ("invitation", invitation.id), None, after)
    return invitation


def revoke(w: Work, invitation_id: str) -> Invitation:
    """Make a link worthless. Raises Forbidden, NotFound, Conflict for one that was used or revoked."""
    _allowed(w)
    invitation = _open(w, invitation_id)
    withdraw(w, invitation)
    return invitation


def withdraw(w: Work, invitation: Invitation) -> None:
    """The same for whoever takes back what the invitation is about."""
    invitation.revoked_at = w.now
    w.session.flush()
    w.record("invitation.revoked", ("invitation", invitation.id), None, {"email": invitation.email})


def token(secret: str, invitation: Invitation) -> str:
    """What its link carries: signed, and over as soon as the mark changes."""
    return links.sign(secret, PURPOSE, [invitation.id, invitation.mark])


def opened(w: Work, secret: str, given: str) -> Invitation:
    """The invitation of a link; raises NotFound, in the same words, for every link that is worth nothing."""
    value = links.read(secret, PURPOSE, given)
    invitation = w.session.get(Invitation, str(value[0])) if value and len(value) == 2 else None
    if invitation is None or value is None or not _usable(w, invitation, str(value[1])):
        raise NotFound(GONE)
    return invitation


def usable(w: Work, invitation_id: str | None) -> Invitation | None:
    """An invitation whose link is worth something at this moment."""
    found = w.session.get(Invitation, invitation_id or "")
    return found if found is not None and _usable(w, found, found.mark) else None


def account_of(w: Work, invitation: Invitation) -> Account | None:
    """The account that the invited address has already; only whoever holds the link learns of it."""
    if invitation.account_id:
        return None
    return known.by_email(w.session, invitation.email)


def use(w: Work, secret: str, given: str) -> Invitation:
    """Use a link up; raises NotFound for one that is worth nothing, or was used while we looked."""
    found = opened(w, secret, given)
    query = select(Invitation).where(Invitation.id == found.id).with_for_update()
    w.session.scalar(query.execution_options(populate_existing=True))
    invitation = opened(w, secret, given)
    invitation.accepted_at = w.now
    w.session.flush()
    return invitation


def enter_account(w: Work, invitation: Invitation, password: str) -> Account:
    """The account that an invitation promised, or the one whose password it is. Raises Conflict as `create` does."""
    if invitation.account_id:
        account = accounts.choose_password(w, invitation.account_id, password)
        w.record("invitation.accepted", ("invitation", invitation.id), None, {"account": account.id})
        return account
    draft: dict[str, Any] = {name: getattr(invitation, name) for name in ("email", "name", "partner")}
    account = accounts.create(w, draft | {"role": FOCAL_POINT, "password": password})
    w.record("invitation.accepted", ("invitation", invitation.id), None, {"account": account.id})
    return account


def _allowed(w: Work) -> None:
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators invite.")


def _anew(w: Work) -> dict[str, Any]:
    return {"mark": secrets.token_urlsafe(32), "expires_at": w.now + LASTS}


def _usable(w: Work, invitation: Invitation, mark: str) -> bool:
    fresh = invitation.accepted_at is None and invitation.revoked_at is None and invitation.expires_at > w.now
    account = known.by_id(w.session, invitation.account_id) if invitation.account_id else None
    if invitation.account_id and not (account and account.active):
        return False
    return fresh and secrets.compare_digest(invitation.mark.encode(), mark.encode())


def _open(w: Work, invitation_id: str) -> Invitation:
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = w.session.scalar(query.execution_options(populate_existing=True))
    if invitation is None:
        raise NotFound("There is no such invitation.")
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise Conflict("This invitation was used or revoked already.", "state")
    return invitation
