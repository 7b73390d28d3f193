"""Warnings about countries and the places in them."""

from __future__ import annotations

from adam.domain.warnings.known import Draft, Found, Known


def _countries(draft: Draft) -> list[str]:
    return [row["country"] for row in draft["countries"] if row["country"]]


def no_country(draft: Draft, _known: Known) -> Found:
    """No country is given."""
    if not _countries(draft):
        yield "countries", "No country is given."


def outside_priority(draft: Draft, known: Known) -> Found:
    """None of the countries is on the partnership's list of priority countries."""
    named = _countries(draft)
    if named and known.priority and not known.priority.intersection(named):
        detail = f"None of {', '.join(named[:5])} is on the list of priority countries."
        yield "countries", detail


def countries_not_allocated(draft: Draft, _known: Known) -> Found:
    """Several countries are given, yet their shares leave a part of the project not allocated."""
    left = unallocated(draft, "countries")
    if left:
        yield "countries", f"The shares of the countries leave {left:.2f} % not allocated."


def unallocated(draft: Draft, field: str) -> object:
    """What the shares of several rows leave of 100 percent; nothing where there is one row, or too much."""
    rows = draft[field]
    left = 100 - sum(row["share"] or 0 for row in rows)
    return left if len(rows) > 1 and left > 0 else 0


def place_elsewhere(draft: Draft, _known: Known) -> Found:
    """A place lies in a country that the project does not name."""
    named = _countries(draft)
    for number, row in enumerate(draft["locations"]):
        if named and row["country"] and row["country"] not in named:
            detail = (
                f"{row['name'] or 'The place'} lies in {row['country']}, which the project does not name."
            )
            yield f"locations/{number}/country", detail


def place_half_located(draft: Draft, _known: Known) -> Found:
    """A place has a latitude without a longitude or the other way round."""
    for number, row in enumerate(draft["locations"]):
        if (row["latitude"] is None) != (row["longitude"] is None):
            there, missing = (
                ("longitude", "latitude") if row["latitude"] is None else ("latitude", "longitude")
            )
            yield (
                f"locations/{number}/{missing}",
                f"{row['name'] or 'The place'} has a {there} and no {missing}.",
            )


def place_at_zero(draft: Draft, _known: Known) -> Found:
    """A place lies at latitude 0 and longitude 0, in the ocean."""
    for number, row in enumerate(draft["locations"]):
        if row["latitude"] == 0 and row["longitude"] == 0:
            yield f"locations/{number}/latitude", f"{row['name'] or 'The place'} lies at 0, 0, in the ocean."


RULES = (
    no_country,
    outside_priority,
    countries_not_allocated,
    place_elsewhere,
    place_half_located,
    place_at_zero,
)
