"""Imports run downward only."""

import subprocess
import sys

from tests.architecture import source
from tests.architecture.floors import KNOWS_EVERYTHING, MAY_IMPORT, allowed, floor_of
from tests.databases import ROOT


def test_every_import_goes_to_a_floor_that_the_importer_may_stand_on():
    found = []
    for path in source.python_files("adam"):
        here = floor_of(source.module_name(path))
        for name, line in source.imports(path):
            there = floor_of(name)
            if here and there and not allowed(here, there):
                found.append(f"{source.place(path, line)} imports {name}: {here} may not import {there}")

    assert not found, source.mend(
        found,
        "move the code to the floor that may know both sides, or hand the value in as an argument. "
        "A new permission is a decision: write it to docs/decisions, then to tests/architecture/floors.py.",
    )


def test_imports_name_the_whole_way():
    found = [
        f"{source.place(path, line)} imports {name}"
        for path in source.python_files("adam")
        for name, line in source.imports(path)
        if name.startswith(".")
    ]

    assert not found, source.mend(found, "write `from adam.<floor> import <noun>` so that the floor is seen.")


def test_every_file_stands_on_a_known_floor():
    known = MAY_IMPORT.keys() | {KNOWS_EVERYTHING}

    found = [
        source.place(path)
        for path in source.python_files("adam")
        if (floor_of(source.module_name(path)) or KNOWS_EVERYTHING) not in known
    ]

    assert not found, source.mend(
        found, "put it on a floor, or add the floor to tests/architecture/floors.py."
    )


def test_the_package_itself_imports_nothing():
    found = list(source.imports(ROOT / "adam" / "__init__.py"))

    assert not found, "adam/__init__.py must stay a docstring, or `import adam.matching` would load Flask."


def test_nobody_imports_the_tests():
    found = [
        f"{source.place(path, line)} imports {name}"
        for path in source.python_files("adam", "migrations")
        for name, line in source.imports(path)
        if name.split(".")[0] in ("tests", "benchmarks", "pytest", "hypothesis")
    ]

    assert not found, source.mend(found, "move what both need into adam/.")


def test_the_pure_floors_load_without_flask_and_sqlalchemy():
    pure = ["adam.domain", "adam.matching", "adam.exchange", "adam.pictures"]
    modules = [
        source.module_name(path)
        for floor in pure
        for path in source.python_files(floor.replace(".", "/"))
        if path.stem != "__main__"
    ]
    script = f"import sys, {', '.join(modules)}; print(*({{'flask', 'sqlalchemy'}} & sys.modules.keys()))"

    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "", (
        f"importing {pure} loads {loaded.stdout.strip()}: they are pure floors."
    )
