"""Verbs about reports: run one over a scope and store it, so that it can be read again and explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, false, or_, select, true

from adam.domain.documents import plain
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from adam.models.partners import Organization
from adam.models.projects import Project
from adam.models.reports import Report
from adam.queries import visibility
from adam.services import annual_reports, counters, coverage, freshness, gap_reports, overlap
from adam.services.work import Work

KINDS = {
    "overlap": "Overlap report",
    "coverage": "Coverage report",
    "gaps": "Gaps report",
    "annual": "Annual report on the Vienna Declaration",
}
DAYS = ("date_from", "date_to")


def run(w: Work, kind: str, scope: Mapping[str, Any]) -> Report:
    """Run a report over what the actor may see, and store it.

    Raises Forbidden for anybody who isn't signed in, Invalid when the scope names unknown countries or organizations.
    """
    if not (w.actor.signed_in or w.actor.system):
        raise Forbidden("Sign in to run a report.")
    known(w, scope)
    figures = _figures(w, kind, scope)
    report = Report(
        reference=counters.reference(w.session, "report"),
        kind=kind,
        scope=plain(dict(scope)),
        figures=figures,
        rules_version=w.rules.version,
        audience="coordinators" if w.actor.sees_all_records else "author",
        author_id=w.actor.account,
        author=w.actor.label,
        created_at=w.now,
    )
    w.session.add(report)
    w.session.flush()
    w.record("report.run", ("report", report.id), None, {"kind": kind, "scope": report.scope})
    return report


def run_if_changed(w: Work, kind: str, scope: Mapping[str, Any]) -> Report:
    """The newest report of this scope and these rules, if it would say the same today; else a new one."""
    same = (Report.kind == kind, Report.author == w.actor.label, Report.rules_version == w.rules.version)
    newest = w.session.scalar(select(Report).where(*same).order_by(Report.created_at.desc()).limit(1))
    if (
        newest is not None
        and newest.scope == plain(dict(scope))
        and newest.figures == _figures(w, kind, scope)
    ):
        return newest
    return run(w, kind, scope)


def _figures(w: Work, kind: str, scope: Mapping[str, Any]) -> dict[str, Any]:
    figures = FIGURES[kind](w, scope)
    fresh = figures.get("freshness") or freshness.of(w, scope)
    key = figures["key"] | {"unconfirmed": fresh["stale"]}
    if w.actor.sees_all_records:
        # Nothing can be hidden from these readers later, so that the list of records would only take room.
        figures["records"] = []
    return figures | {"key": key, "freshness": fresh, "title": title(w, kind, scope)}


def title(w: Work, kind: str, scope: Mapping[str, Any]) -> str:
    """ "Overlap report: Afghanistan, pillar I, 2013 to 2016"."""
    parts = [w.vocabulary.country(code) for code in scope["countries"]]
    parts = parts if len(parts) <= 3 else [f"{len(parts)} countries"]
    if scope["pillars"]:
        parts.append(f"pillar {', '.join(scope['pillars'])}")
    if kind == "annual":
        year = scope["year"] or w.today.year
        parts.append(f"{year} beside {scope['baseline'] or year - 1}")
    if scope["date_from"] or scope["date_to"]:
        ends = [str(day) if day else "open" for day in (scope["date_from"], scope["date_to"])]
        parts.append(" to ".join(ends))
    return f"{KINDS[kind]}: {', '.join(parts) if parts else 'all records'}"


def known(w: Work, scope: Mapping[str, Any]) -> None:
    """Raises Invalid with every country and organization of the scope that ADAM doesn't know."""
    problems = [
        Problem(f"#/scope/countries/{number}", "unknown_code", f"{code} is no country that ADAM knows.")
        for number, code in enumerate(scope["countries"])
        if code not in w.vocabulary.countries
    ]
    bodies = _bodies(w, scope["organizations"])
    problems += [
        Problem(
            f"#/scope/organizations/{number}", "unknown_organization", f"No organization has the code {code}."
        )
        for number, code in enumerate(scope["organizations"])
        if code not in bodies
    ]
    if problems:
        raise Invalid(problems)


def _bodies(w: Work, codes: Sequence[str]) -> set[str | None]:
    """Those of the codes and ids that name an organization, or a partner that has one."""
    if not codes:
        return set()
    names = (Organization.code, Organization.id, Organization.partner)
    query = select(*names).where(or_(*(name.in_(codes) for name in names)))
    return {value for row in w.session.execute(query) for value in row}


def _coverage(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    shown = coverage.picture(w, scope)
    return {
        "scope": overlap.named(w, scope),
        "matrix": coverage.table(w, shown),
        "ledger": overlap.ledger(w, shown, []),
        "method": overlap.METHOD,
        "key": {"projects": len(shown)},
        "records": sorted(shown.total.ids(shown.total.chosen)),
    }


FIGURES = {
    "overlap": overlap.figures,
    "coverage": _coverage,
    "gaps": gap_reports.figures,
    "annual": annual_reports.figures,
}
"""Kind → who computes it."""


def given(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A stored scope as it is asked for."""
    named = {"date_from": "from", "date_to": "to"}
    return {named.get(name, name): value for name, value in scope.items()}


def draft_of(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A stored scope as its schema gave it; what was not asked then is open."""
    found = {"year": None, "baseline": None} | dict(scope)
    return found | {name: date.fromisoformat(found[name]) if found[name] else None for name in DAYS}


def of_kind(w: Work, kind: str, most: int) -> Sequence[Any]:
    """The newest stored reports of a kind that the actor may read, without their figures."""
    return [row for row in listed(w, (0, most * len(KINDS))) if row.kind == kind][:most]


def _visible(w: Work) -> Any:
    """Coordinators read the reports of coordinators; everybody reads their own."""
    if w.actor.sees_all_records:
        return true()
    if w.actor.account is None:
        return false()
    # Not what somebody ran who was a coordinator then: it may hold what is confidential.
    return and_(Report.author_id == w.actor.account, Report.audience == "author")


def one(w: Work, report_id: str) -> Report:
    """A stored report; raises NotFound when it isn't there for this actor.

    Raises Conflict when a record that it counts was hidden from the actor since: hiding holds everywhere at once.
    """
    report = w.session.scalar(select(Report).where(Report.id == report_id, _visible(w)))
    if report is None:
        raise NotFound("There is no such report.")
    if not w.actor.sees_all_records and _hidden(w, report.figures["records"]):
        raise Conflict("A record in this report is no longer open to you: run the report again.", "hidden")
    return report


def _hidden(w: Work, ids: list[str]) -> bool:
    """Whether the actor may no longer see one of the records."""
    seen = set(w.session.scalars(select(Project.id).where(visibility.projects(w.actor))))
    return not seen.issuperset(ids)


def listed(w: Work, window: tuple[int, int]) -> Sequence[Any]:
    """Stored reports, newest first, without their figures; `window` is (offset, limit)."""
    columns = (Report.id, Report.reference, Report.kind, Report.scope, Report.author, Report.created_at)
    named = Report.figures["title"].as_string().label("title")
    query = select(*columns, Report.rules_version, named).where(_visible(w))
    ordered = query.order_by(Report.created_at.desc(), Report.id)
    return w.session.execute(ordered.offset(window[0]).limit(window[1])).all()
