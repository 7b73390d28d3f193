"""A real mail server on this machine for the tests, which can be told to fail in the ways that mail servers do."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from adam.services.post import Post

HERE = Path(__file__).resolve().parent
CERTIFICATE = HERE / "localhost.pem"


class Anywhere(Controller):
    """A server on whatever port is free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Office:
    """What arrived, and how to answer: `rcpt` and `data` map an address to an answer, "" hangs up."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    tries: int = 0

    async def handle_RCPT(
        self, server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take the address, or answer what was planned."""
        self.tries += 1
        if self.rcpt.get(address) == "":
            server.transport.abort()
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Envelope) -> str:
        """Take the letter, or answer what was planned."""
        await asyncio.sleep(self.delay)
        planned = self.data.get(envelope.rcpt_tos[0])
        if planned == "":
            server.transport.abort()
        if planned is None:
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.received.append(letter)
        return planned or "250 OK"


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """What a reader sees of a letter."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def post(port: int, **differences: Any) -> Post:
    """The settings for an office on this machine, without encryption."""
    usual: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "user": "",
        "password": "",
        "timeout": 5,
        "sender": "adam@adam.example",
        "tries": 3,
        "base": "https://adam.example",
        "secret": "testing only",
    }
    return Post(**(usual | differences))


@contextmanager
def opened(tls: str = "", user: tuple[str, str] | None = None) -> Iterator[Office]:
    """An office; `tls` is "starttls" or "tls", `user` who must sign in with which password."""
    office = Office()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    more: dict[str, Any] = {}
    if tls:
        context.load_cert_chain(CERTIFICATE)
    if tls == "starttls":
        more |= {"tls_context": context, "require_starttls": True}
    if user:
        more |= {
            "authenticator": _authenticator(user),
            "auth_required": True,
            "auth_require_tls": tls != "tls",
        }
    server = Anywhere(
        office, hostname="127.0.0.1", port=0, ssl_context=context if tls == "tls" else None, **more
    )
    server.start()
    try:
        office.port = server.port
        yield office
    finally:
        server.stop()


def _authenticator(user: tuple[str, str]) -> Any:
    def check(*asked: Any) -> AuthResult:
        said = asked[-1]
        return AuthResult(success=(said.login.decode(), said.password.decode()) == user)

    return check
