"""Screening compares what changed, and ends where comparing all would have ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.findings import RECORD_KINDS
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.services import findings, projects, screening
from adam.services.work import Work
from tests.builders.documents import coordinator, draft, funded_by, money
from tests.builders.recording import Works, recorded
from tests.conftest import NOW

PLACES = ("TJ", "KG", "UZ", "AF")
PARTNERS = ("NO", "FR", "UNODC", "DE")
PLACES_OF_WORK = "Panj Ishkashim Termez Khorog Herat Nimroz Zaranj Osh Batken Dushanbe Kulob Murghab".split()
SUBJECTS = (
    "posts laboratories prisons cargo guards crops precursors treatment courts dogs radios airports".split()
)
VERBS = "Training Equipping Supporting Reviewing Linking Opening Refurbishing Advising".split()
PLAIN: dict[str, Any] = {"beneficiaries": [], "assistance_types": [], "pillars": []}


def made(chance: Random, like: dict[str, Any] | None = None) -> dict[str, Any]:
    """A record's differences; or those of another that somebody else told a little differently."""
    year, funder = chance.randint(2015, 2023), chance.choice(PARTNERS)
    words = (chance.choice(VERBS), chance.choice(SUBJECTS), chance.choice(PLACES_OF_WORK))
    own = {
        "title": f"{' '.join(words)}{chance.choice(('', ' II'))}",
        "countries": [{"country": code} for code in chance.sample(PLACES, chance.randint(1, 2))],
        "organizations": funded_by(funder),
        "contributions": money(f"{chance.randint(10, 99) * 10000}.00", organization=funder),
        "start_planned": f"{year}-0{chance.randint(1, 9)}-01",
        "assistance_types": [chance.choice(("training", "equipment"))],
        "identifiers": [],
    }
    told = ("title", "contributions", "start_planned", "countries")
    said = own | ({name: like[name] for name in chance.sample(told, 3)} if like else {})
    return said | {"end_planned": f"{int(said['start_planned'][:4]) + 2}-12-31"}


def crowd(w: Work, number: int = 24) -> list[str]:
    """Records that have nothing to do with one another."""
    entries = [
        projects.Entry(
            draft(
                title=f"Job{one} of{one * 7}",
                countries=[],
                organizations=[],
                contributions=[],
                start_planned=f"{1980 + one}-01-01",
                end_planned=f"{1980 + one}-12-31",
                **PLAIN,
            ),
            "DE",
        )
        for one in range(number)
    ]
    return projects.record(w, entries)


def standing(session: Session) -> dict[str, tuple[str, str | None, float]]:
    """Subject → kind, group and score of every finding that stands."""
    session.expire_all()
    rows = session.scalars(select(Finding).where(Finding.state != "gone"))
    return {row.subject: (row.kind, row.group_key, float(row.score)) for row in rows}


def of(session: Session, *ids: str) -> Finding:
    """The finding about two records."""
    session.expire_all()
    return session.scalars(select(Finding).where(Finding.subject == "|".join(sorted(ids)))).one()


def changed(work: Works, project_id: str, **differences: Any) -> None:
    """The record is written down anew."""
    w = work()
    owner = w.session.get(Project, project_id).owner
    projects.record(w, [projects.Entry(draft(**differences), owner, project_id)])


def dismissed(work: Works, finding: Finding, **more: Any) -> None:
    """A coordinator calls the two unrelated."""
    said = {"verdict": "unrelated", "reason": "They work in turns.", "review_on": None}
    findings.judge(work(coordinator()), finding.id, said | more)


@pytest.fixture
def pair(work: Works) -> tuple[str, str]:
    """Two records that do one job, among many others, screened."""
    crowd(work())
    a = recorded(work(), "NO").id
    b = recorded(work(), "FR", organizations=funded_by("FR"), contributions=money("600000.00")).id
    screening.run(work())
    return a, b


def step(work: Works, chance: Random, told: dict[str, dict[str, Any]]) -> None:
    """One thing happens to the records: one is added, changed or merged."""
    what, like = chance.random(), chance.choice(list(told.values())) if chance.random() < 0.6 else None
    said = made(chance, like)
    if what < 0.4:
        told[recorded(work(), chance.choice(PARTNERS), **said).id] = said
    elif what < 0.85:
        key = chance.choice(list(told))
        changed(work, key, **said)
        told[key] = said
    else:
        w, gone = work(), chance.choice(list(told))
        del told[gone]
        w.session.get(Project, gone).merged_into = next(iter(told))
        w.session.flush()
        w.record("project.merged", ("project", gone), None, None)


Stood = dict[str, tuple[str, str | None, float]]


def walked(work: Works, session: Session, how: tuple[int, int]) -> tuple[Stood, Stood]:
    """What stands after many changes and screenings in between, and what stands after comparing all."""
    seed, most = how
    chance, told = Random(seed), dict[str, dict[str, Any]]()

    def begun() -> Work:
        w = work()
        policy = replace(w.rules.policy, limits={**w.rules.policy.limits, "claims": most})
        w.rules = replace(w.rules, policy=policy)
        return w

    said = [made(chance) for _ in range(150)]
    entries = [projects.Entry(draft(**one), chance.choice(PARTNERS)) for one in said]
    told.update(zip(projects.record(work(), entries), said, strict=True))
    screening.run(begun())
    for _ in range(6):
        for _ in range(chance.randint(1, 2)):
            step(work, chance, told)
        assert not screening.run(begun()).notes
    found = standing(session)
    screening.run(begun(), full=True)
    return found, standing(session)


