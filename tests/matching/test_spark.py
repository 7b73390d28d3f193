"""Spark: whatever is counted, laid out and compared in parts is what the local engine finds."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow
import pyarrow.compute
import pyarrow.parquet
import pytest
from hypothesis import given, settings

from adam.errors import Invalid
from adam.matching import load_policy
from adam.matching.compiled.columns import Columns, of_records
from adam.matching.compiled.comparing import compare as compare_locally
from adam.matching.compiled.prepare import prepared
from adam.matching.policy import KINDS
from adam.matching.spark import compare, compare_all, lacks
from adam.matching.spark.counting import counted
from adam.matching.spark.knowledge import knowledge
from adam.matching.spark.laying import laid_out
from adam.matching.spark.packing import packed, unpacked
from adam.matching.spark.sessions import session
from adam.matching.spark.tables import ORDER, columns_of, table_of
from tests.matching.builders import border, record
from tests.matching.records_strategy import sets

WORDS = "border liaison office customs prison reform health clinic training police water school road".split()
BODIES = ("Norway", "UNODC", "World Food Programme (WFP)", "WFP", "IOM", "Ministry of Health", "GIZ", "OSCE")
ALL = frozenset(KINDS)
FAST = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """A session of two threads on this machine."""
    if missing := lacks():
        pytest.skip(missing)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for name, value in {**FAST, "spark.local.dir": str(tmp_path_factory.mktemp("spark"))}.items():
        builder = builder.config(name, value)
    session.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        told(builder)
        found = session()
        yield found
    found.stop()
    session.cache_clear()


def told(builder):
    """Starts a session in which workers find this repository."""
    import os
    import sys

    from adam.matching.spark.sessions import HOME

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYTHONPATH"] = HOME
    return builder.getOrCreate()


def crowd(many):
    """Records of few words, bodies, places and sums, so that buckets are crowded; the same every time."""
    chance = random.Random(20130611)
    return [one(chance, f"r{number}") for number in range(many)]


def one(chance, name):
    """A record by chance."""
    start = date(2013, 1, 1) + timedelta(days=chance.randrange(0, 900, 30))
    return record(
        name,
        title=" ".join(chance.sample(WORDS, 4)) + chance.choice(["", " phase II", " phase 2"]),
        description=" ".join(chance.sample(WORDS, 5)),
        countries=";".join(chance.sample(["AF", "TJ", "UZ", "KG"], chance.randint(0, 2))),
        commitments=chance.choice(["", "I.4", "II.2"]),
        reporter=chance.choice(BODIES),
        funders=";".join(chance.sample(BODIES, chance.randint(0, 2))),
        implementers=";".join(chance.sample(BODIES, chance.randint(0, 2))),
        sectors=chance.choice(["", "15130", "15130;16063"]),
        start=start.isoformat(),
        end=(start + timedelta(days=700)).isoformat(),
        amount=str(chance.choice([100000, 250000, 1234567, 999.5])),
        currency=chance.choice(["USD", "EUR"]),
        identifiers=chance.choice(["", f"iati:XM-{chance.randint(1, 40)}"]),
    )


def tight(split=1000):
    """The policy with such limits that a few hundred records crowd its buckets and must share three keys.

    In sets larger than `split` crowded buckets are not split.
    """
    policy = load_policy()
    limits = {"least": 8, "bucket": 8, "cell": 12, "claims": 5, "agree": [50, 200]}
    return replace(policy, limits={**policy.limits, **limits, "split": split, "unsplit": 8})


def lines(columns, found):
    """Pairs with all that is claimed about them, in order."""
    ids = columns.ids
    return [
        (ids[a], ids[b], kind, score, grades.tobytes())
        for a, b, kind, score, grades in zip(
            found.a.tolist(),
            found.b.tolist(),
            found.kind.tolist(),
            found.score.tolist(),
            found.grades,
            strict=True,
        )
    ]


def parts_of(table, many):
    """A table in so many parts."""
    size = max(1, -(-table.num_rows // many))
    return [table.slice(at, size) for at in range(0, table.num_rows, size)]


def known(parts):
    """What a set is known by, counted in parts."""
    counts = pyarrow.concat_tables([counted(columns_of(part)) for part in parts])
    summed = counts.group_by(["field", "text", "number"]).aggregate([("many", "sum")])
    return knowledge(summed.rename_columns(["field", "text", "number", "many"]), load_policy())


@settings(max_examples=60, deadline=None)
@given(sets())
def test_records_come_back_from_a_table_as_they_were(records):
    columns = of_records(records)

    found = columns_of(table_of(columns))

    assert repr(table_of(found).to_pylist()) == repr(table_of(columns).to_pylist())


@settings(max_examples=60, deadline=None)
@given(sets())
def test_a_set_laid_out_in_parts_has_the_rows_of_the_whole(records):
    columns = of_records(records)
    whole = prepared(columns, load_policy())
    parts = parts_of(table_of(columns).sort_by([(name, "ascending") for name in ORDER]), 3)

    shared = known(parts)
    rows = pyarrow.concat_tables(
        [packed(laid_out(columns_of(part), shared), np.arange(part.num_rows)) for part in parts]
    )

    expected = packed(whole.rows, np.arange(len(records)))
    for column in ("fixed", "pool", "marks"):
        assert rows[column].to_pylist() == expected[column].to_pylist()
    assert all(
        np.array_equal(one, other)
        for one, other in zip(
            shared.cells.shelf(shared.title, shared.description, shared.known), whole.shelf, strict=True
        )
    )


def test_rows_are_the_same_after_they_were_sent():
    rows = prepared(of_records(crowd(40)), load_policy()).rows
    sent = packed(rows, np.arange(40))

    found = packed(unpacked(sent), np.arange(40))

    assert found.equals(sent)


@pytest.mark.parametrize(
    ("wanted", "split"), [(ALL, 1000), (ALL, 0), (frozenset(["record_duplicate"]), 1000)]
)
def test_spark_finds_the_pairs_and_scores_of_the_local_engine_in_their_order(
    spark, monkeypatch, wanted, split
):
    monkeypatch.setattr("adam.matching.spark.engine.A_PART", 60)
    policy = tight(split)
    columns = of_records([*crowd(240), border("x"), border("y", reporter="UNODC")])
    expected = compare_locally(columns, policy, wanted, 0.01)

    found = compare(columns, policy, wanted, 0.01)

    assert lines(columns, found.found) == lines(columns, expected.found)
    assert found.notes == expected.notes
    assert len(expected.found.a) > 20


def test_a_folder_of_parquet_files_is_read_where_spark_works(spark, tmp_path):
    rows = [
        {"id": f"p{number}", "title": f"Border posts {number % 7}", "countries": ["AF"], "amount": "1234567"}
        for number in range(30)
    ]
    for number in range(2):
        pyarrow.parquet.write_table(
            pyarrow.Table.from_pylist(rows[number * 15 : number * 15 + 15]), tmp_path / f"{number}.parquet"
        )
    columns = of_records([record(row["id"], **{k: v for k, v in row.items() if k != "id"}) for row in rows])
    expected = compare_locally(columns, load_policy(), ALL, 0.01)

    found = compare_all(tmp_path, load_policy(), (None, 0.01))

    assert lines(found.columns, found.result.found) == lines(columns, expected.found)
    assert found.records == 30


def test_an_id_that_stands_twice_is_refused(spark):
    columns = of_records([border("a"), border("a", title="Another")])

    with pytest.raises(Invalid) as refused:
        compare(columns, load_policy(), ALL, 0.01)

    assert "“a” stands twice" in refused.value.problems[0].detail


def test_a_set_of_none_has_no_pairs(spark):
    columns: Columns = of_records([])

    found = compare(columns, load_policy(), ALL, 0.01)

    assert not len(found.found.a)


def test_without_java_or_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("adam.matching.spark.sessions.find_spec", lambda name: None)
    session.cache_clear()

    with pytest.raises(Invalid) as refused:
        session()

    assert "extra “spark”" in refused.value.problems[0].detail
