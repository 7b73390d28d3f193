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
SAME = ("record_duplicate", "same_money")
WORDS = {
    "record_duplicate": "the same activity written down twice",
    "same_money": "the same money reported by payer and doer",
    "component": "part and whole, counted at one level",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Two records whose money is counted once: why, and who says so ("a coordinator" or "the reporter").

    `whole` is the one of the two that is the whole, where somebody said so; for components only.
    """

    kind: str
    a: str
    b: str
    source: str
    whole: str | None = None


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
    parts are counted, whichever is more, level by level. Where nobody said which is the whole, it is the largest of
    those linked, if its amount holds the others; if not, they are parts of a whole that isn't recorded, and all of
    them are counted. Links to records outside `amounts` are passed over.
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
        _steady(_between(link, chiefs) for link in parts),
    )
    missing = tuple(key for key, usd in amounts.items() if usd is None)
    return Total(sum(given.values(), ZERO), counted, tuple(left), missing)


Counted = dict[str, Decimal]
HOLDS = Decimal("1.05")
"""Parts may exceed their whole by so much and still be held by it: rates of other days, rounded figures."""


def _between(link: Link, chiefs: Mapping[str, str]) -> Link:
    """The link between the records that are counted for the two."""
    whole = chiefs.get(link.whole, link.whole) if link.whole else None
    return replace(link, a=chiefs.get(link.a, link.a), b=chiefs.get(link.b, link.b), whole=whole)


def _steady(links: Iterable[Link]) -> list[Link]:
    """Links between two records, each once, in an order that depends on nothing but themselves."""
    turned = {
        replace(link, a=min(link.a, link.b), b=max(link.a, link.b)) for link in links if link.a != link.b
    }
    return sorted(turned, key=lambda link: (link.kind, link.a, link.b, link.source, link.whole or ""))


def _same(counted: Counted, left: list[LeftOut], links: list[Link]) -> dict[str, str]:
    """Leave out all but the largest of each group; returns record → the one that is counted for it."""
    chiefs: dict[str, str] = {}
    for group in grouped(links):
        chief = max(sorted(group), key=lambda key: counted[key])
        for key in sorted(group - {chief}):
            own = [link for link in links if key in (link.a, link.b)]
            link = min(own, key=lambda link: chief not in (link.a, link.b))
            _leave_out(counted, left, (key, chief), link)
            chiefs[key] = chief
    return chiefs


def _components(counted: Counted, left: list[LeftOut], links: list[Link]) -> None:
    said = [link for link in links if link.whole]
    wholes = _wholes(counted, [*said, *_supposed(counted, [link for link in links if not link.whole])])
    children: dict[str, list[str]] = defaultdict(list)
    for part in sorted(wholes):
        children[wholes[part][0]].append(part)
    reasons = {(whole, part): link for part, (whole, link) in wholes.items()}
    for root in sorted(set(children) - set(wholes)):
        _level(root, children, counted, (left, reasons))


def _supposed(counted: Counted, links: list[Link]) -> list[Link]:
    """Links without a stated whole, with the largest of each group as whole where its amount holds the others'."""
    found = []
    for group in grouped(links):
        hub = max(sorted(group), key=lambda key: counted[key])
        parts = sorted(group - {hub})
        if sum((counted[key] for key in parts), ZERO) > counted[hub] * HOLDS:
            continue
        for key in parts:
            link = min(
                (link for link in links if key in (link.a, link.b)),
                key=lambda link: hub not in (link.a, link.b),
            )
            found.append(Link(link.kind, hub, key, link.source, hub))
    return found


def _wholes(counted: Counted, links: list[Link]) -> dict[str, tuple[str, Link]]:
    """Part to its whole: the largest where several are named; what would close a circle is passed over."""
    found: dict[str, tuple[str, Link]] = {}
    for link in sorted(
        links, key=lambda link: (-counted[link.whole or ""], link.whole or "", link.a, link.b, link.source)
    ):
        whole = link.whole or ""
        part = link.b if whole == link.a else link.a
        above = whole
        while above in found and above != part:
            above = found[above][0]
        if part not in found and above != part:
            found[part] = (whole, link)
    return found


def _level(
    root: str,
    children: Mapping[str, list[str]],
    counted: Counted,
    ledger: tuple[list[LeftOut], Mapping[tuple[str, str], Link]],
) -> None:
    """Decide for every whole, deepest first, whether it or its parts are counted."""
    order = [root]
    for node in order:
        order.extend(children.get(node, ()))
    worth: dict[str, Decimal] = {}
    parts_win: dict[str, bool] = {}
    for node in reversed(order):
        parts = sum((worth[child] for child in children.get(node, ())), ZERO)
        parts_win[node] = parts > counted[node]
        worth[node] = max(parts, counted[node])
    left, reasons = ledger
    covered: dict[str, str] = {}
    for node in order:
        for child in children.get(node, ()):
            if node in covered or not parts_win[node]:
                covered[child] = covered.get(node, node)
                _leave_out(counted, left, (child, covered[child]), reasons[node, child])
        if parts_win[node] and node not in covered:
            first = children[node][0]
            _leave_out(counted, left, (node, first), reasons[node, first])


def _leave_out(counted: Counted, left: list[LeftOut], pair: tuple[str, str], link: Link) -> None:
    key, other = pair
    if counted[key]:
        left.append(LeftOut(key, counted[key], other, link.kind, link.source))
    counted[key] = ZERO


def grouped(links: Iterable[Link]) -> list[set[str]]:
    """Records that hang together by the links, in a steady order."""
    above: dict[str, str] = {}

    def root(key: str) -> str:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for link in links:
        first, second = sorted((root(link.a), root(link.b)))
        above[second] = first
    found: dict[str, set[str]] = defaultdict(set)
    for key in list(above):
        found[root(key)].add(key)
    return [found[key] for key in sorted(found)]
