"""What a coordinator says of a finding: a verdict and how it is meant, several at once, or that one is taken back."""

from __future__ import annotations

from marshmallow import fields, validate

from adam.domain.findings import VERDICTS
from adam.domain.merges import PARTS, choices_of
from adam.schemas.faults import Fault
from adam.schemas.fields import MESSAGES, Choice, Code, Day, Text, Whole
from adam.schemas.projects import Strict

MOST = 200


MergeChoicesSchema = Strict.from_dict(
    {part: Choice(choices_of(part), allow_none=True) for part in PARTS}, name="MergeChoicesSchema"
)
"""Which side each part of the record is taken from; what is left out: the staying one, else the other."""


class MergeSchema(Strict):
    """How two records are merged: which stays, and which side each part comes from."""

    stays = Code(allow_none=True, load_default=None)
    parts = fields.Nested(MergeChoicesSchema, data_key="fields", load_default=dict, error_messages=MESSAGES)


class JudgementSchema(Strict):
    """A verdict with its reason, the day on which to look again, and how its remedy is meant.

    `stays` and `fields` are for a record duplicate, `whole` for a component, `earlier` for a continuation,
    `division_of_labour` for complementary, `due_on` for a case.
    """

    verdict = Choice(VERDICTS, required=True)
    reason = Text(5000, lines=True, required=True)
    review_on = Day(allow_none=True, load_default=None)
    stays, whole, earlier = (Code(allow_none=True, load_default=None) for _ in range(3))
    parts = fields.Nested(MergeChoicesSchema, data_key="fields", load_default=dict, error_messages=MESSAGES)
    division_of_labour = Text(5000, lines=True, allow_none=True, load_default=None)
    due_on = Day(allow_none=True, load_default=None)


class ListedJudgementSchema(JudgementSchema):
    """A verdict on one of several findings; `version` is that which was read, where that is to be asked."""

    finding = Code(required=True)
    version = Whole(allow_none=True, load_default=None, validate=validate.Range(0, 2**31 - 1))


class JudgementsSchema(Strict):
    """Several verdicts at once: all are carried out, or none."""

    judgements = fields.List(
        fields.Nested(ListedJudgementSchema, error_messages=MESSAGES),
        required=True,
        validate=validate.Length(1, MOST, error=Fault("too_many", f"Give 1 to {MOST} verdicts.")),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )


class ReasonSchema(Strict):
    """Why something is taken back."""

    reason = Text(5000, lines=True, required=True)
