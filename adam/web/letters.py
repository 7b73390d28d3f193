"""E-mails: what a person is told, as plain text and as simple HTML, in their language and as they may see it now."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import Flask, current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from adam.domain.messages import Rhythm
from adam.http import languages
from adam.queries import accounts as known
from adam.queries import handovers
from adam.queries import messages as questions
from adam.services import accounts, invitations, links, mails
from adam.services import post as office
from adam.services.post import Letter
from adam.services.work import Work
from adam.web import message_words

UNSUBSCRIBE = "unsubscribe"


def register(app: Flask) -> None:
    """Let the worker, which knows no web, ask the application for the letters."""

    def write(w: Work, mail: Any) -> Letter | None:
        with app.app_context():
            return letter(w, mail)

    app.extensions["adam_letters"] = write


def letter(w: Work, mail: Any) -> Letter | None:
    """The letter of a mail at this moment; None where nothing is left that its reader may see and has not read."""
    return WRITERS[mail.kind](w, mail)


def _digest(w: Work, mail: Any) -> Letter | None:
    account = known.by_id(w.session, mail.account_id)
    if account is None or not account.active:
        return None
    rows = questions.carried(w.session, accounts.actor_at(w, account), mail.id)
    language, rhythm = questions.rhythm(w.session, account.id)
    with force_locale(spoken(language)):
        told = questions.told(w.session, rows)
        items = [message_words.shown(w.vocabulary, one, mailed=True) for one in told]
        return _written(account, items, rhythm) if items else None


def spoken(language: str) -> str:
    """The language if its texts are there, English otherwise."""
    return language if language in languages.offered() else languages.FIRST


def _written(account: Any, items: list[dict[str, Any]], rhythm: Rhythm) -> Letter:
    post = _post()
    token = links.sign(post.secret, UNSUBSCRIBE, [account.id])
    leave = f"{post.base}/messages/unsubscribe/{token}"
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault(item["heading"], []).append(item)
    context = {
        "name": account.name,
        "groups": groups,
        "number": len(items),
        "base": post.base,
        "leave": leave,
        "hour": f"{rhythm.hour:02}:00",
        "zone": rhythm.zone,
    }
    one = ": ".join(part for part in (items[0]["heading"], items[0]["reference"]) if part)
    subject = one if len(items) == 1 else ngettext("One message", "%(num)s messages", len(items))
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return made(account.email, f"ADAM: {subject}", ("digest", context), headers)


def made(
    address: str, subject: str, page: tuple[str, dict[str, Any]], headers: dict[str, str] | None = None
) -> Letter:
    """A letter from the templates letters/<name>.txt and .html, in the language that is being spoken."""
    name, context = page
    language = languages.current()
    run = "rtl" if Locale(language).text_direction == "rtl" else "ltr"
    words = context | {"locale": language, "direction": run, "subject": subject}
    # Straight from the environment: what the frame of a page adds to every template needs a request.
    text, html = (
        current_app.jinja_env.get_template(f"letters/{name}.{kind}").render(words) for kind in ("txt", "html")
    )
    return Letter(address, subject, text.strip() + "\n", html, language, headers or {})


def _post() -> office.Post:
    return office.of(current_app.extensions["adam"].settings)


def _invitation(w: Work, mail: Any) -> Letter | None:
    """The link to an account, as long as it is worth something."""
    invitation = invitations.usable(w, mail.subject_id)
    if invitation is None:
        return None
    post = _post()
    partner = w.vocabulary.partner(invitation.partner) if invitation.partner else ""
    handover = handovers.of_invitation(w.session, invitation)
    context = {
        "name": invitation.name,
        "by": invitation.invited_by,
        "partner": partner,
        "link": f"{post.base}/invitations/{invitations.token(post.secret, invitation)}",
        "until": invitation.expires_at,
        "day": handover.day if handover else None,
        "base": post.base,
    }
    subject = _("ADAM: choose a password")
    if partner:
        subject = _("ADAM: you are invited to answer for %(partner)s", partner=partner)
    return made(mail.address, subject, ("invitation", context))


def _test(_w: Work, mail: Any) -> Letter:
    return made(mail.address, _("ADAM: a test of the mail server"), ("test", {"base": _post().base}))


WRITERS = {mails.DIGEST: _digest, mails.TEST: _test, mails.INVITATION: _invitation}
