"""What is searched is what stands in the records, found alike on both databases, best first, kept with each change."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor, system
from adam.models.projects import Project
from adam.models.searches import SearchText
from adam.queries import listings, projects
from adam.queries.listings import Window
from adam.queries.projects import Filters
from adam.services import projects as verbs
from adam.services import searches
from tests.builders.documents import draft, focal
from tests.builders.recording import Works, added, recorded, validated

CODES = ("heading", "title", "names", "body")


def found(session: Session, text: str, who: Actor | None = None) -> list[str]:
    """The titles of what is found, best first."""
    query = projects.matching(who or system(), Filters(text=text))
    assert projects.count(session, query) == len(session.scalars(query).all())
    return [
        item.title for item in projects.page(session, query, projects.ordered("relevance", text), (0, 50))
    ]


@pytest.fixture
def many_tongues(work: Works) -> None:
    """Records whose words are in several scripts, of Tajikistan unless told otherwise."""
    w = work()
    recorded(w, title="Управление границами", language="ru", description="О контрабанде изумрудов")
    recorded(w, title="在阿富汗的边境管理", language="zh", countries=[{"country": "AF"}])
    recorded(
        w,
        title="Gestion des frontières",
        language="fr",
        translations=[{"language": "ar", "title": "إدارة الحدود وتهريب الزمرد"}],
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("контрабанда", "Управление границами"), ("ГРАНИЦА", "Управление границами"),
        ("阿富汗", "在阿富汗的边境管理"), ("边境", "在阿富汗的边境管理"), ("афганистан", "在阿富汗的边境管理"),
        ("frontiere", "Gestion des frontières"), ("زمرد", "Gestion des frontières"),
        ("gestion حدود", "Gestion des frontières"),
    ],
)  # fmt: skip
def test_words_are_found_in_every_script(session: Session, many_tongues: Any, text: str, title: str):
    assert found(session, text) == [title]


def test_an_exact_reference_or_identifier_comes_first_then_titles_then_names_then_texts(
    work: Works, session: Session
):
    w = work()
    exact = {"identifiers": [{"scheme": "iati", "value": "XX-Opal-1"}]}
    recorded(w, title="Fourth", description="Of the opal in the 1 text, XX")
    recorded(w, title="Third", locations=[{"country": "TJ", "name": "Opal 1 XX"}])
    recorded(w, title="Second, opal 1 xx")
    recorded(w, title="First", **exact)

    assert found(session, "XX-Opal-1") == ["First", "Second, opal 1 xx", "Third", "Fourth"]
    assert found(session, "iati:XX-Opal-1") == ["First"]


def test_equal_places_go_by_the_newest_and_pages_by_cursor_agree(work: Works, session: Session):
    ids = [recorded(work(), title=f"Opal {number}").id for number in range(5)]
    query = projects.matching(system(), Filters(text="opal"))
    order, after, listed = listings.projects(None, "opal"), None, []
    while True:
        part = listings.part(session, query, order, Window(2, after))
        listed += [item.id for item in part.items]
        after = part.following
        if after is None:
            break

    assert listed == ids[::-1]


def test_what_may_not_be_seen_is_neither_found_nor_counted(work: Works, session: Session):
    recorded(work(), "NO", title="Opal open")
    recorded(work(), "NO", title="Opal hidden", visibility="confidential")
    recorded(work(), "NO", title="Opal for partners", visibility="partners")

    assert found(session, "opal", ANONYMOUS) == ["Opal open"]
    assert found(session, "opal hidden", focal("FR")) == []
    assert sorted(found(session, "opal", focal("FR"))) == ["Opal for partners", "Opal open"]
    assert len(found(session, "opal", focal("NO"))) == 3


def test_a_change_and_an_addition_are_found_at_once_and_what_they_replaced_no_longer(
    work: Works, session: Session
):
    record = validated(work, "NO")
    verbs.record(work(), [verbs.Entry(draft(title="Malachite"), "NO", record.id)])
    added(work, record, "UNODC", locations=[{"country": "TJ", "name": "Zebrafinch"}])

    assert found(session, "malachite zebrafinch") == ["Malachite"]
    verbs.record(work(), [verbs.Entry(draft(title="Beryl"), "NO", record.id)])
    assert found(session, "malachite") == []
    assert found(session, "zebrafinch") == ["Beryl"]


def test_whoever_knows_the_reference_of_a_merged_record_finds_the_one_that_stands(
    work: Works, session: Session
):
    stands, gone = recorded(work(), title="Stands"), recorded(work(), title="Gone")
    session.execute(update(Project).where(Project.id == gone.id).values(merged_into=stands.id))
    searches.refresh(work(), [stands.id, gone.id])

    assert found(session, gone.reference) == ["Stands"]


def test_words_written_anew_are_the_same_and_no_record_is_without(
    work: Works, session: Session, many_tongues: Any
):
    columns = [getattr(SearchText, name) for name in CODES]
    before = session.execute(select(*columns).order_by(SearchText.project_id)).all()

    number = searches.refresh_all(work())

    assert session.execute(select(*columns).order_by(SearchText.project_id)).all() == before
    assert number == len(before) == session.scalar(select(func.count(Project.id)))
