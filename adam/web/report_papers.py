"""Pages that are made of a paper: gaps, the annual report, and two reports beside each other."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from adam.domain.papers import FIGURES, Paper, said
from adam.services import report_comparisons, report_files, reports
from adam.services.report_comparisons import Compared
from adam.services.work import Work

MOST_OTHERS = 50


def page(w: Work, report: Any) -> str:
    """The page of a stored report."""
    place = f"/reports/{report.id}"
    return _page(report_files.paper(report), downloads(place), after(w, report))


def compared(found: Compared) -> str:
    """The page of two reports beside each other."""
    place, ending = f"/reports/{found.after.id}/comparison", f"?with={found.before.id}"
    files = [
        {"label": report_files.FILES[form].label, "url": f"{place}/file.{form}{ending}", "icon": "download"}
        for form in report_files.COMPARISONS
    ]
    both = [{"label": one.reference, "url": f"/reports/{one.id}"} for one in (found.before, found.after)]
    shown = {"actions": both, "others": None, "compare_url": ""}
    return _page(report_comparisons.paper(found), files, shown)


def _page(paper: Paper, files: list[dict[str, str]], more: dict[str, Any]) -> str:
    told = {"said": said, "figures": FIGURES, "drawn": Markup}
    return render_template("reports/paper.html", paper=paper, downloads=files, **told, **more)


def downloads(place: str) -> list[dict[str, str]]:
    """Every form in which a report may be taken."""
    return [
        {"label": form.label, "url": f"{place}/file.{name}", "icon": "download"}
        for name, form in report_files.FILES.items()
    ]


def after(w: Work, report: Any) -> dict[str, Any]:
    """What can be done with a stored report: run it again, take its records, compare it with others of its kind."""
    place = f"/reports/{report.id}"
    rows = reports.of_kind(w, report.kind, MOST_OTHERS)
    others = [
        {"value": row.id, "label": f"{row.reference} {row.title} ({row.created_at:%Y-%m-%d})"}
        for row in rows
        if row.id != report.id
    ]
    records = [
        {"label": _("All its records: %(form)s", form=form.upper()), "url": f"{place}/records.{form}"}
        for form in report_files.RECORDS
    ]
    save = {"label": _("Save the scope, or schedule it"), "url": f"/reports/saved/new?report={report.id}"}
    return {"actions": [save, *records], "others": others, "compare_url": f"{place}/comparison"}
