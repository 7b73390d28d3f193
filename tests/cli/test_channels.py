"""The server speaks as the API does, also where it refuses a request before the application is asked."""

from __future__ import annotations

import json
import socket
from threading import Thread

import pytest
from waitress.server import create_server

from adam.cli.channels import speaking

REFUSED = {
    "too_large": (413, b"POST /api/v1/imports HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n"),
    "bad_request": (400, b"GET /api/v1/projects HTTP/1.1\r\nHost: a\r\nNo header\r\n\r\n"),
    "headers_too_large": (431, b"GET /api/v1/projects HTTP/1.1\r\nX: " + b"x" * 3000 + b"\r\n\r\n"),
    "not_implemented": (501, b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: frogs\r\n\r\n"),
    "internal_error": (500, b"GET /api/v1/projects HTTP/1.1\r\nHost: a\r\n\r\n"),
}


@pytest.fixture
def port():
    """Where a server listens whose application breaks."""

    def broken(_environ, _start):
        raise RuntimeError("a secret of ours")

    bounds = {"max_request_body_size": 1000, "max_request_header_size": 2000}
    server = speaking(create_server(broken, host="127.0.0.1", port=0, threads=1, **bounds))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(10)


@pytest.mark.parametrize("code", REFUSED)
def test_what_the_server_refuses_itself_is_said_as_problem_json(port, code):
    status, sent = REFUSED[code]

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    said = json.loads(body)

    assert head.split()[1] == str(status).encode()
    assert b"application/problem+json" in head and said["request_id"].encode() in head
    assert (said["status"], said["code"], said["errors"]) == (status, code, [])
    assert "secret" not in body.decode()
