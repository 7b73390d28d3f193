"""What the server itself refuses, before the application is asked: said as the API says it."""

from __future__ import annotations

import json
import secrets
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

SAID = {
    400: ("bad_request", "The request can't be read: its first line or a header is not as HTTP wants it."),
    413: ("too_large", "The body is larger than anything that is taken here."),
    431: ("headers_too_large", "The headers of the request are too large."),
    501: ("not_implemented", "This Transfer-Encoding is not known here: send chunked, or a Content-Length."),
}
OURS = ("internal_error", "Something went wrong on our side; it has been recorded.")


class Refusal(ErrorTask):
    """The answer to a request that the server could not take: problem+json, and the connection ends."""

    def execute(self) -> None:
        """Write the answer; no word of the request comes back but its path."""
        error = self.request.error
        code, detail = SAID.get(error.code, OURS)
        number = secrets.token_hex(8)
        body = {"type": "about:blank", "title": error.reason, "status": error.code, "detail": detail}
        body |= {"instance": getattr(self.request, "path", "") or "/", "code": code}
        body |= {"request_id": number, "errors": []}
        written = json.dumps(body).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "application/problem+json"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Request-ID", number),
        ]
        self.set_close_on_finish()
        self.content_length = len(written)
        self.write(written)


class Channel(HTTPChannel):
    """A connection whose refusals are ours."""

    error_task_class = Refusal


def speaking(server: Any) -> Any:
    """The server, whichever addresses it listens on, with connections that speak so."""
    for one in (server, *getattr(server, "map", {}).values()):
        if isinstance(one, BaseWSGIServer):
            one.channel_class = Channel
    return server
