"""Uploaded files: tried, shown and applied row by row; nothing half done, nothing twice, nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from adam.domain.actors import Actor, system
from adam.errors import Conflict, Forbidden, NotFound
from adam.exchange import spreadsheets
from adam.models.accounts import Account
from adam.models.history import HistoryEntry
from adam.models.imports import Import, ImportFile, ImportRow
from adam.models.jobs import Job
from adam.models.messages import Message
from adam.models.submissions import Submission
from adam.queries import imports as questions
from adam.schemas.claims import judge
from adam.services import import_jobs, import_runs, imports, jobs, rules, submissions
from adam.services.import_jobs import Upload
from adam.services.work import Work
from tests.builders.desks import Desk
from tests.builders.documents import claim, coordinator, document
from tests.builders.sheets import choices, filled, lines, whole
from tests.databases import Database
from tests.exchange.iati_files import activity, file_of


@pytest.fixture
def desk(fresh_database: Database) -> Desk:
    """Norway's focal point."""
    return Desk(fresh_database)


def named(**titles: str) -> dict[str, dict[str, Any]]:
    """Key → document; only the titles differ."""
    return {key: whole(document(title=title)) for key, title in titles.items()}


def test_a_trial_run_says_what_would_happen_and_keeps_nothing(desk: Desk):
    good = named(A="One", B="Two")
    bad = {"C": whole(document(title="Three")) | {"countries": [{"country": "XX", "share": "50.00"}]}}

    found = desk.send(filled("csv", good | bad))

    assert (found.state, found.total, found.done) == ("done", 3, 3)
    assert found.counts == {"new": 2, "refused": 1}
    assert [row.result for row in desk.rows(found.id)] == ["new", "new", "refused"]
    assert desk.count(Submission) == 0


def test_applying_does_what_was_shown_and_once(desk: Desk):
    tried = desk.send(filled("csv", named(A="One", B="Two")))

    first, second = desk.apply(tried.id), desk.apply(tried.id)

    assert (first.id, first.counts) == (second.id, {"new": 2})
    states = desk.ask(lambda session: session.scalars(select(Submission.state)).all())
    assert states == ["submitted", "submitted"]
    entries = desk.ask(
        lambda s: s.scalars(
            select(HistoryEntry.actor).where(HistoryEntry.action == "submission.imported")
        ).all()
    )
    assert entries == ["NO", "NO"]


def test_who_applied_a_file_is_told_when_it_is_done(desk: Desk):
    tried = desk.send(filled("csv", named(A="One", B="Two")))
    before = desk.count(Message)

    applied = desk.apply(tried.id)

    told = desk.ask(lambda session: session.scalars(select(Message)).all())
    assert before == 0 and [(one.kind, one.entity_id) for one in told] == [("imported", applied.id)]
    assert told[0].details == {"file": applied.name, "new": 2, "updated": 0, "refused": 0}


def test_the_same_file_again_is_unchanged_and_a_changed_one_says_which_fields(desk: Desk):
    desk.send(filled("xlsx", named(A="One", B="Two")), "xlsx", "apply")

    again = desk.send(filled("xlsx", named(A="One", B="Another")), "xlsx")

    assert again.counts == {"unchanged": 1, "updated": 1}
    changed = desk.rows(again.id)[1]
    assert changed.changes == [{"field": "title", "before": "Two", "after": "Another"}]


def test_a_row_whose_record_changed_since_the_trial_run_is_not_applied_and_says_so(desk: Desk):
    desk.send(filled("csv", named(A="One", B="Two")), mode="apply")
    tried = desk.send(filled("csv", named(A="One more", B="Two more")))
    desk.send(filled("csv", named(A="Somebody else's word")), mode="apply")

    applied = desk.apply(tried.id)

    refused, updated = desk.rows(applied.id)
    assert (refused.result, updated.result) == ("refused", "updated")
    assert refused.problems[0]["code"] == "changed_meanwhile"
    titles = desk.ask(lambda session: set(session.scalars(select(Submission.title))))
    assert titles == {"Somebody else's word", "Two more"}


