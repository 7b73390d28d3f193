"""Long downloads: so many at once and no more, and a place is free again however one ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from adam.http import streams
from adam.services.passwords import Busy
from adam.services.work import Work


def two(_w: Work) -> Iterator[bytes]:
    """A file in two pieces."""
    yield b"x" * streams.PIECE
    yield b"y"


def broken(_w: Work) -> Iterator[bytes]:
    """A file that can't be made."""
    raise LookupError
    yield b""


def test_more_than_a_few_downloads_at_once_are_asked_to_wait(app: Flask):
    with app.test_request_context("/projects/export"):
        under_way = [streams.download(two, "text/plain", "a.txt") for _ in range(streams.AT_ONCE)]
        with pytest.raises(Busy):
            streams.download(two, "text/plain", "a.txt")

        for answer in reversed(under_way):
            answer.close()

        last = streams.download(two, "text/plain", "a.txt")
        assert last.get_data() == b"x" * streams.PIECE + b"y"


def test_one_that_fails_leaves_its_place(app: Flask):
    with app.test_request_context("/projects/export"):
        for _ in range(streams.AT_ONCE + 1):
            with pytest.raises(LookupError):
                streams.download(broken, "text/plain", "a.txt")
