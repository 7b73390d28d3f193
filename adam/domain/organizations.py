"""Names and identifiers of organizations: when two spellings mean one body, and whose agency it is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DAC_DONORS = {
    1: "AT", 2: "BE", 3: "DK", 4: "FR", 5: "DE", 6: "IT", 7: "NL", 8: "NO", 9: "PT", 10: "SE", 11: "CH",
    12: "GB", 18: "FI", 21: "IE", 22: "LU", 30: "CY", 40: "GR", 45: "MT", 50: "ES", 55: "TR", 61: "SI",
    62: "HR", 68: "CZ", 69: "SK", 75: "HU", 76: "PL", 77: "RO", 72: "BG", 82: "EE", 83: "LV", 84: "LT",
    87: "RU", 301: "CA", 302: "US", 576: "AE", 613: "KZ", 701: "JP", 742: "KR", 801: "AU", 918: "EU",
}  # fmt: skip
"""DAC donor number -> partner code or ISO2 (OECD DAC code list of donors)."""

MULTILATERAL_PARTNERS = {
    "928": "WHO", "41143": "WHO", "41307": "WHO", "41128": "UNODC", "41110": "UNAIDS", "971": "UNAIDS",
    "42000": "EU", "42001": "EU", "918": "EU", "47131": "OSCE", "47138": "COE",
}  # fmt: skip
"""OECD code of a multilateral channel or donor -> partner code."""

IDENTIFIER = re.compile(r"[\w.:\-+/]{2,100}")
NOT_IDENTIFIERS = frozenset(
    {"", "-", "--", "0", "n/a", "na", "none", "null", "nil", "unknown", "no identifier", "xxx"}
)
REAL_GROUP_CODES = frozenset({"42000", "43000", "44000", "45000"})
REGISTERED_COUNTRY = re.compile(r"^([A-WYZ][A-Z])(?:-(?:GOV|USAGOV|\d{1,3})(?:-.*)?)?$")
LEGAL_FORMS = frozenset({
    "inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ggmbh", "mbh", "ag", "ev",
    "bv", "nv", "sa", "sarl", "srl", "spa", "oy", "ab", "asbl", "corp", "corporation", "co",
    "company", "pvt",
})  # fmt: skip
ARTICLES = frozenset({
    "the", "of", "for", "and", "de", "la", "le", "les", "des", "du", "et", "y", "el", "der", "die",
    "das", "und", "fur", "to", "in", "a", "an", "on", "at",
})  # fmt: skip
CATEGORY_NAMES = frozenset({
    "other", "others", "other institution", "other multilateral institution",
    "other multilateral organisations", "other multilateral organisation",
    "united nations agency fund or commission un", "united nations agencies",
    "multilateral organisations", "multilateral organisation", "donor government",
    "recipient government", "third country government", "third country government delegated cooperation",
    "central government", "local government", "public sector institutions", "public sector institution",
    "public corporations", "government", "private sector", "private sector institution",
    "private sector institutions", "private sector provider country", "private sector recipient country",
    "donor country based ngo", "developing country based ngo", "international ngo", "local ngo",
    "national ngo", "ngo", "ngos", "civil society", "non governmental organisations ngos civil society",
    "non governmental organisations", "non governmental organization",
    "international non governmental organization", "public private partnership",
    "public private partnerships ppp", "public private partnerships ppps networks", "network",
    "networks", "university college or other teaching institution research institute or think tank",
    "teaching institution research institute or think tank",
    "teaching institutions research institutes or think tanks", "academic training research",
    "regional development bank", "various", "multiple", "miscellaneous", "unknown", "undefined",
    "unspecified", "not specified", "not available", "not applicable", "none", "na", "confidential",
    "anonymous", "redacted", "to be determined", "tbd", "tbc",
})  # fmt: skip
"""Names of classes of bodies, most of them the names of OECD channel codes."""
ELISION = re.compile(r"\b[dl]['\u2019](?=\w)")
DOTTED = re.compile(r"\b(?:\w\.){2,}")
WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def normalized(name: str) -> str:
    """A key for alias look-up: case, accents, punctuation, articles and trailing legal forms don't count.

    The order of words does count: "Ministry of Interior" and "Interior Ministry" stay apart, because a wrong
    merge of two bodies costs more than a missed one. Text without a single letter or digit gives "".
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = ELISION.sub("", "".join(char for char in folded if not unicodedata.combining(char)))
    words = WORDS.findall(
        DOTTED.sub(lambda match: match[0].replace(".", ""), plain).replace("'", "").replace("\u2019", "")
    )
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join([word for word in words if word not in ARTICLES] or words)


@lru_cache(maxsize=50_000)
def canonical(identifier: str | None) -> str | None:
    """The identifier in one spelling, or None where it names a category or nothing at all.

    Five-digit OECD channel codes of one body become "XM-DAC-41114"; those of a whole class ("52000 Other",
    "11000 Donor government") identify nobody and would merge thousands of bodies into one.
    """
    text = (identifier or "").strip()
    if text.casefold() in NOT_IDENTIFIERS or not any(char.isalnum() for char in text):
        return None
    if not (text.isascii() and text.isdigit()):
        return text if IDENTIFIER.fullmatch(text) else None
    if len(text) != 5 or text[0] not in "234":
        return None
    generic = text.endswith("000") and text not in REAL_GROUP_CODES
    return None if generic else f"XM-DAC-{text}"


@lru_cache(maxsize=1)
def _categories() -> frozenset[str]:
    return frozenset(normalized(name) for name in CATEGORY_NAMES)


@lru_cache(maxsize=50_000)
def is_category(name: str) -> bool:
    """Whether a name names a class of bodies ("Recipient government") or says that it is withheld."""
    key = normalized(name)
    return key in _categories() or " redacted this field " in f" {key} "


@lru_cache(maxsize=50_000)
def agency_of(identifier: str | None) -> str | None:
    """The code (ISO2 or acronym) of the country or partner organization whose agency the identifier names.

    "US-GOV-1" -> "US", "XM-DAC-5-7" -> "DE", "XM-DAC-41128" -> "UNODC", "XI-IATI-EC_NEAR" -> "EU"; registers
    of charities and companies (GB-CHC-…, NL-KVK-…, US-EIN-…) and bodies outside the partnership give None.
    A country here may lie outside the partnership (KR): whether it is a partner, the caller's list says.
    """
    text = (canonical(identifier) or "").upper()
    if text.startswith("XM-DAC-"):
        return _of_dac_code(text.removeprefix("XM-DAC-"))
    if text == "EU" or text.startswith(("XI-IATI-EC_", "EC-", "EU-")):
        return "EU"
    if text.startswith("XI-IATI-"):
        return None
    match = REGISTERED_COUNTRY.match(text)
    return {"UK": "GB", "EL": "GR"}.get(match[1], match[1]) if match else None


def _of_dac_code(code: str) -> str | None:
    number, _, _agency = code.partition("-")
    if number in MULTILATERAL_PARTNERS:
        return MULTILATERAL_PARTNERS[number]
    return DAC_DONORS.get(int(number)) if number.isascii() and number.isdigit() else None
