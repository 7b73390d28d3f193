"""What of an IATI activity is left out is said: which element or attribute, how often, and why."""

from tests.exchange.iati_files import activity, file_of, read_all, read_one, transaction


def test_elements_and_attributes_that_nothing_reads_are_counted_with_the_reason():
    paid = transaction("3", "5", more='<description/><aid-type code="C01"/>')

    dropped = read_one(
        paid + paid + "<result/><contact-info/><activity-status code='2'/>", head='hierarchy="1"'
    ).dropped

    assert dropped == {
        "@hierarchy: no place in ADAM": 1,
        "reporting-org/@type: no place in ADAM": 1,
        "transaction/description: no place in ADAM": 2,
        "transaction/aid-type: no place in ADAM": 2,
        "result: results are not what ADAM coordinates": 1,
        "contact-info: people are not taken over from files": 1,
    }


def test_countries_of_transactions_are_left_out_only_beside_those_of_the_activity():
    within = transaction("3", "5", more='<recipient-country code="TJ"/>')

    alone, beside = (read_one(more) for more in (within, '<recipient-country code="AF"/>' + within))

    remark = "transaction/recipient-country: the countries of the activity count"
    assert (remark in alone.dropped, remark in beside.dropped) == (False, True)


def test_what_somebody_put_into_a_file_of_ours_is_said():
    ours = 'xmlns:adam="urn:adam:iati:1" adam:version="1" adam:fields="public"'

    [found] = read_all(file_of(activity(more="<result/>", head=ours)))

    assert found.dropped == {
        "result: no place in ADAM": 1,
        "transaction, document-link: left out of files that are written for everybody": 1,
    }


def test_transactions_name_the_other_records_of_their_money():
    paid = transaction(
        "2",
        "5",
        more='<provider-org provider-activity-id="XM-1-P-7"/><receiver-org receiver-activity-id="XM-2-R-8"/>',
    )
    own = transaction("3", "5", more='<provider-org provider-activity-id="XM-1"/>')

    found = read_one(paid + own).document

    assert [(row["kind"], row["identifier"]) for row in found["relations"]] == [
        ("same_money", "XM-1-P-7"),
        ("same_money", "XM-2-R-8"),
    ]


def test_a_place_of_the_iso_list_is_in_its_country():
    more = (
        "<location><name><narrative>Khorog</narrative></name>"
        '<administrative vocabulary="A4" level="0" code="TJ"/></location>'
    )

    assert read_one(more).document["locations"][0]["country"] == "TJ"
