"""The engine on Apache Spark: the same rules and the same compiled comparison, for sets beyond one machine.

Spark reads, orders, counts and shuffles; each part of the work is laid out and compared by `adam.matching.compiled`.
Pairs and scores are those of the local engine (docs/scale.md says what happens where). Needs the extra “spark”.
"""

from adam.matching.spark.engine import Answer, compare, compare_all
from adam.matching.spark.sessions import lacks, session

__all__ = ["Answer", "compare", "compare_all", "lacks", "session"]
