"""Two at once: whoever comes second sees what the first did; nothing is made twice, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from adam.database import sessions
from adam.domain.actors import Actor
from adam.errors import AdamError
from adam.models.partners import Organization
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import rules, submissions
from adam.services.history import first_broken
from adam.services.imports import Options, take
from adam.services.work import Work, working
from tests.builders.commands import asked
from tests.builders.documents import addition, claim, coordinator, document, focal
from tests.builders.recording import item
from tests.databases import Database


def at_once(database: Database, actor: Actor, do: Callable[[Work], Any], threads: int = 3) -> list[Any]:
    """What each of several gets who do the same at once: an answer, or what was raised."""
    barrier, answers = Barrier(threads), []
    make = sessions(database.engine)

    def one() -> None:
        barrier.wait()
        try:
            with working(make, actor, rules.load()) as w:
                answers.append(do(w))
        except Exception as error:
            answers.append(error)

    started = [Thread(target=one) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(60)
    return answers


def count(database: Database, table: type) -> int:
    """How many rows a table has."""
    return asked(database, lambda session: session.scalar(select(func.count()).select_from(table)))


def alone(database: Database, actor: Actor, do: Callable[[Work], Any]) -> Any:
    """The answer to one who is alone."""
    with working(sessions(database.engine), actor, rules.load()) as w:
        return do(w)


def test_a_double_click_at_the_same_moment_makes_one_submission(fresh_database: Database):
    answers = at_once(fresh_database, focal(), lambda w: submissions.save(w, claim(once="k" * 43)).id)

    assert len(set(answers)) == 1, answers
    assert count(fresh_database, Submission) == 1


def test_a_key_that_two_send_at_the_same_moment_is_refused_to_the_second(fresh_database: Database):
    answers = at_once(fresh_database, focal(), lambda w: submissions.save(w, claim(source_ref="NO-7")).id)

    assert sorted(isinstance(answer, AdamError) for answer in answers) == [False, True, True], answers
    assert count(fresh_database, Submission) == 1


@pytest.mark.parametrize("verb", [submissions.validate, submissions.withdraw])
def test_a_submission_is_decided_once(fresh_database: Database, verb: Any):
    waiting = alone(
        fresh_database, focal(), lambda w: submissions.submit(w, submissions.save(w, claim()).id).id
    )
    actor = coordinator() if verb is submissions.validate else focal()

    answers = at_once(fresh_database, actor, lambda w: verb(w, waiting).state)

    assert sorted(isinstance(answer, AdamError) for answer in answers) == [False, True, True], answers
    assert count(fresh_database, Project) == (1 if verb is submissions.validate else 0)


def test_of_two_changes_of_one_version_one_is_stale(fresh_database: Database):
    draft = alone(fresh_database, focal(), lambda w: submissions.save(w, claim()).id)

    answers = at_once(
        fresh_database,
        focal(),
        lambda w: submissions.change(w, draft, claim(document(title="New")), version=1).version,
    )

    assert sorted(isinstance(answer, AdamError) for answer in answers) == [False, True, True], answers


def test_the_same_file_imported_at_the_same_moment_is_entered_once(fresh_database: Database):
    items = [item("X-1"), item("X-2")]

    answers = at_once(
        fresh_database,
        focal(),
        lambda w: sorted({outcome.result for outcome in take(w, items, Options("NO", validate=True))}),
    )

    assert sorted(answers) == [["new"], ["unchanged"], ["unchanged"]]
    assert count(fresh_database, Project) == 2
    assert asked(fresh_database, first_broken) is None


def test_a_body_that_two_name_for_the_first_time_is_entered_once(fresh_database: Database):
    bodies = [{"role": "funding", "organization": "XY-REG-7", "name": "Foundation for Quiet Borders"}]
    waiting = [
        alone(
            fresh_database,
            focal(),
            lambda w: submissions.submit(w, submissions.save(w, claim(document(organizations=bodies))).id).id,
        )
        for _ in range(3)
    ]
    turns = iter(waiting)

    answers = at_once(fresh_database, coordinator(), lambda w: submissions.validate(w, next(turns)).state)

    assert answers == ["validated"] * 3
    name = Organization.name == "Foundation for Quiet Borders"
    assert asked(fresh_database, lambda session: session.scalar(select(func.count()).where(name))) == 1


def test_what_two_partners_add_to_one_record_at_the_same_moment_both_stands(fresh_database: Database):
    def handed_in(partner: str, said: Any) -> str:
        kept = alone(fresh_database, focal(partner), lambda w: submissions.save(w, said).id)
        alone(fresh_database, focal(partner), lambda w: submissions.submit(w, kept).id)
        return kept

    first = handed_in("NO", claim())
    record = alone(fresh_database, coordinator(), lambda w: submissions.validate(w, first).project_id)
    partners = ("FR", "UNODC", "DE")
    waiting = iter(
        [
            handed_in(one, addition(record, documents=[{"title": one, "url": f"https://example.org/{one}"}]))
            for one in partners
        ]
    )

    answers = at_once(fresh_database, coordinator(), lambda w: submissions.validate(w, next(waiting)).state)

    assert answers == ["validated"] * 3
    said = asked(fresh_database, lambda session: session.get(Project, record).added)
    assert sorted(said) == sorted(partners)
