"""Schemathesis against the application: it reads the description and sends what a stranger might make of it.

What it checks is all its own checks and one of ours, `refused_for_facts`. What is set otherwise than it comes:

- `missing_required_header` also takes 428: CONTRACT.md says so of If-Match.
- `positive_data_acceptance` also takes 400, 412 and 422, because a description can't say which codes are in the
  vocabulary, which cursors we signed and which ETag is the last one. `refused_for_facts` is there in its place: what
  fits the description may be refused for such facts, never for its shape.
- `negative_data_rejection` also takes 412 (an If-Match that is no ETag of ours) and 413, and of
  `POST /submissions/check` a 200, which says what is wrong.
- `object_level_authorization` needs two identities in one run; tests/api/test_visibility.py does that instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import strategies as st
from schemathesis import engine
from schemathesis.config import SchemathesisConfig, _checks
from schemathesis.engine import events
from schemathesis.transport import wsgi

from adam.http.bodies import LARGEST
from adam.schemas.fields import UNSEEN

PHASES = ("examples", "coverage", "fuzzing", "stateful")
NO = [*_checks.NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES, "412", "413"]
OF_SOCKETS = ("max_redirects", "verify", "cert", "proxies")
SHAPES = frozenset(
    (
        "not_json", "too_deep", "duplicate_key", "number_too_large", "type", "choice", "unknown_field", "too_long",
        "too_many", "code", "decimal", "date", "limit", "idempotency_key", "idempotency_key_required", "if_match",
        "url", "value", "out_of_range", "characters", "required",
    )
)  # fmt: skip
"""Codes of what is wrong with the shape of a request, which the description must say."""
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
DIGITS = re.compile(r"-?\d{19,}")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)
schemathesis.openapi.format("date", DAYS)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: who asks (None is nobody), which phases, how many examples.

    Of the cases that cover every boundary of every parameter one in `thin` is sent, and of the operations only those
    whose guard begins with a word of `guards`, if there are any.
    """

    app: Flask
    token: str | None
    phases: tuple[str, ...] = PHASES
    examples: int = 2
    thin: int = 1
    guards: tuple[str, ...] = ()
    seed: int | None = None


@schemathesis.check
def refused_for_facts(_ctx: Any, response: Any, case: Any) -> None:
    """What fits the description may be refused for what is in the database, never for its shape."""
    if not (case.meta and case.meta.generation.mode.is_positive and response.status_code in (400, 422)):
        return
    said = response.json()
    problems = said["errors"] or [{"pointer": "#", "code": said["code"]}]
    wrong = [item for item in problems if item["code"] in SHAPES and not _in_words_alone(item, case)]
    assert not wrong, f"the description allows what is refused: {str(wrong)[:500]}"


def _in_words_alone(problem: dict[str, Any], case: Any) -> bool:
    """Whether this is about signs in a text or a huge number: the description says it once for all, in words."""
    where: Any = case.query if problem["pointer"].startswith("?") else case.body
    row: Any = None
    for part in problem["pointer"].lstrip("#?/").split("/"):
        row = where
        inside = isinstance(where, dict | list) and part
        where = (where[int(part)] if isinstance(where, list) else where.get(part)) if inside else where
    signs = ODD.search(
        where if isinstance(where, str) else str(where).encode().decode("unicode_escape", "replace")
    )
    named = row.get("name") if isinstance(row, dict) and where is None else where
    blank = isinstance(named, str) and (_unseen(named) or named is not where and ODD.search(named))
    large = any(abs(int(digits)) >= LARGEST for digits in DIGITS.findall(str(where)))
    found = {"characters": signs is not None, "required": bool(blank), "number_too_large": large}
    return found.get(problem["code"], False)


def _unseen(text: str) -> bool:
    return all(sign.isspace() or unicodedata.category(sign) in UNSEEN for sign in text)


def failures(run: Run) -> list[str]:
    """What schemathesis found, one text a failure with how to repeat it."""
    found: dict[tuple[str, str], str] = {}
    for event in engine.from_schema(_description(run)).execute():
        if isinstance(event, events.ScenarioFinished):
            found |= {key: text for key, text in _of(event) if key not in found}
        elif isinstance(event, events.NonFatalError | events.FatalError):
            error = event.value if isinstance(event, events.NonFatalError) else event.exception
            found[("error", str(error))] = f"{getattr(event, 'label', '')}: {error!r}"
    return list(found.values())


def _of(event: events.ScenarioFinished) -> Iterator[tuple[tuple[str, str], str]]:
    for case_id, checked in event.recorder.checks.items():
        answered = event.recorder.interactions.get(case_id)
        for check in checked:
            if check.failure_info is None:
                continue
            failure = check.failure_info.failure
            answer = (
                f"{answered.response.status_code} {answered.response.text[:600]}"
                if answered and answered.response
                else ""
            )
            told = (
                f"{check.name}, {failure.operation}: {failure.title}",
                failure.message[:600],
                check.failure_info.code_sample[:1500],
                answer,
            )
            yield (check.name, failure.operation), "\n    ".join(told)


def _description(run: Run) -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", run.app, config=_config(run))
    if run.guards:
        schema = schema.include(lambda asked: _guard(asked.operation.definition.raw) in run.guards)
    turns = count()

    @schema.hook
    def filter_case(_context: Any, case: Any) -> bool:
        covers = case.meta is not None and case.meta.phase.name.value == "coverage"
        return not covers or next(turns) % run.thin == 0

    return schema


def _guard(operation: dict[str, Any]) -> str:
    """The first word of who may: "For: anyone, or scope read." is anyone, "For: scope submit or admin." submit."""
    return (
        operation["description"]
        .rpartition("For: ")[2]
        .removeprefix("scope ")
        .rstrip(".")
        .split()[0]
        .rstrip(",")
    )


def _config(run: Run) -> SchemathesisConfig:
    statuses = {
        "missing_required_header": _checks.MISSING_REQUIRED_HEADER_EXPECTED_STATUSES + ["428"],
        "negative_data_rejection": NO,
        "positive_data_acceptance": _checks.POSITIVE_DATA_ACCEPTANCE_EXPECTED_STATUSES
        + ["400", "412", "422"],
    }
    return SchemathesisConfig.from_dict(
        {
            "headers": {"Authorization": f"Bearer {run.token}"} if run.token else {},
            "continue-on-failure": True,
            "generation": {
                "max-examples": run.examples,
                "deterministic": run.seed is None,
                "database": "none",
                "no-shrink": True,
            },
            "checks": {name: {"expected-statuses": allowed} for name, allowed in statuses.items()}
            | {"object_level_authorization": {"enabled": False}},
            "operations": [
                {
                    "include-path": "/api/v1/submissions/check",
                    "checks": {"negative_data_rejection": {"expected-statuses": ["200", *NO]}},
                }
            ],
            "phases": {name: {"enabled": name in run.phases} for name in PHASES},
            "analysis": {"constants": {"enabled": False}},
        }
        | ({} if run.seed is None else {"seed": run.seed})
    )


class Inside(wsgi.WSGITransport):
    """A probe without a session carries settings of sockets, which an application in this process can't take."""

    def send(self, case: Any, **asked: Any) -> Any:
        """Schemathesis' own, without them."""
        return super().send(case, **{name: value for name, value in asked.items() if name not in OF_SOCKETS})


wsgi.WSGI_TRANSPORT.__class__ = Inside
