"""From the domain's words to the status, title and code that both faces answer with; the one table of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from adam.errors import AdamError, Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.services.passwords import Busy

RETRY_SECONDS = "5"
MISSING = "Nothing is at this address, or it is not for you to see."
SENTENCES = {
    400: "This request can't be read.",
    401: "Send a bearer token: Authorization: Bearer …",
    403: "You may see this, but not do it.",
    404: MISSING,
    405: "This address doesn't take that method.",
    413: "What was sent is too large.",
    415: "This address doesn't take that type of content.",
    429: "Too many requests: wait a little, then go on.",
    500: "Something went wrong on our side; nothing was stored. Give us the request's number if it happens again.",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong as an answer: `code` is stable and for programs, `detail` is for people."""

    status: int
    code: str
    detail: str
    problems: tuple[Problem, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def general(self) -> bool:
        """Whether the sentence only says what the status says."""
        return self.detail == SENTENCES.get(self.status)

    @property
    def title(self) -> str:
        """The standard's name of the status."""
        return HTTPStatus(self.status).phrase


def failure_of(error: BaseException) -> Failure:
    """The answer for an error; whatever isn't known is a 500 that tells nothing of the inside."""
    if isinstance(error, AdamError):
        return _of_domain(error)
    if isinstance(error, HTTPException):
        return _of_http(error)
    if isinstance(error, OperationalError):
        detail = "The database is busy or away: try again shortly; nothing was stored."
        return Failure(503, "database_unavailable", detail, headers={"Retry-After": RETRY_SECONDS})
    if isinstance(error, IntegrityError):
        return Failure(
            409, "conflict", "Somebody stored the same at the same moment: read it again, then repeat."
        )
    if isinstance(error, DataError):
        return Failure(422, "out_of_range", "A value is larger than anything that can be stored here.")
    return Failure(500, "internal", SENTENCES[500])


def _of_domain(error: AdamError) -> Failure:
    if isinstance(error, Invalid):
        many = len(error.problems)
        detail = "One answer needs mending." if many == 1 else f"{many} answers need mending."
        return Failure(422, "invalid", detail, error.problems)
    if isinstance(error, Stale):
        return Failure(412, error.code, str(error))
    if isinstance(error, Conflict):
        return Failure(409, error.code, str(error))
    if isinstance(error, NotFound):
        return Failure(404, "not_found", MISSING)
    if isinstance(error, Forbidden):
        return Failure(403, "forbidden", str(error) or SENTENCES[403])
    if isinstance(error, Busy):
        return Failure(503, "busy", str(error), headers={"Retry-After": RETRY_SECONDS})
    return Failure(500, "internal", SENTENCES[500])


CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
}
CODES |= {
    413: "too_large",
    415: "unsupported_media_type",
    428: "precondition_required",
    429: "too_many_requests",
}


def _of_http(error: HTTPException) -> Failure:
    """A werkzeug error: its own sentence where we wrote it, ours where werkzeug did."""
    status = error.code or 500
    written = error.description if error.description != type(error).description else None
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="ADAM"'
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if status == 503:
        headers["Retry-After"] = RETRY_SECONDS
    code = getattr(error, "adam_code", None) or CODES.get(status, "error")
    if isinstance(error, CSRFError):
        code, written = "form_token", None
    own = written if status not in (404, 429, 500) else None
    return Failure(
        status, code, own or SENTENCES.get(status) or HTTPStatus(status).description, headers=headers
    )
