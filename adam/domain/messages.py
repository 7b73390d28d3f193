"""The kinds of messages: how each is delivered unless its reader chose otherwise, and which may not be silenced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, ROLES

AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"
DELIVERIES = (AT_ONCE, DAILY, NEVER)
USUAL_HOUR, USUAL_ZONE, USUAL_LANGUAGE = 7, "UTC", "en"


@dataclass(frozen=True, slots=True)
class Kind:
    """`delivery` is how e-mail brings it unless chosen otherwise; what `blocks` its reader can't be silenced.

    `details` names what may be told beside the subject: words of the sender or plain figures, never a title,
    which is looked up when the message is read, as its reader may see it then. `readers` are the roles it goes to.
    """

    delivery: str
    details: tuple[str, ...] = ()
    blocks: bool = False
    readers: tuple[str, ...] = (FOCAL_POINT,)


KINDS: dict[str, Kind] = {
    "returned": Kind(AT_ONCE, ("comment", "by"), blocks=True),
    "rejected": Kind(AT_ONCE, ("comment", "by")),
    "validated": Kind(DAILY),
    "finding": Kind(DAILY),
    "decided": Kind(DAILY, ("by", "comment", "verdict")),
    "taken_back": Kind(DAILY, ("by", "comment")),
    "merged": Kind(AT_ONCE, ("by", "comment")),
    "unmerged": Kind(AT_ONCE, ("by", "comment")),
    "case_opened": Kind(AT_ONCE, ("day",), readers=(FOCAL_POINT, COORDINATOR)),
    "case_said": Kind(AT_ONCE, ("by", "comment"), readers=(FOCAL_POINT, COORDINATOR)),
    "case_due": Kind(DAILY, ("day",), readers=(FOCAL_POINT, COORDINATOR)),
    "case_overdue": Kind(AT_ONCE, ("day",), readers=(FOCAL_POINT, COORDINATOR)),
    "case_closed": Kind(AT_ONCE, ("by", "comment"), readers=(FOCAL_POINT, COORDINATOR)),
    "named": Kind(DAILY, ("partner",)),
    "addition": Kind(DAILY, ("partner",)),
    "disputed": Kind(AT_ONCE, ("partner", "comment"), readers=(FOCAL_POINT, COORDINATOR)),
    "settled": Kind(DAILY, ("by", "comment")),
    "ending": Kind(DAILY, ("day",)),
    "confirm": Kind(DAILY),
    "round_opened": Kind(AT_ONCE, ("title", "day", "number")),
    "round_reminder": Kind(AT_ONCE, ("title", "day", "number")),
    "round_closed": Kind(DAILY, ("title", "number", "of")),
    "handover": Kind(AT_ONCE, ("by", "partner", "day"), blocks=True),
    "handover_answered": Kind(AT_ONCE, ("by", "partner", "answer"), readers=(FOCAL_POINT, ADMINISTRATOR)),
    "designated": Kind(AT_ONCE, ("partner", "day")),
    "unanswered": Kind(DAILY, ("partner", "number"), readers=(COORDINATOR, ADMINISTRATOR)),
    "recommendation": Kind(DAILY, ("title", "day")),
    "scheduled": Kind(AT_ONCE, ("title",), readers=ROLES),
    "imported": Kind(AT_ONCE, ("file", "new", "updated", "refused"), readers=ROLES),
    "token_made": Kind(AT_ONCE, ("by", "title"), readers=ROLES),
    "webhook_stopped": Kind(AT_ONCE, ("title", "comment"), readers=(FOCAL_POINT, COORDINATOR)),
}

PATHS = {
    "submission": "/submissions/{}",
    "project": "/projects/{}",
    "finding": "/findings/{}",
    "case": "/cases/{}",
    "validation_round": "/validation-rounds/{}",
    "import": "/imports/{}",
    "recommendation": "/recommendations/{}",
    "report": "/reports/{}",
    "handover": "/handovers/{}",
    "focal_point": "/focal-points/{}",
    "partner": "/focal-points?partner={}",
    "token": "/tokens#token-{}",
    "webhook": "/webhooks/{}",
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody wants the daily e-mail: an hour of their own day."""

    hour: int = USUAL_HOUR
    zone: str = USUAL_ZONE


def deliveries(kind: str) -> tuple[str, ...]:
    """What a reader may choose for a kind."""
    return (AT_ONCE, DAILY) if KINDS[kind].blocks else DELIVERIES


def due(delivery: str, told: datetime, rhythm: Rhythm) -> datetime | None:
    """When the e-mail with a message goes out: now, at the next hour of the reader's choice, or never."""
    if delivery == NEVER:
        return None
    return told if delivery == AT_ONCE else _next(told, rhythm)


def _next(moment: datetime, rhythm: Rhythm) -> datetime:
    """The first time after a moment that clocks there show the hour; the day that has no such hour shifts it."""
    zone = ZoneInfo(rhythm.zone)
    day = moment.astimezone(zone).date()
    for later in (0, 1):
        at = datetime.combine(day + timedelta(days=later), time(rhythm.hour), zone).astimezone(UTC)
        if at > moment:
            return at
    return at


def zones() -> list[str]:
    """The time zones to choose from, such as Europe/Vienna: UTC first."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return [USUAL_ZONE, *sorted(name for name in available_timezones() if name.startswith(areas))]


def path_of(entity: str, entity_id: str) -> str:
    """The page of what a message is about; the reader's messages where it has none."""
    return PATHS[entity].format(entity_id) if entity in PATHS else "/messages"
