"""Live sets: the compiled core of an index names what the readable core names, and stays current as it does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adam.errors import Invalid
from adam.matching import Index, Record
from adam.matching.compiled import live_laying
from adam.matching.compiled.rows import Writer
from adam.matching.index import Compiled, Plain
from tests.matching.compiled.laid_out import BEGINS, POLICY, listed, single
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
LEAST = 1e-6
BORDER = Record("a", title="Border liaison offices in Tajikistan", countries=("TJ",), reporter="Norway")
DRAFT = replace(BORDER, id="draft", title="Border liaison offices, Tajikistan")


def compiled(records, look_up=None):
    """An index of the compiled core, however few the records."""
    return Index.of(Compiled.of_records(list(records), POLICY, look_up))


def named(index, record):
    """What an index says of a record: of whom, which kind, how likely."""
    return {hit.id: (hit.kind, pytest.approx(hit.score, abs=1e-9)) for hit in index.hits(record, 99, LEAST)}


def kinds(index, record):
    """The same without how likely."""
    return {hit.id: hit.kind for hit in index.hits(record, 99, LEAST)}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_both_cores_name_the_same_hits(records):
    *held, asked = records
    asked = replace(asked, id="asked")

    found = compiled(held)

    for record in (asked, *held):
        assert named(found, record) == named(Plain(held, POLICY), record)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets(), sets())
def test_a_record_that_is_asked_is_laid_out_as_its_profile_would_be(records, others):
    live = compiled(records).core.live
    live.put(replace(others[0], id="late"))

    for asked in (*others[:3], *records[:3]):
        row = live_laying.laid_out(live._read(asked), live._known())

        writer = Writer(live.codes)
        writer.add(live.lexicon.profile(asked))
        expected = writer.rows()
        for name in BEGINS:
            assert listed(row, name, 0) == listed(expected, name, 0), (name, asked)
        assert single(row, 0) == single(expected, 0), asked


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.data())
def test_a_record_put_in_later_is_met_like_one_that_was_there(records, data):
    *held, late = records
    index = compiled(held)
    everything = compiled([*held, late])

    index.put(late)

    asked = replace(late, id="asked")
    assert len(index) == len(records)
    assert late.id in kinds(index, asked) or late.id not in kinds(everything, asked)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.randoms(use_true_random=False))
def test_who_is_dropped_is_named_no_more_and_who_is_put_back_is_again(records, chance):
    index = compiled(records)
    asked = replace(chance.choice(records), id="asked")
    before = named(index, asked)
    gone = chance.choice(records)

    index.drop(gone.id)
    without = kinds(index, asked)
    index.put(gone)

    assert gone.id not in without
    assert named(index, asked) == before


def test_a_record_that_is_put_again_replaces_the_one_of_its_id():
    index = compiled([BORDER, Record("b", title="Prison reform")])

    index.put(Record("a", title="Prison reform in Panama"))

    assert len(index) == 2
    assert "a" not in kinds(index, replace(DRAFT, countries=(), reporter=""))


def test_words_bodies_and_codes_that_only_a_question_brings_are_answered_and_forgotten():
    index = compiled([BORDER])
    strange = replace(
        DRAFT,
        title="Border liaison offices, Xyzzy Plugh",
        reporter="Norway (Oslo)",
        beneficiaries=("The Frobozz Authority",),
        countries=("TJ", "ZW"),
        sectors=("99999",),
        currency="XTS",
    )
    size = len(index.core.live.codes.words)

    found = named(index, strange)

    assert found == named(Plain([BORDER], POLICY), strange)
    assert len(index.core.live.codes.words) == size
    assert named(index, DRAFT) == named(Plain([BORDER], POLICY), DRAFT)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(records=sets())
def test_what_was_saved_is_loaded_with_all_that_was_put_and_dropped(tmp_path_factory, records):
    first, *rest = records
    index = compiled([first, BORDER])
    for record in rest:
        index.put(record)
    index.drop(first.id)
    path = tmp_path_factory.mktemp("index") / "saved.npz"

    index.save(path)
    found = Index.load(path, POLICY)

    assert len(found) == len(index)
    for record in (*records, DRAFT):
        assert found.hits(record, 99, LEAST) == index.hits(record, 99, LEAST)
        assert found.match(record, 99, LEAST) == index.match(record, 99, LEAST)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(records=sets())
def test_what_is_written_is_the_set_as_it_was_whatever_happens_to_it_meanwhile(tmp_path_factory, records):
    first, *rest = records
    index = compiled([first, BORDER])
    for record in rest[: len(rest) // 2]:
        index.put(record)
    before = {record.id: index.hits(record, 99, LEAST) for record in (*records, DRAFT)}
    path = tmp_path_factory.mktemp("index") / "saved.npz"

    now = index.as_it_is()
    index.drop(first.id)
    for record in records:
        index.put(replace(record, title="Xyzzy plugh", funders=("Frobozz Fund",), countries=("ZW",)))
        index.hits(replace(record, id="asked", title="Quux thud", sectors=("99999",)), 9, LEAST)
    now.save(path)
    found = Index.load(path, POLICY)

    assert len(found) == now.records
    assert {record.id: found.hits(record, 99, LEAST) for record in (*records, DRAFT)} == before


def test_a_draft_that_was_rewritten_is_asked_as_it_is_now():
    index = compiled([BORDER, Record("b", title="Prison reform", funders=("Frobozz Fund",))])
    asked = Record("draft", title=BORDER.title)
    first = named(index, asked)

    then = named(index, replace(asked, title="Prison reform", funders=("Frobozz Fund",)))

    assert first != then
    assert named(index, asked) == first


def test_an_index_is_outgrown_once_half_as_many_records_changed_as_it_was_built_of():
    index = compiled([Record(f"r{number}", title=f"Well {number}") for number in range(4)])

    index.put(Record("a", title="Well"))
    index.drop("r0")
    early = index.outgrown
    index.put(Record("r1", title="Well one"))

    assert (early, index.outgrown) == (False, True)


def test_a_loaded_index_takes_in_more(tmp_path):
    saved = compiled([BORDER])
    saved.put(Record("b", title="Prison reform", funders=("Frobozz Fund",)))
    saved.save(tmp_path / "saved.npz")

    index = Index.load(tmp_path / "saved.npz", POLICY)
    index.put(Record("c", title="Prison reform", funders=("Frobozz Fund",)))

    assert set(kinds(index, Record("asked", title="Prison reform"))) == {"b", "c"}


def test_reasons_quote_what_is_looked_up():
    now = replace(BORDER, title="Border liaison offices in Tajikistan")
    index = compiled([BORDER, Record("b", title="Border liaison offices")], lambda ids: {"a": now})

    pairs = index.match(DRAFT, 5, LEAST)

    assert [pair.other("draft") for pair in pairs] == ["a"]
    assert pairs[0].evidence


def test_many_records_put_one_by_one_are_all_found():
    index = compiled([BORDER])

    for number in range(300):
        index.put(Record(f"r{number}", title=f"Well {number}", identifiers=(f"iati:XM-{number}",)))

    for number in (0, 150, 299):
        asked = Record("asked", title=f"Well {number}", identifiers=(f"iati:XM-{number}",))
        assert index.hits(asked, 3, LEAST)[0].id == f"r{number}"


@pytest.mark.parametrize("told", [b"PK no archive", b"PK\x03\x04" + b"\0" * 60])
def test_a_foreign_file_is_refused(tmp_path, told):
    path = tmp_path / "foreign.npz"
    path.write_bytes(told)

    with pytest.raises((ValueError, OSError)):
        Index.load(path, POLICY)


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(Invalid, match="stands twice"):
        compiled([BORDER, BORDER])


def test_of_many_countries_the_same_first_five_count_whether_the_set_knew_them_or_not():
    held = [replace(BORDER, id=id, start=date(2013, 6, 11)) for id in ("a", "b")]
    wide = ("AF", "CN", "IR", "KG", "PK", "TJ")
    asked = Record("draft", title="Frame agreement", countries=wide, start=date(2013, 6, 11))

    found = named(compiled(held), asked)

    assert found == named(Plain(held, POLICY), asked)
