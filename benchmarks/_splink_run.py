"""Splink in a process of its own: `train NAME INPUT GOLD MODEL` or `match INPUT MODEL PAIRS`; times as JSON."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
from _splink_model import CONFIGURATIONS
from splink import DuckDBAPI, Linker, block_on

KEPT = 0.01
"""Pairs below this probability are not written."""
THREADS = 2


class Clock:
    """How long each stage took."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        begun = perf_counter()
        yield
        self.stages[name] = perf_counter() - begun


def opened(source: str) -> tuple[duckdb.DuckDBPyConnection, Any]:
    """A connection with the records loaded, and Splink's view of them."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    connection.execute(f"CREATE TABLE loaded AS SELECT * FROM '{source}'")
    return connection, DuckDBAPI(connection).register(
        connection.table("loaded"), dataset_display_name="records"
    )


def train(name: str, source: str, gold: str, target: str) -> Clock:
    """Write a configuration with weights: from known pairs, or by expectation maximisation without them."""
    clock, configuration = Clock(), CONFIGURATIONS[name]
    with clock.stage("load"):
        connection, records = opened(source)
    with clock.stage("train"):
        if configuration.fit == "em":
            model = expected(configuration.settings(), records)
        else:
            model = counted(connection, configuration.settings(), (records, gold))
    Path(target).write_text(json.dumps(model))
    return clock


def expected(settings: dict[str, Any], records: Any) -> dict[str, Any]:
    """Weights without known pairs: u at random, m in two rounds of expectation maximisation."""
    linker = Linker(records, settings, log_level=logging.ERROR)
    sure = [block_on("title", "country", "start", "own"), block_on("identifiers")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.15)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("own", "currency", "start"), block_on("country", "doer", "period")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    found: dict[str, Any] = linker.misc.save_model_to_json()
    return found


def counted(
    connection: duckdb.DuckDBPyConnection, settings: dict[str, Any], given: tuple[Any, str]
) -> dict[str, Any]:
    """Weights from known pairs: how often each level stands among true and other candidates."""
    records, gold = given
    wide = {"retain_matching_columns": True, "retain_intermediate_calculation_columns": True}
    linker = Linker(records, settings | wide, log_level=logging.ERROR)
    pairs = linker.inference.predict(warning_mode="never").physical_name
    connection.execute(
        f"CREATE TABLE judged AS SELECT p.*, g.label IS NOT NULL AND g.label IN ('same_money', 'record_duplicate') "
        f"AS same FROM {pairs} p LEFT JOIN read_csv('{gold}', all_varchar=true) g "
        "ON least(unique_id_l, unique_id_r) = g.id_a AND greatest(unique_id_l, unique_id_r) = g.id_b "
        "WHERE g.label IS NULL OR g.label != 'component'"
    )
    same, other = connection.execute(
        "SELECT count(*) FILTER (same), count(*) FILTER (NOT same) FROM judged"
    ).fetchone()
    for each in settings["comparisons"]:
        weigh(connection, each)
    return settings | {"probability_two_random_records_match": same / (same + other)}


def weigh(connection: duckdb.DuckDBPyConnection, each: dict[str, Any]) -> None:
    """Give the levels of one comparison their shares among true and other candidates."""
    column = f"gamma_{each['output_column_name']}"
    found = connection.execute(
        f"SELECT {column}, count(*) FILTER (same), count(*) FILTER (NOT same) FROM judged "
        f"WHERE {column} >= 0 GROUP BY 1"
    ).fetchall()
    shares = {level: (same + 0.5, other + 0.5) for level, same, other in found}
    levels = each["comparison_levels"][1:]
    listed = [shares.get(len(levels) - 1 - at, (0.5, 0.5)) for at in range(len(levels))]
    same, other = (sum(column) for column in zip(*listed, strict=True))
    for level, (m, u) in zip(levels, listed, strict=True):
        level |= {"m_probability": m / same, "u_probability": u / other}


def match(source: str, model: str, target: str) -> Clock:
    """Score every candidate pair and write those that are not out of the question."""
    clock = Clock()
    with clock.stage("load"):
        connection, records = opened(source)
    with clock.stage("compile"):
        linker = Linker(records, json.loads(Path(model).read_text()), log_level=logging.ERROR)
    with clock.stage("match"):
        pairs = linker.inference.predict(threshold_match_probability=KEPT, warning_mode="never").physical_name
    with clock.stage("write"):
        connection.execute(
            f"COPY (SELECT least(unique_id_l, unique_id_r) AS id_a, greatest(unique_id_l, unique_id_r) AS id_b, "
            f"match_probability AS score FROM {pairs} ORDER BY 3 DESC, 1, 2) TO '{target}' (HEADER)"
        )
    return clock


def main() -> None:
    """Do what the first word says and print the seconds of each stage."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    verb, *given = sys.argv[1:]
    clock = train(*given) if verb == "train" else match(*given)
    print(json.dumps(clock.stages))


if __name__ == "__main__":
    main()
