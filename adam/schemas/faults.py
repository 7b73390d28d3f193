"""From marshmallow's nested messages to flat problems: a pointer, a stable code and a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError

from adam.errors import Invalid, Problem


class Fault(str):
    """A message that knows its code; a plain string to everybody else, and untouched by str.format."""

    code: str

    def __new__(cls, code: str, detail: str) -> Fault:
        """`code` is stable and for programs, `detail` is a sentence for people."""
        fault = super().__new__(cls, detail)
        fault.code = code
        return fault

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """So that schemas that hold faults can be copied."""
        return self.code, str(self)

    def format(self, *args: Any, **kwargs: Any) -> Fault:
        """Fill the places of the sentence and keep the code."""
        return Fault(self.code, super().format(*args, **kwargs))


def fault(code: str, detail: str, field: str = "_schema") -> ValidationError:
    """A validation error of one field of a schema."""
    return ValidationError(Fault(code, detail), field)


def load(schema: Schema, document: Any, pointer: str = "#") -> dict[str, Any]:
    """The draft of a document; raises Invalid with every problem at once, each under `pointer`."""
    try:
        return schema.load(document)
    except ValidationError as error:
        raise Invalid(problems_of(error, pointer)) from None


def problems_of(error: ValidationError, pointer: str = "#") -> list[Problem]:
    """Every message of a validation error as a problem."""
    messages = error.messages if isinstance(error.messages, dict) else {"_schema": error.messages}
    return list(_walk(messages, pointer))


def _walk(messages: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _walk(inner, pointer if key == "_schema" else f"{pointer}/{_token(key)}")
    elif isinstance(messages, list):
        for inner in messages:
            yield from _walk(inner, pointer)
    else:
        yield Problem(pointer, getattr(messages, "code", "invalid"), str(messages))


def _token(key: Any) -> str:
    """A key as RFC 6901 writes it, cut where a hostile one is endless."""
    return str(key)[:100].replace("~", "~0").replace("/", "~1")
