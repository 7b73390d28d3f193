"""Files and functions small enough to be read at one sitting, named for what they hold."""

import ast
from pathlib import Path
from statistics import median

from tests.architecture import source

FILE_LINES = 300
FUNCTION_LINES = 40
FUNCTION_MEDIAN = 8
PARAMETERS = 4
RECORDS = ({"a", "i"}, {"b", "j"})
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
EVERYWHERE = ("adam", "tests", "benchmarks")


def test_files_have_at_most_300_lines():
    found = []
    for path in source.python_files(*EVERYWHERE):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            found.append(f"{source.place(path)} has {lines} lines")

    assert not found, source.mend(found, "split it by noun, or by the steps it takes.")


def test_functions_have_at_most_40_lines():
    found = [
        f"{source.place(path, node.lineno)} {node.name} has {_lines(node)} lines"
        for path in source.python_files(*EVERYWHERE)
        for node in source.functions(path)
        if _lines(node) > FUNCTION_LINES
    ]

    assert not found, source.mend(found, "give each paragraph of it a name of its own.")


def test_half_of_all_functions_have_at_most_8_lines():
    lengths = [_lines(node) for path in source.python_files("adam") for node in source.functions(path)]

    assert median(lengths) <= FUNCTION_MEDIAN, f"the median is {median(lengths)} lines: split the long ones."


def test_functions_take_at_most_4_parameters():
    """Keyword-only ones count; self, cls, *args, **kwargs don't; a command gets each option as one.

    A compiled kernel names a record by its table and its row, `a, i`, and the other by `b, j`, since making a value of
    both for each of a billion comparisons would cost more than comparing: each of the two counts once.
    """
    found = [
        f"{source.place(path, node.lineno)} {node.name} takes {_parameters(node)}"
        for path in source.python_files("adam")
        for node in source.functions(path)
        if _parameters(node) > PARAMETERS and not _is_command(path, node)
    ]

    assert not found, source.mend(found, "beyond four the missing thing is a value: make it a dataclass.")


def test_every_file_says_in_a_docstring_what_belongs_there():
    found = [
        source.place(path)
        for path in source.python_files(*EVERYWHERE, "migrations")
        if not ast.get_docstring(source.tree(path))
    ]

    assert not found, source.mend(found, "begin the file with one line that says what belongs in it.")


def test_no_file_is_named_after_nothing():
    found = [
        source.place(path)
        for path in source.python_files(*EVERYWHERE)
        if EMPTY_NAMES & set(path.stem.lower().split("_"))
    ]

    assert not found, source.mend(found, "name it after the noun it holds, or move its parts to their nouns.")


def test_nothing_is_left_to_do_in_a_comment():
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")

    found = [
        f"{source.place(path, number)} {line.strip()}"
        for path in source.python_files(*EVERYWHERE, "migrations")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(f"# {mark}" in line for mark in marks)
    ]

    assert not found, source.mend(found, "do it, or write it to the list of work, where others see it.")


def _lines(node: source.Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _parameters(node: source.Function) -> int:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    records = sum(pair <= set(names) for pair in RECORDS)
    return len(names) - (names[:1] in (["self"], ["cls"])) - records


def _is_command(path: Path, node: source.Function) -> bool:
    """Click hands a command each of its options as one argument."""
    return "cli" in path.parts and bool(node.decorator_list)
