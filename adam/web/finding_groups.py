"""Groups of findings in words: one question about many records, and the records and pairs that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.queries import finding_groups
from adam.queries import findings as questions
from adam.queries.finding_groups import Group
from adam.services.work import Work
from adam.web import finding_queues, finding_rows
from adam.web.labels import label

QUESTIONS = {
    "record_duplicate": _l("Are these %(number)s records one activity? %(a)s and others"),
    "same_money": _l("Is it the same money in these %(number)s records? %(a)s and others"),
    "component": _l("Are these %(number)s records parts of one programme? %(a)s and others"),
    "continuation": _l("Do these %(number)s records follow on one another? %(a)s and others"),
    "duplicate_assistance": _l("Do these %(number)s projects do one job? %(a)s and others"),
    "overlap": _l("Do these %(number)s projects work in the same field? %(a)s and others"),
}


def fold(w: Work, found: Sequence[Any], filters: questions.Filters) -> list[dict[str, Any]]:
    """The rows of findings; one that stands for a group asks about all of it, with the most at stake in one pair."""
    rows = finding_rows.rows(w, found)
    keys = [item.group_key for item in found if item.group_key]
    known = finding_groups.of(w.session, questions.listed(w.actor, filters), keys)
    for item, row in zip(found, rows, strict=True):
        group = known.get(item.group_key)
        if group and group.pairs > 1:
            row.update(_as_one(row, group))
    return rows


def _as_one(row: dict[str, Any], group: Group) -> dict[str, Any]:
    """What a row says of its group instead of its pair."""
    stake = {"amount": group.stake, "currency": "USD"} if group.stake is not None else None
    return {
        "title": str(QUESTIONS[row["kind"]]) % {"number": group.records, "a": row["a"]},
        "stake": stake,
        "pick": f"group:{row['id']}",
        "group": {
            "text": said(group),
            "url": finding_queues.address("/findings", group=row["id"]),
            "pair_url": row["url"],
        },
    }


def said(group: Group) -> str:
    """How many pairs of which kinds there are between how many records."""
    pairs = ngettext("1 pair", "%(num)s pairs", group.pairs)
    if len(group.kinds) == 1:
        return _("%(records)s records, %(pairs)s", records=group.records, pairs=pairs)
    ordered = sorted(group.kinds.items(), key=lambda one: -one[1])
    kinds = ", ".join(f"{number} {label(kind, 'kind').lower()}" for kind, number in ordered)
    return _("%(records)s records, %(pairs)s: %(kinds)s", records=group.records, pairs=pairs, kinds=kinds)


def opened(w: Work, filters: questions.Filters) -> dict[str, Any] | None:
    """The head of an opened group: what it asks, and its first records; None where there is none."""
    if not filters.group:
        return None
    query = questions.listed(w.actor, filters)
    head = next(iter(questions.page(w.session, query, (0, 1))), None)
    if head is None or not head.group_key:
        return None
    group = finding_groups.of(w.session, query, [head.group_key])
    [counted] = group.values()
    row = finding_rows.rows(w, [head])[0]
    ids = finding_groups.records(w.session, query)
    known = finding_rows.records_of(w, ids)
    return {
        "title": _as_one(row, counted)["title"],
        "text": said(counted),
        "pick": f"group:{head.id}",
        "records": [
            {"title": known[key].title, "reference": known[key].reference, "url": f"/projects/{key}"}
            for key in ids
            if key in known
        ],
        "more": counted.records - len(ids),
    }
