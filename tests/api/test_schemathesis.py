"""Whoever asks, whatever is sent: the answers are those of the description, and none is an error of ours."""

from dataclasses import replace

import pytest

from tests.api.populated import populated
from tests.api.strangers import Run, failures

ROLES = {
    "anonymous": None,
    "viewer": ("viewer", None, []),
    "focal point": ("focal_point", "NO", []),
    "coordinator": ("coordinator", None, []),
    "administrator": ("administrator", None, []),
    "reading only": ("coordinator", None, ["read"]),
    "submitting only": ("focal_point", "NO", ["submit"]),
    "coordinating only": ("coordinator", None, ["coordinate"]),
    "administering only": ("administrator", None, ["admin"]),
}
THIN = 24
"""One in so many of the cases that cover every boundary of every parameter. `make fuzz` has all, for every role."""
COVERS = {"anyone": "anonymous", "read": "focal point", "submit": "focal point"}
COVERS |= {"coordinate": "coordinator", "admin": "administrator"}
"""Who covers the boundaries of an operation, by the first word of its guard: a role that gets beyond it."""
ON_POSTGRESQL = ("focal point", "coordinator")


def guards(who):
    """The first words of the guards that this role covers."""
    return tuple(word for word, role in COVERS.items() if role == who)


@pytest.mark.parametrize("who", ROLES)
def test_a_stranger_finds_nothing_wrong(fresh_database, who):
    if fresh_database.kind == "postgresql" and who not in ON_POSTGRESQL:
        pytest.skip("two roles are enough to show what only PostgreSQL does; make fuzz has all")
    place = populated(fresh_database)
    phases = ("examples", "fuzzing", *(("stateful",) if who in ON_POSTGRESQL else ()))
    run = Run(place.app, place.token(ROLES[who]), phases, 1)
    covering = replace(run, phases=("coverage",), thin=THIN, guards=guards(who))

    found = failures(run)
    if covering.guards and fresh_database.kind == "sqlite":
        found += failures(covering)

    assert not found, "\n\n".join(found)
