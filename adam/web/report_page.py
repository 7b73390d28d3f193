"""The page of a stored report: everything on it comes from the snapshot, so that it reads the same for ever."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.services import reports
from adam.services.work import Work
from adam.web import filters, matrices, report_items, report_papers, report_timelines
from adam.web.labels import label

Figures = dict[str, Any]
MOST_ROWS = 25


def page(w: Work, report_id: str) -> str:
    """The page. Raises NotFound."""
    report = reports.one(w, report_id)
    if report.kind not in ("overlap", "coverage"):
        return report_papers.page(w, report)
    figures: Figures = report.figures
    kinds = [
        report_items.kind(report.id, section) for section in figures.get("sections", ()) if section["count"]
    ]
    matrix = matrices.shown(figures["matrix"], lambda cell: None)
    return render_template(
        "reports/overlap.html",
        report=_head(report),
        downloads=report_papers.downloads(f"/reports/{report.id}"),
        after=report_papers.after(w, report),
        scope=scope_of(w, report.scope),
        figures=_key(figures),
        ledger=_ledger(figures["ledger"]),
        left_out=_left_out(figures["ledger"]),
        totals_url=_totals(report.scope),
        kinds=kinds if report.kind == "overlap" else None,
        matrix=matrix,
        drawn=matrices.busiest(matrix, MOST_ROWS),
        caption=_("Donors and projects by country and pillar"),
        timelines=report_timelines.shown(figures),
        method=figures["method"],
    )


def row(w: Work, item: Any) -> dict[str, Any]:
    """A stored report for the list."""
    parts = scope_of(w, item.scope)
    return {
        "reference": item.reference,
        "url": f"/reports/{item.id}",
        "title": item.title,
        "kind_name": label(item.kind, "report"),
        "scope": "; ".join(f"{part['label']}: {part['value']}" for part in parts),
        "run_at": item.created_at,
        "run_by": item.author,
        "figures": _("rules %(version)s", version=item.rules_version),
    }


def file_name(report: Any, form: str) -> str:
    """What a file of the report is called."""
    return f"{report.reference}-{report.kind}.{form}"


def scope_of(w: Work, scope: Figures) -> list[dict[str, str]]:
    """The scope in words; what is open is said too."""
    countries = [filters.country_name(code) for code in scope.get("countries", ())]
    pillars = ", ".join(scope.get("pillars", ()))
    organizations = [w.vocabulary.partner(code) for code in scope.get("organizations", ())]
    start, end = scope.get("date_from"), scope.get("date_to")
    where = (
        ", ".join(countries)
        if len(countries) <= 12
        else ngettext("1 country", "%(num)s countries", len(countries))
    )
    years = [str(scope[name]) for name in ("year", "baseline") if scope.get(name)]
    asked = [{"label": _("Years"), "value": _("%(years)s", years=", ".join(years))}] if years else []
    return [
        *asked,
        {"label": _("Countries"), "value": where or _("all")},
        {"label": _("Pillars"), "value": pillars or _("all")},
        {"label": _("Active"), "value": filters.period(start, end) if start or end else _("at any time")},
        {"label": _("Organizations"), "value": ", ".join(organizations) or _("all")},
    ]


def _head(report: Any) -> Figures:
    told = {"coverage": _("Who helps where, under which pillar, with how much.")}
    return {
        "reference": report.reference,
        "title": report.figures["title"],
        "lede": told.get(report.kind),
        "run_at": report.created_at,
        "run_by": report.author,
        "rules": report.rules_version,
        "records": report.figures["key"]["projects"],
        "unconfirmed": report.figures["key"].get("unconfirmed", 0),
    }


def _key(figures: Figures) -> list[dict[str, Any]]:
    key, book = figures["key"], figures["ledger"]
    found = [
        {
            "label": _("Counted once"),
            "value": filters.millions(book["counted"], "USD"),
            "note": _reported(book),
        },
        {"label": _("Projects"), "value": filters.number(key["projects"]), "note": _by(key)},
    ]
    if "record_questions" in key:
        waits = _("wait for a coordinator")
        found.append(
            {
                "label": _("Questions about records"),
                "value": filters.number(key["record_questions"]),
                "note": waits,
            }
        )
        found.append(
            {
                "label": _("Questions about assistance"),
                "value": filters.number(key["coordination_questions"]),
                "note": waits,
            }
        )
        found.append(
            {
                "label": _("Without a pillar"),
                "value": filters.number(key["unassigned"]),
                "note": _("projects"),
            }
        )
        # Reports stored before this was counted don't have it.
        if "unanswered" in key:
            found.append(_unanswered(key["unanswered"]))
    return found


def _unanswered(counted: Figures) -> dict[str, Any]:
    number = len(counted["partners"])
    of = ngettext("projects of one partner", "projects of %(num)s partners", number)
    return {"label": _("Nobody answers for"), "value": filters.number(counted["projects"]), "note": of}


def _reported(book: Figures) -> str:
    return _("of %(usd)s reported", usd=filters.plain(filters.millions(book["reported"])))


def _by(key: Figures) -> str | None:
    if "donors" not in key:
        return None
    return _("%(donors)s donors, %(reporters)s reporters", donors=key["donors"], reporters=key["reporters"])


def _ledger(book: Figures) -> list[Figures]:
    """From what is reported to what is counted; below it what open questions could still change."""
    kinds: dict[str, list[Figures]] = {}
    for item in book["left_out"]:
        kinds.setdefault(item["kind"], []).append(item)
    rows = [{"label": _("Reported in all"), "amount": book["reported"], "kind": None}]
    for kind, items in kinds.items():
        usd = -sum((Decimal(item["usd"]) for item in items), Decimal(0))
        note = ngettext(
            "one record, counted with another", "%(num)s records, each counted with another", len(items)
        )
        rows.append({"label": label(kind, "kind"), "note": note, "amount": usd, "kind": "less"})
    rows.append({"label": _("Counted once"), "amount": book["counted"], "kind": "sum"})
    if book["open"]["questions"]:
        number = book["open"]["questions"]
        note = ngettext(
            "if one likely question is decided so", "if %(num)s likely questions are decided so", number
        )
        may = {"label": _("Could still be taken out"), "note": note, "kind": "less"}
        rows.append(may | {"amount": -Decimal(book["open"]["usd"])})
    return rows


def _totals(scope: Figures) -> str:
    """The total of a scope as it is now."""
    lists = {"country": "countries", "pillar": "pillars", "organization": "organizations"}
    asked = [(name, code) for name, key in lists.items() for code in scope.get(key) or ()]
    asked += [(name, scope[f"date_{name}"]) for name in ("from", "to") if scope.get(f"date_{name}")]
    return f"/totals?{urlencode(asked)}"


def _left_out(book: Figures) -> list[str]:
    """What stands under no country, no pillar, or without an amount; then the first links one by one."""
    told = [
        _(
            "Not allocated to a country: %(usd)s.",
            usd=filters.plain(filters.millions(book["not_allocated"], "USD")),
        ),
        _(
            "Not assigned to a pillar: %(usd)s.",
            usd=filters.plain(filters.millions(book["not_assigned"], "USD")),
        ),
    ]
    if book["without_amount"]:
        told.append(
            ngettext("One record gives no amount.", "%(num)s records give no amount.", book["without_amount"])
        )
    listed = book["left_out"]
    told += [
        f"{item['name']} ({filters.plain(filters.millions(item['usd'], 'USD'))}): {item['sentence']}"
        for item in listed[:5]
    ]
    if len(listed) > 5:
        told.append(
            ngettext(
                "One more link is in the files.", "%(num)s more links are in the files.", len(listed) - 5
            )
        )
    return told
