"""The verdicts that a person may give on a finding, each with what it does; or in words why there are none."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from adam.domain.findings import CELL_KINDS, EFFECTS, GONE, VERDICTS
from adam.services import finding_effects
from adam.services.work import Work
from adam.web import filters

OF_CELLS = ("complementary", "unrelated")


def possible(w: Work, item: Any, sides: tuple[Any, Any]) -> list[dict[str, Any]]:
    """What this person may decide; a coordinator never judges records of their own partner."""
    if not w.actor.coordinates or barred(w, item, sides):
        return []
    codes = OF_CELLS if item.kind in CELL_KINDS else VERDICTS
    moves = {} if item.kind in CELL_KINDS else finding_effects.moves(w, item)
    return [
        {
            "value": code,
            "note": EFFECTS[code],
            "money": _money(moves[code]) if code in moves else None,
            "best": code == item.kind,
        }
        for code in codes
    ]


def _money(change: Any) -> str:
    """What the verdict does to the total."""
    if not change:
        return _("The total stays as it is.")
    text = filters.plain(filters.millions(abs(change), "USD"))
    return (
        _("%(money)s leave the total.", money=text)
        if change < 0
        else _("%(money)s join the total.", money=text)
    )


def barred(w: Work, item: Any, sides: tuple[Any, Any]) -> str | None:
    """Why somebody who may read the finding cannot decide on it, in words."""
    if item.state == GONE:
        return _("The records were changed and this question no longer holds: there is nothing to decide.")
    if not w.actor.coordinates:
        return _(
            "Coordinators decide. What you know about the two records helps them: write to them or mend your record."
        )
    if w.actor.partner and w.actor.partner in {side.owner for side in sides if side}:
        name = w.vocabulary.partner(w.actor.partner)
        return _(
            "You are a coordinator of %(partner)s, and one of the records is theirs: a coordinator of another partner "
            "decides.",
            partner=name,
        )
    return None
