"""TOML files and ADAM_* variables become one frozen Settings; unsafe production settings are refused."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = ("127.0.0.1", "localhost", "::1")
NO_SECRET = "never in production"
ENVIRONMENTS = ("development", "testing", "production")
SECURITIES = ("starttls", "tls", "none")
SENDER = re.compile(r"[^@\s<>\"(),:;\\]+@[^@\s<>\"(),:;\\]+")


class UnsafeSettings(RuntimeError):
    """The settings must not go into service; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations."""

    env: str
    database_url: str
    index_folder: str
    secret_key: str
    public_url: str
    host: str
    port: int
    threads: int
    trusted_proxy: str
    languages: tuple[str, ...]
    session_hours: int
    body_limit: int
    import_limit: int
    sign_in_failures: int
    rate_limit: str
    account_rate_limit: str
    secure_cookies: bool
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_timeout: int
    mail_sender: str
    mail_tries: int
    webhook_ports: tuple[str, ...]
    webhook_allow: tuple[str, ...]
    webhook_timeout: int
    keep_messages: int
    keep_mails: int
    keep_deliveries: int


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read config/default.toml, then the environment's own file, then ADAM_* variables, then `overrides`.

    Raises UnsafeSettings for an unknown environment and for unsafe production settings.
    """
    environ = os.environ if environ is None else environ
    env = str(overrides.get("env") or environ.get("ADAM_ENV") or "development")
    if env not in ENVIRONMENTS:
        raise UnsafeSettings(f"ADAM_ENV is {env!r}: use one of {', '.join(ENVIRONMENTS)}.")
    values = _toml("default") | _toml(env) | {"env": env}
    names = {one.name for one in fields(Settings)}
    for name in names:
        given = environ.get(f"ADAM_{name.upper()}")
        if given is not None and name != "env":
            values[name] = _like(values[name], given, name)
    values |= overrides
    for name in ("languages", "webhook_ports", "webhook_allow"):
        values[name] = tuple(str(one) for one in values[name])
    settings = Settings(**{name: values[name] for name in names})
    settings = replace(
        settings,
        database_url=_absolute(settings.database_url),
        index_folder=str(ROOT / settings.index_folder) if settings.index_folder else "",
    )
    _refuse_unsafe(settings)
    return settings


def _toml(name: str) -> dict[str, Any]:
    with (ROOT / "config" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _like(example: Any, given: str, name: str) -> Any:
    """The text of a variable as the type that the TOML value has."""
    if isinstance(example, bool):
        return given.strip().lower() in ("1", "true", "yes", "on")
    if isinstance(example, int):
        try:
            return int(given)
        except ValueError:
            raise UnsafeSettings(f"ADAM_{name.upper()} is {given!r}: give a whole number.") from None
    if isinstance(example, list):
        return [part.strip() for part in given.split(",") if part.strip()]
    return given


def _absolute(url: str) -> str:
    """SQLite paths are relative to the project's root, wherever the command is called from."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and ":memory:" not in url:
        return prefix + str(ROOT / url.removeprefix(prefix))
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url


def refuse_strangers(settings: Settings) -> None:
    """Raises UnsafeSettings where others could reach an installation whose secret key everybody can read."""
    if settings.host not in HERE and NO_SECRET in settings.secret_key:
        raise UnsafeSettings(
            f"ADAM listens on {settings.host} only with a secret of its own: set ADAM_ENV=production, "
            "or ADAM_SECRET_KEY to try it out on another machine."
        )


def _refuse_unsafe(settings: Settings) -> None:
    if settings.env != "production":
        return
    faults = []
    if len(settings.secret_key) < 32 or NO_SECRET in settings.secret_key:
        faults.append("ADAM_SECRET_KEY must be set to at least 32 random characters")
    if not settings.public_url.startswith("https://"):
        faults.append("ADAM_PUBLIC_URL must be the https:// address that people use")
    if not settings.secure_cookies:
        faults.append("secure_cookies must stay on")
    faults.extend(_mail_faults(settings))
    if not all(port.isascii() and port.isdigit() for port in settings.webhook_ports):
        faults.append("ADAM_WEBHOOK_PORTS must be numbers, such as 443,8443")
    if faults:
        raise UnsafeSettings("Production does not start: " + "; ".join(faults) + ".")


def _mail_faults(settings: Settings) -> Iterator[str]:
    """What would make e-mail fail later, or send a password in the open."""
    if bool(settings.smtp_host) != bool(settings.mail_sender):
        yield "ADAM_SMTP_HOST and ADAM_MAIL_SENDER belong together: set both, or neither to send no e-mail"
    if settings.mail_sender and not SENDER.fullmatch(settings.mail_sender):
        yield "ADAM_MAIL_SENDER must be an address alone, such as adam@example.org"
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        yield "ADAM_SMTP_USER and ADAM_SMTP_PASSWORD belong together: set both or neither"
    if settings.smtp_user and settings.smtp_security == "none":
        yield "ADAM_SMTP_SECURITY must be starttls or tls where a password is sent"
    if settings.smtp_security not in SECURITIES:
        yield f"ADAM_SMTP_SECURITY must be one of {', '.join(SECURITIES)}"
