"""Texts: how well the titles and descriptions of two records agree, as a grade of the policy."""

from __future__ import annotations

from math import fsum, log

from rapidfuzz.fuzz import ratio

from adam.matching.profiles import Profile, Text

Grade = str
FORMULA = 15


def title(a: Profile, b: Profile) -> Grade:
    """The titles share their words; rare words say more than common ones."""
    if not (a.title.total and b.title.total):
        return "missing"
    carriers = max(a.title.carriers, b.title.carriers)
    if a.title.key == b.title.key:
        return "same_rare" if carriers <= 3 else "same_common" if carriers <= FORMULA else "formula"
    share, told = shared(a.title, b.title)
    rare = "rare" if told >= 1.6 * log(a.title.carriers + b.title.carriers + 400) else "common"
    if share >= 0.72 or ratio(a.title.key, b.title.key) >= 92:
        return "formula" if carriers > FORMULA else f"near_{rare}"
    if share >= 0.45:
        return f"much_{rare}"
    return "some" if share >= 0.25 else "little" if share >= 0.08 else "different"


def shared(a: Text, b: Text) -> tuple[float, float]:
    """Which part of the weight of all words stands in both texts (the smaller counts more), and how much it is."""
    small, large = (a, b) if len(a.weights) <= len(b.weights) else (b, a)
    both = fsum(weight for word, weight in small.weights.items() if word in large.weights)
    union = a.total + b.total - both
    least = min(a.total, b.total)
    return 0.6 * both / union + 0.4 * both / least if least > 0 and union > 0 else 0.0, both


def held(a: Text, b: Text) -> float:
    """Which part of the weight of the shorter text stands in the other."""
    _, both = shared(a, b)
    least = min(a.total, b.total)
    return both / least if least > 0 else 0.0


def phases(a: Profile, b: Profile) -> Grade:
    """The titles name the same phase, round or year, or different ones; parts are no phases."""
    if a.parts and b.parts and not a.parts & b.parts:
        return "parts"
    if not (a.phases or b.phases or a.years or b.years) and bool(a.parts) != bool(b.parts):
        return "one_part"
    for left, right in ((a.phases, b.phases), (a.years, b.years)):
        if left and right and not left & right:
            return "different"
    if a.phases != b.phases:
        return "one_sided"
    if a.years != b.years or not (a.phases or a.years):
        return "numbered" if a.numbered and b.numbered and not a.numbered & b.numbered else "missing"
    return "same"


def names(a: Profile, b: Profile) -> Grade:
    """Under titles that are alike each names something that the other doesn't: a place, an institution, a purpose."""
    if shared(a.title, b.title)[0] < 0.25:
        return "missing"
    return "each" if own(a, b) and own(b, a) else "missing"


def own(a: Profile, b: Profile) -> list[str]:
    """The rare words of one title that the other record never says, in whatever spelling or inflection."""
    found = sorted(a.named - b.words.weights.keys())
    return [word for word in found if not any(ratio(word, other) >= 70 for other in b.title.weights)]


def wording(a: Profile, b: Profile) -> Grade:
    """Title and description taken together use the same words; rare words say more than common ones."""
    if not (a.description.total or b.description.total) or not (a.words.total and b.words.total):
        return "missing"
    alike = cosine(a.words, b.words)
    if alike >= 0.45:
        return "nearly_all" if alike >= 0.7 else "most"
    return "many" if alike >= 0.3 else "some" if alike >= 0.2 else "few" if alike >= 0.1 else "different"


def cosine(a: Text, b: Text) -> float:
    """How alike two texts are, from 0 to 1: the cosine of their weighted words."""
    small, large = (a.weights, b.weights) if len(a.weights) <= len(b.weights) else (b.weights, a.weights)
    both = fsum(weight * large[word] for word, weight in small.items() if word in large)
    return both / (a.length * b.length) if both else 0.0


def description(a: Profile, b: Profile) -> Grade:
    """The descriptions share their words; rare words say more than common ones."""
    if not (a.description.total and b.description.total):
        return "missing"
    share, _ = shared(a.description, b.description)
    if a.description.key == b.description.key or share > 0.8:
        return "same_common" if max(a.description.carriers, b.description.carriers) > 3 else "same_rare"
    if share >= 0.25:
        return "much" if share >= 0.45 else "some"
    return "little" if share >= 0.1 else "different"
