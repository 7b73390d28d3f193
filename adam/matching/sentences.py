"""Sentences: the reason for each grade, whole and with both values, as a coordinator reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from math import exp

from adam.matching.amounts import money
from adam.matching.chance import PERCENT, agreement, expected
from adam.matching.phrases import GIVEN, SAID, SILENT
from adam.matching.profiles import Profile
from adam.matching.texts import description, own, phases, told_alone
from adam.matching.wholes import beside, inside, numbers, stated
from adam.matching.words import ADDITIONAL, words

LONGEST = 240
PARTS = {
    "title": "words of the title",
    "amount": "amount",
    "start": "start",
    "countries": "country",
    "sectors": "sector",
    "implementers": "organization",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WRITTEN = re.compile(r"\w+")


def reason(feature: str, grade: str, a: Profile, b: Profile) -> tuple[str, str, str]:
    """Left value, right value and the sentence for a graded feature of two records."""
    left, right = VALUES[feature](a, b)
    if grade == "missing":
        return left, right, missing(feature, left, right)
    values = {"left": left or "not given", "right": right or "not given"}
    return left, right, SAID[feature, grade].format(**values, **extras(feature, a, b))


def missing(feature: str, left: str, right: str) -> str:
    """What is not given, and on which record."""
    if feature == "roles":
        return "Roles say nothing: one reporter, or one who collects others' reports, or bodies are not given"
    if feature in SILENT:
        return SILENT[feature]
    if feature == "amount" and left and right:
        return f"No exchange rate to compare the amounts with: {left} and {right}"
    if not left and not right:
        return f"No {GIVEN[feature]} on either record"
    given = left or right
    return (
        f"Given on one record only, {GIVEN[feature]}: {clip(given)}"
        if not (left and right)
        else f"Nothing follows from the {GIVEN[feature]}: {left} and {right}"
    )


def extras(feature: str, a: Profile, b: Profile) -> dict[str, str]:
    """What a sentence says beyond both values."""
    if feature == "whole":
        return {"why": inside(a, b) or beside(a, b)}
    if feature == "identifiers":
        every = (a.identifiers | a.frameworks) & (b.identifiers | b.frameworks)
        return {"shared": listed(sorted(every))}
    if feature == "codes":
        return {"shared": listed(sorted(a.all_codes & b.all_codes))}
    if feature == "chance":
        return coincidence(a, b)
    if feature == "pillars":
        return {"shared": listed(sorted(a.commitments & b.commitments))}
    if feature == "start" and a.start is not None and b.start is not None:
        days = abs(a.start - b.start)
        return {"days": "1 day" if days == 1 else f"{days} days"}
    if feature == "amount":
        return {"apart": apart(*money(a, b))}
    return {}


def coincidence(a: Profile, b: Profile) -> dict[str, str]:
    """How many records would agree by chance, of how many, and in what."""
    shares = agreement(a, b)
    agreed = [PARTS[part] for part, rarity in shares.items() if rarity]
    often = min(float(a.known.size), exp(expected(a, shares) / PERCENT / 1000))
    told = " and ".join([", ".join(agreed[:-1]), agreed[-1]] if len(agreed) > 1 else agreed)
    size = f"{a.known.size:,}".replace(",", chr(160))
    return {"often": rounded(often), "size": size, "agreed": told}


def rounded(number: float) -> str:
    """A number with one figure that counts: 0.002, 3, 40; below a millionth it is said so."""
    if number < 1e-6:
        return "less than 0.000001"
    return f"{float(f'{number:.1g}'):.7f}".rstrip("0").rstrip(".")


def apart(left: float | None, right: float | None) -> str:
    """How far two amounts are apart, in percent of the larger."""
    if not (left and right):
        return ""
    return f"{100 * abs(left - right) / max(abs(left), abs(right)):.1f} %"


def clip(text: str) -> str:
    """A value short enough for a table."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def listed(values: Iterable[str]) -> str:
    """Several values in one line."""
    return clip("; ".join(values))


