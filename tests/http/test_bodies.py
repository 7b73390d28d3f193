"""JSON from strangers: what can't be read is refused with what to mend, and nothing breaks."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from adam.http import bodies

NESTED = b"[" * 100_000 + b"]" * 100_000


def read(data: bytes, content_type: str = "application/json", **headers: str) -> Any:
    """The body as a view of an application with a limit of 100 bytes would get it."""
    app = Flask(__name__)
    app.extensions["adam"] = SimpleNamespace(settings=SimpleNamespace(body_limit=100))
    with app.test_request_context("/", method="POST", data=data, content_type=content_type, headers=headers):
        return bodies.json_body()


def test_a_document_is_read_as_it_was_sent():
    document = bodies.parse('{"title": "Türkiye", "shares": ["60.00", null, 1, 2.5, true]}'.encode())

    assert document == {"title": "Türkiye", "shares": ["60.00", None, 1, 2.5, True]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"{", "not_json"),
        (b"{} {}", "not_json"),
        (b'{"a": "\n"}', "not_json"),
        (b'{"a": NaN}', "not_json"),
        (b"[-Infinity]", "not_json"),
        (b"[1e999]", "number_too_large"),
        (b"[" + b"9" * 5000 + b"]", "number_too_large"),
        (b"[9223372036854775808]", "number_too_large"),
        (b'{"a": 1, "b": 2, "a": 3}', "duplicate_key"),
        (b'{"a": {"b": 1, "b": 1}}', "duplicate_key"),
        (b"\xff\xfe{}", "not_utf8"),
        ("{}".encode("utf-16"), "not_utf8"),
        (b'"\xed\xa0\x80"', "not_utf8"),
        (b'{"a": "\\u0000"}', "characters"),
        (b'{"a\\ud800": 1}', "characters"),
        (b'["\\udfff"]', "characters"),
        (b"[" * 33 + b"]" * 33, "too_deep"),
        (NESTED, "too_deep"),
        (b'{"a":' * 50_000, "too_deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str):
    with pytest.raises(BadRequest) as refused:
        bodies.parse(data)

    assert refused.value.adam_code == code  # type: ignore[attr-defined]
    assert refused.value.description


@pytest.mark.parametrize(
    "data", [b"[" * 32 + b"]" * 32, b'["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\"[["]', b'"\\ud83d\\ude00"']
)
def test_what_only_looks_hostile_is_taken(data: bytes):
    assert bodies.parse(data)


@pytest.mark.parametrize(
    ("data", "content_type", "headers", "error"),
    [
        (b"{}", "text/plain", {}, UnsupportedMediaType),
        (b"a=1", "application/x-www-form-urlencoded", {}, UnsupportedMediaType),
        (b"{}", "", {}, UnsupportedMediaType),
        (b"{}", "application/json", {"Content-Encoding": "gzip"}, UnsupportedMediaType),
        (b" " * 101, "application/json", {}, RequestEntityTooLarge),
    ],
)
def test_size_and_type_are_looked_at_first(
    data: bytes, content_type: str, headers: dict[str, str], error: type[HTTPException]
):
    with pytest.raises(error):
        read(data, content_type, **headers)


def test_a_charset_beside_the_type_does_no_harm():
    assert read(b'{"a": 1}', "application/json; charset=utf-8") == {"a": 1}
