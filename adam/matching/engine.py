"""The engine: a set of records against itself; index.py answers for one record against a set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from adam.errors import Invalid, Problem
from adam.matching.keys import candidates
from adam.matching.pairs import Pair
from adam.matching.policy import KINDS, RECORD_KINDS, Policy
from adam.matching.profiles import Lexicon, Profile
from adam.matching.records import Record
from adam.matching.rivals import followed
from adam.matching.scores import Claim, Scorer

if TYPE_CHECKING:
    from adam.matching.index import Hit as Hit
    from adam.matching.index import Index as Index


class Pairs(list[Pair]):
    """Pairs, best first; `notes` say in sentences what was not compared all with all."""

    notes: tuple[str, ...] = ()


def compare_all(
    records: Iterable[Record],
    policy: Policy,
    kinds: Iterable[str] | None = None,
    threshold: float | None = None,
) -> Pairs:
    """Every claim about two of the records, best first: the same whatever the order of the records.

    Sets up to `limits.small` are compared by the readable rules, larger ones by their compiled twin. `kinds` limits
    the answer (by default all six), `threshold` overrides the policy's. Raises Invalid when two records carry one id
    or a kind is unknown.

    >>> from adam.matching import Record, load_policy
    >>> list(compare_all([Record("a", title="Border posts"), Record("b", title="Prison reform")], load_policy()))
    []
    """
    wanted = known_kinds(kinds)
    ordered = distinct(records)
    if wanted.isdisjoint(("duplicate_assistance", "overlap")):
        policy = without_cells(policy)
    least = policy.threshold if threshold is None else threshold
    if len(ordered) <= policy.limits["small"]:
        return compared(ordered, policy, wanted, least)
    from adam.matching.compiled import explaining

    return explaining.compared(ordered, policy, wanted, least)


def compared(ordered: list[Record], policy: Policy, wanted: frozenset[str], least: float) -> Pairs:
    """The same by the readable rules as they stand, for records in their order."""
    lexicon = Lexicon(ordered, policy)
    profiles = sorted((lexicon.profile(record) for record in ordered), key=place)
    scorer = Scorer(policy, len(profiles), followed(wanted), min(least, policy.listed))
    numbers, notes = candidates(profiles, policy)
    size = len(profiles)
    claims = (scorer.claim(profiles[number // size], profiles[number % size]) for number in numbers)
    judged = scorer.rivalled([claim for claim in claims if claim], (wanted, least))
    ordered_claims = sorted(judged, key=lambda claim: claim.order)
    kept, left_out = thinned(ordered_claims, policy.limits["claims"])
    found = Pairs(scorer.explained(claim) for claim in kept)
    found.notes = (*notes, *left_out)
    return found


def place(profile: Profile) -> tuple[str, int]:
    """Where a record stands in the order of the set, in which those of a crowded bucket meet: country, then start."""
    return min(profile.countries, default=""), profile.start or 0


def thinned(claims: list[Claim], most: int) -> tuple[list[Claim], list[str]]:
    """Of the coordination claims those among the `most` strongest of either record; a note counts what is left out.

    In a cell of a hundred projects everything overlaps with everything: nobody reads 4,950 lines.
    """
    seen: Counter[str] = Counter()
    kept = []
    for claim in claims:
        ids = (claim.a.record.id, claim.b.record.id)
        if claim.kind in RECORD_KINDS:
            kept.append(claim)
        elif min(seen[name] for name in ids) < most:
            kept.append(claim)
            seen.update(ids)
    left_out = len(claims) - len(kept)
    said = (
        f"{left_out} weaker overlaps are left out: each record keeps its {most} strongest in crowded cells."
    )
    return kept, [said] if left_out else []


def known_kinds(kinds: Iterable[str] | None) -> frozenset[str]:
    """The kinds asked for; raises Invalid for a word that is none."""
    wanted = frozenset(kinds or KINDS)
    wrong = sorted(wanted - set(KINDS))
    if wrong:
        raise Invalid(
            Problem("#/kinds", "unknown_kind", f"“{kind}” is no kind: use {', '.join(KINDS)}.")
            for kind in wrong
        )
    return wanted


def without_cells(policy: Policy) -> Policy:
    """The policy without the rule that serves the coordination questions only."""
    from dataclasses import replace

    return replace(policy, rules=tuple(rule for rule in policy.rules if rule != "cell"))


def distinct(records: Iterable[Record]) -> list[Record]:
    """The records ordered by what they say, then by id; raises Invalid when an id stands twice."""
    ordered = sorted(records, key=lambda record: (record.content, record.id))
    twice = sorted(name for name, times in Counter(record.id for record in ordered).items() if times > 1)
    if twice:
        raise Invalid(
            Problem("#/id", "twice", f"The id “{name}” stands twice: give each record its own.")
            for name in twice
        )
    return ordered


def __getattr__(name: str) -> Any:
    """The index, where it is looked for here: it lives in a file of its own."""
    if name not in ("Hit", "Index", "LookUp"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from adam.matching import index

    return getattr(index, name)
