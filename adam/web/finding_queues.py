"""The queues of findings: what the address asks for, and the tabs, chips and fields that change it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import KINDS, STATES, VERDICTS, queue
from adam.queries import finding_counts
from adam.queries import findings as questions
from adam.queries.finding_counts import Tally
from adam.queries.findings import Filters
from adam.services import waiting
from adam.services.work import Work
from adam.web import pager, project_filters
from adam.web.labels import label

TABS = ("record", "coordination", "decided")
ASKED = (
    *(
        "tab",
        "kind",
        "state",
        "verdict",
        "country",
        "pillar",
        "commitment",
        "assistance_type",
        "organization",
    ),
    *("role", "status", "sector", "owner", "from", "to", "q", "group", "project"),
)
"""What an address says of the queue that somebody works in; a finding's page carries it on."""
DUE = "due"
SHARED = (
    *("country", "pillar", "commitment", "assistance_type", "organization", "role", "status", "sector"),
    *("owner", "active_from", "active_to", "text"),
)


def tab() -> str:
    """The tab asked for; where none is, the one in which the first kind asked for stands."""
    given = request.args.get("tab")
    kinds = [kind for kind in request.args.getlist("kind") if kind in KINDS]
    if given is None and kinds:
        return queue(kinds[0])
    return given if given in TABS else TABS[0]


def within(at: str) -> tuple[str, ...]:
    """The kinds that stand in a tab."""
    return tuple(kind for kind in KINDS if at == "decided" or queue(kind) == at)


def asked(w: Work, at: str | None = None) -> Filters:
    """The filters in the address, in one tab."""
    at = at or tab()
    states = tuple(code for code in request.args.getlist("state") if code in STATES)
    kinds = tuple(kind for kind in request.args.getlist("kind") if kind in within(at))
    return Filters(
        queue=at,
        kinds=kinds,
        states=states or (() if at == "decided" else questions.WAITING),
        verdicts=tuple(code for code in request.args.getlist("verdict") if code in VERDICTS),
        due=w.today if DUE in request.args.getlist("state") else None,
        group=_id("group"),
        project=_id("project"),
        **_shared(),
    )


def _everywhere() -> Filters:
    """The filters in the address that hold in every tab."""
    return Filters(states=(), project=_id("project"), **_shared())


def _shared() -> dict[str, Any]:
    read = project_filters.asked()
    return {name: getattr(read, name) for name in SHARED}


def _id(name: str) -> str | None:
    try:
        return str(UUID(request.args.get(name, "")))
    except ValueError:
        return None


def address(path: str, **changed: Any) -> str:
    """A path that carries on the queue somebody works in, with other answers; None takes one away."""
    kept = [
        (key, value) for key, value in request.args.items(multi=True) if key in ASKED and key not in changed
    ]
    carried = kept + [(key, value) for key, value in changed.items() if value is not None]
    return f"{path}?{urlencode(carried)}" if carried else path


def tallied(w: Work) -> Tally:
    """What stands in all tabs, by kind and state, under the filters that hold in each of them."""
    return waiting.tally(w, _everywhere())


def number(w: Work, filters: Filters, counted: Tally) -> int:
    """How many rows the list has on all its pages: pairs in an opened group, else groups as one question."""
    usual = () if filters.queue == "decided" else questions.WAITING
    narrow = filters.verdicts or filters.due or filters.states != usual or len(filters.kinds) > 1
    if filters.group:
        return finding_counts.pairs(w.session, questions.listed(w.actor, filters))
    if narrow:
        return finding_counts.total(w.session, questions.listed(w.actor, filters))
    return counted.of(queue=filters.queue, kind=filters.kinds[0] if filters.kinds else None)


def lede(total: int) -> str:
    """How many there are, in a sentence."""
    if tab() == "decided":
        return ngettext("One finding is decided.", "%(num)s findings are decided.", total)
    said = ngettext("One question waits", "%(num)s questions wait", total)
    return _("%(said)s, in the order of money at stake × certainty.", said=said)


def empty() -> str:
    """What would stand in an empty queue."""
    if tab() == "decided":
        return _(
            "What a coordinator has decided stands here, with its reason; it reopens when a deciding field changes."
        )
    return _(
        "Findings appear here after each screening: records that may be one, and projects that may do one job."
    )


def names() -> dict[str, str]:
    """The tabs in words."""
    return {
        "record": _("Record questions"),
        "coordination": _("Coordination questions"),
        "decided": _("Decided"),
    }


def tabs(counted: Tally) -> list[dict[str, Any]]:
    """The queues with what is in them under the filters that are set."""
    gone = dict.fromkeys(("kind", "state", "verdict", "group"))
    return [
        {
            "label": name,
            "url": address("/findings", **gone | {"tab": code}),
            "current": code == tab(),
            "count": counted.of(queue=code),
        }
        for code, name in names().items()
    ]


def chips(counted: Tally) -> list[dict[str, Any]]:
    """One chip for each kind of the tab that has something, one for what came back, and each set filter unseen."""
    kinds, states = request.args.getlist("kind"), request.args.getlist("state")
    found = [_chip(_("All"), counted.of(queue=tab()), not kinds and not states, kind=None, state=None)]
    for kind in within(tab()):
        number = counted.of(queue=tab(), kind=kind)
        if number:
            found.append(_chip(label(kind, "kinds"), number, kind in kinds, kind=kind) | {"kind": kind})
    back = counted.of(queue=tab(), state="reopened")
    if back:
        chosen = "reopened" in states
        found.append(_chip(_("Reopened"), back, chosen, state=None if chosen else "reopened"))
    return found + _away()


def note(counted: Tally) -> str | None:
    """Why the kinds add up to more than all: a group of several kinds stands in the list of each."""
    several = sum(counted.of(queue=tab(), kind=kind) for kind in within(tab())) - counted.of(queue=tab())
    return (
        _("A group whose pairs are of several kinds is listed under each of them.") if several > 0 else None
    )


def _away() -> list[dict[str, Any]]:
    """What narrows the list and has no field: a group, a project, and what came by a link."""
    found = []
    for name, text in (("group", _("One group: take away")), ("project", _("One project: take away"))):
        if request.args.get(name):
            found.append(_chip(text, None, True, **{name: None}))
    return found


def _chip(text: str, number: int | None, current: bool, **changed: Any) -> dict[str, Any]:
    url = address("/findings", **{"group": None} | changed)
    return {"label": text, "url": url, "current": current, "count": number}


def links(count: int, ends: tuple[str | None, str | None], first: int) -> dict[str, Any] | None:
    """The pager: `ends` are the cursors of the page before ("" for the first) and of the next one."""
    before, after = ends
    if before is None and after is None:
        return None
    return {
        "first": first if count else 0,
        "last": first + count - 1,
        "previous_url": None if before is None else pager.url(cursor=before or None),
        "next_url": pager.url(cursor=after) if after else None,
    }


def without_group(filters: Filters) -> Filters:
    """The same queue with every group as one question."""
    return replace(filters, group=None)


def in_group(filters: Filters, finding_id: str) -> Filters:
    """The pairs of one group in the same queue."""
    return replace(filters, group=finding_id)


def of_group(item: Any) -> Filters:
    """The pairs of a finding's group that stand where it stands."""
    return Filters(queue=item.queue, states=(), group=item.id)
