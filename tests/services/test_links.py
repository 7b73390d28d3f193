"""Records that name each other by outside identifiers: linked whichever comes first, pending until both are there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from adam.models.findings import Finding
from adam.queries.relations import carrying
from adam.schemas.claims import judge
from adam.services import screening
from adam.services.imports import Item, Options, take
from tests.builders.documents import READER, focal
from tests.builders.recording import Works, recorded
from tests.exchange.iati_files import activity, file_of, read_all, transaction

PAYER, DOER = "XM-DAC-1-PAYS-1", "XM-DAC-2-DOES-2"


def claims(which: str) -> list[Item]:
    """The payer's or the doer's file as claims; the doer's says where its money came from."""
    came = transaction("1", "1000", more=f'<provider-org provider-activity-id="{PAYER}"/>')
    content = {
        PAYER: activity(
            PAYER, "Grant to the border police", '<recipient-country code="TJ"/>' + transaction("2", "1000")
        ),
        DOER: activity(DOER, "Radio sets for Ishkashim", '<recipient-country code="TJ"/>' + came),
    }[which]
    return [
        Item(one.identifier, judge(one.document or {}).draft, (), "a.xml")
        for one in read_all(file_of(content))
    ]


@pytest.mark.parametrize("order", [(PAYER, DOER), (DOER, PAYER)])
def test_money_named_in_a_transaction_is_the_same_whichever_record_comes_first(
    work: Works, order: tuple[str, str]
):
    found = []
    for which, partner in zip(order, ("NO", "UNODC"), strict=True):
        take(work(), claims(which), Options(partner, True))
        screening.run(work(), full=True)
        found.append(work().session.execute(select(Finding.kind, Finding.state)).all())

    assert found == [[], [("same_money", "stated")]]


def test_an_identifier_leads_to_the_record_that_carries_it_once_it_is_there(work: Works):
    before = carrying(work().session, READER, ["NO-1-7"])
    record = recorded(work(), identifiers=[{"scheme": "iati", "value": "NO-1-7"}])

    after = carrying(work().session, READER, ["NO-1-7"])

    assert before == {}
    assert after["NO-1-7"].reference == record.reference


def test_nobody_is_led_to_a_record_that_is_not_there_for_them_or_is_not_the_only_one(work: Works):
    recorded(work(), identifiers=[{"scheme": "iati", "value": "NO-1-7"}], visibility="confidential")
    for _ in range(2):
        recorded(work(), identifiers=[{"scheme": "iati", "value": "NO-1-8"}])

    found = {
        who.label: set(carrying(work().session, who, ["NO-1-7", "NO-1-8"])) for who in (READER, focal("NO"))
    }

    assert found == {READER.label: set(), focal("NO").label: {"NO-1-7"}}


def test_the_same_file_again_writes_nothing(work: Works):
    results = [[one.result for one in take(work(), claims(DOER), Options("UNODC", True))] for _ in range(2)]

    assert results == [["new"], ["unchanged"]]
