"""Seeds: loaded through the same schemas and services as any other input; a second run changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.cli import seeding as files
from adam.errors import Invalid
from adam.models.history import HistoryEntry
from adam.models.partners import Membership, Organization, Partner
from adam.models.projects import Project
from adam.models.vocabulary import Commitment, Country, CountryName, Pillar
from adam.queries import vocabulary as words
from adam.services import seeding, vocabulary
from tests.builders.recording import Works, item

PRIORITY = {"AF", "IR", "PK", "KZ", "KG", "TJ", "TM", "UZ"}


def count(session: Session, table: type) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(table))


def test_the_seeded_words_are_those_of_the_sources(session: Session):
    assert count(session, Pillar) == 4
    assert count(session, Commitment) == 7 + 3 + 7 + 5
    assert set(session.scalars(select(Country.code).where(Country.priority))) >= PRIORITY
    countries = select(func.count()).where(Partner.kind == "country")
    assert session.scalar(countries) == 58
    assert count(session, Membership) == count(session, Partner)


def test_every_partner_country_has_its_name_in_six_languages(session: Session):
    named = select(CountryName.country, func.count()).group_by(CountryName.country)
    languages = dict(session.execute(named).all())

    partners = session.scalars(select(Partner.country).where(Partner.kind == "country"))

    assert {code: languages[code] for code in partners if languages[code] != 6} == {}


def test_loading_the_words_again_changes_nothing(work: Works, session: Session):
    w = work()
    before = count(session, Organization)

    changed = seeding.words(w, list(files.words()))

    assert set(changed.values()) == {0}
    assert w.changes == []
    assert count(session, Organization) == before


def test_a_word_that_changed_is_changed_and_known_at_once(work: Works):
    w = work()
    row = {"code": "I", "title": "Regional work", "short_title": "Regional", "source": None}

    changed = vocabulary.load(w, "pillars", [row])

    assert changed == 1
    assert words.snapshot(w.session).pillar("I") == "Regional work"
    assert vocabulary.load(w, "pillars", [row]) == 0


def test_a_word_that_is_left_out_of_a_file_stays(work: Works, session: Session):
    vocabulary.load(work(), "pillars", [])

    assert count(session, Pillar) == 4


def test_the_projects_of_the_sources_become_records_and_once_only(work: Works, session: Session):
    first = Counter(outcome.result for outcome in seeding.projects(work(), files._projects()))
    second = Counter(outcome.result for outcome in seeding.projects(work(), files._projects()))

    assert set(first) == {"new"} and set(second) == {"unchanged"}
    assert count(session, Project) == first["new"] == second["unchanged"]


def test_every_seeded_project_names_its_source(work: Works, session: Session):
    seeding.projects(work(), files._projects())

    sources = [project.document["source"] for project in session.scalars(select(Project))]

    assert sources and all(source and source["document"] and source["paragraphs"] for source in sources)


def test_a_seeded_project_with_a_fault_stops_the_seeding(work: Works):
    with pytest.raises(Invalid):
        seeding.projects(work(), {"NO": [item("X-1"), item("X-2", countries=[{"country": "XX"}])]})


def test_seeding_is_in_the_history(work: Works, session: Session):
    w = work()
    seeding.projects(w, files._projects())
    w.finish()

    recorded = select(func.count()).where(HistoryEntry.action == "project.recorded")

    assert session.scalar(recorded) == count(session, Project)
