"""Files that people and programs send: only views that say so take large bodies, and each part is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from adam.errors import Invalid, Problem
from adam.http.work import state
from adam.services import import_files
from adam.services.import_jobs import DRY_RUN, MODES, Upload

View = TypeVar("View", bound=Callable[..., Any])
FIELDS = ("format", "mode")


class NamedParts(Request):
    """A request of whose form every part has a name: werkzeug lets parts without one through, under None."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        if None in self.form or None in self.files:
            self.form, self.files = ImmutableMultiDict(), ImmutableMultiDict()
            raise BadRequest("A part of this form has no name: give each part the name of a field.")


def large(view: View) -> View:
    """This view takes files: its body may be as large as an import."""
    view.adam_large = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Set the limit before anything reads the body; after the guards, so that strangers send nothing large."""
    app.before_request(_limit)


def _limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "adam_large", False):
        request.max_content_length = limit()


def limit() -> int:
    """Bytes of a body with a file: the file, and a little for what stands around it."""
    return int(state().settings.import_limit) + 65536


def upload(own: tuple[str, ...] = ()) -> Upload:
    """The file of a multipart body with its format and mode; `own` names further fields that may be there.

    The format may be left out, or empty, where the name's ending says it; the mode is a trial run unless told. Raises
    UnsupportedMediaType, RequestEntityTooLarge, or Invalid with every problem.
    """
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data, in a part named file.")
    try:
        given, files = request.form, request.files
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(
            f"Send a file of at most {state().settings.import_limit} bytes."
        ) from None
    problems = [
        Problem(f"#/{name[:100]}", "unknown_field", "No field of this name is known: leave it out.")
        for name in sorted((set(given) - {*FIELDS, *own}) | (set(files) - {"file"}))
    ]
    file = files.get("file")
    if file is None or not file.filename:
        problems.append(Problem("#/file", "required", "Choose a file: .xlsx, .csv or .xml."))
    form = given.get("format") or import_files.form_of(file.filename or "") if file else given.get("format")
    if form not in import_files.FORMATS:
        problems.append(_unknown_format(given.get("format")))
    mode = given.get("mode", DRY_RUN)
    if mode not in MODES:
        problems.append(Problem("#/mode", "choice", f"Choose one of: {', '.join(MODES)}."))
    content = file.read() if file else b""
    for one in files.values():
        one.close()
    if len(content) > state().settings.import_limit:
        raise RequestEntityTooLarge(f"Send a file of at most {state().settings.import_limit} bytes.")
    if problems:
        raise Invalid(problems)
    return Upload(str(file and file.filename), content, str(form), mode)


def _unknown_format(given: str | None) -> Problem:
    formats = ", ".join(import_files.FORMATS)
    if given:
        return Problem("#/format", "choice", f"Choose one of: {formats}.")
    sentence = (
        f"The file's name doesn't end in .xlsx, .csv or .xml: say which format it has, one of {formats}."
    )
    return Problem("#/format", "unknown_format", sentence)
