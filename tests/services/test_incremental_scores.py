"""What changed is scored as it would be if all were compared, with the rivals of both records."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.domain.findings import RECORD_KINDS
from adam.services import findings, projects, screening
from adam.services.work import Work
from tests.builders.documents import coordinator, draft, funded_by
from tests.builders.recording import Works, recorded
from tests.services.test_incremental import PARTNERS, Stood, changed, crowd, made, of, standing


def rivalling(work: Works, actor: Any = None) -> Work:
    """Work under rules by which few records are enough for rivals to weigh."""
    w = work(actor)
    size = {**w.rules.policy.size, "smallest": 20}
    w.rules = replace(w.rules, policy=replace(w.rules.policy, size=size))
    return w


def agreed(work: Works, session: Session) -> Stood:
    """What stands after comparing what changed, held against what stands after comparing all."""
    assert not screening.run(rivalling(work)).notes
    found = standing(session)
    screening.run(rivalling(work), full=True)
    whole = standing(session)
    assert {key: said[:2] for key, said in found.items()} == {key: said[:2] for key, said in whole.items()}
    scores = [{key: said[2] for key, said in one.items()} for one in (found, whole)]
    assert scores[0] == pytest.approx(scores[1], abs=0.002), (
        "the odds before all evidence follow the number of records"
    )
    return found


def test_what_changed_is_scored_as_if_all_were_compared(work: Works, session: Session):
    chance = Random(5)
    said = [made(chance) for _ in range(10)]
    said += [made(chance, like) for like in said]
    entries = [projects.Entry(draft(**one), PARTNERS[number % 4]) for number, one in enumerate(said)]
    ids = projects.record(rivalling(work), entries)
    crowd(work(), 40)
    screening.run(rivalling(work), full=True)

    added = recorded(work(), "US", **said[0] | {"organizations": funded_by("US")}).id
    agreed(work, session)
    changed(work, ids[1], **said[2])
    before = agreed(work, session)
    pair = next(key for key, (kind, *_) in before.items() if kind in RECORD_KINDS and added in key)
    merge = {"verdict": "record_duplicate", "reason": "One.", "review_on": None}
    findings.judge(rivalling(work, coordinator()), of(session, *pair.split("|")).id, merge)
    between = agreed(work, session)
    findings.take_back(rivalling(work, coordinator()), of(session, *pair.split("|")).id, "Two.")
    after = agreed(work, session)

    assert len(before) > 50 and between != before
    assert after.keys() == before.keys()
