"""What waits is counted once while nothing changes, for each who asks."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.queries import desk
from adam.services import findings, screening, waiting
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, recorded
from tests.services.test_merges import TWIN, finding_of, verdict


def test_what_waits_is_counted_again_after_a_change_and_not_before(
    work: Works, session: Session, monkeypatch: pytest.MonkeyPatch
):
    asked: list[Any] = []
    really = desk.waiting
    monkeypatch.setattr(desk, "waiting", lambda *given: asked.append(given) or really(*given))
    ours, theirs = recorded(work(), "NO"), recorded(work(), "UNODC", **TWIN)
    screening.run(work(), full=True)

    before = [waiting.counts(work(coordinator()))["/findings"] for _ in range(3)]
    findings.judge(work(coordinator()), finding_of(session, ours, theirs).id, verdict("unrelated"))
    after = waiting.counts(work(coordinator()))["/findings"]

    assert before == [before[0]] * 3 and before[0] > 0
    assert after == really(session, coordinator())["/findings"]
    assert len(asked) == 2, "once before the verdict and once after it"


def test_what_is_kept_is_of_the_question_the_person_and_the_day_alone(work: Works):
    recorded(work(), "NO")
    asked: list[str] = []

    def answer(w: Any, what: str) -> int:
        return waiting.kept(w, what, lambda: asked.append(what) or len(asked))

    first, other = answer(work(coordinator()), "one"), answer(work(coordinator()), "other")
    again, theirs = answer(work(coordinator()), "one"), answer(work(focal("NO")), "one")

    assert (first, other, again, theirs) == (1, 2, 1, 3)


def test_that_somebody_read_something_makes_nothing_be_counted_again(work: Works):
    project = recorded(work(), "NO")
    asked: list[int] = []

    def answer() -> int:
        return waiting.kept(work(coordinator()), "reading", lambda: asked.append(1) or len(asked))

    first = answer()
    w = work(coordinator())
    for _ in range(60):
        w.record("project.read", ("project", project.id), None, None)
    w.finish()

    assert (first, answer()) == (1, 1)
