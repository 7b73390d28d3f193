"""Puts submissions and accepted records into the database of a test, through the same verbs as everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

from sqlalchemy import event

from adam.models.accounts import Account
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries.prepared import Prepared
from adam.services import projects, submissions
from adam.services.imports import Item, Options, take
from adam.services.work import Work
from tests.builders.documents import addition, claim, coordinator, draft, focal

Works = Callable[..., Work]


def saved(work: Works, partner: str = "NO", content: dict[str, Any] | None = None, **more: Any) -> Submission:
    """A draft of a partner."""
    return submissions.save(work(focal(partner)), claim(content, **more))


def submitted(
    work: Works, partner: str = "NO", content: dict[str, Any] | None = None, **more: Any
) -> Submission:
    """A submission that waits for a coordinator."""
    return submissions.submit(work(focal(partner)), saved(work, partner, content, **more).id)


def validated(
    work: Works, partner: str = "NO", content: dict[str, Any] | None = None, **more: Any
) -> Project:
    """A record that went the whole way: saved, submitted, validated."""
    waiting = submitted(work, partner, content, **more)
    done = submissions.validate(work(coordinator()), waiting.id)
    return work().session.get(Project, done.project_id)


def recorded(w: Work, owner: str = "NO", **differences: Any) -> Project:
    """A record written down directly."""
    [project_id] = projects.record(w, [projects.Entry(draft(**differences), owner)])
    return w.session.get(Project, project_id)


def added(work: Works, record: Project, partner: str = "UNODC", **lists: Any) -> Submission:
    """An addition to a record that went the whole way."""
    kept = submissions.save(work(focal(partner)), addition(record.id, **lists))
    submissions.submit(work(focal(partner)), kept.id)
    return submissions.validate(work(coordinator()), kept.id)


def many(w: Work, number: int, owner: str = "NO") -> list[str]:
    """Records that differ a little, some of them alike."""
    entries = [
        projects.Entry(
            draft(
                title=f"Border posts, lot {one}",
                countries=[{"country": ("TJ", "KG", "UZ")[one % 3]}],
                contributions=[],
                identifiers=[{"scheme": "iati", "value": f"NO-1-{one}", "owner": "NO-BRC-971277882"}],
            ),
            owner,
        )
        for one in range(number)
    ]
    return projects.record(w, entries)


def imported(w: Work, *items: Item, partner: str = "UNODC", validate: bool = True) -> list[str]:
    """What became of each item of an import."""
    return [outcome.result for outcome in take(w, items, Options(partner, validate))]


def item(key: str | None = "X-1", place: str = "file.xml, activity 1", **differences: Any) -> Item:
    """One claim of a file."""
    return Item(key, draft(**differences), (), place)


def account(w: Work, actor_label: str, role: str, partner: str | None = None) -> str:
    """The id of a new account, for what must point to one."""
    from adam.services import accounts

    email = f"{actor_label}@test.example"
    made: Account = accounts.create(
        w, {"email": email, "name": actor_label, "role": role, "partner": partner, "password": None}
    )
    return made.id


def statements(session: Any, do: Callable[[], Any]) -> int:
    """How many SQL statements a question takes, those that go straight to the driver too."""
    seen: list[str] = []
    engine = session.get_bind().engine
    asked = Prepared._ask

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    def straight(made: Prepared, *given: Any) -> Any:
        seen.append(str(made.statement))
        return asked(made, *given)

    event.listen(engine, "before_cursor_execute", count)
    try:
        with mock.patch.object(Prepared, "_ask", straight):
            do()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)
