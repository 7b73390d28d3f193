"""The compiled engine: the same rules as the readable reference beside it, on arrays, for large sets.

What is compiled is kept on disk under a name that all sources of this folder and the policy's words decide, since a
kernel holds the code of the kernels it calls: a change of any of them compiles anew.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from numba import config

FOLDER = Path(__file__).parent
CALLED = ("policy", "rarity", "chance")


def compiled_under() -> str:
    """A name for the present sources."""
    digest = blake2b(digest_size=8)
    for path in sorted([*FOLDER.glob("*.py"), *(FOLDER.parent / f"{name}.py" for name in CALLED)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


if not config.CACHE_DIR:
    config.CACHE_DIR = str(FOLDER / "__pycache__" / compiled_under())
