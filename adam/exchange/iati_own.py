"""Reads back what iati_writing.py wrote: each element means exactly what it says, nothing is guessed or added up."""

from __future__ import annotations

from typing import Any

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange.iati_dialect import own

STATUSES = {code: status for status, code in at.STATUSES.items()}
DATES = {code: name for name, code in at.DATES.items()}
ROLES = {code: role for role, code in at.ROLES.items()}
KINDS = {code: kind for codes in (at.OUTGOING, at.INCOMING) for kind, code in codes.items()}
RELATIONS = {code: pair for pair, code in at.RELATIONS.items()}
Row = dict[str, Any]


def document(element: etree._Element) -> Row:
    """The project document of an activity that ADAM wrote, for the schema to judge; unknown codes stay."""
    return {
        **_texts(element),
        **_dates(element),
        "status": _coded(element, "activity-status", STATUSES),
        "visibility": element.get(own("visibility")),
        "last_confirmed_on": element.get(own("confirmed-on")),
        "organizations": [_participant(item) for item in _real(element, "participating-org")],
        "countries": [_country(item) for item in _real(element, "recipient-country")],
        "locations": [_location(item) for item in _real(element, "location")],
        "sectors": [_sector(item) for item in _real(element, "sector") if item.get(own("pillar")) is None],
        "pillars": _pillars(element),
        **{field: _tags(element, name) for field, name in at.TAGS.items()},
        "contributions": [_contribution(item) for item in _real(element, "transaction")],
        "documents": [_document(item) for item in _real(element, "document-link")],
        "identifiers": _identifiers(element),
        "relations": _relations(element),
        "beneficiaries": [_beneficiary(item) for item in _real(element, own("beneficiary"))],
        "source": _source(element),
    }


