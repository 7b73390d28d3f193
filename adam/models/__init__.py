"""Tables, one file a noun; importing this package makes all of them known to the metadata."""

from adam.models import (
    accounts,
    feeds,
    findings,
    handovers,
    history,
    imports,
    jobs,
    mentions,
    messages,
    partners,
    project_parts,
    projects,
    reports,
    rounds,
    submissions,
    vocabulary,
    webhooks,
)
from adam.models.base import Base, new_id

__all__ = [
    "Base",
    "accounts",
    "feeds",
    "findings",
    "handovers",
    "history",
    "imports",
    "jobs",
    "mentions",
    "messages",
    "new_id",
    "partners",
    "project_parts",
    "projects",
    "reports",
    "rounds",
    "submissions",
    "vocabulary",
    "webhooks",
]
