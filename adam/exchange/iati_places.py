"""Where and in which sectors an IATI activity works, with shares that never exceed the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

from adam.exchange.iati_source import CENT, Source, clean, number, two_places

HUNDRED = Decimal(100)
COUNTRY = re.compile(r"[A-Z]{2}")
MOST_LOCATIONS = 200
DAC_SPELLINGS = {"": "DAC", "1": "DAC", "2": "DAC", "DAC": "DAC", "DAC-3": "DAC", "DAC-5": "DAC"}

Shares = dict[Any, Decimal | None]


def countries(source: Source) -> list[dict[str, Any]]:
    """[{"country": ISO2, "share": "60.00" or None}]; regions stay "not allocated".

    A single country without a percentage and without a region beside it holds the whole. Several
    that stand in the transactions alone have no shares: splitting by money would be a guess.
    """
    stated = [(_country(source, element), element) for element in source.all("recipient-country")]
    found = _shares((code, element) for code, element in stated if code)
    if found:
        whole = not source.all("recipient-region")
        settled = _settled(source, found, "recipient-country", whole)
    else:
        within: Shares = dict.fromkeys(_of_transactions(source))
        settled = _settled(source, within, "recipient-country", not _has_regions(source))
    return [{"country": code, "share": share and two_places(share)} for code, share in settled.items()]


def _country(source: Source, element: etree._Element) -> str | None:
    code = (element.get("code") or "").strip().upper()
    if COUNTRY.fullmatch(code):
        return code
    source.note("recipient-country: not a two-letter code")
    return None


def _of_transactions(source: Source) -> list[str]:
    elements = (
        found for tx in source.all("transaction") if (found := tx.find("recipient-country")) is not None
    )
    return list(dict.fromkeys(code for element in elements if (code := _country(source, element))))


def _has_regions(source: Source) -> bool:
    return any(tx.find("recipient-region") is not None for tx in source.all("transaction"))


def _shares(items: Iterable[tuple[Any, etree._Element]]) -> Shares:
    """Key -> percentage; the same key twice adds up, and is None where any of its rows states none."""
    found: Shares = {}
    for key, element in items:
        share = number((element.get("percentage") or "").rstrip("% "))
        if key in found:
            earlier = found[key]
            found[key] = None if earlier is None or share is None else earlier + share
        else:
            found[key] = share
    return found


def _settled(source: Source, shares: Shares, what: str, whole: bool) -> Shares:
    """Shares of two places with 0 < share <= 100 and a sum of at most 100; None where they make no sense."""
    if whole and len(shares) == 1 and None in shares.values():
        return dict.fromkeys(shares, HUNDRED)
    stated = [share for share in shares.values() if share is not None]
    if any(share < 0 for share in stated) or sum(stated) > HUNDRED + CENT:
        source.note(f"{what}: percentages that add up to more than 100")
        return dict.fromkeys(shares)
    rounded = {key: share.quantize(CENT) if share else None for key, share in shares.items()}
    parts = {key: share for key, share in rounded.items() if share}
    excess = sum(parts.values(), Decimal(0)) - HUNDRED
    if excess > 0:
        largest = max(parts, key=lambda key: parts[key])
        parts[largest] -= excess
    return {key: parts.get(key) for key in shares}


def sectors(source: Source) -> list[dict[str, Any]]:
    """[{"vocabulary": "DAC" or the file's code, "code", "share"}]; shares add up within a vocabulary."""
    stated = [(key, element) for element in source.all("sector") if (key := _sector(source, element))]
    if not stated:
        within = (element for tx in source.all("transaction") for element in tx.iterchildren("sector"))
        keys = dict.fromkeys(key for element in within if (key := _sector(source, element)))
        return [_sector_item(key, None) for key in _without_groups(keys)]
    found = _shares(stated)
    kept = _without_groups(found)
    items = []
    for vocabulary in dict.fromkeys(key[0] for key in kept):
        own = {key: found[key] for key in kept if key[0] == vocabulary}
        items += [_sector_item(key, share) for key, share in _settled(source, own, "sector", True).items()]
    return items


def _sector(source: Source, element: etree._Element) -> tuple[str, str] | None:
    code = clean(element.get("code"))
    if not code or len(code) > 40:
        source.note("sector: without a code")
        return None
    vocabulary = clean(element.get("vocabulary")).upper()[:20]
    return DAC_SPELLINGS.get(vocabulary, vocabulary), code


def _without_groups(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out a three-digit DAC group that stands beside five-digit codes: it says the same once more."""
    found = list(keys)
    exact = any(vocabulary == "DAC" and len(code) == 5 for vocabulary, code in found)
    return [key for key in found if not (exact and key[0] == "DAC" and len(key[1]) == 3)]


def _sector_item(key: tuple[str, str], share: Decimal | None) -> dict[str, Any]:
    return {"vocabulary": key[0], "code": key[1], "share": share and two_places(share)}


def locations(source: Source, only_country: str | None) -> list[dict[str, Any]]:
    """Named or placed sites; the country is the file's own, or the activity's where it has only one."""
    found: dict[tuple[Any, ...], None] = {}
    for element in source.all("location"):
        latitude, longitude = _coordinates(element)
        name = source.text(element.find("name"))[:200].strip()
        if not name and latitude is not None:
            name = f"{latitude}, {longitude}"
        administrative = element.find("administrative")
        own = _country_of(administrative) if administrative is not None else ""
        if name:
            found[(own if COUNTRY.fullmatch(own) else only_country, name, latitude, longitude)] = None
        else:
            source.note("location: without a name and a place")
    if len(found) > MOST_LOCATIONS:
        source.note(f"location: more than {MOST_LOCATIONS}")
    keys = ("country", "name", "latitude", "longitude")
    return [dict(zip(keys, values, strict=True)) for values in list(found)[:MOST_LOCATIONS]]


def _country_of(administrative: etree._Element) -> str:
    """The country of a place: an attribute in 1.0x, a code of the ISO list (A4) in 2.0x."""
    listed = administrative.get("code") if administrative.get("vocabulary") == "A4" else None
    return (administrative.get("country") or listed or "").strip().upper()


def _coordinates(element: etree._Element) -> tuple[str | None, str | None]:
    """(latitude, longitude) in degrees as decimal strings, from a point (2.0x) or coordinates (1.0x)."""
    position = element.findtext("point/pos")
    old = element.find("coordinates")
    if position:
        pair = position.replace(",", " ").split()[:2]
    else:
        pair = [old.get("latitude") or "", old.get("longitude") or ""] if old is not None else []
    values = [value for text in pair if (value := number(text)) is not None]
    if len(values) != 2:
        return None, None
    latitude, longitude = values
    if abs(latitude) > 90 or abs(longitude) > 180 or latitude == longitude == 0:
        return None, None
    return _degrees(latitude), _degrees(longitude)


def _degrees(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.000001")).normalize() + 0, "f")