def test_what_was_refused_in_the_trial_run_stays_out_even_where_it_would_pass_now(desk: Desk):
    content = filled(
        "csv", {"A": whole(document(relations=[{"kind": "component", "project": "ADAM-000001"}]))}
    )
    tried = desk.send(content)
    assert tried.counts == {"refused": 1}
    desk.send(filled("csv", named(B="The record")), mode="apply")
    waiting = desk.ask(lambda session: session.scalar(select(Submission.id)))
    desk.do(lambda w: submissions.validate(w, waiting), coordinator())

    applied = desk.apply(tried.id)

    assert [row.problems[0]["code"] for row in desk.rows(applied.id)] == ["refused_before"]
    assert desk.count(Submission) == 1


def test_every_problem_of_a_row_names_sheet_row_and_column(desk: Desk):
    countries = [{"country": "TJ", "share": "50.00"}, {"country": "XX", "share": "80.00"}]
    wrong = whole(document()) | {"countries": countries, "start_planned": "2030-01-01"}

    found = desk.send(filled("xlsx", {"A": wrong | {"assistance_types": ["magic"]}}), "xlsx")

    [row] = desk.rows(found.id)
    assert {(item["code"], item["place"]) for item in row.problems} == {
        ("end_before_start", "sheet projects, row 2, column H (end_planned)"),
        ("shares_exceed_100", "sheet countries, row 2"),
        ("unknown_code", "sheet countries, row 3, column B (country)"),
        ("unknown_code", "sheet assistance_types, row 2, column B (assistance_type)"),
    }


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_refused_rows_come_back_with_what_to_mend_and_mended_they_pass(desk: Desk, form: str):
    bad = {"B": whole(document(title="Two")) | {"countries": [{"country": "XX", "share": "50.00"}]}}
    found = desk.send(filled(form, named(A="One") | bad), form)

    _, content = desk.do(lambda w: import_jobs.refused(w, found.id, judge))

    [record] = spreadsheets.read(content, form, choices()).records
    assert (record.key, record.document["countries"][0]["country"]) == ("B", "XX")
    if form == "csv":
        assert "XX is no country" in content.decode()
        assert desk.send(content.replace(b",XX,", b",TJ,")).counts == {"new": 1}


def test_refused_activities_come_back_as_iati(desk: Desk):
    found = desk.send(file_of(activity("XM-1", "", "")), "iati")

    _, content = desk.do(lambda w: import_jobs.refused(w, found.id, judge))

    assert found.counts == {"refused": 1}
    assert b"XM-1" in content and b"<!--" in content


def test_a_file_that_cannot_be_read_fails_with_what_to_do(desk: Desk):
    found = desk.send(b"title;status\nx;y\n")

    assert (found.state, found.total) == ("failed", None)
    assert "source_ref" in found.faults[0]["detail"]
    with pytest.raises(Conflict):
        desk.apply(found.id)


def test_another_partner_sees_nothing_of_it(desk: Desk, fresh_database: Database):
    found = desk.send(filled("csv", named(A="One")))
    other = Desk(fresh_database, "UNODC")

    for verb in (
        lambda w: questions.one(w.session, w.actor, found.id),
        lambda w: import_jobs.apply(w, found.id),
        lambda w: import_jobs.refused(w, found.id, judge),
    ):
        for actor in (other.actor, coordinator(), Actor()):
            with pytest.raises(NotFound):
                other.do(verb, actor)


def test_only_a_focal_point_sends_files(desk: Desk):
    given = Upload("x.csv", b"x", "csv", "dry_run")

    with pytest.raises(Forbidden):
        desk.do(lambda w: import_jobs.upload(w, given), coordinator())


def test_whoever_stopped_writing_for_the_partner_imports_nothing(desk: Desk):
    desk.do(lambda w: import_jobs.upload(w, Upload("x.csv", filled("csv", named(A="One")), "csv", "apply")))
    desk.do(lambda w: accounts_closed(w, desk.actor.account))

    desk.work()

    [found] = desk.ask(lambda session: session.scalars(select(Import)).all())
    assert found.state == "failed" and desk.count(Submission) == 0


