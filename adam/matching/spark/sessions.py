"""The Spark session: the cluster's where there is one, else this machine with its own cores."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import adam
from adam.errors import Invalid, Problem

HOME = str(Path(adam.__file__).resolve().parents[1])
BATCH = 50_000
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": BATCH,
    "spark.sql.execution.arrow.maxBytesPerBatch": 1 << 28,
    "spark.sql.session.timeZone": "UTC",
}
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.python.worker.faulthandler.enabled": "false",
}


def lacks() -> str:
    """Why Spark can't be used here, in a sentence; nothing where it can."""
    if not all(find_spec(name) for name in ("pyspark", "pandas", "pyarrow")):
        return "Spark is not installed: add the package's extra “spark”."
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "Spark needs Java 17 or later: install a Java runtime, or set JAVA_HOME."
    return ""


@lru_cache(maxsize=1)
def session() -> Any:
    """The session that runs already, or a new one; raises Invalid where Spark or Java is missing.

    Which cluster it is for, and its memory, say Spark's own settings (SPARK_CONF_DIR, PYSPARK_SUBMIT_ARGS); without
    them all stays on this machine.
    """
    if missing := lacks():
        raise Invalid([Problem("#/engine", "missing", missing)])
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYTHONPATH"] = os.pathsep.join(
        dict.fromkeys([HOME, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))])
    )
    builder = SparkSession.builder.appName("adam match")
    if not named_elsewhere():
        builder = builder.master(f"local[{cores()}]")
        for name, value in ALONE.items():
            builder = builder.config(name, value)
        builder = builder.config("spark.sql.shuffle.partitions", 2 * cores())
        builder = builder.config("spark.driver.memory", os.environ.get("ADAM_SPARK_MEMORY", "4g"))
    for name, setting in SETTINGS.items():
        builder = builder.config(name, setting)
    return builder.getOrCreate()


def named_elsewhere() -> bool:
    """Whether a cluster is named by Spark's own settings."""
    return any(os.environ.get(name) for name in ("SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS", "SPARK_REMOTE"))


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
