"""What we build on is declared in setup.cfg and locked with hashes, wherever it comes from."""

import re
import sys
from configparser import ConfigParser
from importlib.metadata import packages_distributions

from tests.architecture import source
from tests.databases import ROOT

LOCKS = ("run.txt", "dev.txt", "spark.txt", "bench.txt", "lock.txt")


def test_everything_that_is_imported_is_declared():
    found = _undeclared(_declared("postgres", "spark"), "adam", "migrations")

    assert not found, source.mend(
        found, "add the package to install_requires in setup.cfg, then `make lock`."
    )


def test_everything_that_tests_and_benchmarks_import_is_declared():
    found = _undeclared(_declared("postgres", "spark", "bench", "dev"), "tests", "benchmarks")

    assert not found, source.mend(found, "add the package to the extra `dev` in setup.cfg, then `make lock`.")


def test_everything_that_is_declared_is_locked():
    locked = {_canonical(name) for name in re.findall(r"^([\w.-]+)==", _lock("run.txt"), re.MULTILINE)}

    missing = _declared() - locked

    assert not missing, f"run `make lock`: {sorted(missing)} are not in requirements/run.txt"


def test_what_extras_declare_is_locked_too():
    for extra in ("dev", "spark", "bench"):
        locked = {
            _canonical(name) for name in re.findall(r"^([\w.-]+)==", _lock(f"{extra}.txt"), re.MULTILINE)
        }

        missing = _declared(extra) - locked

        assert not missing, f"run `make lock`: {sorted(missing)} are not in requirements/{extra}.txt"


def test_all_locks_hold_the_same_versions():
    run, *wider = (set(re.findall(r"^[\w.-]+==\S+", _lock(name), re.MULTILINE)) for name in LOCKS[:4])

    for name, lock in zip(LOCKS[1:], wider, strict=False):
        assert run <= lock, f"run `make lock`: requirements/{name} differs in {sorted(run - lock)}"


def test_every_locked_package_has_its_hashes():
    for name in LOCKS:
        entries = re.split(r"\n(?=\w)", _lock(name).strip())

        bare = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]

        assert not bare, f"run `make lock`: requirements/{name} has no hash for {bare}"


def test_locks_say_nothing_of_the_machine_that_wrote_them():
    for name in LOCKS:
        found = re.findall(
            r"^.*(?:://|^-|\s/\w).*$", re.sub(r"^ +--hash.*$", "", _lock(name), flags=re.M), re.M
        )

        assert not found, f"run `make lock`: requirements/{name} names an address or a path: {found}"


def _undeclared(declared: set[str], *folders: str) -> list[str]:
    """What files of the folders import from packages that are neither ours, Python's nor declared."""
    owners = packages_distributions()
    neighbours = {path.stem for path in source.python_files("benchmarks")}
    ours = {"adam", "tests", "", *neighbours, *sys.stdlib_module_names}
    return [
        f"{source.place(path, line)} imports {name}"
        for path in source.python_files(*folders)
        for name, line in source.imports(path)
        if (top := name.split(".")[0]) not in ours
        and not declared & {_canonical(owner) for owner in owners.get(top, [top])}
    ]


def _lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def _declared(*extras: str) -> set[str]:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["options"]["install_requires"].split()
    lines += [line for extra in extras for line in config["options.extras_require"][extra].split()]
    return {_canonical(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines}


def _canonical(name: str) -> str:
    """The one way of writing a package's name: Flask_Babel → flask-babel."""
    return re.sub(r"[-_.]+", "-", name).lower()