def accounts_closed(w: Work, account_id: str) -> None:
    """The account is no longer in use."""
    w.session.execute(update(Account).where(Account.id == account_id).values(active=False))


def test_a_row_that_breaks_the_database_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    usual = imports.take

    def breaks(w: Work, items: Any, options: Any) -> Any:
        if any(item.source_ref == "B" for item in items):
            raise ValueError("no such thing")
        return usual(w, items, options)

    monkeypatch.setattr(imports, "take", breaks)

    found = desk.send(filled("csv", named(A="One", B="Two", C="Three")), mode="apply")

    assert [row.result for row in desk.rows(found.id)] == ["new", "refused", "new"]
    assert (found.state, found.done) == ("done", 3)


def test_a_worker_that_died_between_batches_is_followed_by_one_that_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_runs, "BATCH", 2)
    titles = {f"K-{number}": f"Project {number}" for number in range(7)}
    given = Upload("x.csv", filled("csv", named(**titles)), "csv", "apply")
    found = desk.do(lambda w: import_jobs.upload(w, given))
    usual, steps = import_runs._step, []

    def dies(reading: Any, numbers: range) -> None:
        usual(reading, numbers)
        steps.append(numbers)
        if len(steps) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(import_runs, "_step", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.work()
    assert (desk.read(found.id).done, desk.count(Submission)) == (4, 4)

    desk.do(lambda w: w.session.execute(update(Job).values(held_until=datetime.now(UTC) - jobs.HOLD)))
    desk.work()

    after = desk.read(found.id)
    assert (after.state, after.counts, desk.count(Submission)) == ("done", {"new": 7}, 7)


def test_files_are_dropped_after_thirty_days_and_their_outcomes_stay(desk: Desk):
    found = desk.send(filled("csv", named(A="One")))
    assert import_jobs.drop_files(desk.make, rules.load(), system("worker")) == 0
    desk.do(lambda w: w.session.execute(update(ImportFile).values(drop_after=w.now - timedelta(seconds=1))))

    dropped = import_jobs.drop_files(desk.make, rules.load(), system("worker"))

    assert (dropped, desk.count(ImportFile), desk.count(ImportRow)) == (1, 0, 1)
    with pytest.raises(Conflict) as refused:
        desk.apply(found.id)
    assert refused.value.code == "file_dropped"


def test_too_many_waiting_files_are_refused_with_a_sentence(desk: Desk):
    given = Upload("x.csv", lines(["source_ref"], ["A"]), "csv", "dry_run")
    for _ in range(import_jobs.MOST_WAITING):
        desk.do(lambda w: import_jobs.upload(w, given))

    with pytest.raises(Conflict) as refused:
        desk.do(lambda w: import_jobs.upload(w, given))

    assert refused.value.code == "busy"


def test_a_record_without_a_key_is_updated_by_its_reference_and_keeps_what_the_file_leaves_out(desk: Desk):
    saved = desk.do(lambda w: submissions.save(w, claim(document(last_confirmed_on="2025-06-01"))))
    desk.do(lambda w: submissions.submit(w, saved.id))
    desk.do(lambda w: submissions.validate(w, saved.id), coordinator())

    found = desk.send(filled("csv", {"ADAM-000001": whole(document(title="Renewed"))}), mode="apply")

    [row] = desk.rows(found.id)
    assert (row.result, [item["field"] for item in row.changes]) == ("updated", ["title"])
    [after] = desk.ask(lambda session: session.scalars(select(Submission)).all())
    assert (after.id, after.state, after.source_ref) == (saved.id, "submitted", None)
    assert after.document["last_confirmed_on"] == "2025-06-01"


def test_a_reference_of_somebody_else_s_record_is_refused(desk: Desk):
    found = desk.send(filled("csv", {"ADAM-000099": whole(document())}))

    assert [item["code"] for item in desk.rows(found.id)[0].problems] == ["unknown_project"]
