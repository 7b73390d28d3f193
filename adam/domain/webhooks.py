"""What webhooks tell, to whom, and how patiently: the events by role, and the pauses between tries."""

from __future__ import annotations

from datetime import timedelta

from adam.domain.actors import COORDINATOR, FOCAL_POINT

SUBMISSION_EVENTS = (
    "submission.submitted",
    "submission.validated",
    "submission.returned",
    "submission.rejected",
    "submission.withdrawn",
    "submission.commented",
)
FINDING_EVENTS = ("finding.opened", "finding.decided", "finding.reopened")
CASE_EVENTS = ("case.opened", "case.message", "case.closed")
REPORT_EVENTS = ("report.ready",)
ENTITIES = ("submission", "finding", "case", "report")
EVENTS = (*SUBMISSION_EVENTS, *FINDING_EVENTS, *CASE_EVENTS, *REPORT_EVENTS)
PING = "ping"
BY_ROLE: dict[str, tuple[str, ...]] = {
    FOCAL_POINT: (*SUBMISSION_EVENTS, *CASE_EVENTS, *REPORT_EVENTS),
    COORDINATOR: EVENTS,
}
OF_HISTORY = {name: name for name in EVENTS} | {
    "submission.replied": "submission.commented",
    "submission.remarked": "submission.commented",
    "finding.judged": "finding.decided",
    "case.said": "case.message",
    "case.reopened": "case.opened",
}
"""The event that a step of the history is."""

ACTIVE, PAUSED = "active", "paused"
STATES = (ACTIVE, PAUSED)
WAITING, SENDING, DELIVERED, FAILED, DROPPED = "waiting", "sending", "delivered", "failed", "dropped"
DELIVERY_STATES = (WAITING, SENDING, DELIVERED, FAILED, DROPPED)
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each failed try; after the last one an event is given up, some three days after it happened."""
BOTH_SIGN = timedelta(hours=24)
"""How long the secret of before signs beside the new one."""


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None to give up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


SHORTEST_REST, LONGEST_REST = PAUSES[0], PAUSES[1]


def rest_after(failing: timedelta) -> timedelta:
    """How long an address rests that has answered nothing for so long: a tenth of that, 5 seconds to 5 minutes."""
    return min(max(failing / 10, SHORTEST_REST), LONGEST_REST)
