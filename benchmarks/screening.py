"""Screening of made-up records at three sizes, through services.screening.run on SQLite: `screening.py [SIZE…]`.

Prints seconds by the clock and of the processor, peak memory, the number of SQL statements and findings, and the
growth exponent of the processor's seconds (1: twice the records, twice the time; 2: four times). The reference
compares titles only: every pair by rapidfuzz's ratio, on the same records. Of the pairs that were planted
(_projects.py) both say how many they find, and how many look-alikes, which are other projects elsewhere, they
take for the same project. At last one record in a hundred is changed and only those are compared.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import _projects as projects
import _runs as runs

SIZES = (1_000, 3_000, 10_000)
ALIKE = 85
ROWS = 250
FOUND = {
    projects.TWIN: ("record_duplicate", "same_money"),
    projects.MONEY: ("record_duplicate", "same_money"),
    projects.PHASE: ("continuation",),
    projects.LOOKALIKE: ("record_duplicate", "same_money"),
}
Pair = tuple[int, int]


def main() -> None:
    """The command."""
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    seconds: list[float] = []
    with tempfile.TemporaryDirectory(prefix="adam-screening-") as name:
        template = runs.seeded(Path(name) / "seeded.db")
        for size in sizes:
            url = runs.copied(template, Path(name) / f"{size}.db")
            run = runs.measured((sys.executable, __file__, "measure", url, str(size)), url)
            first, _, rest = run.output.partition("\n")
            seconds.append(float(first))
            print(f"\n{size:,} records\n{rest.rstrip()}\n  peak memory of it all {run.memory:.0f} MB")
    for (small, before), (large, after) in zip(
        zip(sizes, seconds, strict=True), list(zip(sizes, seconds, strict=True))[1:], strict=False
    ):
        exponent = math.log(after / before) / math.log(large / small)
        print(f"\ngrowth from {small:,} to {large:,}: exponent {exponent:.2f}")


def measure(url: str, size: int) -> None:
    """Record so many projects in the database at `url`, screen it twice, then compare titles alone."""
    from sqlalchemy import event

    from adam.database import make_engine, sessions
    from adam.domain.actors import system
    from adam.services import rules, screening
    from adam.services.work import working

    made = projects.projects(size)
    engine = make_engine(url)
    ids = recorded(engine, made)
    statements: Counter[str] = Counter()
    event.listen(engine, "before_cursor_execute", lambda *call: statements.update([call[2].split()[0]]))
    spans = []
    for _ in range(2):
        started = time.perf_counter(), time.process_time()
        with working(sessions(engine), system("screening"), rules.load()) as w:
            found = screening.run(w, full=True)
        spans.append((time.perf_counter() - started[0], time.process_time() - started[1]))
        if len(spans) == 1:
            asked = dict(statements)
    print(spans[0][1])
    for what, span in zip(("screening", "the same again"), spans, strict=True):
        print(
            f"  {what:16} {span[0]:6.2f} s, {span[1]:6.2f} s of processor, {size / span[1]:,.0f} records a second"
        )
    print(f"  statements {sum(asked.values())}: {asked}")
    print(f"  findings {sum(found.kinds.values()):,}: {found.kinds}")
    print(f"  the engine finds {planted(made, claims(engine, ids))}")
    incremental(engine, made, ids)
    titles(made)


def recorded(engine: Any, made: list[projects.Made]) -> dict[str, int]:
    """Record the projects as imports do, 200 a transaction; project id → number."""
    from adam.database import sessions
    from adam.domain.actors import system
    from adam.schemas.faults import load
    from adam.schemas.projects import ProjectSchema
    from adam.services import projects as verbs
    from adam.services import rules
    from adam.services.work import working

    schema, ids = ProjectSchema(), []
    for start in range(0, len(made), 200):
        with working(sessions(engine), system("benchmark"), rules.load()) as w:
            batch = made[start : start + 200]
            entries = [verbs.Entry(load(schema, one.document), one.partner) for one in batch]
            ids.extend(verbs.record(w, entries))
    return {project_id: number for number, project_id in enumerate(ids)}


def incremental(engine: Any, made: list[projects.Made], ids: dict[str, int]) -> None:
    """Change one record in a hundred and screen; print what the index took to build and what the screening took."""
    from adam.database import sessions
    from adam.domain.actors import system
    from adam.services import register, rules, screening
    from adam.services.work import working

    changed = {key: number for key, number in ids.items() if not number % 100}
    told_anew(engine, {key: made[number] for key, number in changed.items()})
    spans = []
    for do in (register.current, screening.run):
        started = time.process_time()
        with working(sessions(engine), system("screening"), rules.load()) as w:
            done = do(w)  # type: ignore[operator]
        spans.append(time.process_time() - started)
    print(
        f"  {done.compared:,} changed         {spans[1]:6.2f} s of processor, {spans[1] / done.compared * 1e3:.0f} ms "
        f"each; the index took {spans[0]:.2f} s"
    )


def told_anew(engine: Any, changed: dict[str, projects.Made]) -> None:
    """Write records down anew, with a sentence more in their descriptions."""
    from adam.database import sessions
    from adam.domain.actors import system
    from adam.schemas.faults import load
    from adam.schemas.projects import ProjectSchema
    from adam.services import projects as verbs
    from adam.services import rules
    from adam.services.work import working

    schema = ProjectSchema()
    with working(sessions(engine), system("benchmark"), rules.load()) as w:
        said = {
            key: one.document | {"description": f"{one.document['description']} Extended once."}
            for key, one in changed.items()
        }
        verbs.record(
            w, [verbs.Entry(load(schema, said[key]), one.partner, key) for key, one in changed.items()]
        )


def claims(engine: Any, ids: dict[str, int]) -> dict[Pair, str]:
    """Numbers of the two projects → kind, of every stored finding about a pair."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT a_id, b_id, kind FROM findings WHERE a_id IS NOT NULL")
        return {
            (min(ids[a], ids[b]), max(ids[a], ids[b])): kind for a, b, kind in rows if a in ids and b in ids
        }


