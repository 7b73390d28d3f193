"""Screening a large set: the compiled engine compares, and the same findings stand as with the readable one."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.matching import index
from adam.matching.compiled import explaining
from adam.models.findings import Finding
from adam.services import projects, screening
from adam.services.screening import Screening
from tests.builders.documents import draft
from tests.builders.recording import Works
from tests.services.test_incremental import PARTNERS, apart, certain, likely, made, walked

COLUMNS = ("subject", "kind", "a_id", "b_id", "score", "prior", "evidence", "group_key", "stake", "state")
LIMIT = 40
TOLD_AGAIN = 5


def filled(work: Works, many: int) -> None:
    """Records some of which resemble one another, and a few that tell of one project again."""
    chance = Random(7)
    said: list[dict[str, Any]] = []
    for _ in range(many - TOLD_AGAIN):
        said.append(made(chance, chance.choice(said) if said and chance.random() < 0.5 else None))
    said += said[:TOLD_AGAIN]
    projects.record(work(), [projects.Entry(draft(**one), chance.choice(PARTNERS)) for one in said])


def screened(work: Works, small: int) -> Screening:
    """Compared anew under rules that call sets up to so many small."""
    w = work()
    limits = {**w.rules.policy.limits, "small": small}
    w.rules = replace(w.rules, policy=replace(w.rules.policy, version=f"small {small}", limits=limits))
    return screening.run(w)


def stored(session: Session) -> list[tuple[Any, ...]]:
    """All that is stored about each finding, the evidence word for word."""
    session.expire_all()
    return list(session.execute(select(*(getattr(Finding, name) for name in COLUMNS)).order_by("subject")))


def test_just_above_the_limit_the_same_findings_are_stored_with_the_same_evidence(
    work: Works, session: Session, monkeypatch: pytest.MonkeyPatch
):
    filled(work, LIMIT + 1)
    asked: list[int] = []
    compared = explaining.compared
    monkeypatch.setattr(
        explaining, "compared", lambda records, *more: asked.append(len(records)) or compared(records, *more)
    )

    screened(work, LIMIT + 1)
    readable, by_readable = stored(session), list(asked)
    done = screened(work, LIMIT)

    assert (by_readable, asked) == ([], [LIMIT + 1])
    assert len({kind for _, kind, *_ in readable}) >= 4
    assert stored(session) == readable
    assert (done.new, done.reopened, done.gone) == (0, 0, 0)


# How claims are put right is the same on both databases, which the shorter tests are run on.
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_what_changed_is_compared_by_the_compiled_index_and_ends_where_comparing_all_does(
    work: Works, session: Session, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(index, "SMALL", LIMIT)

    found, whole = walked(work, session, (3, 20))

    assert len(whole) > 300
    unequal = [key for key in apart(found, whole) if key in found and key in whole]
    assert len(apart(found, whole)) <= len(whole) * 0.05 and len(unequal) <= 5
    assert certain(found) <= likely(whole) and certain(whole) <= likely(found)
