"""However many records there are, a list or page takes as many SQL statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.builders.recording import Works, many, statements
from tests.visitors import Visitor

PAGES = (
    "/desk", "/validate", "/findings", "/projects", "/projects?q=border&country=TJ", "/projects?sort=money",
    "/search?q=border", "/coverage", "/reports", "/partners", "/partners/NO", "/countries", "/countries/TJ",
    "/pillars", "/pillars/I", "/focal-points", "/imports", "/mentions", "/validation-rounds",
)  # fmt: skip
LISTS = (
    "projects", "projects?q=border", "projects?sort=money&total=true", "submissions", "findings", "coverage",
    "partners", "organizations", "focal-points", "imports", "validation-rounds", "recommendations", "meetings",
)  # fmt: skip
API = "/api/v1"
ROLES = (("coordinator", None), ("focal_point", "NO"))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role[0])
def test_five_records_and_forty_take_the_same_statements(
    visit: Callable[..., Visitor], work: Works, session: Session, role: tuple[str, str | None]
):
    reader = visit(*role)
    many(work(), 5)
    work()
    few = counted(reader, session)

    many(work(), 35)
    work()

    assert counted(reader, session) == few


def counted(reader: Visitor, session: Session) -> dict[str, int]:
    """Address to the statements it takes once the money of all records was counted."""
    found = {}
    reader.get("/coverage")
    for path in (*PAGES, *(f"{API}/{name}" for name in LISTS)):

        def ask(path: str = path) -> None:
            answer = reader.api("GET", path[len(API) :]) if path.startswith(API) else reader.get(path)
            assert answer.status_code in (200, 403), f"{path}: {answer.status_code}"

        found[path] = statements(session, ask)
    return found
