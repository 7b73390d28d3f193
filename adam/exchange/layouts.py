"""The layout of our spreadsheets: one sheet a table of the project object, its columns, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

KEY = "source_ref"
MEND = "what to mend"
EXAMPLE = "EXAMPLE"
PROJECTS, GUIDE, LISTS = "projects", "guide", "lists"
TEXT, LINES, CODE, DAY, AMOUNT, SHARE, DEGREES, FLAG = (
    "text",
    "lines",
    "code",
    "day",
    "amount",
    "share",
    "degrees",
    "flag",
)
YES_NO = (("yes", ""), ("no", ""))
Choices = Mapping[str, Sequence[tuple[str, str]]]
"""Name of a list → (code, name) of each entry, in the order in which it is offered; a name may be empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the first row, what its cells hold, the list it is chosen from, and a word of help.

    `path` is where the value stands in its row of the document, where that isn't under the column's own name.
    `exported`: what ADAM says of a row in what it exports; nobody is asked to fill it in.
    `within`: another column and what it says, or leaves empty, where the list counts; otherwise the cell is text.
    """

    name: str
    kind: str
    help: str
    choices: str | None = None
    required: bool = False
    path: tuple[str, ...] = ()
    exported: bool = False
    within: tuple[str, str] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Where the value stands in its row of the document."""
        return self.path or (self.name,)

    def meant(self, cells: Mapping[str, Any]) -> Column:
        """The column as this row means it: a code of another vocabulary is text, whatever our list calls by it."""
        if self.within is None:
            return self
        name, ours = self.within
        said = str(cells.get(name) or "").strip()
        return self if said in ("", ours) else replace(self, kind=TEXT, choices=None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, which is the field of the project object, and its columns besides the key.

    `plain`: the field is a list of codes, not of rows.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    plain: bool = False

    def shown(self, exported: bool) -> tuple[Column, ...]:
        """The columns that a file has: all in an export, in a template those to be filled in."""
        return tuple(column for column in self.columns if exported or not column.exported)


FIXED: Choices = {
    "statuses": [(code, "") for code in ("pipeline", "active", "suspended", "completed", "cancelled")],
    "visibilities": [
        ("partners", "all partners read it"),
        ("public", "everybody reads it, without amounts by payer and documents"),
        ("confidential", "only you and the coordinators"),
    ],
    "languages": [
        ("en", "English"),
        ("fr", "French"),
        ("es", "Spanish"),
        ("ru", "Russian"),
        ("ar", "Arabic"),
        ("zh", "Chinese"),
    ],
    "roles": [(code, "") for code in ("funding", "extending", "accountable", "implementing")],
    "payments": [(code, "") for code in ("pledge", "commitment", "disbursement", "expenditure")],
    "relation_kinds": [
        (code, "") for code in ("component", "continuation", "same_money", "co_financed", "complementary")
    ],
    "relation_roles": [("part", ""), ("whole", "")],
    "identifier_schemes": [("iati", ""), ("unodc", ""), ("own", ""), ("other", "")],
    "flags": YES_NO,
}
"""Lists that the software defines; the others come from the vocabulary."""

DAY_HELP = "A date, such as 2008-01-15."
STATED_BY = Column("stated_by", CODE, "The partner that added this row to the record.", exported=True)
SHARE_HELP = "Percent, such as 60; the shares of a project add up to at most 100. Empty: not known."

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        PROJECTS,
        "One row a project. Everything else hangs on its source_ref.",
        (
            Column("title", TEXT, "The project's own title.", required=True),
            Column("language", CODE, "The language of title and description; en if empty.", "languages"),
            Column("description", LINES, "What is done, where, for whom: a few sentences."),
            Column("status", CODE, "How far it is.", "statuses", required=True),
            Column("visibility", CODE, "Who may read it.", "visibilities", required=True),
            Column("start_planned", DAY, DAY_HELP),
            Column("end_planned", DAY, DAY_HELP),
            Column("start_actual", DAY, DAY_HELP),
            Column("end_actual", DAY, DAY_HELP),
            Column("last_confirmed_on", DAY, "When somebody last looked at this record. " + DAY_HELP),
            Column(
                "source_document", TEXT, "Where it was taken from, if anywhere.", path=("source", "document")
            ),
            Column(
                "source_paragraphs", TEXT, "The paragraphs of that document.", path=("source", "paragraphs")
            ),
        ),
    ),
    Sheet(
        "organizations",
        "Who pays and who does it: a row for each organization in each role.",
        (
            Column("role", CODE, "funding pays, implementing does the work.", "roles", required=True),
            Column("organization", CODE, "From the list, or an id such as XM-DAC-41128.", "organizations"),
            Column("name", TEXT, "Its name, if it isn't on the list."),
            STATED_BY,
        ),
    ),
    Sheet(
        "countries",
        "Where it works.",
        (
            Column("country", CODE, "From the list.", "countries", required=True),
            Column("share", SHARE, SHARE_HELP),
        ),
    ),
    Sheet(
        "pillars",
        "Which pillars of the Vienna Declaration it serves.",
        (
            Column("pillar", CODE, "From the list.", "pillars", required=True),
            Column("commitment", CODE, "From the list, of the same pillar.", "commitments"),
            Column("share", SHARE, SHARE_HELP),
            Column("rationale", LINES, "Why, in a sentence."),
            Column("proposed", FLAG, "yes: only a suggestion so far. no if empty.", "flags"),
        ),
    ),
    Sheet(
        "contributions",
        "Money: a row for each sum.",
        (
            Column("organization", CODE, "Who pays: from the list, or an id.", "organizations"),
            Column("name", TEXT, "Who pays, if not on the list."),
            Column("kind", CODE, "What the sum is.", "payments", required=True),
            Column("amount", AMOUNT, "In figures, such as 1200000.00.", required=True),
            Column("currency", CODE, "From the list.", "currencies", required=True),
            Column("value_date", DAY, "The day that counts for the exchange rate. " + DAY_HELP),
            Column("provider_activity", TEXT, "The payer's own identifier of it, if you know it."),
            Column("receiver_activity", TEXT, "The receiver's own identifier of it, if you know it."),
            STATED_BY,
        ),
    ),
    Sheet(
        "assistance_types",
        "Kinds of help: a row for each.",
        (Column("assistance_type", CODE, "From the list.", "assistance_types", required=True),),
        plain=True,
    ),
    Sheet(
        "beneficiaries",
        "Who is helped.",
        (
            Column("name", TEXT, "The institution's name.", required=True),
            Column("kind", CODE, "From the list.", "beneficiary_kinds"),
            STATED_BY,
        ),
    ),
    Sheet(
        "locations",
        "Places within countries.",
        (
            Column("country", CODE, "From the list.", "countries"),
            Column("name", TEXT, "The place's name.", required=True),
            Column("latitude", DEGREES, "Degrees, such as 36.72."),
            Column("longitude", DEGREES, "Degrees, such as 71.61."),
            STATED_BY,
        ),
    ),
    Sheet(
        "identifiers",
        "Numbers that this project has elsewhere.",
        (
            Column("scheme", CODE, "Whose numbering it is.", "identifier_schemes", required=True),
            Column("value", TEXT, "The number or identifier.", required=True),
            Column("owner", CODE, "Whose identifier it is.", "organizations"),
            STATED_BY,
        ),
    ),
    Sheet(
        "relations",
        "Other records that this one belongs with.",
        (
            Column("kind", CODE, "How they belong together.", "relation_kinds", required=True),
            Column("project", TEXT, "The other record's reference, such as ADAM-000123."),
            Column("identifier", TEXT, "Or its identifier, if it is not recorded here yet."),
            Column("role", CODE, "Whether this record is the part or the whole.", "relation_roles"),
        ),
    ),
    Sheet(
        "sectors",
        "Sector codes.",
        (
            Column("vocabulary", CODE, "DAC if empty."),
            Column(
                "code",
                CODE,
                "From the list, or a code of another vocabulary.",
                "sectors",
                required=True,
                within=("vocabulary", "DAC"),
            ),
            Column("share", SHARE, SHARE_HELP),
        ),
    ),
    Sheet(
        "result_areas",
        "Result areas: a row for each.",
        (Column("result_area", CODE, "From the list.", "result_areas", required=True),),
        plain=True,
    ),
    Sheet(
        "action_plans",
        "Papers of the Rainbow Strategy: a row for each.",
        (Column("action_plan", CODE, "From the list.", "action_plans", required=True),),
        plain=True,
    ),
    Sheet(
        "translations",
        "Title and description in other languages.",
        (
            Column("language", CODE, "From the list.", "languages", required=True),
            Column("title", TEXT, "The title in that language.", required=True),
            Column("description", LINES, "The description in that language."),
        ),
    ),
    Sheet(
        "documents",
        "Documents on the web.",
        (
            Column("title", TEXT, "What it is.", required=True),
            Column("url", TEXT, "Its address, which begins with https://.", required=True),
            STATED_BY,
        ),
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def flat(sheet: Sheet, column: str) -> str:
    """A column's name in one flat file: those of the projects stand alone, the others after their table and a dot."""
    return column if sheet.name == PROJECTS else f"{sheet.name}.{column}"


def flat_header(exported: bool = True) -> list[str]:
    """The first line of one flat file, with all columns that may be there, or those of a template."""
    return [KEY, *(flat(sheet, column.name) for sheet in SHEETS for column in sheet.shown(exported))]


def label(entry: tuple[str, str]) -> str:
    """An entry of a list as it is offered: "AF Afghanistan"."""
    code, name = entry
    return f"{code} {name}" if name and name != code else code
