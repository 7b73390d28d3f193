"""Tells people what comes up as days go by; a little each day, so that nobody is buried."""

from __future__ import annotations

from typing import Any

from adam.domain.actors import system
from adam.queries import reminders as questions
from adam.services import accounts, cases, messages
from adam.services.mails import Sessions
from adam.services.rules import Rules
from adam.services.work import Work, working

MOST = 25
"""At most so many of a kind to one person in one round; rounds are half a day apart, and the rest follows."""
SUBJECTS: dict[str, tuple[str, Any]] = {
    "finding": ("finding", questions.findings),
    "confirm": ("project", questions.to_confirm),
    "ending": ("project", questions.ending),
}


def remind(make: Sessions, rules: Rules) -> int:
    """Tell everybody who answers for a partner what they were not told yet; answers how much.

    Each person is a transaction of their own, and nothing is opened for writing where there is nothing to tell.
    """
    with working(make, system("reminders"), rules, read_only=True) as w:
        people = [accounts.actor_of(one) for one in questions.readers(w.session, w.today)]
        waiting = {one.account: news for one in people if (news := _news(w, one))}
    for account_id, news in waiting.items():
        with working(make, system("reminders"), rules) as w:
            for kind, key, details in news:
                messages.tell(w, str(account_id), kind, (SUBJECTS[kind][0], key), **details)
    return sum(len(news) for news in waiting.values()) + _of_cases(make, rules)


def _of_cases(make: Sessions, rules: Rules) -> int:
    """Both sides of every case whose day is near or over, once a week."""
    with working(make, system("reminders"), rules, read_only=True) as w:
        waiting = cases.to_remind(w)
    told = 0
    for case_id in waiting:
        with working(make, system("reminders"), rules) as w:
            told += cases.remind(w, [case_id])
    return told


def _news(w: Work, actor: Any) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for kind, (_entity, question) in SUBJECTS.items():
        for row in w.session.execute(question(actor, w.now).limit(MOST)):
            details = {"day": row[1].isoformat()} if len(row) > 1 else {}
            found.append((kind, row[0], details))
    return found
