"""Warnings about who funds, who implements and who benefits."""

from __future__ import annotations

from adam.domain.warnings.known import Draft, Found, Known


def _has(draft: Draft, role: str) -> bool:
    return any(row["role"] == role for row in draft["organizations"])


def _bodies(draft: Draft) -> set[str]:
    """Codes or names of everybody who takes part or pays."""
    rows = [*draft["organizations"], *draft["contributions"]]
    return {row["organization"] or (row["name"] or "").casefold() for row in rows} - {""}


def no_funder(draft: Draft, _known: Known) -> Found:
    """Nobody is named as funding the project."""
    if not _has(draft, "funding"):
        yield "organizations", "Nobody is named as funding the project."


def no_implementer(draft: Draft, _known: Known) -> Found:
    """Nobody is named as implementing the project."""
    if not _has(draft, "implementing"):
        yield "organizations", "Nobody is named as implementing the project."


def one_body_only(draft: Draft, known: Known) -> Found:
    """The reporting partner is the only organization and both pays and implements."""
    alone = known.reporter is not None and _bodies(draft) == {known.reporter}
    if alone and _has(draft, "funding") and _has(draft, "implementing"):
        yield "organizations", f"{known.reporter} reports, pays and implements, and nobody else takes part."


def reporter_without_part(draft: Draft, known: Known) -> Found:
    """The reporting partner neither takes part in the project nor pays for it."""
    named = _bodies(draft)
    if known.reporter and named and not any(_is(known.reporter, body) for body in named):
        yield "organizations", f"{known.reporter} reports the project, yet neither takes part in it nor pays."


def _is(partner: str, body: str) -> bool:
    """Whether a body is the partner, one of its agencies by code (US-DOS, XM-…), or can't be told by its name."""
    return body.upper().startswith(partner.upper()) or body.startswith("XM-") or not body.isupper()


def no_beneficiary(draft: Draft, _known: Known) -> Found:
    """No institution is named that benefits."""
    if not draft["beneficiaries"]:
        yield "beneficiaries", "No institution is named that benefits."


def no_institution_kind(draft: Draft, _known: Known) -> Found:
    """The kind of an institution that benefits is not given, so it is compared by its name only."""
    for number, row in enumerate(draft["beneficiaries"]):
        if not row["kind"]:
            detail = f"The kind of {row['name'] or 'the institution'} is not given: it is compared by its name only."
            yield f"beneficiaries/{number}/kind", detail


RULES = (
    no_funder,
    no_implementer,
    one_body_only,
    reporter_without_part,
    no_beneficiary,
    no_institution_kind,
)
