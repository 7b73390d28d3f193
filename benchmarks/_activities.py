"""Made-up IATI 2.03 files with what real ones carry, read or not: texts, money, places, results, markers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import _words as words

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
TAIL = "</iati-activities>\n"
SECTORS = ("16063", "15210", "13040", "14030", "11220", "31165", "15110", "73010")
CURRENCIES = ("USD", "EUR", "GBP", "NOK", "CHF")
MARKERS = "".join(
    f' <policy-marker vocabulary="1" code="{code}" significance="0"/>\n' for code in range(1, 10)
)
DEFAULTS = (
    ' <collaboration-type code="1"/>\n <default-flow-type code="10"/>\n <default-finance-type code="110"/>\n'
    ' <default-aid-type code="C01"/>\n <default-tied-status code="5"/>\n'
)


def write(path: Path, many: int, seed: int = 1) -> None:
    """A file of `many` activities of about 15 KB, written one at a time; the same for the same seed."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(many):
            file.write(activity(number, seed))
        file.write(TAIL)


def activity(number: int, seed: int = 1) -> str:
    """The activity of that number."""
    chance = Random(f"{seed}/{number}")
    reporter = words.body(chance, 60)
    start = date(2004, 1, 1) + timedelta(days=chance.randrange(6500))
    identifier = f"{reporter[0]}-{seed}-{number:06d}"
    return (
        f'<iati-activity default-currency="{chance.choice(CURRENCIES)}" xml:lang="en" hierarchy="1"'
        f' last-updated-datetime="2021-06-30T00:00:00Z">\n'
        f" <iati-identifier>{identifier}</iati-identifier>\n"
        f"{_body('reporting-org', reporter)}"
        f"{''.join(_texts(chance))}{''.join(_participants(chance, reporter))}"
        f' <activity-status code="{chance.choice("1234")}"/>\n{_dates(chance, start)}{_places(chance)}'
        f"{_sectors(chance)}{MARKERS}{DEFAULTS}{''.join(_money(chance, start, reporter))}"
        f"{_documents(chance)}{_relation(chance, identifier)}{''.join(_results(chance, start))}</iati-activity>\n"
    )


def _narrative(text: str, language: str = "") -> str:
    mark = f' xml:lang="{language}"' if language else ""
    return f"<narrative{mark}>{text}</narrative>"


def _body(tag: str, who: tuple[str, str], more: str = ' type="10"') -> str:
    return f' <{tag} ref="{who[0]}"{more}>{_narrative(who[1])}</{tag}>\n'


def _texts(chance: Random) -> Iterator[str]:
    title = words.title(chance)[0]
    french = _narrative(f"Projet : {title}", "fr") if chance.random() < 0.3 else ""
    yield f" <title>{_narrative(title)}{french}</title>\n"
    for kind, sentences in (("1", 12), ("2", 5), ("3", 3)):
        yield f' <description type="{kind}">{_narrative(words.text(chance, sentences))}</description>\n'


def _participants(chance: Random, reporter: tuple[str, str]) -> Iterator[str]:
    yield _body("participating-org", reporter, ' role="2" type="10"')
    for role in ("1", "4", "4"):
        yield _body("participating-org", words.body(chance), f' role="{role}" type="22"')


def _dates(chance: Random, start: date) -> str:
    end = start + timedelta(days=chance.randrange(300, 1800))
    days = ((1, start), (2, start + timedelta(days=20)), (3, end), (4, end + timedelta(days=60)))
    return "".join(f' <activity-date type="{kind}" iso-date="{day}"/>\n' for kind, day in days)


def _places(chance: Random) -> str:
    listed = chance.sample(words.COUNTRIES, chance.choice((1, 1, 1, 2, 4)))
    share = 100 // len(listed)
    rows = [f' <recipient-country code="{code}" percentage="{share}"/>\n' for code in listed]
    for place in chance.sample(words.PLACES, 2):
        point = f"{chance.uniform(-30, 55):.5f} {chance.uniform(-10, 90):.5f}"
        rows.append(
            f' <location><location-reach code="1"/><name>{_narrative(place)}</name><point srsName='
            f'"http://www.opengis.net/def/crs/EPSG/0/4326"><pos>{point}</pos></point>'
            f'<exactness code="2"/></location>\n'
        )
    return "".join(rows)


def _sectors(chance: Random) -> str:
    first, second = chance.sample(SECTORS, 2)
    return (
        f' <sector vocabulary="1" code="{first}" percentage="60"/>\n'
        f' <sector vocabulary="1" code="{second}" percentage="40"/>\n'
        f' <sector vocabulary="99" code="{chance.randrange(900)}">{_narrative("Own list")}</sector>\n'
    )


def _money(chance: Random, start: date, reporter: tuple[str, str]) -> Iterator[str]:
    receiver = words.body(chance)
    for year in range(3):
        first = start + timedelta(days=365 * year)
        yield (
            f' <budget type="1" status="1"><period-start iso-date="{first}"/><period-end iso-date='
            f'"{first + timedelta(days=364)}"/><value value-date="{first}">{chance.randrange(9, 900)}000</value>'
            "</budget>\n"
        )
    for number, kind in enumerate(("2", "2", "3", "3", "3", "4", "4")):
        day = start + timedelta(days=30 + number * 110)
        yield (
            f' <transaction ref="{number}"><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
            f'<value value-date="{day}">{chance.randrange(1000, 2_000_000)}.{chance.randrange(100):02d}</value>'
            f"<description>{_narrative(words.text(chance, 1))}</description>"
            f"{_body('provider-org', reporter)}{_body('receiver-org', receiver)}"
            '<disbursement-channel code="2"/><flow-type code="10"/><tied-status code="5"/></transaction>\n'
        )


def _documents(chance: Random) -> str:
    return "".join(
        f' <document-link url="https://example.org/{chance.randrange(10**9)}.pdf" format="application/pdf"><title>'
        f'{_narrative(f"Report {number}")}</title><category code="A0{number}"/><language code="en"/>'
        "</document-link>\n"
        for number in (1, 2)
    )


def _relation(chance: Random, identifier: str) -> str:
    parent = identifier[:-2] + "00"
    return f' <related-activity ref="{parent}" type="1"/>\n' if chance.random() < 0.5 else ""


def _results(chance: Random, start: date) -> Iterator[str]:
    for number in range(3):
        periods = "".join(
            f'<period><period-start iso-date="{start}"/><period-end iso-date="{start + timedelta(days=364)}"/>'
            f'<target value="{chance.randrange(500)}"><comment>{_narrative(words.text(chance, 1))}</comment></target>'
            f'<actual value="{chance.randrange(500)}"/></period>'
            for _ in range(4)
        )
        yield (
            f' <result type="{1 + number % 3}" aggregation-status="0"><title>{_narrative(words.text(chance, 1))}'
            f'</title><description>{_narrative(words.text(chance, 2))}</description><indicator measure="1"><title>'
            f"{_narrative(words.text(chance, 1))}</title>{periods}</indicator></result>\n"
        )
