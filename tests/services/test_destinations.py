"""Where webhooks may go: public addresses alone, checked once and then connected to."""

from __future__ import annotations

import ipaddress
import socket
import time

import pytest

from adam.services import destinations
from adam.services.destinations import Failed, Reach, Refused
from tests.builders.receivers import receiving

OPEN = Reach(frozenset(), frozenset({443, 8443}), False, 2)
PRIVATE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.9"),
    *("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::127.0.0.1"),
    *("2002:7f00:1::", "2001:0:4136:e378::1", "2001:db8::1", "fec0::1", "100::1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_reserved_addresses_are_closed_however_they_are_written(address: str):
    assert not destinations.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str):
    assert destinations.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "https://example.org:22/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_what_can_be_told_from_an_address_alone_is_refused_at_once(url: str):
    with pytest.raises(Refused):
        destinations.check(OPEN, url)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "017700000001"])
def test_names_and_numbers_that_lead_home_are_refused_before_anything_is_connected(
    host: str, monkeypatch: pytest.MonkeyPatch
):
    def never(*_args: object, **_more: object) -> None:
        pytest.fail("it was connected to")

    monkeypatch.setattr(socket, "create_connection", never)

    with pytest.raises((Refused, Failed)):
        destinations.send(OPEN, f"https://{host}/x", b"{}", {})


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(monkeypatch: pytest.MonkeyPatch):
    asked, connected = [], []

    def first_public_then_private(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def refuse(place: tuple[str, int], _timeout: float) -> None:
        connected.append(place)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", first_public_then_private)
    monkeypatch.setattr(socket, "create_connection", refuse)

    with pytest.raises(Failed):
        destinations.send(OPEN, "https://rebinding.example/x", b"{}", {})
    assert (asked, connected) == (["rebinding.example"], [("93.184.215.14", 443)])


def test_one_private_address_among_several_closes_a_name(monkeypatch: pytest.MonkeyPatch):
    def both(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(None, None, 6, "", (address, port)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)

    with pytest.raises(Refused):
        destinations.send(OPEN, "https://two.example/x", b"{}", {})


def test_redirects_are_answers_and_are_not_followed():
    with receiving() as receiver:
        receiver.answers, receiver.headers = [302], {"Location": "http://169.254.169.254/"}
        reach = Reach(frozenset({receiver.place}), frozenset(), False, 2)

        answer = destinations.send(reach, receiver.url, b"{}", {})

    assert (answer.status, answer.begins, len(receiver.got)) == (302, "no", 1)


def test_in_production_even_what_is_allowed_needs_tls():
    reach = Reach(frozenset({"127.0.0.1:9000"}), frozenset({443}), True, 2)

    with pytest.raises(Refused):
        destinations.check(reach, "http://127.0.0.1:9000/x")
    assert destinations.check(reach, "https://127.0.0.1:9000/x")[2]


def test_a_receiver_that_is_slow_is_left_at_the_end_of_the_time():
    with receiving() as receiver:
        receiver.slow = 1.0
        reach = Reach(frozenset({receiver.place}), frozenset(), False, 0.2)
        begun = time.monotonic()

        with pytest.raises(Failed, match=r"within 0\.2 seconds"):
            destinations.send(reach, receiver.url, b"{}", {})

    assert time.monotonic() - begun < 2.5
