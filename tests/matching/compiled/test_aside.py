"""Aside: what waits in a file is read as it was, by the writer of pairs too."""

from io import BytesIO

import numpy as np
import pytest

from adam.matching import Record, load_policy
from adam.matching.answers import compare_columns
from adam.matching.compiled import aside as waiting
from adam.matching.compiled.aside import aside, unread

RECORDS = [
    Record(
        f"r{n}",
        title=f"Border posts in Kunduz {n // 2}",
        description=f"Posts of kind {n // 2}",
        reporter="UNODC",
    )
    for n in range(8)
]


def written() -> bytes:
    """The pairs file of a small set."""
    file = BytesIO()
    compare_columns(RECORDS, load_policy(), (None, 0.001, "local")).write(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.float64])
def test_an_array_that_was_set_aside_is_as_it_was(kind, monkeypatch):
    monkeypatch.setattr(waiting, "LEAST", 1)
    array = np.arange(1000).astype(kind)

    found = aside(array)

    assert found is not array
    assert found.dtype == kind
    assert np.array_equal(found, array)


def test_what_was_read_of_it_and_let_go_is_read_again(monkeypatch):
    monkeypatch.setattr(waiting, "LEAST", 1)
    found = aside(np.arange(5000))

    before = found.sum()
    unread(found)

    assert getattr(found.base, "_mmap", None) is not None
    assert found.sum() == before


def test_nothing_is_set_aside_where_no_file_can_be_written(monkeypatch):
    def refuse():
        raise OSError("no room")

    monkeypatch.setattr(waiting, "LEAST", 1)
    monkeypatch.setattr(waiting, "TemporaryFile", refuse)
    array = np.arange(9)

    assert aside(array) is array


def test_pairs_are_written_alike_whether_texts_were_set_aside_or_not(monkeypatch):
    expected = written()

    monkeypatch.setattr(waiting, "LEAST", 1)

    assert written() == expected
    assert expected.count(b"\n") > 1
