"""What of an activity has no place in ADAM: every element and attribute that nothing reads, counted, and why."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange.iati_source import Source

NO_PLACE = "no place in ADAM"
KEPT = frozenset(
    """
    @lang @default-currency @last-updated-datetime
    iati-identifier reporting-org reporting-org/@ref title description description/@type
    participating-org participating-org/@ref participating-org/@role participating-org/@activity-id
    participating-org/@crs-channel-code
    other-identifier other-identifier/@ref other-identifier/@type other-identifier/@owner-ref
    other-identifier/owner-org other-identifier/owner-org/@ref
    activity-status activity-status/@code activity-date activity-date/@type activity-date/@iso-date
    recipient-country recipient-country/@code recipient-country/@percentage
    location location/name location/point location/point/@srsName location/point/pos location/coordinates
    location/coordinates/@latitude location/coordinates/@longitude
    location/administrative location/administrative/@country location/administrative/@code
    location/administrative/@vocabulary location/administrative/@level
    sector sector/@vocabulary sector/@code sector/@percentage
    budget budget/@status budget/value budget/value/@currency budget/value/@value-date
    budget/period-start budget/period-start/@iso-date
    transaction transaction/transaction-type transaction/transaction-type/@code
    transaction/transaction-date transaction/transaction-date/@iso-date
    transaction/value transaction/value/@currency transaction/value/@value-date
    transaction/provider-org transaction/provider-org/@ref transaction/provider-org/@provider-activity-id
    transaction/receiver-org transaction/receiver-org/@ref transaction/receiver-org/@receiver-activity-id
    document-link document-link/@url document-link/title related-activity related-activity/@ref
    related-activity/@type
    """.split()
)
"""What some reader of ours looks at. Names beside codes are part of their element."""
REASONS = {
    "contact-info": "people are not taken over from files",
    "recipient-region": "ADAM knows countries; the share of a region stays not allocated",
    "result": "results are not what ADAM coordinates",
    "planned-disbursement": "a plan is no contribution",
    "transaction/sector": "the sectors of the activity count",
    "transaction/recipient-country": "the countries of the activity count",
    "tag": "a vocabulary that isn't ADAM's",
    "reporting-org/@secondary-reporter": "the partner that imports answers for it",
}


def note(source: Source) -> None:
    """Count, among the notes of a source, what nothing reads. What stands within something unread isn't told apart."""
    kept = KEPT | _instead(source)
    for path in _unread(source.element, "", kept):
        source.note(f"{path}: {REASONS.get(path, NO_PLACE)}")


def note_own(element: etree._Element, source: Source) -> None:
    """The same for a file that ADAM wrote: what was put in besides."""
    for child in element:
        if (
            isinstance(child.tag, str)
            and child.tag not in OWN
            and not child.tag.startswith(f"{{{at.NAMESPACE}}}")
        ):
            source.note(f"{_local(child.tag)}: {NO_PLACE}")


OWN = frozenset(path for path in KEPT if "/" not in path and not path.startswith("@")) - {"budget"} | {"tag"}


def _instead(source: Source) -> set[str]:
    """Where the activity itself says nothing, its transactions do."""
    found = set()
    for name, told in (("sector", ("@vocabulary", "@code")), ("recipient-country", ("@code",))):
        if not source.all(name):
            found |= {f"transaction/{name}", *(f"transaction/{name}/{one}" for one in told)}
    return found


def _unread(element: etree._Element, path: str, kept: frozenset[str] | set[str]) -> Iterator[str]:
    for name in element.attrib:
        at_name = f"{path}@{_local(str(name))}"
        if at_name not in kept and not at_name.endswith("@lang"):
            yield at_name
    for child in element:
        if not isinstance(child.tag, str) or child.tag == "narrative":
            continue
        below = f"{path}{_local(child.tag)}"
        if below in kept and not child.tag.startswith("{"):
            yield from _unread(child, f"{below}/", kept)
        else:
            yield below


def _local(name: str) -> str:
    return name.rpartition("}")[2]
