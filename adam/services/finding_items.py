"""Findings as documents for a reader: a number of queries that doesn't grow with their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from adam.models.findings import Finding
from adam.models.projects import Project
from adam.queries import comparing
from adam.queries import findings as questions
from adam.services.overlap_items import item_of
from adam.services.work import Work


def items(w: Work, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Both records side by side, evidence and verdict of findings that the actor may see, in the order given.

    `group` names a record, perhaps one that isn't for everybody to see: it is for those who see all.
    """
    ids = {key for finding in findings for key in (finding.a_id, finding.b_id) if key}
    facts = comparing.facts(w.session, select(Project.id).where(Project.id.in_(sorted(ids)))) if ids else {}
    verdicts = questions.verdicts(w.session, [finding.id for finding in findings])
    found = []
    for finding in findings:
        item = item_of(w, finding, facts, verdicts.get(finding.id)) | {"version": finding.version}
        found.append(item if w.actor.sees_all_records else item | {"group": None})
    return found
