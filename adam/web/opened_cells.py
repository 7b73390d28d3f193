"""One cell opened on the coverage page: inside it, its money by donor, its projects in time, and whom to call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.coverage import Cell
from adam.services import openings
from adam.services.coverage import Picture
from adam.services.openings import Opening
from adam.services.work import Work
from adam.web import coverage_scopes, filters, report_timelines
from adam.web.coverage_scopes import Asked
from adam.web.labels import label


def shown(w: Work, picture: Picture, asked: Asked) -> dict[str, Any] | None:
    """What the page shows of the cell that is opened, if one is."""
    if asked.cell is None:
        return None
    found = openings.opened(w, picture, asked.cell)
    money = w.actor.signed_in
    place = name(asked)
    return {
        "title": place,
        "state": label(found.cell.state, "coverage"),
        "level": found.cell.state,
        "facts": _facts(found.cell, money),
        "inner": _inner(w, found, money),
        "bars": bars(found) if money else [],
        "bars_title": bars_title(asked),
        "timelines": timelines(found),
        "contacts": found.contacts if w.actor.signed_in else None,
        "projects_url": coverage_scopes.projects_url(asked, asked.cell) if found.cell.projects else None,
        "close_url": coverage_scopes.address(cell=None),
        "url": coverage_scopes.address,
    }


def name(asked: Asked) -> str:
    """The opened cell in words: "Tajikistan, pillar I"."""
    country, pillar = asked.cell or ("", "")
    place = {"country": filters.country_name(country), "pillar": filters.pillar_name(pillar)}
    return _("%(country)s, %(pillar)s", **place)


def bars_title(asked: Asked) -> str:
    """What the picture of donors is called."""
    return _("Money by donor: %(place)s, %(when)s", place=name(asked), when=asked.when)


def _facts(cell: Cell, money: bool) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Projects"), "value": filters.number(len(cell.projects)), "note": None},
        {"label": _("Donors"), "value": filters.number(len(cell.donors)), "note": None},
    ]
    if money:
        usd = filters.millions(cell.usd, "USD")
        facts.append({"label": _("Money"), "value": usd, "note": _("counted once, by shares")})
    if len(cell.projects):
        last = _("an end is not given") if cell.open_end else filters.month(cell.last_end)
        facts.append({"label": _("Last project ends"), "value": last, "note": None})
    if cell.proposed:
        told = ngettext("one project", "%(num)s projects", cell.proposed)
        facts.append(
            {"label": _("Only proposed"), "value": told, "note": _("somebody must confirm the pillar")}
        )
    return facts


def _inner(w: Work, found: Opening, money: bool) -> dict[str, Any]:
    """Commitment × kind of help: only the rows and columns in which something stands."""
    rows = sorted({key[0] for key in found.inner}, key=lambda code: (code is None, _place(w, code)))
    kinds = sorted({key[1] for key in found.inner}, key=lambda code: (code is None, code or ""))
    return {
        "columns": [
            w.vocabulary.assistance_type(code) if code else _("Kind not given or shared") for code in kinds
        ],
        "rows": [
            {
                "code": code or "",
                "name": w.vocabulary.commitments[code].title
                if code in w.vocabulary.commitments
                else _("No commitment given"),
                "cells": [_inner_cell(found.inner.get((code, kind), Cell()), money) for kind in kinds],
            }
            for code in rows
        ],
    }


def _place(w: Work, code: str | None) -> Any:
    row = w.vocabulary.commitments.get(code or "")
    return row.position if row else 0


def _inner_cell(cell: Cell, money: bool) -> dict[str, Any]:
    return {
        "state": cell.state,
        "donors": len(cell.donors),
        "projects": len(cell.projects),
        "money": cell.usd if money and cell.usd else None,
        "need": False,
        "ends": False,
        "findings": 0,
        "url": None,
    }


def bars(found: Opening) -> list[dict[str, Any]]:
    """The cell's money by donor."""
    return [
        {
            "label": donor or _("Donor not stated"),
            "value": max(usd, Decimal(0)),
            "usd": usd,
            "text": filters.plain(filters.millions(usd)),
            "weak": not donor,
        }
        for donor, usd in found.donors
    ]


def timelines(found: Opening) -> list[dict[str, Any]]:
    """The cell's projects in time, where any gives a day."""
    return report_timelines.of(found.timeline, None)
