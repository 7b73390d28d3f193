"""Pictures and their tables as files to keep."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.pictures.standalone import standalone
from adam.web import filters


def sent(text: str, name: str, kind: str) -> Response:
    """A file to be kept."""
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def drawn(picture: str, title: str, note: str, name: str = "adam.svg") -> Response:
    """A picture with its own style, so that it opens anywhere."""
    return sent(standalone(picture, title, note), name, "image/svg+xml; charset=utf-8")


def note(day: date, grand: Decimal | None) -> str:
    """What stands below a picture in a file: from where it is, of which day, and how much is counted in it."""
    told = _("ADAM, %(day)s.", day=filters.day(day))
    if grand is None:
        return told
    usd = filters.plain(filters.millions(grand, "USD"))
    return f"{told} {_('Counted once: %(usd)s, as far as the person who took it may see.', usd=usd)}"
