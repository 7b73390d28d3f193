"""What each kind of message says, why it comes and what one can do: the words of the pages and of the e-mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.messages import path_of
from adam.queries.messages import Told
from adam.queries.vocabulary import Vocabulary
from adam.web import filters
from adam.web.labels import label


@dataclass(frozen=True, slots=True)
class Words:
    """`heading` names the kind, `text` says what happened, `why` it comes to this reader, `action` what to do."""

    heading: Any
    text: Any
    why: Any
    action: Any


YOURS = _l("You are a focal point of the partner that this is about.")
ROUND = _l("You are a focal point of a partner that this validation round asks.")
CASE = _l("You are a focal point of one of its two partners, or you coordinate it.")
WORDS = {
    "returned": Words(
        _l("Returned to you to be mended"), _l("%(by)s says: %(comment)s"), YOURS, _l("Mend and submit again")
    ),
    "rejected": Words(_l("Rejected"), _l("%(by)s says: %(comment)s"), YOURS, _l("Read it")),
    "validated": Words(
        _l("Validated"), _l("What you submitted is now a record of the partnership."), YOURS, _l("See it")
    ),
    "finding": Words(
        _l("A question that touches your record"),
        _l("Two records look alike, and one of them is yours."),
        YOURS,
        _l("Compare the two"),
    ),
    "decided": Words(
        _l("A question that touches your record is decided"),
        _l("%(by)s decided: %(verdict)s. %(comment)s"),
        YOURS,
        _l("Read the verdict"),
    ),
    "taken_back": Words(
        _l("A verdict is taken back"),
        _l("%(by)s says: %(comment)s The question is open again."),
        YOURS,
        _l("Compare the two"),
    ),
    "merged": Words(
        _l("Two records are merged into one"),
        _l("%(by)s says: %(comment)s Both partners stay credited, and each may still write its part."),
        YOURS,
        _l("See the record that stays"),
    ),
    "unmerged": Words(
        _l("A merge is undone"),
        _l("%(by)s says: %(comment)s Both records stand as before."),
        YOURS,
        _l("See the record"),
    ),
    "case_opened": Words(
        _l("A case is open"),
        _l("Your assistance meets that of another partner: please agree with them until %(day)s."),
        CASE,
        _l("Read it and answer"),
    ),
    "case_said": Words(
        _l("Somebody wrote in a case"), _l("%(by)s says: %(comment)s"), CASE, _l("Read it and answer")
    ),
    "case_due": Words(_l("A case is to be settled"), _l("It is due on %(day)s."), CASE, _l("Go on with it")),
    "case_overdue": Words(
        _l("A case is overdue"), _l("It was due on %(day)s and is still open."), CASE, _l("Go on with it")
    ),
    "case_closed": Words(
        _l("A case is closed"), _l("%(by)s says: %(comment)s"), CASE, _l("Read the outcome")
    ),
    "named": Words(
        _l("Somebody names you"),
        _l("%(partner)s has recorded a project that names your partner: say whether that is right."),
        _l("You are a focal point of the partner that is named."),
        _l("Confirm or dispute it"),
    ),
    "addition": Words(
        _l("Somebody adds to your record"),
        _l("%(partner)s adds what it knows; a coordinator decides, and you may say a word."),
        YOURS,
        _l("Read it"),
    ),
    "disputed": Words(
        _l("What a record says is disputed"),
        _l("%(partner)s, which it names, says: %(comment)s"),
        _l("You report this record, or you coordinate."),
        _l("Read it, and mend the record or settle it"),
    ),
    "settled": Words(
        _l("A dispute is settled"),
        _l("%(by)s says: %(comment)s"),
        YOURS,
        _l("See the record"),
    ),
    "ending": Words(
        _l("Ending soon"),
        _l("It ends on %(day)s: enter what follows, or a new end."),
        YOURS,
        _l("Look at the record"),
    ),
    "confirm": Words(
        _l("Still correct?"),
        _l("Nobody has confirmed this running record for a year."),
        YOURS,
        _l("Confirm or update it"),
    ),
    "round_opened": Words(
        _l("A validation round is open"),
        _l("%(title)s: please look at your %(number)s records until %(day)s."),
        ROUND,
        _l("Begin"),
    ),
    "round_reminder": Words(
        _l("Reminder: a validation round ends soon"),
        _l("%(title)s: %(number)s of your records still wait; the round ends on %(day)s."),
        ROUND,
        _l("Go on"),
    ),
    "round_closed": Words(
        _l("A validation round is closed"),
        _l("%(title)s: %(number)s of your %(of)s records were confirmed."),
        ROUND,
        _l("See the result"),
    ),
    "handover": Words(
        _l("You are asked to take over"),
        _l("%(by)s asks you to answer for %(partner)s from %(day)s on. Nothing changes until you accept."),
        _l("You were named as the successor."),
        _l("See what moves, and answer"),
    ),
    "handover_answered": Words(
        _l("Your handover was answered"),
        _l("%(by)s %(answer)s the work for %(partner)s."),
        _l("You offered the handover."),
        _l("See it"),
    ),
    "designated": Words(
        _l("You are a focal point"),
        _l("You answer for %(partner)s from %(day)s on."),
        _l("You were designated."),
        _l("See what you answer for"),
    ),
    "unanswered": Words(
        _l("A partner has no focal point"),
        _l("%(partner)s has nobody who answers; %(number)s records hang on it."),
        _l("You coordinate."),
        _l("See who could be asked"),
    ),
    "recommendation": Words(
        _l("A recommendation is addressed to you"),
        _l("%(title)s. Day of the follow-up: %(day)s."),
        _l("You are a focal point of a partner that it is addressed to."),
        _l("Read it, and link the projects that carry it out"),
    ),
    "scheduled": Words(
        _l("Your report is ready"),
        _l("%(title)s"),
        _l("You have scheduled it."),
        _l("Read it"),
    ),
    "imported": Words(
        _l("Your import is finished"),
        _l("%(file)s: %(new)s new, %(updated)s updated, %(refused)s refused."),
        _l("You uploaded the file."),
        _l("See the result"),
    ),
    "token_made": Words(
        _l("A token for your account"),
        _l("%(by)s made the token “%(title)s”: whoever holds it acts in your name."),
        _l("It is your account."),
        _l("See it, or revoke it"),
    ),
    "webhook_stopped": Words(
        _l("A webhook of yours is paused"),
        _l("%(title)s: %(comment)s"),
        _l("You set it up."),
        _l("Mend it and go on"),
    ),
}
ANSWERS = {"accepted": _l("has taken over"), "declined": _l("has given back")}
DELIVERIES = {"at_once": _l("at once"), "daily": _l("in the daily mail"), "never": _l("never")}


def shown(vocabulary: Vocabulary, told: Told, *, mailed: bool = False) -> dict[str, Any]:
    """A message as a page or a mail shows it; a mail names a confidential record by its reference alone."""
    message = told.message
    words = WORDS[message.kind]
    title = _("a confidential record") if told.confidential and mailed else told.title
    return {
        "id": message.id,
        "kind": message.kind,
        "heading": str(words.heading),
        "title": title,
        "reference": told.reference,
        "text": _said(vocabulary, words.text, message.details, hidden=told.confidential and mailed),
        "why": str(words.why),
        "action": str(words.action),
        "path": path_of(message.entity, message.entity_id),
        "when": filters.moment(message.told_at),
        "unread": message.read_at is None,
    }


def _said(vocabulary: Vocabulary, text: Any, details: dict[str, Any], *, hidden: bool) -> str:
    """The sentence with its details in the reader's words; a comment on what is confidential stays in the house."""
    values = {"by": _("Somebody"), "comment": "…", "number": 0, "of": 0}
    values |= {"partner": "", "day": filters.day(None), "title": "", "answer": "", "file": ""}
    values |= {"verdict": ""}
    values |= {"new": 0, "updated": 0, "refused": 0} | details
    if "partner" in details:
        values["partner"] = vocabulary.partner(details["partner"])
    if "day" in details:
        values["day"] = filters.day(details["day"])
    if "verdict" in details:
        values["verdict"] = label(details["verdict"], "kind")
    if "answer" in details:
        values["answer"] = str(ANSWERS.get(details["answer"], details["answer"]))
    if hidden and "comment" in details:
        values["comment"] = _("the comment stands on the page")
    return str(text) % values
