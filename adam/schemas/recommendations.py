"""A recommendation as it is entered or changed, and the link to a project."""

from __future__ import annotations

from typing import Any

from adam.domain.recommendations import OPEN, STATUSES
from adam.schemas.fields import Choice, Code, Day, ShortCode, Text
from adam.schemas.projects import Strict
from adam.schemas.scopes import PILLARS, many
from adam.schemas.vocabulary import optional, optional_code


class RecommendationSchema(Strict):
    """What is to be done, under which pillar, by whom and until when; countries make it a need there."""

    title = Text(500, required=True)
    text = Text(10000, lines=True, allow_none=True, load_default=None)
    pillar = Choice(PILLARS, required=True)
    commitment, assistance_type = optional_code(), optional_code()
    countries, partners = many(ShortCode()), many(ShortCode())
    meeting_id = optional(36)
    status = Choice(STATUSES, load_default=OPEN)
    outcome = Text(5000, lines=True, allow_none=True, load_default=None)
    due = Day(allow_none=True, load_default=None)
    source = optional()


class RecommendationLinkSchema(Strict):
    """A project that carries a recommendation out, by id or reference."""

    project = Code(required=True)


class RecommendationPatchSchema(RecommendationSchema):
    """What changes of a recommendation; what isn't named stays."""

    def __init__(self, **more: Any):
        super().__init__(**more | {"partial": True})
