"""Long answers in pieces: read in one transaction of whoever asks, sent as made, closed when nobody listens."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import chain
from threading import BoundedSemaphore

from flask import Response

from adam.http.work import actor, state
from adam.services.passwords import Busy
from adam.services.work import Work, working

PIECE = 1 << 16
AT_ONCE = 3
BUSY = "Other files are on their way at this moment: try again in a minute."
_places = BoundedSemaphore(AT_ONCE)


def download(pieces: Callable[[Work], Iterator[bytes]], content_type: str, name: str) -> Response:
    """What `pieces` gives as a file of this name; what goes wrong before its first bytes is answered as ever.

    Each holds a thread as long as its reader takes. Raises Busy where so many are on their way that no more should.
    """
    if not _places.acquire(blocking=False):
        raise Busy(BUSY)
    made = _made(pieces)
    first = next(made, b"")
    answer = Response(chain([first], made), content_type=content_type)
    answer.call_on_close(made.close)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _made(pieces: Callable[[Work], Iterator[bytes]]) -> Generator[bytes, None, None]:
    """Taken now, not when the answer is sent: who asks, and the application that answers."""
    who, here = actor(), state()

    def reading() -> Generator[bytes, None, None]:
        try:
            with working(here.sessions, who, here.rules, read_only=True) as w:
                yield from _gathered(pieces(w))
        finally:
            _places.release()

    return reading()


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Small pieces together, so that each that is sent is worth its way."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
