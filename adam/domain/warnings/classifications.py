"""Warnings about pillars, commitments, sectors and kinds of help."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from adam.domain.proposals import Proposal
from adam.domain.warnings.known import Draft, Found, Known
from adam.domain.warnings.places import unallocated

MANY, CLEAR = 5, 3


def _pillars(draft: Draft) -> set[str]:
    return {row["pillar"] for row in draft["pillars"] if row["pillar"]}


def no_pillar(draft: Draft, _known: Known) -> Found:
    """The project is assigned to no pillar of the Vienna Declaration."""
    if not _pillars(draft):
        yield "pillars", "The project is assigned to no pillar."


def pillar_without_commitment(draft: Draft, _known: Known) -> Found:
    """A pillar is named without its commitment, so that overlaps in it can't be told apart."""
    for number, row in enumerate(draft["pillars"]):
        if row["pillar"] and not row["commitment"]:
            detail = f"Pillar {row['pillar']} is named without a commitment."
            yield f"pillars/{number}/commitment", detail


def pillars_not_allocated(draft: Draft, _known: Known) -> Found:
    """Several pillars are given, yet their shares leave a part of the project not allocated."""
    left = unallocated(draft, "pillars")
    if left:
        yield "pillars", f"The shares of the pillars leave {left:.2f} % not allocated."


def pillar_only_proposed(draft: Draft, _known: Known) -> Found:
    """A pillar is only proposed by ADAM, and nobody has confirmed it."""
    for number, row in enumerate(draft["pillars"]):
        if row["proposed"]:
            what = row["commitment"] or row["pillar"]
            yield f"pillars/{number}/pillar", f"{what} is only proposed."


def sector_and_pillar_disagree(draft: Draft, known: Known) -> Found:
    """A sector code speaks for another pillar than the project is assigned to."""
    yield from _disagree(draft, known.by_sector, "sectors")


def text_and_pillar_disagree(draft: Draft, known: Known) -> Found:
    """The text speaks clearly for another pillar than the project is assigned to."""
    clear = [item for item in known.by_text if item.strength >= CLEAR]
    yield from _disagree(draft, clear[:1], "pillars")


def _disagree(draft: Draft, proposals: Iterable[Proposal], field: str) -> Found:
    named = _pillars(draft)
    meant = {item.pillar: item.reason for item in reversed(list(proposals))}
    if named and meant and not named.intersection(meant):
        pillar, reason = next(iter(meant.items()))
        listed = ", ".join(sorted(named))
        yield field, f"{reason} That is pillar {pillar}, yet the project is assigned to {listed}."


def no_assistance_type(draft: Draft, _known: Known) -> Found:
    """No kind of help is ticked, so duplicate assistance can't be told from an overlap."""
    if not draft["assistance_types"]:
        yield "assistance_types", "No kind of help is ticked."


def many_assistance_types(draft: Draft, _known: Known) -> Found:
    """More than five kinds of help are ticked; a project that does everything overlaps with everybody."""
    number = len(draft["assistance_types"])
    if number > MANY:
        yield (
            "assistance_types",
            f"{number} kinds of help are ticked.",
        )


def sector_shares_off(draft: Draft, _known: Known) -> Found:
    """The shares of several sector codes do not add up to 100 percent."""
    shares: dict[str, list[Decimal]] = {}
    for row in draft["sectors"]:
        shares.setdefault(row["vocabulary"] or "DAC", []).append(row["share"] or Decimal(0))
    for vocabulary, listed in shares.items():
        together = sum(listed, Decimal(0))
        if len(listed) > 1 and abs(together - 100) > Decimal("0.01"):
            yield "sectors", f"The shares of the {vocabulary} codes add up to {together:.2f} %, not to 100 %."


def unknown_sector(draft: Draft, known: Known) -> Found:
    """The sector code is not in the list of the OECD DAC."""
    for number, row in enumerate(draft["sectors"]):
        dac = (row["vocabulary"] or "DAC") == "DAC"
        if dac and known.sectors and row["code"] and row["code"] not in known.sectors:
            yield f"sectors/{number}/code", f"{row['code']} is not in the DAC's list of purpose codes."


RULES = (
    no_pillar,
    pillar_without_commitment,
    pillars_not_allocated,
    pillar_only_proposed,
    sector_and_pillar_disagree,
    text_and_pillar_disagree,
    no_assistance_type,
    many_assistance_types,
    sector_shares_off,
    unknown_sector,
)
