"""The same activity in every version of IATI says the same."""

import pytest

from tests.exchange.iati_files import file_of, read_all

OLD = """
<iati-activity xml:lang="en" default-currency="USD"><reporting-org ref="XM-DAC-41128" type="40">UNODC</reporting-org>
<iati-identifier>XM-DAC-41128-A</iati-identifier><title>Border posts</title>
<participating-org ref="NO" role="Funding">Norway</participating-org>
<activity-date type="start-planned" iso-date="2013-06-01"/><activity-status code="2">Implementation</activity-status>
<recipient-country code="TJ" percentage="100"/><location><name>Ishkashim</name>{point}</location>
<sector vocabulary="DAC" code="16063" percentage="100"/>
<transaction><transaction-type code="D"/><transaction-date iso-date="2013-07-01"/>
<value value-date="2013-07-01">5000</value></transaction>
<related-activity type="1" ref="XM-DAC-41128"/></iati-activity>"""
COORDINATES, POINT = (
    '<coordinates latitude="36.72" longitude="71.61"/>',
    "<point><pos>36.72 71.61</pos></point>",
)
NEW = """
<iati-activity xml:lang="en" default-currency="USD"><iati-identifier>XM-DAC-41128-A</iati-identifier>
<reporting-org ref="XM-DAC-41128" type="40"><narrative>UNODC</narrative></reporting-org>
<title><narrative>Border posts</narrative></title>
<participating-org ref="NO" role="1"><narrative>Norway</narrative></participating-org>
<activity-status code="2"/><activity-date type="1" iso-date="2013-06-01"/>
<recipient-country code="TJ" percentage="100"/>
<location><name><narrative>Ishkashim</narrative></name><point><pos>36.72 71.61</pos></point></location>
<sector vocabulary="1" code="16063" percentage="100"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2013-07-01"/>
<value value-date="2013-07-01">5000</value></transaction>
<related-activity type="1" ref="XM-DAC-41128"/></iati-activity>"""
VERSIONS = {
    **{f"1.0{minor}": OLD.format(point=COORDINATES) for minor in (1, 2, 3)},
    **{f"1.0{minor}": OLD.format(point=POINT) for minor in (4, 5)},
    **{f"2.0{minor}": NEW for minor in (1, 2, 3)},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_activity_says_the_same_in_every_version(version: str):
    newest, this = (read_all(file_of(VERSIONS[name], version=name))[0] for name in ("2.03", version))

    assert newest.document is not None and newest.document["relations"] and newest.document["contributions"]
    assert this.document == newest.document
