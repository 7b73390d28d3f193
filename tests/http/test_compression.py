"""Answers in fewer bytes, and files whose address changes with what is in them."""

import gzip
import re

from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_comes_packed_to_who_can_unpack_it(client: FlaskClient):
    plain, packed = client.get("/projects"), client.get("/projects", headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert b"</html>" in gzip.decompress(packed.data)


def test_the_size_of_a_page_says_nothing_exact_of_what_is_in_it(client: FlaskClient):
    sizes = {len(client.get("/sign-in", headers=GZIP).data) for _time in range(12)}

    assert len(sizes) > 1


def test_programs_get_plain_bytes_with_their_strong_etag(client: FlaskClient):
    answer = client.get("/api/v1/projects", headers=GZIP)

    assert "Content-Encoding" not in answer.headers


def test_a_file_is_asked_for_once_a_version(client: FlaskClient):
    address = re.search(r'href="(/static/adam\.css\?v=[0-9a-f]{8})"', client.get("/sign-in").text)
    assert address

    answer = client.get(address[1], headers=GZIP)
    etag = answer.headers["ETag"]

    assert "immutable" in answer.headers["Cache-Control"] and answer.headers["Content-Encoding"] == "gzip"
    assert client.get(address[1], headers=GZIP | {"If-None-Match": etag}).status_code == 304


def test_an_address_without_a_version_is_asked_about_again(client: FlaskClient):
    with client.get("/static/adam.css") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]
