"""The engine's sentences with names instead of codes: it compares codes and knows no names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from adam.queries.vocabulary import Vocabulary

COUNTRY = re.compile(r"\b[A-Z]{2}\b")
ASSISTANCE_TYPE = re.compile(r"\b[a-z]+(?:_[a-z]+)*\b")
COMMITMENT = re.compile(r"\b(?:IV|I{1,3})\.\d{1,2}\b")
SECTOR = re.compile(r"\b\d{5}\b")

Name = Callable[[str], str]


def in_words(vocabulary: Vocabulary, evidence: dict[str, Any]) -> dict[str, Any]:
    """The evidence with its sentence in words: country names, kinds of help, commitments and sectors beside codes."""
    rule = _rules(vocabulary).get(evidence["feature"])
    if rule is None:
        return evidence
    pattern, name = rule
    return evidence | {"sentence": pattern.sub(lambda found: name(found[0]), evidence["sentence"])}


def _rules(vocabulary: Vocabulary) -> dict[str, tuple[re.Pattern[str], Name]]:
    def assistance_type(code: str) -> str:
        known = vocabulary.assistance_types.get(code)
        return known.title.lower() if known else code

    def commitment(code: str) -> str:
        return f"{code} {vocabulary.commitment(code)}" if code in vocabulary.commitments else code

    def sector(code: str) -> str:
        known = vocabulary.sectors.get(("DAC", code))
        return f"{code} {known}" if known else code

    return {
        "countries": (COUNTRY, vocabulary.country),
        "assistance_types": (ASSISTANCE_TYPE, assistance_type),
        "pillars": (COMMITMENT, commitment),
        "sectors": (SECTOR, sector),
    }
