"""What the scripts of the form say, in the language of the page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SAID = {
    "saved": _l("Saved at {when}."),
    "saving": _l("Saving …"),
    "changed": _l("Not saved yet."),
    "offline": _l("Not saved: no connection. Your answers stay in this page; it tries again by itself."),
    "signed_out": _l(
        "Not saved: you are signed out. Sign in in another tab, then go on here; nothing is lost."
    ),
    "too_old": _l(
        "Not saved: this page is from an earlier session. Press “Save and leave”; nothing is lost."
    ),
    "stale": _l("Not saved: somebody stored another version meanwhile."),
    "compare": _l("Compare the two"),
    "failed": _l(
        "Not saved: ADAM could not store it. Your answers stay in this page; it tries again by itself."
    ),
    "fits": _l("{number} fit"),
    "none": _l("Nothing fits: try another spelling, or the code."),
}
"""What drafts.js and combobox.js say."""


def said() -> dict[str, str]:
    """The words for data-said."""
    return {name: str(text) for name, text in SAID.items()}
