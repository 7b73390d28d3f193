"""Where webhooks may go: only to public addresses, which are resolved once, checked, and then connected to."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

from adam.errors import AdamError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
FIRST_BYTES = 400
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        # Private, shared (carriers'), loopback, link-local with the metadata of clouds, protocols, examples, tests.
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        # Multicast, reserved and broadcast; the wire server of one cloud, which stands among public addresses.
        *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
        # Of what is unicast in IPv6: protocols and Teredo, examples, 6to4, examples again.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
UNICAST = ipaddress.IPv6Network("2000::/3")


class Refused(AdamError):
    """The address is not one that webhooks may go to; the sentence says why."""


class Failed(AdamError):
    """Nothing could be delivered there; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached: `allowed` names host:port that are exempt, for receivers in the same house and for tests.

    Only https anywhere else, and `tls_only` everywhere; `timeout` is in seconds, for all of one try.
    """

    allowed: frozenset[str]
    ports: frozenset[int]
    tls_only: bool
    timeout: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said: its status and the first bytes."""

    status: int
    begins: str


def of(settings: Any) -> Reach:
    """The reach of an installation."""
    return Reach(
        allowed=frozenset(text.lower() for text in settings.webhook_allow),
        ports=frozenset(int(port) for port in settings.webhook_ports),
        tls_only=settings.env == "production",
        timeout=settings.webhook_timeout,
    )


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in UNICAST or address.scope_id:
            return False
    return address.is_global and not address.is_multicast and not any(address in net for net in CLOSED)


def check(reach: Reach, url: str) -> tuple[SplitResult, int, bool]:
    """The parts of an address that may be asked, its port, and whether it is exempt; raises Refused."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    exempt = f"{host}:{port}" in reach.allowed
    if parts.scheme != "https" and (reach.tls_only or not exempt):
        raise Refused("Only https:// addresses are told anything.")
    if port not in reach.ports and not exempt:
        listed = ", ".join(str(one) for one in sorted(reach.ports))
        raise Refused(f"Port {port} is not one that webhooks may use: {listed}.")
    literal = _literal(host)
    if literal is not None and not exempt:
        _insist(literal)
    return parts, port, exempt


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _insist(address: Address) -> None:
    if not is_public(address):
        raise Refused("This name leads to a private or reserved address, where no webhook may go.")


def send(reach: Reach, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST the body, following no redirect; raises Refused or Failed. All of it takes `reach.timeout` at most,

    besides what the resolver of the machine takes.
    """
    parts, port, exempt = check(reach, url)
    host = parts.hostname or ""
    places = _resolved(host, port)
    if not exempt:
        for address in places:
            _insist(address)
    end = monotonic() + reach.timeout
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(places, port, end) as plain, _secured(parts, plain) as link, _ending(link, end):
            return _asked(link, parts.netloc, (target, body, headers))
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = monotonic() >= end or isinstance(error, TimeoutError)
        raise Failed(f"No answer within {reach.timeout:g} seconds." if late else _said(error)) from None


def _said(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Its certificate can't be trusted: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "It speaks no TLS that we understand."
    if isinstance(error, http.client.HTTPException | ValueError):
        return "What it answered is no HTTP."
    return f"It can't be reached: {(getattr(error, 'strerror', None) or str(error) or type(error).__name__)}."


def _resolved(host: str, port: int) -> list[Address]:
    """All addresses of a name, asked for once: what is checked is what is connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed("This name is not known.") from None
    return list(dict.fromkeys(ipaddress.ip_address(str(row[4][0])) for row in found))


@contextmanager
def _connected(places: list[Address], port: int, end: float) -> Iterator[socket.socket]:
    """A connection to the first address that takes one, of two at most."""
    problem: OSError = OSError("no address")
    for address in places[:2]:
        try:
            link = socket.create_connection((str(address), port), max(0.1, end - monotonic()))
        except OSError as error:
            problem = error
            continue
        with link:
            yield link
        return
    raise problem


@contextmanager
def _secured(parts: SplitResult, plain: socket.socket) -> Iterator[socket.socket]:
    """The connection with TLS, its certificate checked against the name, where the address says https."""
    if parts.scheme != "https":
        yield plain
        return
    context = ssl.create_default_context()
    with context.wrap_socket(plain, server_hostname=parts.hostname) as link:
        yield link


@contextmanager
def _ending(link: socket.socket, end: float) -> Iterator[None]:
    """Cut the connection at the end of its time, however slowly it drips."""

    def cut() -> None:
        try:
            link.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    timer = Timer(max(0.05, end - monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _asked(link: socket.socket, netloc: str, request: tuple[str, bytes, dict[str, str]]) -> Answer:
    target, body, headers = request
    connection = http.client.HTTPConnection(netloc)
    connection.sock, connection.auto_open = link, 0
    connection.request("POST", target, body, {"Host": netloc, "Connection": "close"} | headers)
    with connection.getresponse() as response:
        begins = response.read(FIRST_BYTES).decode("utf-8", "replace")
        return Answer(response.status, "".join(sign if sign.isprintable() else " " for sign in begins))
