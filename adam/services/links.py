"""Signed links in e-mails: what their holder may do without signing in, and whether a link is one of ours."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeSerializer


def sign(secret: str, purpose: str, value: list[str | int]) -> str:
    """A token for an address; worth something for this purpose only."""
    text = URLSafeSerializer(secret, salt=f"link:{purpose}").dumps(value)
    return text if isinstance(text, str) else text.decode("ascii")


def read(secret: str, purpose: str, token: str) -> list[str | int] | None:
    """What the token was made from; None for one that is not ours, or was made for something else."""
    try:
        value = URLSafeSerializer(secret, salt=f"link:{purpose}").loads(token)
    except (BadData, UnicodeError, RecursionError):
        return None
    return value if isinstance(value, list) else None
