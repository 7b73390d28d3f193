"""How even a coverage is: shares, donors and the Herfindahl index as rows, and in words what they mean."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from adam.domain.coverage import STATES
from adam.domain.equity import Part, Spread
from adam.services import equity
from adam.services.coverage import Picture
from adam.services.work import Work
from adam.web import filters


def shown(w: Work, picture: Picture, baseline: tuple[Picture | None, int | None]) -> list[dict[str, Any]]:
    """Two tables: countries and pillars, each beside the baseline where there is one."""
    before, year = baseline
    groups = ((_("Across countries"), equity.by_country), (_("Across pillars"), equity.by_pillar))
    found = []
    for title, ask in groups:
        now, then = ask(picture), ask(before) if before else None
        rows = [_row(w, (now, then), at) for at in range(len(now.parts))]
        found.append(
            {
                "title": title,
                "facts": _facts(w, now, then),
                "rows": rows,
                "said": _said(now),
                "base": year if then else None,
            }
        )
    return found


def _row(w: Work, spreads: tuple[Spread, Spread | None], at: int) -> dict[str, Any]:
    now, then = spreads
    part = now.parts[at]
    row = {
        "name": _name(w, part),
        "usd": part.usd,
        "share": now.share(part),
        "donors": part.donors,
        "projects": part.projects,
        "change": None,
    }
    old = next((one for one in then.parts if one.code == part.code), None) if then else None
    if then is not None and old is not None:
        points = (now.share(part) or 0) - (then.share(old) or 0)
        row["change"] = _(
            "%(points)s points, %(donors)s donors",
            points=filters.signed(points),
            donors=filters.signed(part.donors - old.donors, 0),
        )
    return row


def _name(w: Work, part: Part) -> str:
    if part.code in w.vocabulary.pillars:
        return f"{part.code} {w.vocabulary.pillars[part.code].short_title}"
    return filters.country_name(part.code)


def _facts(w: Work, now: Spread, then: Spread | None) -> list[dict[str, Any]]:
    facts = []
    if now.largest:
        facts.append(
            {
                "label": _("Largest share: %(name)s", name=_name(w, now.largest)),
                "value": _percent(now, now.largest),
                "note": _("of %(usd)s", usd=filters.plain(filters.millions(now.usd, "USD"))),
            }
        )
    if now.concentration is not None:
        note = _("Herfindahl; %(even)s is even, 1 is all in one", even=_index(now.even))
        if then and then.concentration is not None:
            note = f"{note}; {_('before: %(index)s', index=_index(then.concentration))}"
        facts.append({"label": _("Concentration"), "value": _index(now.concentration), "note": note})
    without = {
        "label": _("Nobody there"),
        "value": filters.number(now.nobody),
        "note": _("of %(number)s", number=len(now.parts)),
    }
    return [*facts, without]


def _index(value: Any) -> str:
    return filters.number(value, 2)


def _percent(spread: Spread, part: Part) -> str:
    return f"{filters.number(spread.share(part) or 0, 0)}{filters.NBSP}%"


def _said(now: Spread) -> str:
    """What the index means."""
    if now.as_if is None:
        return _("No money is recorded here in this time, so nothing can be said about how even it is.")
    return _(
        "The money is as concentrated as if %(number)s of the %(all)s had equal parts and the others nothing.",
        number=filters.number(now.as_if, 1),
        all=len(now.parts),
    )


def states(picture: Picture) -> list[dict[str, Any]]:
    """How many cells have nobody, one donor, several, too many."""
    keys = [(country, pillar) for country in picture.countries for pillar in picture.pillars]
    found = [picture.cells[key].state if key in picture.cells else "empty" for key in keys]
    names = {
        "empty": _("Cells without anybody"),
        "single": _("With one donor, or none named"),
        "covered": _("With two or three"),
        "crowded": _("With more than three"),
    }
    of = _("of %(number)s cells", number=len(keys))
    return [{"label": names[code], "value": filters.number(found.count(code)), "note": of} for code in STATES]
