"""The validation rules: what each code means, how grave it is, and how to mend it; the table is config/rules.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
LEVELS = (ERROR, WARNING)
PUBLISHED = ("iati", "seed")
"""Where what a partner has published comes from: nobody here can mend it, so some errors are warnings there."""
ANY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    `level` holds where a person can mend the answer, `published` for data that was published elsewhere already;
    `fields` are what the rule is about, the one at which it is shown first.
    """

    code: str
    level: str
    published: str
    fields: tuple[str, ...]
    sentence: str
    fix: str
    example: str
    source: str

    def level_for(self, origin: str) -> str:
        """How grave it is in a submission of this origin."""
        return self.published if origin in PUBLISHED else self.level


Table = Mapping[str, Rule]


def load(rows: Iterable[Mapping[str, str]]) -> dict[str, Rule]:
    """Code → rule, in the order of the rows. Raises ValueError for a code that stands twice or an unknown level."""
    table: dict[str, Rule] = {}
    for row in rows:
        fields = tuple(name for name in row["fields"].split(";") if name != ANY)
        published = row["published"] or row["level"]
        words = (row[name].strip() for name in ("sentence", "fix", "example", "source"))
        rule = Rule(row["code"], row["level"], published, fields, *words)
        if rule.code in table or not {rule.level, rule.published} <= set(LEVELS):
            raise ValueError(f"config/rules.csv: {rule.code} stands twice or has an unknown level.")
        table[rule.code] = rule
    return table
