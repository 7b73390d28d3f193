"""Remarks on a document in words: what one may leave so, and why it matters."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from adam.domain import remarks
from adam.web.documents import readable

WORDS = {
    remarks.NO_FUNDER: (
        _l("Nobody is named as funding the project"),
        _l("You may leave it so while funds are sought; then it counts for no donor."),
    ),
    remarks.NO_BENEFICIARY: (
        _l("No institution is named that benefits"),
        _l("An overlap with another project is judged by this."),
    ),
    remarks.NO_PILLAR: (
        _l("The project is assigned to no pillar"),
        _l("It stands in the “not assigned” column of every matrix."),
    ),
    remarks.NO_END: (
        _l("No end is given"),
        _l(
            "Without it nobody can be told in time that help runs out, and no money at stake can be reckoned."
        ),
    ),
    remarks.NO_AMOUNT: (_l("No amount is given"), _l("The project is listed, but counts with no money.")),
    remarks.OVERPAID: (
        _l("More was paid out than committed"),
        _l("Check the amounts, or add the commitment that is missing."),
    ),
}


def shown(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The remarks on a document, of a draft too."""
    return [
        {"code": code, "title": WORDS[code][0], "text": WORDS[code][1], "answerable": False}
        for code in remarks.remarks(readable(document))
    ]


def sentences(document: dict[str, Any]) -> list[str]:
    """The remarks in a sentence each."""
    return [f"{item['title']}. {item['text']}" for item in shown(document)]
