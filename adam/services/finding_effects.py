"""What each verdict on a pair would do to the grand total, before anything is decided."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from adam.domain.findings import VERDICTS, siblings
from adam.domain.totals import Link, once
from adam.queries import findings
from adam.queries.projects import Filters
from adam.services import counting, holdings, linked
from adam.services.columns import Columns
from adam.services.work import Work


def moves(w: Work, finding: Any) -> dict[str, Decimal]:
    """Verdict → by how many US dollars it would change the total of all records that are counted.

    The two are counted with all that hang together with them by what is decided or stated, as the total is.
    """
    columns = holdings.current(w)
    pair = {finding.a_id, finding.b_id}
    known = linked.links(columns, tuple(findings.standing(w.session)))
    tied, held = _tied(pair, known)
    amounts = _amounts(w, columns, tied)
    others = [link for link in held if {link.a, link.b} != pair]
    now, apart = once(amounts, held).grand, once(amounts, others).grand
    found = {}
    for verdict in VERDICTS:
        link = Link(verdict, finding.a_id, finding.b_id, linked.COORDINATOR)
        counts = verdict in linked.KINDS and not (verdict == "component" and siblings(finding.evidence))
        found[verdict] = (once(amounts, [*others, link]).grand if counts else apart) - now
    return found


def _tied(pair: Collection[str], known: list[Link]) -> tuple[set[str], list[Link]]:
    """The two records with all that hang together with them, and the links between these."""
    tied, edge = set(pair), set(pair)
    while edge:
        near = {key for link in known if link.a in edge or link.b in edge for key in (link.a, link.b)}
        edge = near - tied
        tied |= edge
    return tied, [link for link in known if link.a in tied and link.b in tied]


def _amounts(w: Work, columns: Columns, ids: Collection[str]) -> dict[str, Decimal | None]:
    """What those of the records that a total counts give in US dollars."""
    chosen = counting.selected(w, columns, Filters(status=counting.LIVING))
    numbers = {key: columns.number_of(key) for key in sorted(ids)}
    return {
        key: counting.dollars(columns.own["cents"][number]) if columns.own["given"][number] else None
        for key, number in numbers.items()
        if number is not None and chosen[number]
    }