def planted(made: list[projects.Made], found: dict[Pair, str]) -> str:
    """In words, how many of the planted pairs of each sort were found under a fitting kind."""
    known = [((one.of, number), one.how) for number, one in enumerate(made) if one.of is not None]
    parts = []
    for how, kinds in FOUND.items():
        pairs = [pair for pair, sort in known if sort == how]
        hits = sum(found.get(pair) in kinds for pair in pairs)  # type: ignore[call-overload]
        verb = "takes for the same " if how == projects.LOOKALIKE else ""
        parts.append(f"{verb}{how} {hits} of {len(pairs)}")
    return ", ".join(parts)


def titles(made: list[projects.Made]) -> None:
    """The reference: every two titles by rapidfuzz's ratio, on one processor; prints seconds and what it finds."""
    from rapidfuzz import fuzz, process

    listed = [one.document["title"] for one in made]
    started = time.process_time()
    pairs: list[Pair] = []
    for start in range(0, len(listed), ROWS):
        scores = process.cdist(listed[start : start + ROWS], listed, scorer=fuzz.ratio, score_cutoff=ALIKE)
        rows, columns = scores.nonzero()
        pairs.extend(
            (int(row) + start, int(column))
            for row, column in zip(rows, columns, strict=True)
            if row + start < column
        )
    seconds = time.process_time() - started
    print(f"  titles alone     {seconds:6.2f} s of processor, {len(pairs):,} pairs of {ALIKE} % and more")
    print(f"  titles alone find {planted(made, same(pairs))}")


def same(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """To a title alone every pair is the same project; it knows no phases."""
    return dict.fromkeys(pairs, "record_duplicate")


if __name__ == "__main__":
    main()
