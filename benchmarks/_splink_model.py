"""The models given to Splink: comparisons, candidate rules, and the configurations that were tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Levels = dict[str, Any]
SHARED = "len(list_intersect({0}_l, {0}_r))"
JACCARD = f"{SHARED} / (len({{0}}_l) + len({{0}}_r) - {SHARED})"
EITHER_MISSES = "{0}_l IS NULL OR {0}_r IS NULL"
NEVER = "1 = 0"
APART = "abs({0}_l - {0}_r)"


def comparison(name: str, missing: str, *conditions: str) -> Levels:
    """Levels from the strongest down; what fits none of them is the last level."""
    levels: list[dict[str, Any]] = [
        {"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True}
    ]
    levels += [{"sql_condition": each, "label_for_charts": each} for each in (*conditions, "ELSE")]
    return {"output_column_name": name, "comparison_levels": levels}


def arrays(name: str, *shares: float) -> Levels:
    """Levels by the share of words in common."""
    return comparison(name, EITHER_MISSES.format(name), *(f"{JACCARD.format(name)} >= {at}" for at in shares))


TITLES = {
    "exact": comparison("title", EITHER_MISSES.format("title"), "title_l = title_r"),
    "jaro_winkler": comparison(
        "title",
        EITHER_MISSES.format("title"),
        "title_l = title_r",
        *(f"jaro_winkler_similarity(title_l, title_r) >= {at}" for at in (0.95, 0.88, 0.8, 0.7)),
    ),
    "array": arrays("tokens", 0.99, 0.75, 0.5, 0.3, 0.15),
}
NUMBERS = comparison(
    "numbers", "numbers_l IS NULL AND numbers_r IS NULL", "numbers_l = numbers_r", EITHER_MISSES.format("numbers")
)  # fmt: skip
MONEY = comparison(
    "money",
    EITHER_MISSES.format("usd"),
    "own_l = own_r AND currency_l = currency_r",
    *(f"abs(usd_l - usd_r) <= {at} * greatest(usd_l, usd_r)" for at in (0.005, 0.03, 0.08, 0.2)),
)
START = comparison(
    "start",
    EITHER_MISSES.format("start"),
    "start_l = start_r",
    *(f"{APART.format('start')} <= {days}" for days in (15, 45, 120)),
    f"{APART.format('start')} BETWEEN 330 AND 400",
)
FINISH = comparison(
    "finish", EITHER_MISSES.format("finish"), "finish_l = finish_r",
    *(f"{APART.format('finish')} <= {days}" for days in (31, 120)),
)  # fmt: skip
COUNTRIES = comparison(
    "countries", EITHER_MISSES.format("country"), "country_key_l = country_key_r",
    "list_has_any(countries_l, countries_r)",
)  # fmt: skip
FUNDER = comparison("funder", EITHER_MISSES.format("funder"), "funder_l = funder_r")
IMPLEMENTER = comparison("implementer", EITHER_MISSES.format("implementer"), "implementer_l = implementer_r")
REPORTER = comparison(
    "reporter",
    EITHER_MISSES.format("reporter"),
    "reporter_l = reporter_r",
    "(reporter_l = funder_r AND reporter_r = implementer_l) OR (reporter_r = funder_l AND reporter_l = implementer_r)",
    "reporter_l IN (funder_r, implementer_r) OR reporter_r IN (funder_l, implementer_l)",
)
SECTORS = comparison(
    "sectors", EITHER_MISSES.format("sectors"), "sectors_l = sectors_r", "list_has_any(sectors_l, sectors_r)"
)
IDENTIFIERS = comparison(
    "identifiers", EITHER_MISSES.format("identifiers"), "list_has_any(identifiers_l, identifiers_r)"
)
DESCRIPTION = arrays("description", 0.9, 0.5, 0.25)
EVERYWHERE = (NUMBERS, MONEY, START, FINISH, COUNTRIES, FUNDER, IMPLEMENTER, REPORTER, SECTORS, IDENTIFIERS)


def rules(*columns: str) -> tuple[str, ...]:
    """Candidate rules, each a list of columns that are equal in both records."""
    return tuple(" AND ".join(f"l.{column} = r.{column}" for column in each.split()) for each in columns)


_MONEY_ROUTES = tuple(
    f"country {size} {period}" for size in ("size", "next_size") for period in ("period", "next_period")
)
RULES = {
    "tight": rules(
        "country doer period", "country doer next_period", *_MONEY_ROUTES,
        "rare_pair period", "rare_pair next_period", "title country",
        "own currency period", "own currency next_period", "funder doer period", "identifiers",
    ),
    "tighter": rules(
        "country doer period", "country doer next_period", *_MONEY_ROUTES,
        "rare_pair period", "title country", "own currency period",
    ),
}  # fmt: skip
_NEAR = " AND abs(l.start - r.start) <= 180"
RULES["loose"] = (
    *(
        rule + _NEAR
        for rule in rules("country doer", "country size", "country next_size", "funder doer size")
    ),
    *rules("rare_pair", "title", "own currency period", "country rarest", "identifiers"),
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to use Splink: how titles are compared, which candidates, where the weights come from."""

    title: str
    rules: str
    fit: str
    described: bool = False

    @property
    def name(self) -> str:
        """What the tables call it."""
        return f"{self.title}{'+description' if self.described else ''}/{self.rules}/{self.fit}"

    def settings(self) -> dict[str, Any]:
        """Splink's settings, without weights."""
        described = (DESCRIPTION,) if self.described else ()
        return {
            "link_type": "dedupe_only",
            "comparisons": [TITLES[self.title], *EVERYWHERE, *described],
            "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in RULES[self.rules]],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
        }


CONFIGURATIONS = {
    each.name: each
    for each in (
        *(Configuration(title, "tight", fit) for title in TITLES for fit in ("labels", "em")),
        *(Configuration(title, blocking, "labels") for title in TITLES for blocking in ("tighter", "loose")),
        Configuration("jaro_winkler", "tight", "labels", described=True),
        Configuration("jaro_winkler", "tighter", "labels", described=True),
        Configuration("array", "tight", "labels", described=True),
    )
}
