"""A saved scope as somebody keeps it: what is run, as which files, and on which day."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from adam.domain.rhythms import LAST, NEVER, RHYTHMS
from adam.schemas.faults import Fault, fault
from adam.schemas.fields import MESSAGES, Choice, Flag, Text
from adam.schemas.projects import Strict
from adam.schemas.scopes import FORMS, KINDS, ScopeSchema, many

WHOLE = Fault("day", "Give the day as a whole number.")


class Schedule(Strict):
    """When it runs by itself, and whether that is paused."""

    forms = many(Choice(FORMS))
    rhythm = Choice(RHYTHMS, load_default=NEVER)
    day = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(
            1, max(LAST.values()), error=Fault("day", "Give the day of the month or week.")
        ),
        error_messages=MESSAGES | {"invalid": WHOLE, "too_large": WHOLE},
    )
    paused = Flag(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _day(self, data: dict[str, Any], **_more: Any) -> None:
        rhythm, day = data.get("rhythm", NEVER), data.get("day")
        last = LAST.get(rhythm)
        if last and (day is None or not 1 <= day <= last):
            of = "of the week from 1, Monday, to 7" if last == 7 else f"of the month from 1 to {last}"
            raise fault("day", f"Give the day {of}.", "day")


class SavedScopeSchema(Schedule):
    """A new one."""

    name = Text(200, required=True)
    kind = Choice(KINDS, required=True)
    scope = fields.Nested(ScopeSchema, load_default=lambda: ScopeSchema().load({}), error_messages=MESSAGES)


class SavedScopePatchSchema(Schedule):
    """What changes: its name, or when it runs; rhythm and day go together."""

    name = Text(200)

    def __init__(self, **more: Any):
        super().__init__(**more | {"partial": True})
