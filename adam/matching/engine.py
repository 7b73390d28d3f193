"""The engine: a set of records against itself, or one record against a set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from adam.errors import Invalid, Problem
from adam.matching.keys import Key, candidates, keys
from adam.matching.pairs import Pair
from adam.matching.policy import KINDS, RECORD_KINDS, Policy
from adam.matching.profiles import Lexicon, Profile
from adam.matching.records import Record
from adam.matching.scores import Claim, Scorer


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

    `kinds` limits the answer (by default all six), `threshold` overrides the policy's. Raises Invalid when two
    records carry one id or a kind is unknown.

    >>> from adam.matching import Record, load_policy
    >>> list(compare_all([Record("a", title="Border posts"), Record("b", title="Prison reform")], load_policy()))
    []
    """
    wanted = known_kinds(kinds)
    ordered = distinct(records)
    if wanted.isdisjoint(("duplicate_assistance", "overlap")):
        policy = without_cells(policy)
    lexicon = Lexicon(ordered, policy)
    profiles = [lexicon.profile(record) for record in ordered]
    scorer = Scorer(policy, len(profiles), wanted, threshold)
    numbers, notes = candidates(profiles, policy)
    size = len(profiles)
    claims = (scorer.claim(profiles[number // size], profiles[number % size]) for number in numbers)
    ordered_claims = sorted((claim for claim in claims if claim), key=lambda claim: claim.order)
    kept, left_out = thinned(ordered_claims, policy.limits["claims"])
    found = Pairs(scorer.explained(claim) for claim in kept)
    found.notes = (*notes, *left_out)
    return found


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


class Index:
    """A set of records that answers for one record at a time.

    >>> from adam.matching import Record, load_policy
    >>> index = Index([Record("a", title="Border liaison offices in Tajikistan")], load_policy())
    >>> new = Record("new", title="Border liaison offices, Tajikistan")
    >>> [pair.other("new") for pair in index.match(new, limit=5, threshold=0.001)]
    ['a']
    """

    def __init__(self, records: Iterable[Record], policy: Policy):
        """Prepares the records; raises Invalid when an id stands twice."""
        self.policy = policy
        ordered = distinct(records)
        self.lexicon = Lexicon(ordered, policy)
        self.profiles = [self.lexicon.profile(record) for record in ordered]
        self.buckets: dict[tuple[str, Key], list[int]] = defaultdict(list)
        for number, profile in enumerate(self.profiles):
            for key in set(keys(profile, policy)):
                self.buckets[key].append(number)

    def match(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Pair]:
        """The best claims about the record and any of the set, at most `limit`; its own id is passed over."""
        profile = self.lexicon.profile(record)
        scorer = Scorer(self.policy, len(self.profiles) + 1, None, threshold)
        others = (self.profiles[n] for n in self.near(profile))
        claims = (scorer.claim(profile, other) for other in others if other.record.id != record.id)
        best = sorted((claim for claim in claims if claim), key=lambda claim: claim.order)[:limit]
        return [scorer.explained(claim) for claim in best]

    def near(self, profile: Profile, most: int = 3000) -> list[int]:
        """The records that share a key, those that share most first, so that a crowded key crowds nothing out."""
        votes: Counter[int] = Counter()
        for key in set(keys(profile, self.policy)):
            votes.update(self.buckets.get(key, ()))
        return [n for n, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:most]]
