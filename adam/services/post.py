"""The post: hands a letter to the mail server, and says in ADAM's words what became of it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from adam.errors import AdamError
from adam.services.work import Work

SHOWN = "ADAM"


@dataclass(frozen=True, slots=True)
class Post:
    """The mail server and how it is spoken to; `base` is the address that people use, `secret` signs links."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    timeout: int
    sender: str
    tries: int
    base: str
    secret: str = field(repr=False)

    @property
    def ready(self) -> bool:
        """Whether there is a mail server at all."""
        return bool(self.host and self.sender)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person reads: plain text and simple HTML that say the same, and headers beyond the usual ones."""

    address: str
    subject: str
    text: str
    html: str
    language: str = "en"
    headers: dict[str, str] = field(default_factory=dict)


class Undelivered(AdamError):
    """The server did not take the letter; the sentence says why. It is tried again."""


class Unreachable(Undelivered):
    """There was no server to speak to: whatever else waits would fare the same."""


class Returned(Undelivered):
    """The server refused the letter for good; it is not tried again."""


class NoSuchAddress(Returned):
    """The server refused the address for good."""


def of(settings: Any) -> Post:
    """The post of an installation."""
    return Post(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        timeout=settings.smtp_timeout,
        sender=settings.mail_sender,
        tries=settings.mail_tries,
        base=settings.public_url.rstrip("/"),
        secret=settings.secret_key,
    )


def send(w: Work, post: Post, letter: Letter, mail_id: str) -> None:
    """Hand a letter over; returns once the server has answered for it.

    `mail_id` makes the Message-ID, so that a letter that was sent twice after a crash is known as one.
    Raises Returned or NoSuchAddress where trying again is of no use, Undelivered where it may be.
    """
    message = _message(w, post, letter, mail_id)
    try:
        with _connected(post) as server:
            server.send_message(message, post.sender, [letter.address])
    except smtplib.SMTPRecipientsRefused as error:
        code, text = error.recipients[letter.address]
        raise (NoSuchAddress if code >= 500 else Undelivered)(_answer(code, text)) from error
    except smtplib.SMTPDataError as error:
        raise (Returned if error.smtp_code >= 500 else Undelivered)(
            _answer(error.smtp_code, error.smtp_error)
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Returned(f"The mail server can't do what this letter needs: {error}") from error
    except smtplib.SMTPServerDisconnected as error:
        raise Undelivered(f"The connection was lost: {error}") from error
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_answer(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"The mail server can't be reached: {error}") from error


@contextmanager
def _connected(post: Post) -> Iterator[smtplib.SMTP]:
    """A session with the server, encrypted and signed in as the settings say; certificates are checked."""
    tls = ssl.create_default_context()
    kind: Any = smtplib.SMTP_SSL if post.security == "tls" else smtplib.SMTP
    more = {"context": tls} if post.security == "tls" else {}
    try:
        server = kind(post.host, post.port, timeout=post.timeout, **more)
    except smtplib.SMTPServerDisconnected as error:
        raise Unreachable(f"The mail server hung up: {error}") from error
    try:
        if post.security == "starttls":
            server.starttls(context=tls)
        if post.user:
            server.login(post.user, post.password)
        yield server
        _farewell(server)
    finally:
        server.close()


def _farewell(server: smtplib.SMTP) -> None:
    """The letter is theirs already: a server that is gone at the goodbye must not get it twice."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return


def _message(w: Work, post: Post, letter: Letter, mail_id: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(SHOWN, addr_spec=post.sender)
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(w.now)
    message["Message-ID"] = f"<{mail_id}@{post.sender.rpartition('@')[2]}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _answer(code: int, text: Any) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"The mail server answered {code} {' '.join(said.split())}"[:500]
