"""Who acts: an account, a token or the command line, with a role and perhaps a partner."""

from __future__ import annotations

from dataclasses import dataclass, field

VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR = "viewer", "focal_point", "coordinator", "administrator"
ROLES = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
ROLE_NAMES = {
    VIEWER: "Viewer",
    FOCAL_POINT: "Focal point",
    COORDINATOR: "Coordinator",
    ADMINISTRATOR: "Administrator",
}
SCOPES = ("read", "submit", "coordinate", "admin")
SCOPES_BY_ROLE = {
    VIEWER: frozenset({"read"}),
    FOCAL_POINT: frozenset({"read", "submit"}),
    COORDINATOR: frozenset({"read", "submit", "coordinate"}),
    ADMINISTRATOR: frozenset({"read", "admin"}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """`account` is the account's id or None (nobody signed in, or the system); `label` is what history shows.

    `system` is the command line of the installation: whoever can run it holds the database anyway. `token` is the id of
    the token by which a program asks.
    """

    role: str | None = None
    partner: str | None = None
    account: str | None = None
    label: str = "anonymous"
    system: bool = False
    scopes: frozenset[str] = field(default_factory=frozenset)
    token: str | None = None

    @property
    def signed_in(self) -> bool:
        """Whether this is a person or a token with an account."""
        return self.role is not None

    @property
    def sees_all_records(self) -> bool:
        """Coordinators and administrators see every validated record, the confidential ones too."""
        return self.system or self.role in (COORDINATOR, ADMINISTRATOR)

    @property
    def writes_for(self) -> str | None:
        """The partner this actor may write submissions for."""
        return self.partner if self.role == FOCAL_POINT else None

    @property
    def coordinates(self) -> bool:
        """Whether this actor validates, returns, judges and runs reports."""
        return self.system or self.role == COORDINATOR


ANONYMOUS = Actor()


def system(label: str = "command line") -> Actor:
    """The installation itself: seeds, imports and screening from the command line."""
    return Actor(label=label, system=True)
