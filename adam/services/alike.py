"""Whoever enters a record is asked whether it stands already: the stored records that look like a draft."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Any

from adam.matching import Hit, Pair, Policy, Record
from adam.matching.pairs import with_prior
from adam.queries import comparing
from adam.queries.comparing import Facts
from adam.services import register
from adam.services.records import record_of, record_of_draft
from adam.services.register import Register
from adam.services.wording import in_words
from adam.services.work import Work

SHOWN = 5
SAME = ("record_duplicate", "same_money", "component")
NEAR = 0.002
"""From here on a record is near enough to a draft to be thought of; what is shown is judged by the policy."""
FIRST, MORE = 50, 8
"""So many are looked at first; so many times as many if too few of them may be shown."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A stored record that looks like a draft, the engine's claim about the two, and its reasons in words."""

    facts: Facts
    pair: Pair
    reasons: list[dict[str, Any]]


class Lookalikes(list[Lookalike]):
    """Look-alikes, likeliest first; `pending` says that the index which finds them is still being prepared."""

    pending = False


def lookalikes(w: Work, draft: dict[str, Any], itself: str | None = None) -> Lookalikes:
    """The likeliest records that the actor may see, best first, each with the engine's reasons.

    That a record stands already is likelier for one being entered than for any two records at random, and the policy
    says by how much. Records that are not there for the actor are left out before anything is cut off or read.
    """
    kept, told = register.ready(w), Lookalikes()
    if kept is None:
        told.pending = True
        return told
    record = record_of_draft(w, draft, itself or "draft")
    ids = _shown(w, kept, record)
    if not ids:
        return told
    facts = comparing.facts(w.session, ids)
    others = [record_of(each) for each in facts.values()]
    pairs = [asked(pair, w.rules.policy) for pair in kept.explained(record, others, NEAR)]
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.id_a, pair.id_b)):
        reasons = [in_words(w.vocabulary, reason.as_dict()) for reason in pair.evidence]
        told.append(Lookalike(facts[pair.other(record.id)], pair, reasons))
    return told


def _shown(w: Work, kept: Register, record: Record) -> list[str]:
    """The ids of the records to show."""
    limit = FIRST
    while True:
        near = kept.hits(record, limit, NEAR)
        scored = ((_asked_score(hit, w.rules.policy), hit.id) for hit in near)
        likely = sorted((-score, key) for score, key in scored if score >= w.rules.policy.threshold)
        seen = comparing.visible(w.session, w.actor, [key for _, key in likely]) if likely else set()
        ids = [key for _, key in likely if key in seen][:SHOWN]
        if len(ids) == SHOWN or len(near) < limit:
            return ids
        limit *= MORE


def asked(pair: Pair, policy: Policy) -> Pair:
    """The claim at the odds of asking."""
    return with_prior(pair, policy.priors["asked"]) if pair.kind in SAME else pair


def _asked_score(hit: Hit, policy: Policy) -> float:
    """What `asked` will make of the score."""
    if hit.kind not in SAME or not 0 < hit.score < 1:
        return hit.score
    return 1 / (1 + exp(-log(hit.score / (1 - hit.score)) - policy.priors["asked"]))
