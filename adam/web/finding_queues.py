"""The queues of findings: what the address asks for, and the tabs, chips and fields that change it."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import KINDS, queue
from adam.queries import findings as questions
from adam.services.work import Work
from adam.web import choices, pager
from adam.web.labels import label

TABS = ("record", "coordination", "decided")
DECIDED_STATES = ("decided", "stated")
LONGEST = 200


def tab() -> str:
    """The tab asked for."""
    given = request.args.get("tab", TABS[0])
    return given if given in TABS else TABS[0]


def asked(at: str | None = None, kinds: tuple[str, ...] | None = None) -> questions.Filters:
    """The filters in the address, in one tab."""
    at = at or tab()
    within = tuple(kind for kind in KINDS if at == "decided" or queue(kind) == at)
    chosen = tuple(kind for kind in request.args.getlist("kind") if kind in within)
    return questions.Filters(
        kinds=kinds if kinds is not None else chosen or within,
        states=DECIDED_STATES if at == "decided" else questions.WAITING,
        country=_codes("country"),
        pillar=_codes("pillar"),
        owner=_codes("owner"),
        text=request.args.get("q", "").replace("\x00", "").strip()[:LONGEST],
    )


def _codes(name: str) -> tuple[str, ...]:
    given = (code.replace("\x00", "")[:32] for code in request.args.getlist(name)[:50])
    return tuple(code for code in given if code)


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


def tabs(w: Work) -> list[dict[str, Any]]:
    """The queues with what is in them."""
    found = []
    for code in TABS:
        within = tuple(kind for kind in KINDS if code == "decided" or queue(kind) == code)
        states = DECIDED_STATES if code == "decided" else questions.WAITING
        query = questions.listed(w.actor, questions.Filters(kinds=within, states=states))
        address = {"label": _names()[code], "url": f"/findings?tab={code}", "current": code == tab()}
        found.append(address | {"count": questions.total(w.session, query)})
    return found


def chips(w: Work) -> list[dict[str, Any]]:
    """One chip for each kind of the tab that has something, with its questions."""
    within = tuple(kind for kind in KINDS if tab() == "decided" or queue(kind) == tab())
    query = questions.listed(w.actor, asked(kinds=within))
    counts = questions.counts(w.session, query)
    chosen = request.args.getlist("kind")
    everything = {
        "label": _("All"),
        "url": pager.url(kind=None, page=None, group=None),
        "current": not chosen,
    }
    found = [everything | {"count": questions.total(w.session, query)}]
    for kind in within:
        if counts.get(kind):
            address = pager.url(kind=kind, page=None, group=None)
            chip = {"label": label(kind, "kinds"), "url": address, "current": kind in chosen, "kind": kind}
            found.append(chip | {"count": counts[kind]})
    if request.args.get("group"):
        away = {"label": _("One group: take away"), "url": pager.url(group=None, page=None), "current": True}
        found.append(away | {"count": None})
    return found


def filters() -> list[dict[str, Any]]:
    """The fields of the filter form."""
    words = {
        "name": "q",
        "label": _("Words of a title"),
        "type": "search",
        "value": request.args.get("q", ""),
    }
    return [
        words,
        _select("country", _("Country"), choices.countries(g.vocabulary)),
        _select("pillar", _("Pillar"), choices.named(g.vocabulary.pillars)),
        _select(
            "owner",
            _("Partner"),
            [choices.choice(code, row.name) for code, row in g.vocabulary.partners.items()],
        ),
        _select("tab", _("Queue"), [choices.choice(code, name) for code, name in _names().items()], None),
    ]


def _names() -> dict[str, str]:
    return {
        "record": _("Record questions"),
        "coordination": _("Coordination questions"),
        "decided": _("Decided"),
    }


def _select(name: str, text: str, options: list[Any], everything: str | None = "") -> dict[str, Any]:
    shown = _("All") if everything == "" else everything
    value = request.args.get(name, "")
    return {"name": name, "label": text, "type": "select", "options": options, "value": value, "all": shown}
