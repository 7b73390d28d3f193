"""Proposals: which pillars and commitments a record's sector codes and words speak for, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

SECTOR, TITLE, DESCRIPTION, HINT = 3, 2, 1, 1
MOST_PROPOSALS, MOST_REASONS = 5, 3
NO_SPACES = re.compile(r"[\u4e00-\u9fff]")
COMMON = frozenset({
    "acti", "addi", "and", "anti", "asse", "cont", "coun", "des", "fina", "inte", "miss", "need",
    "poli", "pre", "redu", "stra", "such", "supp", "surv", "use",
})  # fmt: skip
BEGINNINGS = re.compile(r"\b\w{3,4}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A code or phrase that speaks for a commitment (None: the pillar as a whole); a hint not by itself."""

    pattern: str
    pillar: str
    commitment: str | None
    reason: str
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern made ready, with the rules it stands for; none where it only excludes."""

    expression: re.Pattern[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Sector code -> rules; the beginning of a word -> the phrases that can't match without it."""

    sectors: Mapping[str, tuple[Rule, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    exceptions: Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commitment that a record may serve: share in percent or None, the reason in sentences, its strength.

    Each reason adds to the strength: a sector code 3 (as a hint 1), a phrase in the title 2, elsewhere 1.
    """

    pillar: str
    commitment: str | None
    share: Decimal | None
    reason: str
    strength: int


@dataclass(slots=True)
class _Case:
    """What was found for one commitment so far."""

    reasons: dict[str, None] = field(default_factory=dict)
    share: Decimal | None = None
    strength: int = 0
    hints_only: bool = True


def load_rules(rows: Iterable[Mapping[str, str]]) -> Rules:
    """Rules from rows with kind, pattern, pillar, commitment (may be empty) and reason.

    Kinds: a `sector` code; a `word` or phrase; a `hint`, a word or code that counts in a title or beside
    something else; `not`, a phrase taken out of the text first (an office's name, a kind of medicine). It
    matches whole words in any case; "*" ends a word that may go on, a space stands for spaces or a hyphen.
    Raises KeyError where a column is missing or a kind unknown.
    """
    found: dict[str, dict[str, list[Rule]]] = {"sector": {}, "word": {}, "not": {}}
    for row in rows:
        kind, pattern = row["kind"], row["pattern"].strip().casefold()
        hint = kind == "hint"
        rule = Rule(pattern, row["pillar"], row["commitment"] or None, row["reason"].strip(), hint)
        if hint:
            kind = "sector" if pattern.isdigit() else "word"
        found[kind].setdefault(pattern, []).append(rule)
    sectors = {code: tuple(rules) for code, rules in found["sector"].items()}
    return Rules(sectors, _anchored(found["word"]), _anchored(found["not"]))


def _anchored(patterns: Mapping[str, list[Rule]]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases by the beginning of their most telling word: that of most phrases ("drug"), else the longest."""
    usual = Counter(beginning for pattern in patterns for beginning in set(_beginnings(pattern)))
    found: dict[str, list[Phrase]] = {}
    for pattern, rules in patterns.items():
        telling = [word for word in _beginnings(pattern) if word not in COMMON] or _beginnings(pattern)
        anchor = max(telling, key=lambda word: (usual[word], len(word)))
        found.setdefault(anchor, []).append(Phrase(_expression(pattern), tuple(rules)))
    return {anchor: tuple(phrases) for anchor, phrases in found.items()}


def _beginnings(folded: str) -> list[str]:
    """The first three or four letters of every word; of text written without spaces, every character."""
    if folded.isascii() or not NO_SPACES.search(folded):
        return BEGINNINGS.findall(folded)
    return NO_SPACES.findall(folded) + BEGINNINGS.findall(NO_SPACES.sub(" ", folded))


def _expression(pattern: str) -> re.Pattern[str]:
    """It begins with plain letters, which are quick to find; _whole sees to what stands before them."""
    if NO_SPACES.search(pattern):
        return re.compile(re.escape(pattern))
    words = [re.escape(word).replace(r"\*", r"\w*") for word in re.split(r"[\s\-]+", pattern)]
    return re.compile(r"[\s\-]+".join(words) + r"(?!\w)")


def _whole(expression: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    for match in expression.finditer(folded):
        before = folded[match.start() - 1 : match.start()]
        if not before.isalnum() or NO_SPACES.match(match[0]):
            yield match


def propose(document: Mapping[str, Any], rules: Rules) -> list[Proposal]:
    """What the sectors, the titles and the descriptions (translations too) of a project document speak for.

    Strongest first, at most five; none for a record that says nothing about drugs, borders or dirty money. A
    pillar as a whole is proposed only where none of its commitments is. Shares come from sector percentages.
    """
    cases: dict[tuple[str, str | None], _Case] = {}
    for weight, share, rule, reason in _evidence(document, rules):
        case = cases.setdefault((rule.pillar, rule.commitment), _Case())
        if reason not in case.reasons:
            case.hints_only &= rule.hint
            case.reasons[reason] = None
            case.strength += weight
            case.share = share if case.share is None else case.share + (share or 0)
    proven = {key for key, case in cases.items() if case.strength > 1 or not case.hints_only}
    exact = {pillar for pillar, commitment in proven if commitment}
    kept = [
        Proposal(pillar, commitment, case.share, " ".join(list(case.reasons)[:MOST_REASONS]), case.strength)
        for (pillar, commitment), case in cases.items()
        if (pillar, commitment) in proven and (commitment or pillar not in exact)
    ]
    kept.sort(key=lambda proposal: (-proposal.strength, proposal.pillar, proposal.commitment or ""))
    return kept[:MOST_PROPOSALS]


def _evidence(document: Mapping[str, Any], rules: Rules) -> Iterator[tuple[int, Decimal | None, Rule, str]]:
    for sector in document.get("sectors") or ():
        if sector.get("vocabulary", "DAC") == "DAC":
            meant = rules.sectors.get(sector.get("code") or "", ())
            share = Decimal(sector["share"]) if len(meant) == 1 and sector.get("share") else None
            for rule in meant:
                weight = HINT if rule.hint else SECTOR
                yield weight, share, rule, f"Sector {sector['code']} {rule.reason}."
    texts = (document, *(document.get("translations") or ()))
    for weight, name in ((TITLE, "title"), (DESCRIPTION, "description")):
        for text in texts:
            for rule, words in _matches(text.get(name) or "", rules):
                yield weight, None, rule, f"The {name} says “{words}”, which {rule.reason}."


def _matches(text: str, rules: Rules) -> Iterator[tuple[Rule, str]]:
    folded = text.casefold()
    beginnings = set(_beginnings(folded))
    anchors = sorted(rules.phrases.keys() & beginnings)
    if not anchors:
        return
    for anchor in rules.exceptions.keys() & beginnings:
        for phrase in rules.exceptions[anchor]:
            folded = phrase.expression.sub(" … ", folded)
    for phrase in chain.from_iterable(rules.phrases[anchor] for anchor in anchors):
        # Most phrases are not there at all, which one search tells.
        if phrase.expression.search(folded) and (match := next(_whole(phrase.expression, folded), None)):
            yield from ((rule, " ".join(match[0].split())) for rule in phrase.rules)


def as_assignments(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """The pillar items of a project document, marked as proposed; a share beyond 100 % together is left open."""
    left = Decimal(100)
    items = []
    for proposal in proposals:
        share = proposal.share if proposal.share is not None and 0 < proposal.share <= left else None
        left -= share or 0
        items.append(
            {
                "pillar": proposal.pillar,
                "commitment": proposal.commitment,
                "share": None if share is None else format(share.quantize(Decimal("0.01")), "f"),
                "rationale": proposal.reason,
                "proposed": True,
            }
        )
    return items
