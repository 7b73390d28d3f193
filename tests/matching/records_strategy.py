"""Strategies for sets of records whose values come from small pools, so that nearly everything collides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from adam.matching import Record

CHUNKS = """
    border borders liaison Office offices Tajik-Afghan highway HIGHWAY roads health santé école école's
    l'appui d'Afghanistan фаза Границы региона здравоохранение проект المرحلة الحدود والصحة ومشروع
    边境地区 卫生项目第二期 第十二阶段 追加融资 proyecto salud frontera Ishkashim Eshkashem WFP UNODC
    kabul Grenze Teilprojekt Ziel phase Phase-2 phase:3 (02) II iii IV v second 2nd no. nr 19 tranche
    Component component-1 part lot Objective 0 2013 2013/14 2014 1999 2050 2013-2014 50% 12.5% 5٪ 12,500
    12.500 1,234,567 720FDA20IO00050 AFG/I98 K-2013 additional financing supplementary credit AF af (AF)
    financiación adicional dopolnitelnoe finansirovanie ١٢ ٢٠١٣ ۱۲ ١٢,٥٠٠ ２０１３ １２,５００ 12，500
    ﬁnance ｆｕｌｌ ① ½ e\u0301cole مُشَرِّع ـــ x'a_b _ — … « · % , . ' ’s ` ß İ 〇 々
""".split()
GLUE = (
    " ",
    " ",
    " ",
    ", ",
    "-",
    "/",
    ".",
    "",
    "\u200c",
    "\u200d",
    "\u00a0",
    "\u3000",
    "\u2011",
    "، ",
    "，",
    "_",
    "'",
    "\n",
)
NAMES = (
    "World Food Programme",
    "World Food Programme (WFP)",
    "WFP",
    "WFP ",
    "Norway",
    "Norwegian Ministry of Foreign Affairs",
    "Ministry of Foreign Affairs, Norway",
    "UNODC",
    "Various",
    "NGOs (details not yet provided)",
    "Aid Tracker",
    "United Nations Office on Drugs and Crime",
    "UN Office on Drugs and Crime [UNODC]",
    "Управление ООН по наркотикам и преступности",
    "Asian Development Bank",
    "Asian Development Bank (ADB)",
    "GIZ",
    "Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH",
    "Ministry of Public Health",
    "Ministry of Health (AFG)",
    "Ministère de la Santé",
    "The Office",
    "Other",
    "A",
    "世界粮食计划署",
)
NUMBERS = (
    "iati:XM-DAC-41304-170X",
    "iati:xm-dac-41304-170x",
    "XM-DAC-41304-170X",
    "iati:GB-1-107196",
    "iati:GB-1-107196-101",
    "iati:GB-1-107196-102",
    "iati:SE-0-SE-6-10485A0101-AFG-16020",
    "iati:SE-0-SE-6-10485A0101-AFG-2014",
    "iati:EC-ELARG-2013/23543/2",
    "iati:44000-P123456",
    "iati:44000-P123457",
    "ff:12345",
    "12345",
    "contract:K 2013/14 2013",
    "r1",
    ":",
)
DAYS = tuple(
    map(
        date.fromisoformat,
        """2013-01-01 2013-07-01 2013-06-11 2013-06-12 2013-07-10 2013-10-01 2014-01-01 2014-06-11 2014-06-30
        2014-12-31 2014-12-30 2015-06-30 2015-01-02 2016-05-31 2012-02-29 2020-12-31""".split(),
    )
)
AMOUNTS = tuple(
    map(
        Decimal,
        """0 0.01 1 99 100 1500000 1500000.40 1499999.6 1234567 1234567.89 1234567.90 1235000 1200000 620000 62000
        -1500000 -3 999999999999999 123456789012345.67 10.005 99.995 12345.675 1e3 850000 3.3""".split(),
    )
)
RATES = {"EUR": Decimal("1.1"), "AFN": Decimal("0.0131"), "JPY": Decimal("0.0093")}
RELATIONS = ("component", "continuation", "same_money", "co_financed", "complementary")


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts of few chunks, glued by whatever stands between words."""
    return st.lists(st.tuples(st.sampled_from(CHUNKS), st.sampled_from(GLUE)), max_size=most).map(
        lambda found: "".join(chunk + glue for chunk, glue in found)
    )


def some(pool: tuple[str, ...], most: int = 3) -> st.SearchStrategy[list[str]]:
    """None, one or a few of a pool; empty is likely."""
    return st.one_of(st.just([]), st.lists(st.sampled_from(pool), min_size=1, max_size=most, unique=True))


def rarely(found: st.SearchStrategy[Any], otherwise: Any = None) -> st.SearchStrategy[Any]:
    """A value, or as often none."""
    return st.one_of(st.just(otherwise), found)


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "title": st.one_of(st.sampled_from(("Border posts, phase 2", "Frame agreement", "")), texts(7)),
    "description": st.one_of(st.sampled_from(("", "Builds 12,500 border posts with WFP")), texts(14)),
    "reporter": rarely(st.sampled_from(NAMES), ""),
    "funders": some(NAMES),
    "implementers": some(NAMES),
    "beneficiaries": some(NAMES),
    "countries": some(("AF", "AFG", "TJ", "UZ", "KG", "IR", "PK", "CN"), 7),
    "pillars": some(("I", "II", "IV")),
    "commitments": some(("I.1", "I.4", "II.2", "III.1", "IV")),
    "assistance_types": some(("training", "equipment")),
    "sectors": some(("15130", "15131", "16063", "12220", "151", "15150", "15160", "15170"), 8),
    "start": rarely(st.sampled_from(DAYS)),
    "end": rarely(st.sampled_from(DAYS)),
    "amount": rarely(st.sampled_from(AMOUNTS)),
    "currency": st.sampled_from(("USD", "USD", "EUR", "AFN", "JPY", "CHF", "")),
    "value_date": rarely(st.sampled_from(DAYS)),
    "amount_usd": st.one_of(st.none(), st.none(), st.sampled_from(AMOUNTS)),
    "identifiers": some(NUMBERS),
    "relations": rarely(
        st.lists(st.tuples(st.sampled_from(RELATIONS), st.sampled_from((*NUMBERS, "r0", "R2"))), max_size=3),
        (),
    ),
}
LIKELY = {
    "title": "Border posts in Badakhshan, phase 2",
    "countries": ["TJ"],
    "start": DAYS[2],
    "reporter": "Norway",
}


def convert(amount: Decimal, currency: str, on: date | None) -> Decimal | None:
    """US dollars of an amount; none for a currency without a rate."""
    return amount * RATES[currency] if currency in RATES else None


@st.composite
def sets(draw: st.DrawFn, most: int = 9) -> list[Record]:
    """A set of records: some from nothing, others from a record before them with a few fields otherwise."""
    told: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, most))):
        known: dict[str, Any] = dict(LIKELY)
        if told and draw(st.booleans()):
            known = dict(draw(st.sampled_from(told)))
        names = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=len(FIELDS)))
        told.append({**known, **{name: draw(FIELDS[name]) for name in names}, "id": f"r{number}"})
    ids = draw(st.permutations([row["id"] for row in told]))
    return [Record.from_mapping({**row, "id": name}, convert) for row, name in zip(told, ids, strict=True)]
