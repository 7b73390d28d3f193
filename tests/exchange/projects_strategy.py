"""A strategy for whole project documents that pass the schema, with the texts and codes that files get wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from adam.domain import documents
from adam.errors import Invalid
from adam.schemas.faults import load
from adam.schemas.projects import ROLES, STATUSES, ProjectSchema

SCHEMA = ProjectSchema()
ODD = [
    "<b>&amp;</b>",
    "two\r\nlines\tand  spaces",
    "]]>",
    "\"quoted\" 'twice'",
    "Пограничные посты",
    "مرحلة",
    "a;b,c=1",
]
letters = st.characters(exclude_categories=("Cs", "Cc", "Cf"), exclude_characters="\ufffe\uffff")
text = st.sampled_from(ODD) | st.text(letters, max_size=12).map(lambda found: found.strip() or "x")
maybe = st.none() | st.just("") | text
code = st.text("abcXYZ019.:-_", min_size=1, max_size=6) | st.sampled_from(["1", "2", "99", "DAC", "other:a1"])
body = st.none() | st.sampled_from(["NO", "UNODC", "XM-DAC-41128", "GB-GOV-1", "A B"])
day = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)
share = st.none() | st.integers(1, 3000).map(lambda part: f"{part / 100:.2f}")
language = st.sampled_from(["en", "ru", "zh-Hans", "😀", "a_b"])
url = st.sampled_from(
    [
        "https://example.org/a.pdf",
        "https://example.org/a b/[1]?q=%zz#é",
        "http://[::1]:x/",
        "https://例え.jp/%20",
        "http://a:99999999/",
    ]
)
degrees = st.none() | st.sampled_from(["-12.5", "0", "71.61"])


def rows(most: int = 2, **fields: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of these fields."""
    return st.lists(st.fixed_dictionaries(fields), max_size=most)


FIELDS = st.fixed_dictionaries(
    {
        "title": text,
        "language": language,
        "description": maybe,
        "translations": rows(language=language, title=text, description=maybe),
        "status": st.sampled_from(STATUSES),
        "visibility": st.sampled_from(["public", "partners", "confidential"]),
        **dict.fromkeys(("start_planned", "end_planned", "start_actual", "end_actual"), day),
        "organizations": rows(role=st.sampled_from(ROLES), organization=body, name=maybe),
        "countries": rows(country=code, share=share),
        "locations": rows(country=st.none() | code, name=text, latitude=degrees, longitude=degrees),
        "pillars": rows(
            pillar=st.sampled_from(["I", "II"]),
            commitment=st.none() | st.sampled_from(["I.1", "II.2"]),
            share=share,
            rationale=maybe,
            proposed=st.booleans(),
        ),
        **{name: st.lists(code, max_size=3) for name in ("assistance_types", "result_areas", "action_plans")},
        "beneficiaries": rows(name=text, kind=st.none() | code),
        "contributions": rows(
            organization=body,
            name=maybe,
            kind=st.sampled_from(["pledge", "commitment", "disbursement", "expenditure"]),
            amount=st.integers(1, 10**16 - 1).map(lambda part: f"{part // 100}.{part % 100:02d}"),
            currency=code,
            value_date=day,
            provider_activity=maybe,
            receiver_activity=maybe,
        ),
        "identifiers": rows(scheme=code | st.just("iati"), value=text, owner=body),
        "relations": rows(
            kind=st.sampled_from(["component", "continuation", "same_money", "co_financed", "complementary"]),
            identifier=text,
            role=st.sampled_from([None, "part", "whole"]),
        ),
        "sectors": rows(vocabulary=code, code=text, share=share),
        "documents": rows(title=text, url=url),
        "last_confirmed_on": day,
        "source": st.none() | st.fixed_dictionaries({"document": text, "paragraphs": maybe}),
    }
)


def _accepted(content: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return dict(documents.plain(load(SCHEMA, content)))
    except Invalid:
        return None


def _mended(content: dict[str, Any]) -> dict[str, Any]:
    """Without what the schema refuses for reasons that have nothing to do with files."""
    for end in ("planned", "actual"):
        start, last = content[f"start_{end}"], content[f"end_{end}"]
        if start and last and last < start:
            content[f"end_{end}"] = None
    pairs = {(row["pillar"], row["commitment"]): row for row in content["pillars"]}
    content["pillars"] = [
        row for (pillar, part), row in pairs.items() if not part or part.startswith(f"{pillar}.")
    ]
    content["countries"] = list({row["country"]: row for row in content["countries"]}.values())
    content["organizations"] = [row for row in content["organizations"] if row["organization"] or row["name"]]
    return content


accepted = FIELDS.map(_mended).map(_accepted).filter(lambda found: found is not None)
"""Documents as they are recorded."""
