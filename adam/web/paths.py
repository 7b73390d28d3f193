"""Where a page may send its reader: to another page of ours, never elsewhere."""

from __future__ import annotations

import re

LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LONGEST = 2000


def local(path: str | None, otherwise: str = "/") -> str:
    """The path if it is one of ours, such as /projects?country=AF; `otherwise` for anything else."""
    return path if path and len(path) <= LONGEST and LOCAL.fullmatch(path) else otherwise
