"""Texts: how well the titles and descriptions of two records agree, as a grade of the policy."""

from __future__ import annotations

from collections.abc import Mapping

from adam.matching.profiles import Profile, Text
from adam.matching.spelling import forms

Grade = str
FORMULA = 15
RARELY = 3000
ALIKE = 0.72


def title(a: Profile, b: Profile) -> Grade:
    """The titles share their words; rare words say more than common ones."""
    if not (a.title.total and b.title.total):
        return "missing"
    carriers = max(a.title.carriers, b.title.carriers)
    if a.title.key == b.title.key:
        return "same_rare" if carriers <= 3 else "same_common" if carriers <= FORMULA else "formula"
    share, told = shared(a.title, b.title)
    rare = "rare" if told >= max(a.title.bar, b.title.bar) else "common"
    if share >= ALIKE or letters(a, b) >= 0.85:
        return "formula" if carriers > FORMULA else f"near_{rare}"
    if share >= 0.45:
        return f"much_{rare}"
    return "some" if share >= 0.25 else "little" if share >= 0.08 else "different"


def letters(a: Profile, b: Profile) -> float:
    """Which part of their letters, three in a row, the titles share, from 0 to 1."""
    many = len(a.trigrams) + len(b.trigrams)
    return 2 * len(a.trigrams & b.trigrams) / many if many else 0.0


def spelling(a: Profile, b: Profile) -> Grade:
    """The letters of titles that are not the same: another spelling, inflection or language.

    Titles in two scripts share no letters, whatever they mean; what is left of words is told by `title`.
    """
    if not (a.title.total and b.title.total) or a.title.key == b.title.key:
        return "missing"
    if a.script != b.script:
        return "scripts"
    share = letters(a, b)
    if share >= 0.6:
        return "nearly" if share >= 0.8 else "most"
    return "half" if share >= 0.4 else "few" if share >= 0.2 else "different"


def codes(a: Profile, b: Profile) -> Grade:
    """Both name one contract number or quantity, or each title another."""
    if a.all_codes & b.all_codes:
        return "same"
    return "different" if a.codes and b.codes else "missing"


def mentions(a: Profile, b: Profile) -> Grade:
    """The implementer of one record is named in the title or description of the other."""
    asked = bool(a.doer_words and b.words.total or b.doer_words and a.words.total)
    if not asked or a.implementers.meets(b.implementers):
        return "missing"
    if a.doer_letters & b.words.weights.keys() or b.doer_letters & a.words.weights.keys():
        return "named"
    most = max(said(a.doer_words, b), said(b.doer_words, a))
    return "named" if most >= 0.8 else "partly" if most >= 0.4 else "none"


def said(told: Mapping[str, int], other: Profile) -> float:
    """Which part of some weighted words a record says in its title or description."""
    total = sum(told.values())
    found = sum(weight for word, weight in told.items() if word in other.words.weights)
    return found / total if total else 0.0


def retold(a: Profile, b: Profile) -> Grade:
    """The title of one record, said in the title or description of the other."""
    if not (a.title.total and b.title.total):
        return "missing"
    most = max(said(a.title.weights, b), said(b.title.weights, a))
    if most >= 0.6:
        return "wholly" if most >= 0.9 else "mostly"
    return "partly" if most >= 0.3 else "hardly"


def shared(a: Text, b: Text) -> tuple[float, int]:
    """Which part of the weight of all words stands in both texts (the smaller counts more), and how much it is."""
    small, large = (a, b) if len(a.weights) <= len(b.weights) else (b, a)
    both = sum(weight for word, weight in small.weights.items() if word in large.weights)
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
    return [word for word in found if forms((word,)).isdisjoint(b.forms)]


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
    both = sum(weight * large[word] for word, weight in small.items() if word in large)
    return both / (a.length * b.length) if both else 0.0


def description(a: Profile, b: Profile) -> Grade:
    """The descriptions share their words, or share most and each names what the other record doesn't say.

    The second is a template filled in twice: the same sentences for another place, institution or purpose.
    """
    if not (a.description.total and b.description.total):
        return "missing"
    share, _ = shared(a.description, b.description)
    same = a.description.key == b.description.key
    if share >= 0.45 and not same and told_alone(a, b) and told_alone(b, a):
        return "each"
    if same or share > 0.8:
        return "same_common" if max(a.description.carriers, b.description.carriers) > 3 else "same_rare"
    if share >= 0.25:
        return "much" if share >= 0.45 else "some"
    return "little" if share >= 0.1 else "different"


def told_alone(a: Profile, b: Profile) -> list[str]:
    """The words of one description that few records use (one in twenty) and the other record never says."""
    return sorted(
        word
        for word, weight in a.description.weights.items()
        if weight >= RARELY and word not in b.words.weights
    )
