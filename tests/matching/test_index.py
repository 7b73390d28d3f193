"""The index as its users know it, whichever core answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from adam.matching import Index, Record, compare_all, engine, index, load_policy
from adam.matching.compiled.columns import of_records
from adam.matching.index import Compiled, Plain

RECORDS = [
    Record(f"r{number}", title=f"Border posts in district {number}", countries=("TJ",), reporter="Norway")
    for number in range(8)
]
ASKED = replace(RECORDS[3], id="asked")
PLACES = ("Khorog", "Ishkashim", "Murghab", "Panj", "Termez")


@pytest.fixture
def few(monkeypatch):
    """Four records are a small set, five a large one."""
    monkeypatch.setattr(index, "SMALL", 4)


def test_a_small_set_has_the_readable_core_and_a_large_one_its_compiled_twin(few):
    small, large = Index(RECORDS[:4], load_policy()), Index(RECORDS[:5], load_policy())

    assert isinstance(small.core, Plain)
    assert isinstance(large.core, Compiled)


def test_a_set_that_grows_is_handed_to_the_compiled_core(few):
    found = Index(RECORDS[:4], load_policy())

    for record in RECORDS[4:]:
        found.put(record)
    found.put(Record("r8", title="Prison reform"))

    assert isinstance(found.core, Compiled)
    assert len(found) == 9
    assert {hit.id for hit in found.hits(ASKED, 9, 1e-6)} == {record.id for record in RECORDS}


@pytest.mark.parametrize("many", [4, 8])
def test_an_index_is_loaded_as_it_was_saved(few, tmp_path, many):
    saved = Index(RECORDS[:many], load_policy())

    saved.save(tmp_path / "index.npz")
    found = Index.load(tmp_path / "index.npz", load_policy())

    assert type(found.core) is type(saved.core)
    assert len(found) == many
    assert found.hits(ASKED, 9, 1e-6) == saved.hits(ASKED, 9, 1e-6)
    assert found.match(ASKED, 9, 1e-6) == saved.match(ASKED, 9, 1e-6)


@pytest.mark.parametrize("told", [b"", b"PK", b"\x1f\x8b\x08", b"Border posts", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_index_is_refused(tmp_path, told):
    (tmp_path / "index.npz").write_bytes(told)

    with pytest.raises((ValueError, OSError)):
        Index.load(tmp_path / "index.npz", load_policy())


def test_a_set_given_field_by_field_is_answered_like_its_records(few):
    kept = {record.id: record for record in RECORDS}
    expected = Index(RECORDS, load_policy())

    found = Index.of_columns(of_records(RECORDS), load_policy(), lambda ids: {key: kept[key] for key in ids})

    assert found.match(ASKED, 3, 1e-6) == expected.match(ASKED, 3, 1e-6)


def test_the_index_is_also_found_beside_the_engine():
    assert engine.Index is Index
    with pytest.raises(AttributeError):
        getattr(engine, "nothing")  # noqa: B009


@pytest.mark.parametrize("small", [3, 3000])
def test_what_is_told_of_each_record_makes_the_claims_of_comparing_all(monkeypatch, small):
    monkeypatch.setattr(index, "SMALL", small)
    policy = load_policy()
    policy = replace(policy, size={**policy.size, "smallest": 5})
    records = [
        Record(
            f"r{number}{copy}",
            title=f"Border posts in {PLACES[number]}",
            countries=("TJ",),
            start=date(2020, number + 1, 1),
            amount=Decimal(100000 * (number + 1)) if copy else None,
            currency="USD",
            reporter=("Norway", "UNODC", "France")[copy],
        )
        for number in range(5)
        for copy in range(3)
    ]
    found = Index(records, policy)

    told = {
        one.id: {said.id: said.evidence for said in found.told(one, 0.3) if said.alike} for one in records
    }
    pairs = [pair for one in records for pair in found.explained(one, records, 0.3, told)]

    whole = {(pair.id_a, pair.id_b): pair for pair in compare_all(records, policy.steady(), threshold=0.3)}
    assert len(whole) > 10
    assert {(pair.id_a, pair.id_b): pair for pair in pairs if pair.id_a != pair.id_b} == whole
