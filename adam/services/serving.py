"""What a server has ready before it is asked, and how it keeps the search for garbage short while it runs."""

from __future__ import annotations

import gc
from threading import Lock, Thread
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from adam.services import holdings, register
from adam.services.rules import Rules

YOUNG = 20_000
"""So many more new things than gone ones before Python looks for garbage among them: some of a page's, not all."""
WHOLE = 10
"""Every so manieth search through what is old goes through all that ever lasted."""


class Lasting:
    """Keeps what lasts out of the search for garbage in circles, which stops every request while it runs.

    What has lived through a whole search is not gone through again by the next ones, so that each looks at what came
    since alone; every WHOLEth looks at all of it, so that nothing is kept for good.
    """

    def __init__(self) -> None:
        self.searches = 0

    def __call__(self, phase: str, told: dict[str, Any]) -> None:
        """What Python calls before ("start") and after ("stop") each search."""
        if told["generation"] < 2:
            return
        if phase == "stop":
            self.searches += 1
            gc.freeze()
        elif self.searches % WHOLE == WHOLE - 1:
            gc.unfreeze()


_started = Lock()
_lasting = Lasting()


def settle() -> None:
    """Search once through all that is there, and keep what lasts out of later searches; they are rarer from now on."""
    with _started:
        if _lasting not in gc.callbacks:
            gc.callbacks.append(_lasting)
            gc.set_threshold(YOUNG)
    gc.collect()


def warm(make: sessionmaker[Session], rules: Rules) -> Thread:
    """Have the figures and the index of the records there before they are asked for, in threads of their own.

    The thread that is returned ends when both are; what they hold, and what was imported for them, has settled then.
    """
    reading = [holdings.warm(make, rules), register.warm(make, rules)]

    def settled() -> None:
        for thread in reading:
            thread.join()
            settle()

    waiting = Thread(target=settled, name="settling", daemon=True)
    waiting.start()
    return waiting