@pytest.mark.parametrize(("most", "share", "seed"), [(2, 0.05, 0), (2, 0.05, 1), (20, 0.01, 0)])
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_after_any_changes_the_same_findings_stand_as_after_comparing_all(
    work: Works, session: Session, seed: int, most: int, share: float
):
    found, whole = walked(work, session, (seed, most))

    assert len(whole) > 300
    assert len(apart(found, whole)) <= len(whole) * share
    assert certain(found) <= likely(whole) and certain(whole) <= likely(found)


def apart(found: Stood, whole: Stood) -> set[str]:
    """The subjects of claims that stand in one and not in the other, or as another kind.

    How rare a word is moves with the set, and the scores of pairs that nobody touched with it: a few claims near a
    threshold, or equally strong at the limit of a crowded cell, fall the other way until all are compared again.
    """
    kinds = [{subject: kind for subject, (kind, _, _) in one.items()} for one in (found, whole)]
    return {key for key in kinds[0].keys() | kinds[1].keys() if kinds[0].get(key) != kinds[1].get(key)}


def certain(found: Stood) -> set[tuple[str, str]]:
    """What is nearly certain about two records."""
    return {(key, kind) for key, (kind, _, score) in found.items() if kind in RECORD_KINDS and score > 0.95}


def likely(found: Stood) -> set[tuple[str, str]]:
    """What is likelier than not about two records: rivals of a record that nobody touched are not asked anew."""
    return {(key, kind) for key, (kind, _, score) in found.items() if kind in RECORD_KINDS and score > 0.5}


def test_only_what_changed_is_compared(work: Works, pair: tuple[str, str]):
    c = recorded(work(), "NO").id

    done = screening.run(work())

    assert (done.compared, done.records, done.notes) == (1, 27, ())
    assert done.new >= 2 and c


def test_what_is_known_of_other_pairs_is_not_written_again(
    work: Works, session: Session, pair: tuple[str, str]
):
    before = (of(session, *pair).version, of(session, *pair).last_seen)
    changed(work, crowd(work(), 1)[0], title="Quite another thing", **PLAIN)

    screening.run(work(now=NOW + timedelta(hours=1)))

    assert (of(session, *pair).version, of(session, *pair).last_seen) == before


def test_a_pair_whose_record_moves_elsewhere_is_gone(work: Works, session: Session, pair: tuple[str, str]):
    changed(work, pair[0], title="Prisons", countries=[{"country": "SN"}], pillars=[], organizations=[])

    done = screening.run(work())

    assert done.compared == 1 and done.gone == 1
    assert of(session, *pair).state == "gone"


def test_a_dismissed_pair_stays_dismissed_when_something_else_changes(
    work: Works, session: Session, pair: tuple[str, str]
):
    dismissed(work, of(session, *pair))
    changed(work, pair[0], description="Now with a description.")

    done = screening.run(work())

    assert done.compared == 1 and of(session, *pair).state == "decided"


def test_a_dismissed_pair_comes_back_when_a_deciding_field_changes(
    work: Works, session: Session, pair: tuple[str, str]
):
    dismissed(work, of(session, *pair))
    changed(work, pair[0], end_planned="2026-10-31")

    done = screening.run(work())

    assert (done.compared, done.reopened) == (1, 1)
    assert of(session, *pair).state == "reopened"


def test_a_dismissed_pair_comes_back_on_the_day_for_looking_again(
    work: Works, session: Session, pair: tuple[str, str]
):
    dismissed(work, of(session, *pair), review_on=NOW.date() + timedelta(days=30))

    early = screening.run(work(now=NOW + timedelta(days=29)))
    due = screening.run(work(now=NOW + timedelta(days=30)))

    assert (early.reopened, due.reopened) == (0, 1)
    assert due.compared == 1


def test_a_group_falls_apart_when_one_of_it_moves_elsewhere(work: Works, session: Session):
    crowd(work(), 40)
    same = [{"scheme": "iati", "value": "NO-1-7", "owner": "NO"}]
    a, b, c = (recorded(work(), owner, identifiers=same).id for owner in ("NO", "FR", "UNODC"))
    screening.run(work())
    together = of(session, a, b).group_key

    changed(work, c, title="Prisons", countries=[{"country": "SN"}], organizations=[], **PLAIN)
    screening.run(work())

    assert together is not None
    assert of(session, a, b).group_key is None


def test_other_rules_compare_all(work: Works, pair: tuple[str, str]):
    w = work()
    w.rules = replace(w.rules, policy=replace(w.rules.policy, version="another"))

    done = screening.run(w)

    assert done.compared == done.records
    assert "The rules changed" in done.notes[0]


def test_more_than_a_tenth_changed_compares_all(work: Works, pair: tuple[str, str]):
    crowd(work(), 5)

    done = screening.run(work())

    assert done.compared == done.records == 31
    assert done.notes[0].startswith("5 changes of 31 records since all were last compared, more than a tenth")


def test_a_long_run_says_how_far_it_is(work: Works, pair: tuple[str, str]):
    said: list[str] = []

    screening.run(work(), full=True, say=said.append)

    assert "Comparing 26 records with one another" in said
