"""The history in words: entries for macros/people.html and sentences for web/history.py, newest first."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain import additions
from adam.queries.history import Step
from adam.web import filters
from adam.web.form_errors import part
from adam.web.labels import label

DONE = {
    "submission.saved": _l("kept as a draft"),
    "submission.changed": _l("changed"),
    "submission.kept": _l("kept while writing"),
    "submission.submitted": _l("submitted"),
    "submission.withdrawn": _l("withdrawn"),
    "submission.validated": _l("validated"),
    "submission.returned": _l("returned"),
    "submission.restored": _l("put back, as a merge was undone"),
    "submission.moved": _l("led to the record that stays after a merge"),
    "submission.rejected": _l("rejected"),
    "submission.imported": _l("imported"),
    "submission.handed_over": _l("handed over to a colleague"),
    "submission.read": _l("read"),
    "submission.explained": _l("gave a reason for a remark"),
    "project.recorded": _l("recorded"),
    "project.changed": _l("changed"),
    "project.still_correct": _l("confirmed as still correct"),
    "project.converted": _l("converted at a rate loaded since"),
    "project.added": _l("added to"),
    "mention.settled": _l("dispute settled"),
    "submission.replied": _l("answered a comment"),
    "submission.remarked": _l("remarked"),
    "project.read": _l("read"),
    "projects.read": _l("read in a list"),
    "assignment.confirmed": _l("proposed pillar confirmed"),
    "assignment.refused": _l("proposed pillar refused"),
    "round.opened": _l("opened"),
    "meeting.recorded": _l("entered"),
    "organization.completed": _l("entered in the list"),
    "recommendation.recorded": _l("entered"),
    "recommendation.linked": _l("linked with a project"),
    "recommendation.moved": _l("link led to the record that stays after a merge"),
    "recommendation.put_back": _l("link put back, as a merge was undone"),
    "recommendation.unlinked": _l("link with a project taken back"),
    "round.reminded": _l("reminded"),
    "round.answered": _l("answered for a record"),
    "round.asked_again": _l("asked again about a record, as a merge was undone"),
    "round.closed": _l("closed"),
    "finding.judged": _l("decided"),
    "finding.reopened": _l("reopened"),
    "history.read": _l("looked at the history"),
    "account.created": _l("made"),
    "account.changed": _l("changed"),
    "account.closed": _l("suspended"),
    "account.reopened": _l("reactivated"),
    "account.signed_in": _l("signed in"),
    "account.signed_out": _l("signed out everywhere"),
    "account.locked": _l("locked after wrong passwords"),
    "account.password_chosen": _l("chose a password"),
    "token.created": _l("made a token"),
    "token.revoked": _l("revoked a token"),
    "finding.taken_back": _l("verdict taken back"),
    "finding.moved": _l("moved to the record that stays after a merge"),
    "finding.renewed": _l("verdict goes on with what a merge added"),
    "finding.put_back": _l("put back, as a merge was undone"),
    "finding.gone": _l("no longer holds"),
    "project.merged": _l("took another record in"),
    "project.absorbed": _l("merged into another record"),
    "project.unmerged": _l("another record was taken out again"),
    "project.restored": _l("stands by itself again"),
    "project.linked": _l("linked to another record"),
    "project.unlinked": _l("link to another record taken back"),
    "case.opened": _l("opened"),
    "case.said": _l("wrote"),
    "case.postponed": _l("given another day"),
    "case.closed": _l("closed"),
    "case.moved": _l("led to the question about the record that stays after a merge"),
    "case.put_back": _l("put back, as a merge was undone"),
    "case.reopened": _l("opened again"),
}
MENTIONED = {
    "mention.confirmed": _l("%(partner)s confirmed what is said of it"),
    "mention.disputed": _l("%(partner)s disputed what is said of it"),
    "mention.moved": _l("what %(partner)s said came along with a merge"),
    "mention.ended": _l("a merge ended the dispute of %(partner)s"),
    "mention.put_back": _l("what %(partner)s said was put back, as a merge was undone"),
}


def said(found: list[Step]) -> list[dict[str, Any]]:
    """Each step as a sentence with its day and its author."""
    return [{"when": step.at, "text": sentence(step), "by": step.actor} for step in found]


def sentence(step: Step) -> str:
    """What was done, with the names of the fields that it changed."""
    done = str(DONE.get(step.action, step.action))
    if step.action == "finding.judged":
        return _("decided: %(verdict)s", verdict=label(step.after.get("verdict"), "kind"))
    if step.action == "submission.answered":
        return _("said of %(reference)s", reference=step.after.get("reference", ""))
    if step.action == "submission.kept" and step.changed:
        return _("kept while writing: %(fields)s", fields=", ".join(part(name) for name in step.changed))
    if step.action == "project.added":
        fields = ", ".join(part(name) for name in step.changed if name in additions.FIELDS)
        by = filters.partner_name(step.after.get("stated_by"))
        return _("%(partner)s added: %(fields)s", partner=by, fields=fields)
    if step.action in MENTIONED:
        return str(MENTIONED[step.action]) % {"partner": filters.partner_name(step.after.get("partner"))}
    if step.action.endswith(".changed") and step.changed and not step.action.startswith("account."):
        return _("changed: %(fields)s", fields=", ".join(part(name) for name in step.changed))
    return done
