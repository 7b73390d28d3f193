"""Project documents that Hypothesis makes: whatever text, money, share and day passes the schema."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from adam.schemas import projects
from tests.builders.documents import document

SIGNS = st.characters(
    blacklist_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"), blacklist_characters="\ufffe\uffff"
)
TEXTS = st.text(SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool)
MONEY = st.decimals("0.01", "99999999999999.99", places=2).map(lambda value: format(value, "f"))
SHARES = st.decimals("0.01", "33.33", places=2).map(lambda value: format(value, "f"))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """Project documents that pass, of whatever text, money, share and day."""
    countries = draw(st.lists(st.sampled_from(["AF", "TJ", "NA", "NO"]), unique=True, max_size=3))
    return document(
        title=draw(TEXTS),
        description=draw(st.none() | TEXTS),
        start_planned=draw(st.none() | DAYS),
        end_planned=None,
        countries=[{"country": code, "share": draw(st.none() | SHARES)} for code in countries],
        contributions=draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "name": TEXTS,
                        "kind": st.sampled_from(projects.KINDS),
                        "amount": MONEY,
                        "currency": st.sampled_from(["USD", "EUR", "ALL"]),
                        "value_date": st.none() | DAYS,
                    }
                ),
                max_size=2,
            )
        ),
        beneficiaries=draw(st.lists(st.fixed_dictionaries({"name": TEXTS}), max_size=2)),
        locations=[{"name": draw(TEXTS), "latitude": draw(st.sampled_from(["-12.5", "0.000001", "90"]))}],
    )
