"""Answers in fewer bytes for browsers on a bad line; addresses of files that change with what is in them."""

from __future__ import annotations

import gzip
import hashlib
import io
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

from adam.http.faces import for_programs, is_static

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
WORTH = 600
"""Below this many bytes an answer fits into one packet anyway."""
LEVEL = 6
A_YEAR = 31_536_000


def register(app: Flask) -> None:
    """Compress what browsers ask for, and put a version into the address of every static file."""
    app.after_request(_compressed)
    app.url_defaults(_versioned)


def _compressed(response: Response) -> Response:
    if is_static() and request.args.get("v") and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    if not _may_be(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < WORTH:
        return response
    response.set_data(
        _of_file(content) if is_static() else _packed(content, secrets.token_hex(secrets.randbelow(32) + 1))
    )
    response.headers["Content-Encoding"] = "gzip"
    etag, _weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _may_be(response: Response) -> bool:
    """Programs get the strong ETag of the plain bytes; what is streamed or sent in parts stays as it is."""
    if for_programs() or response.status_code in (204, 206, 304) or request.method == "HEAD":
        return False
    told = "Content-Encoding" in response.headers or "Content-Range" in response.headers
    whole = is_static() or not response.is_streamed
    return whole and not told and (response.mimetype or "").startswith(TEXTS)


@lru_cache(maxsize=64)
def _of_file(content: bytes) -> bytes:
    return _packed(content, "")


def _packed(content: bytes, name: str) -> bytes:
    """Gzip; `name` in its header has a length by chance, so that the size of a page betrays nothing of its secrets."""
    packed = io.BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def _versioned(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values:
        path = Path(current_app.static_folder or "", values["filename"])
        if path.is_file():
            values.setdefault("v", _version(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _version(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