def day(value: date | None) -> str:
    """A date in words: 1 Jun 2007."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def spoken(amount: Decimal | None, currency: str) -> str:
    """An amount in words: 28.0 million USD, or 12 841.99 USD with no-break spaces."""
    if amount is None:
        return ""
    if abs(amount) >= 1_000_000 and amount % 100_000 == 0:
        return f"{amount / 1_000_000:.1f} million {currency}".rstrip()
    text = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    return f"{text.replace(',', chr(160))} {currency}".rstrip()


def sums(p: Profile, other: Profile) -> str:
    """An amount with what it is in US dollars, where the other is in another currency."""
    told = spoken(p.record.amount, p.record.currency)
    usd = p.record.amount_usd
    if told and usd is not None and p.record.currency != "USD" and p.record.currency != other.record.currency:
        told += f" ({spoken(usd.quantize(Decimal(1)), 'USD')})"
    return told


def span(p: Profile) -> str:
    """A period in words."""
    if p.record.start is None and p.record.end is None:
        return ""
    return f"{day(p.record.start) or 'start not given'} to {day(p.record.end) or 'end not given'}"


def cast(p: Profile) -> str:
    """The organizations of a record with their roles."""
    record = p.record
    told = (("funded by", record.funders), ("implemented by", record.implementers))
    parts = [f"reported by {record.reporter}"] if record.reporter else []
    return clip(", ".join(parts + [f"{role} {'; '.join(names)}" for role, names in told if names]))


def numbered(a: Profile, b: Profile) -> tuple[str, str]:
    """The parts that titles name, or the years of the identifiers, or the phases and years of the titles."""
    grade = phases(a, b)
    if grade in ("parts", "one_part"):
        return numbers(a.parts, "part "), numbers(b.parts, "part ")
    if grade == "numbered":
        return numbers(a.numbered), numbers(b.numbered)
    return counted(a), counted(b)


def counted(p: Profile) -> str:
    """The phases and years of a title."""
    told = ["additional financing" if n == ADDITIONAL else str(n) for n in sorted(p.phases)]
    return ", ".join(told + [str(year) for year in sorted(p.years)])


def relation(a: Profile, b: Profile) -> tuple[str, str]:
    """The relation a reporter states."""
    return (stated(a, b) or "").replace("_", " "), ""


def each(tell: Callable[[Profile], str]) -> Callable[[Profile, Profile], tuple[str, str]]:
    """The same value of both records."""
    return lambda a, b: (tell(a), tell(b))


def named(a: Profile, b: Profile) -> tuple[str, str]:
    """The rare words of each title that the other record never says."""
    return as_written(a.record.title, own(a, b)), as_written(b.record.title, own(b, a))


def as_written(text: str, found: Iterable[str]) -> str:
    """Words that were found in a text, as they stand there first, where they do as words of their own."""
    seen: dict[str, str] = {}
    for written in _WRITTEN.findall(text):
        meant = words(written)
        if len(meant) == 1:
            seen.setdefault(meant[0], written)
    return listed(seen.get(word, word) for word in found)


def described(a: Profile, b: Profile) -> tuple[str, str]:
    """The descriptions, or the words of each that the other record never says."""
    if description(a, b) == "each":
        return (
            as_written(a.record.description, told_alone(a, b)),
            as_written(b.record.description, told_alone(b, a)),
        )
    return clip(a.record.description), clip(b.record.description)


VALUES: dict[str, Callable[[Profile, Profile], tuple[str, str]]] = {
    "whole": each(lambda p: clip(p.record.title)),
    "relations": relation,
    "identifiers": each(lambda p: listed(p.record.identifiers)),
    "reporter": each(lambda p: clip(p.record.reporter)),
    "funders": each(lambda p: listed(p.record.funders)),
    "implementers": each(lambda p: listed(p.record.implementers)),
    "roles": each(cast),
    "beneficiaries": each(lambda p: listed(p.record.beneficiaries)),
    "assistance_types": each(lambda p: listed(p.record.assistance_types)),
    "countries": each(lambda p: listed(p.record.countries)),
    "pillars": each(lambda p: listed(p.record.commitments or p.record.pillars)),
    "sectors": each(lambda p: listed(p.record.sectors)),
    "start": each(lambda p: day(p.record.start)),
    "period": each(span),
    "amount": lambda a, b: (sums(a, b), sums(b, a)),
    "title": each(lambda p: clip(p.record.title)),
    "phases": numbered,
    "names": named,
    "value_date": each(lambda p: day(p.record.value_date)),
    "reported": each(lambda p: str(p.record.value_date.year) if p.record.value_date else ""),
    "wording": each(lambda p: clip(p.record.title)),
    "description": described,
    "spelling": each(lambda p: clip(p.record.title)),
    "retold": each(lambda p: clip(p.record.title)),
    "codes": each(lambda p: listed(sorted(p.codes))),
    "mentions": each(lambda p: listed(p.record.implementers)),
    "chance": lambda a, b: ("", ""),
    "rivals": lambda a, b: ("", ""),
    "plenty": lambda a, b: ("", ""),
}
