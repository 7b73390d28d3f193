"""The table of rules knows every code that the schemas, the facts and the files can raise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from marshmallow import Schema
from marshmallow.fields import Field

from adam.domain.rules import ERROR
from adam.schemas.faults import Fault
from adam.schemas.projects import ProjectSchema
from adam.schemas.submissions import SubmissionSchema
from adam.services import rules

TABLE = rules.load().table
ADAM = Path(rules.__file__).resolve().parents[1]
RAISERS = (
    *("schemas/fields.py", "schemas/projects.py", "schemas/project_rules.py", "schemas/submissions.py"),
    *("schemas/api_submissions.py", "services/facts.py", "services/submissions.py", "services/imports.py"),
    *(
        "services/warnings.py",
        "api/claims.py",
        "services/additions.py",
        "schemas/additions.py",
    ),
)
RAISING = {"Fault": 0, "fault": 0, "Problem": 1}
"""Call → which argument is the code."""
TESTS = ADAM.parent / "tests"


def codes_in(path: Path) -> set[str]:
    """The codes that a file writes down where it raises something."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [(call, RAISING[call.func.id]) for call in calls if getattr(call.func, "id", None) in RAISING]
    given = [call.args[at] for call, at in named if len(call.args) > at]
    return {node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def fields_of(schema: Schema) -> list[Field]:
    """Every field of a schema, nested ones too."""
    found: list[Field] = []
    for field in schema.fields.values():
        inner = getattr(field, "inner", field)
        found += [field, inner]
        if hasattr(inner, "schema"):
            found += fields_of(inner.schema)
    return found


def test_every_code_that_is_raised_stands_in_the_table_as_an_error():
    raised = {code: name for name in RAISERS for code in codes_in(ADAM / name)}

    missing = {code: name for code, name in raised.items() if code not in TABLE}
    assert len(raised) > 20
    assert not missing, f"add a row to config/rules.csv for {missing}"
    assert all(TABLE[code].level == ERROR for code in raised)


def test_every_message_of_every_field_has_a_code_of_the_table():
    asked = fields_of(SubmissionSchema()) + fields_of(ProjectSchema())

    for field in asked:
        for key in ("required", "null", "invalid", "type"):
            message = field.error_messages.get(key)
            if isinstance(message, Fault):
                assert message.code in TABLE, (field.name, key)


def test_every_error_of_the_table_is_raised_somewhere_and_spoken_in_a_test():
    raised = {code for name in RAISERS for code in codes_in(ADAM / name)}
    raised |= codes_in(ADAM / "exchange/iati.py")
    checks = {"duplicate_identifier", "disbursed_over_committed"}
    spoken = "".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))

    for rule in TABLE.values():
        if rule.level == ERROR:
            assert rule.code in raised | checks, f"{rule.code}: nothing raises it, take its row away."
            assert re.search(rf'"{rule.code}"', spoken), f"{rule.code}: write a test that makes it speak."


def test_every_rule_says_what_is_wrong_what_to_do_and_who_says_so():
    assert len(TABLE) >= 40
    for rule in TABLE.values():
        assert rule.sentence.endswith(".") and rule.fix.endswith(".") and rule.source and rule.example
        assert set(rule.fields) <= ProjectSchema().fields.keys() | SubmissionSchema().fields.keys()
