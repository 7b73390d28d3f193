"""Sentences: the reason for each grade, whole and with both values, as a coordinator reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from math import exp

from adam.matching.amounts import money
from adam.matching.chance import BOUNDS, PERCENT, agreement, expected
from adam.matching.profiles import Profile
from adam.matching.texts import own, phases
from adam.matching.wholes import beside, inside, numbers, stated
from adam.matching.words import ADDITIONAL

LONGEST = 240
EXPECTED = (*(grade for grade, _ in BOUNDS), "never")
PARTS = {
    "title": "words of the title",
    "amount": "amount",
    "start": "start",
    "countries": "country",
    "sectors": "sector",
    "implementers": "organization",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
GIVEN = {
    "whole": "title",
    "identifiers": "outside identifier",
    "reporter": "reporter",
    "funders": "funder",
    "implementers": "implementer",
    "roles": "role of an organization",
    "beneficiaries": "beneficiary institution",
    "assistance_types": "assistance type",
    "countries": "country",
    "pillars": "pillar",
    "sectors": "sector",
    "start": "start",
    "period": "start",
    "amount": "amount",
    "value_date": "value date",
    "title": "title",
    "phases": "phase or year",
    "names": "rare word in the title",
    "description": "description",
    "retold": "title",
    "codes": "number in the title",
    "mentions": "implementer",
}
SILENT = {
    "reported": "Years of reporting say nothing here",
    "spelling": "The titles are the same, or not given, so their letters say nothing more",
    "chance": "They agree in nothing that could be a coincidence",
    "wording": "No description on either record, so the titles alone speak",
}
SAID = {
    ("whole", "inside"): "One looks like a part of the other: {why}",
    ("whole", "beside"): "Both look like parts of one programme: {why}",
    ("relations", "stated"): "The reporter states it: {left}",
    ("identifiers", "same"): "Same outside identifier: {shared}",
    (
        "identifiers",
        "framework",
    ): "Same number, which so many records carry that it is a framework's: {shared}",
    ("identifiers", "apart"): "Numbered apart by the same owner: {left} and {right}",
    ("identifiers", "apart_alike"): "Numbered apart by the same owner, yet of one amount: {left} and {right}",
    ("identifiers", "siblings"): "Numbered under one number by the same owner: {left} and {right}",
    ("identifiers", "under"): "The number of one stands under that of the other: {left} and {right}",
    ("identifiers", "different"): "Outside identifiers differ: {left} and {right}",
    ("reporter", "same"): "Same reporter: {left}",
    ("reporter", "different"): "Reported by two bodies: {left} and {right}",
    ("funders", "same"): "Same funder: {left}",
    ("funders", "some"): "Some funders in common: {left} and {right}",
    ("funders", "different"): "Funders differ: {left} and {right}",
    ("implementers", "same"): "Same implementer: {left}",
    ("implementers", "some"): "Some implementers in common: {left} and {right}",
    ("implementers", "different"): "Implementers differ: {left} and {right}",
    ("roles", "both"): "One reports as funder, the other as implementer: {left} and {right}",
    ("roles", "crossed"): "The reporter of one has a role in the other: {left} and {right}",
    ("roles", "none"): "Neither reporter has a role in the other record: {left} and {right}",
    ("beneficiaries", "same"): "Same beneficiary institution: {left}",
    ("beneficiaries", "some"): "Some beneficiary institutions in common: {left} and {right}",
    ("beneficiaries", "different"): "Beneficiary institutions differ: {left} and {right}",
    ("assistance_types", "same"): "Same assistance type: {left}",
    ("assistance_types", "some"): "Some assistance types in common: {left} and {right}",
    ("assistance_types", "different"): "Assistance types differ: {left} and {right}",
    ("countries", "same"): "Same countries: {left}",
    ("countries", "contained"): "The countries of one lie among those of the other: {left} and {right}",
    ("countries", "some"): "Some countries in common: {left} and {right}",
    ("countries", "one_sided"): "Countries are given on one record only: {left} and {right}",
    ("countries", "different"): "No country in common: {left} and {right}",
    ("pillars", "same"): "Same commitment: {shared}",
    ("pillars", "pillar"): "Same pillar, commitment not given on both: {left} and {right}",
    ("pillars", "other"): "Same pillar, other commitment: {left} and {right}",
    ("pillars", "different"): "Pillars differ: {left} and {right}",
    ("sectors", "same"): "Same sectors: {left}",
    ("sectors", "some"): "Some sectors in common: {left} and {right}",
    ("sectors", "group"): "Sectors of one group: {left} and {right}",
    ("sectors", "different"): "Sectors differ: {left} and {right}",
    ("start", "same_day"): "Start on the same day: {left}",
    ("start", "new_year"): "Start on the same day, a common first day of a period: {left}",
    ("start", "weeks"): "Start within {days}: {left} and {right}",
    ("start", "months"): "Start within months, {days} apart: {left} and {right}",
    ("start", "year"): "Start {days} apart: {left} and {right}",
    ("start", "instalment"): "Start whole years apart, as yearly instalments do: {left} and {right}",
    ("start", "far"): "Start far apart: {left} and {right}",
    ("period", "term"): "Start within a month and end within days of each other: {left} and {right}",
    ("period", "same"): "Active in the same period: {left} and {right}",
    ("period", "long"): "Active together for most of the time: {left} and {right}",
    ("period", "short"): "Active together for some of the time: {left} and {right}",
    ("period", "follows"): "One follows the other: {left} and {right}",
    ("period", "apart"): "Never active at the same time: {left} and {right}",
    ("period", "open"): "An end is not given, so both may be active at the same time: {left} and {right}",
    ("amount", "exact"): "Same amount: {left}",
    ("amount", "round"): "Same round amount: {left}",
    ("amount", "rounded"): "Amounts {apart} apart: {left} and {right}",
    ("amount", "converted"): "Amounts in two currencies, {apart} apart once converted: {left} and {right}",
    ("amount", "near"): "Amounts near each other, {apart} apart: {left} and {right}",
    ("amount", "half"): "Amounts of one size, {apart} apart: {left} and {right}",
    (
        "amount",
        "portion",
    ): "Two bodies, one title, one time: one amount may be a portion of the other: {left} and {right}",
    ("amount", "part"): "One amount is a part of the other: {left} and {right}",
    ("amount", "far"): "Amounts far apart: {left} and {right}",
    ("amount", "other_year"): "Amounts of two years of one reporter need not agree: {left} and {right}",
    ("title", "same_rare"): "Same title: “{left}”",
    ("title", "same_common"): "Same title, which many records carry: “{left}”",
    (
        "title",
        "formula",
    ): "A title that more than 15 records carry, so it says little: “{left}” and “{right}”",
    ("title", "near_rare"): "Nearly the same title: “{left}” and “{right}”",
    ("title", "near_common"): "Nearly the same title, of common words: “{left}” and “{right}”",
    ("title", "much_rare"): "Titles share most of their words, rare ones among them: “{left}” and “{right}”",
    ("title", "much_common"): "Titles share most of their words: “{left}” and “{right}”",
    ("title", "some"): "Titles share some words: “{left}” and “{right}”",
    ("title", "little"): "Titles share few words: “{left}” and “{right}”",
    ("title", "different"): "Titles share no word that counts: “{left}” and “{right}”",
    ("spelling", "nearly"): "The titles are spelt nearly alike: “{left}” and “{right}”",
    ("spelling", "most"): "The titles share most of their letters: “{left}” and “{right}”",
    ("spelling", "half"): "The titles share half of their letters: “{left}” and “{right}”",
    ("spelling", "few"): "The titles share few of their letters: “{left}” and “{right}”",
    ("spelling", "different"): "The titles share hardly a letter: “{left}” and “{right}”",
    ("retold", "wholly"): "The title of one stands whole in the other's words: “{left}” and “{right}”",
    ("retold", "mostly"): "The title of one stands mostly in the other's words: “{left}” and “{right}”",
    ("retold", "partly"): "The title of one stands partly in the other's words: “{left}” and “{right}”",
    ("retold", "hardly"): "Neither title stands in the other's words: “{left}” and “{right}”",
    ("codes", "same"): "Same number in the texts: {shared}",
    ("codes", "different"): "The titles carry other numbers: {left} and {right}",
    ("mentions", "named"): "The implementer of one is named in the other's words: {left} and {right}",
    ("mentions", "partly"): "The implementer of one is partly named in the other's words: {left} and {right}",
    ("mentions", "none"): "Neither names the other's implementer: {left} and {right}",
    **{
        ("chance", grade): "By chance {often} of {size} records would agree with it in {agreed}"
        for grade in EXPECTED
    },
    ("phases", "same"): "Same phase, number or year in the title: {left}",
    ("phases", "one_sided"): "A phase or number stands in one title only: {left} and {right}",
    ("phases", "different"): "Phases, numbers or years in the titles differ: {left} and {right}",
    ("phases", "parts"): "The titles number parts of one thing: {left} and {right}",
    ("phases", "one_part"): "One title names a part of the work: {left} and {right}",
    ("phases", "numbered"): "Numbered under different years: {left} and {right}",
    ("names", "each"): "Each title names what the other record doesn't: {left} and {right}",
    ("value_date", "same_day"): "Money of the same day: {left}",
    ("value_date", "weeks"): "Money within weeks: {left} and {right}",
    ("value_date", "apart"): "Money of different days: {left} and {right}",
    ("reported", "one_year"): "One reporter gives both for one year, with other amounts: {left} and {right}",
    ("reported", "two_years"): "One reporter gives them for two years: {left} and {right}",
    ("wording", "nearly_all"): "Title and description together use nearly the same words",
    ("wording", "most"): "Title and description together use mostly the same words",
    ("wording", "many"): "Title and description together share many words",
    ("wording", "some"): "Title and description together share some words",
    ("wording", "few"): "Title and description together share few words",
    ("wording", "different"): "Title and description together share no word that counts",
    ("description", "same_rare"): "Same description: “{left}”",
    ("description", "same_common"): "Same description, which many records carry: “{left}”",
    ("description", "much"): "Descriptions share most of their words: “{left}” and “{right}”",
    ("description", "some"): "Descriptions share some words: “{left}” and “{right}”",
    ("description", "little"): "Descriptions share few words: “{left}” and “{right}”",
    ("description", "different"): "Descriptions share no word that counts: “{left}” and “{right}”",
}


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
        return "Roles say nothing: the reporters are the same, or organizations are not given"
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
    return listed(own(a, b)), listed(own(b, a))


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
    "description": each(lambda p: clip(p.record.description)),
    "spelling": each(lambda p: clip(p.record.title)),
    "retold": each(lambda p: clip(p.record.title)),
    "codes": each(lambda p: listed(sorted(p.codes))),
    "mentions": each(lambda p: listed(p.record.implementers)),
    "chance": lambda a, b: ("", ""),
}