def _real(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of a name that are part of the record."""
    return [item for item in element.iterchildren(name) if not at.stands_in(item)]


def _coded(element: etree._Element, name: str, codes: dict[str, str]) -> str | None:
    found = element.find(name)
    code = found.get("code", "") if found is not None else None
    return codes.get(code, code) if code is not None else None


def _language(element: etree._Element) -> str | None:
    return element.get(at.XML_LANG) or element.get(own("language"))


def _said(element: etree._Element | None) -> str | None:
    """The text of an element's first narrative that is part of the record; None without one."""
    found = _real(element, "narrative") if element is not None else []
    return found[0].text or "" if found else None


def _texts(element: etree._Element) -> Row:
    titles = [item for title in _real(element, "title") for item in _real(title, "narrative")]
    descriptions = [item for part in _real(element, "description") for item in _real(part, "narrative")]
    main = next((item.text or "" for item in descriptions if _language(item) is None), None)
    by_place = {item.get(at.ROW): item.text or "" for item in descriptions if item.get(at.ROW)}
    by_language = {_language(item): item.text or "" for item in descriptions if not item.get(at.ROW)}
    languages = [_language(item) for item in titles[1:]]
    return {
        "title": titles[0].text or "" if titles else None,
        "language": _language(element),
        "description": main,
        "translations": [
            {
                "language": language,
                "title": item.text or "",
                "description": by_place.get(str(number))
                if languages.count(language) > 1
                else by_language.get(language),
            }
            for number, (language, item) in enumerate(zip(languages, titles[1:], strict=True))
        ],
    }


def _dates(element: etree._Element) -> Row:
    found: Row = dict.fromkeys(at.DATES)
    for item in _real(element, "activity-date"):
        name = DATES.get(item.get("type", ""))
        if name is not None:
            found[name] = item.get("iso-date")
    return found


def _stated(row: Row, element: etree._Element) -> Row:
    partner = element.get(at.STATED_BY)
    return row | {"stated_by": partner} if partner else row


def _body(element: etree._Element | None) -> Row:
    """Who an element names: our code where one is written, else the identifier."""
    if element is None:
        return {"organization": None, "name": None}
    return {
        "organization": element.get(own("organization")) or element.get("ref"),
        "name": _said(element),
    }


def _participant(element: etree._Element) -> Row:
    role = element.get("role", "")
    return _stated({"role": ROLES.get(role, role), **_body(element)}, element)


def _country(element: etree._Element) -> Row:
    return {"country": element.get("code"), "share": element.get("percentage")}


def _location(element: etree._Element) -> Row:
    position: list[str | None] = [*(element.findtext("point/pos") or "").split()]
    if len(position) != 2:
        position = [element.get(own("latitude")), element.get(own("longitude"))]
    country = element.find("administrative")
    row = {
        "country": country.get("code") if country is not None else None,
        "name": _said(element.find("name")),
        "latitude": position[0],
        "longitude": position[1],
    }
    return _stated(row, element)


def _sector(element: etree._Element) -> Row:
    written = element.get("vocabulary") or "1"
    vocabulary = element.get(own("vocabulary")) or ("DAC" if written in ("1", "2") else written)
    return {"vocabulary": vocabulary, "code": element.get("code"), "share": element.get("percentage")}


def _pillars(element: etree._Element) -> list[Row]:
    """The confirmed ones stand among the sectors, those that are only proposed in our namespace."""
    found = []
    for item in _real(element, "sector"):
        pillar = item.get(own("pillar"))
        if pillar is not None:
            code = item.get("code")
            row = {"pillar": pillar, "commitment": code if code != pillar else None}
            found.append((item.get(at.ROW), row | _reasoned(item, "percentage") | {"proposed": False}))
    for item in _real(element, own("proposed-pillar")):
        row = {"pillar": item.get("pillar"), "commitment": item.get("commitment")}
        found.append((item.get(at.ROW), row | _reasoned(item, "share") | {"proposed": True}))
    return at.woven(found)


def _reasoned(element: etree._Element, share: str) -> Row:
    reason = element.find(own("rationale"))
    return {
        "share": element.get(share),
        "rationale": None if reason is None else reason.text or "",
    }


def _tags(element: etree._Element, name: str) -> list[str | None]:
    return [
        item.get("code")
        for item in _real(element, "tag")
        if item.get("vocabulary-uri", "").endswith(f"/vocabulary/{name}")
    ]


def _contribution(element: etree._Element) -> Row:
    provider, receiver = element.find("provider-org"), element.find("receiver-org")
    value = element.find("value")
    stated = value is not None and not at.stands_in(value)
    row = {
        **_body(provider),
        "kind": _coded(element, "transaction-type", KINDS),
        "amount": value.text if value is not None else None,
        "currency": value.get("currency") if value is not None else None,
        "value_date": value.get("value-date") if value is not None and stated else None,
        "provider_activity": provider.get("provider-activity-id") if provider is not None else None,
        "receiver_activity": receiver.get("receiver-activity-id") if receiver is not None else None,
    }
    return _stated(row, element)


def _document(element: etree._Element) -> Row:
    url = element.get(own("url")) or element.get("url")
    return _stated({"title": _said(element.find("title")), "url": url}, element)


def _identifiers(element: etree._Element) -> list[Row]:
    found: list[tuple[str | None, Row]] = []
    for item in _real(element, "iati-identifier"):
        row = {"scheme": "iati", "value": item.text or "", "owner": item.get(own("owner"))}
        found.append((item.get(at.ROW) or "0", row))
    for item in _real(element, "other-identifier"):
        owner = item.find("owner-org")
        row = {
            "scheme": item.get(own("scheme")) or at.scheme_of(item.get("type")),
            "value": item.get("ref"),
            "owner": owner.get("ref") if owner is not None else None,
        }
        found.append((None, _stated(row, item)))
    return at.woven(found)


def _relations(element: etree._Element) -> list[Row]:
    found: list[tuple[str | None, Row]] = []
    for item in _real(element, "related-activity"):
        kind, role = RELATIONS.get(item.get("type", ""), (item.get("type"), None))
        mark = item.find(own("relation"))
        row = {"kind": kind, "identifier": item.get("ref"), "role": role}
        found.append((mark.get(at.ROW) if mark is not None else None, row))
    for item in _real(element, own("related-activity")):
        row = {"kind": item.get("kind"), "identifier": item.get("ref"), "role": item.get("role")}
        found.append((item.get(at.ROW), row))
    return at.woven(found)


def _beneficiary(element: etree._Element) -> Row:
    return _stated({"name": element.text or "", "kind": element.get("kind")}, element)


def _source(element: etree._Element) -> Row | None:
    found = element.find(own("source"))
    if found is None:
        return None
    return {"document": found.get("document"), "paragraphs": found.get("paragraphs")}
