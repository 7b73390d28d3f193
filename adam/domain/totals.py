"""Totals that explain themselves: what each record is counted with once links are known, and what is left out and why.

DOMAIN.md, money rules: same money is counted once, a programme and its components at one level, and every total can
say what it left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

ZERO = Decimal(0)
SAME = ("record_duplicate", "same_money", "co_financed")
WORDS = {
    "record_duplicate": "the same activity written down twice",
    "same_money": "the same money reported by payer and doer",
    "co_financed": "one activity with several funders",
    "component": "part and whole, counted at one level",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Two records whose money is counted once: why, and who says so ("a coordinator" or "the reporter")."""

    kind: str
    a: str
    b: str
    source: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is not counted: how much, because of which other record, and why."""

    id: str
    usd: Decimal
    because_of: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Total:
    """Reported is all that the records say; counted is what each contributes; the two differ by what is left out."""

    reported: Decimal
    counted: Mapping[str, Decimal]
    left_out: tuple[LeftOut, ...]
    without_amount: tuple[str, ...]

    @property
    def grand(self) -> Decimal:
        """What is counted, each dollar once."""
        return sum(self.counted.values(), ZERO)


def once(amounts: Mapping[str, Decimal | None], links: Iterable[Link]) -> Total:
    """Count the records' amounts (US dollars by id, None where nothing is given) once, as the links say.

    Of records that are the same, the largest amount is counted. Of a whole and its parts either the whole or the
    parts are counted, whichever is more, level by level. Links to records outside `amounts` are passed over.
    """
    given = {key: usd for key, usd in amounts.items() if usd is not None}
    known = _steady(link for link in links if link.a in given and link.b in given)
    counted = dict(given)
    left: list[LeftOut] = []
    chiefs = _same(counted, left, [link for link in known if link.kind in SAME])
    parts = (link for link in known if link.kind == "component")
    _components(
        counted,
        left,
        _steady(replace(link, a=chiefs.get(link.a, link.a), b=chiefs.get(link.b, link.b)) for link in parts),
    )
    missing = tuple(key for key, usd in amounts.items() if usd is None)
    return Total(sum(given.values(), ZERO), counted, tuple(left), missing)


Counted = dict[str, Decimal]


def _steady(links: Iterable[Link]) -> list[Link]:
    """Links between two records, each once, in an order that depends on nothing but themselves."""
    turned = {
        replace(link, a=min(link.a, link.b), b=max(link.a, link.b)) for link in links if link.a != link.b
    }
    return sorted(turned, key=lambda link: (link.kind, link.a, link.b, link.source))


def _same(counted: Counted, left: list[LeftOut], links: list[Link]) -> dict[str, str]:
    """Leave out all but the largest of each group; returns record → the one that is counted for it."""
    chiefs: dict[str, str] = {}
    for group in _groups(links):
        chief = max(sorted(group), key=lambda key: counted[key])
        for key in sorted(group - {chief}):
            own = [link for link in links if key in (link.a, link.b)]
            link = min(own, key=lambda link: chief not in (link.a, link.b))
            _leave_out(counted, left, (key, chief), link)
            chiefs[key] = chief
    return chiefs


def _components(counted: Counted, left: list[LeftOut], links: list[Link]) -> None:
    neighbours: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in links:
        neighbours[link.a][link.b] = neighbours[link.b][link.a] = link
    for group in _groups(links):
        root = max(sorted(group), key=lambda key: counted[key])
        children = _tree(root, neighbours)
        _level(root, children, counted, (left, neighbours))


def _tree(root: str, neighbours: Mapping[str, Mapping[str, Link]]) -> dict[str, list[str]]:
    """Node to children, each node reached once, breadth first."""
    children: dict[str, list[str]] = {}
    seen, queue = {root}, [root]
    for node in queue:
        children[node] = sorted(set(neighbours[node]) - seen)
        seen.update(children[node])
        queue.extend(children[node])
    return children


def _level(root: str, children: dict[str, list[str]], counted: Counted, ledger: tuple) -> None:
    """Decide for every whole, deepest first, whether it or its parts are counted."""
    order = [root]
    for node in order:
        order.extend(children[node])
    worth: dict[str, Decimal] = {}
    parts_win: dict[str, bool] = {}
    for node in reversed(order):
        parts = sum((worth[child] for child in children[node]), ZERO)
        parts_win[node] = parts > counted[node]
        worth[node] = max(parts, counted[node])
    left, neighbours = ledger
    covered: dict[str, str] = {}
    for node in order:
        for child in children[node]:
            if node in covered or not parts_win[node]:
                covered[child] = covered.get(node, node)
                _leave_out(counted, left, (child, covered[child]), neighbours[node][child])
        if parts_win[node] and node not in covered:
            first = children[node][0]
            _leave_out(counted, left, (node, first), neighbours[node][first])


def _leave_out(counted: Counted, left: list[LeftOut], pair: tuple[str, str], link: Link) -> None:
    key, other = pair
    if counted[key]:
        left.append(LeftOut(key, counted[key], other, link.kind, link.source))
    counted[key] = ZERO


def _groups(links: Iterable[Link]) -> list[set[str]]:
    """Records that hang together by the links, in a steady order."""
    home: dict[str, set[str]] = {}
    for link in links:
        joined = home.get(link.a, {link.a}) | home.get(link.b, {link.b})
        for key in joined:
            home[key] = joined
    unique = {min(group): group for group in home.values()}
    return [unique[key] for key in sorted(unique)]
