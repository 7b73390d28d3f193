"""What each verdict on a pair would do to the grand total, before anything is decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from adam.domain.findings import VERDICTS, siblings
from adam.domain.totals import SAME, Link, once
from adam.queries import comparing, findings
from adam.services import coverage
from adam.services.work import Work

COUNTED_ONCE = (*SAME, "component")


def moves(w: Work, finding: Any) -> dict[str, Decimal]:
    """Verdict → by how many US dollars it would change the total of all records.

    The two records are counted with all that hang together with them by what is decided or stated, as the total is.
    """
    facts = comparing.some(w.session, findings.tied(w.session, (finding.a_id, finding.b_id)))
    amounts = {key: item.usd for key, item in facts.items()}
    known = coverage.links(w, facts)
    now = once(amounts, known).grand
    pair = {finding.a_id, finding.b_id}
    others = [link for link in known if {link.a, link.b} != pair]
    without = once(amounts, others).grand
    beside = siblings(finding.evidence)
    found = {}
    for verdict in VERDICTS:
        counts = verdict in COUNTED_ONCE and not (verdict == "component" and beside)
        link = Link(verdict, finding.a_id, finding.b_id, "a coordinator")
        found[verdict] = (once(amounts, [*others, link]).grand if counts else without) - now
    return found
