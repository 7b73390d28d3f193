"""The e-mails on their way, for administrators: what waits, what was given up and why, and what each would say."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from adam.domain.actors import ADMINISTRATOR
from adam.http import guards
from adam.http.work import state, work
from adam.queries import messages as questions
from adam.services import mails
from adam.web import filters, letters, pager

blueprint = Blueprint("mails", __name__)
STATES = {
    mails.WAITING: _l("waiting"),
    mails.SENDING: _l("being sent"),
    mails.SENT: _l("sent"),
    mails.FAILED: _l("given up"),
    mails.DROPPED: _l("nothing left to say"),
}
KINDS = {
    mails.DIGEST: _l("messages"),
    mails.INVITATION: _l("invitation"),
    mails.TEST: _l("test"),
}


@blueprint.get("/mails")
@guards.role(ADMINISTRATOR)
def listed() -> str:
    """Every e-mail, the newest first."""
    wanted = request.args.get("state")
    chosen = (wanted,) if wanted in STATES else ()
    with work(read_only=True) as w:
        counts = questions.mail_counts(w.session)
        offset, limit = pager.window()
        rows = w.session.scalars(questions.mails(chosen).offset(offset).limit(limit)).all()
        items = [_row(row) for row in rows]
    total = sum(number for one, number in counts.items() if not chosen or one in chosen)
    tabs = [{"label": _("All"), "url": "/mails", "current": not chosen, "count": sum(counts.values())}]
    tabs += [
        {"label": words, "url": f"/mails?state={one}", "current": one in chosen, "count": counts[one]}
        for one, words in STATES.items()
        if counts.get(one)
    ]
    settings = state().settings
    return render_template(
        "mails/list.html",
        items=items,
        tabs=tabs,
        ready=bool(settings.smtp_host and settings.mail_sender),
        page=pager.links(len(items), total),
    )


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "address": row.address,
        "kind": KINDS.get(row.kind, row.kind),
        "state": STATES[row.state],
        "failed": row.state == mails.FAILED,
        "tries": row.tries,
        "made": filters.moment(row.created_at),
        "then": filters.moment(row.sent_at or row.next_at) if row.sent_at or row.next_at else "",
        "sent": row.sent_at is not None,
        "error": row.error,
    }


@blueprint.get("/mails/<uuid:mail_id>")
@guards.role(ADMINISTRATOR)
def show(mail_id: Any) -> str:
    """What an e-mail would say at this moment, as its reader may see it; texts are not kept once they are sent."""
    with work(read_only=True) as w:
        mail = questions.mail(w.session, str(mail_id))
        open_still = mail.state not in (mails.SENT, mails.DROPPED)
        letter = letters.letter(w, mail) if open_still else None
        row = _row(mail)
    return render_template("mails/show.html", mail=row, letter=letter, over=not open_still)


@blueprint.post("/mails/<uuid:mail_id>/retry")
@guards.role(ADMINISTRATOR)
def retry(mail_id: Any) -> Response:
    """Send once more what was given up."""
    with work() as w:
        mail = mails.retry(w, str(mail_id))
    flash(_("The e-mail to %(address)s waits to be sent.", address=mail.address), "done")
    return redirect("/mails", 303)
