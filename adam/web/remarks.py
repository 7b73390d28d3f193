"""Warnings as a person meets them: a remark at its field that may be answered with a reason, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from adam.errors import Problem
from adam.http.work import state
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.services import warnings
from adam.services.claims import Answer
from adam.services.warnings import Ground, Shown
from adam.services.work import Work
from adam.web import form_errors

POSTED, ABOUT = "remark_", "about_"
MOST, LONGEST = 100, 2000
Given = dict[str, dict[str, str]]
"""Name of a warning ("value_date_ahead.contributions.0.value_date") → the reason, and what it was about."""


def name_of(item: Shown) -> str:
    """How a form names a warning."""
    return f"{item.code}.{item.pointer.removeprefix('#/project/').replace('/', '.')}"


def given(form: MultiDict[str, str]) -> Given:
    """The reasons that were posted."""
    names = [name.removeprefix(ABOUT) for name in form if name.startswith(ABOUT)][:MOST]
    return {
        name: {
            "reason": form.get(POSTED + name, "").replace("\x00", "").strip()[:LONGEST],
            "about": form.get(ABOUT + name, "")[:64],
        }
        for name in names
    }


def answers(said: Given) -> tuple[Answer, ...]:
    """The reasons that were given, each for what its remark was about on the page; a blank one answers nothing."""
    return tuple(
        Answer(code, row["reason"], f"#/project/{place.replace('.', '/')}", row["about"])
        for name, row in said.items()
        for code, _dot, place in [name.partition(".")]
        if row["reason"] and row["about"]
    )


def unseen(said: Given, found: Iterable[Shown]) -> list[Shown]:
    """Warnings that the person has not met yet: not on the page that was sent, or about other values then."""
    met = {(name, row["about"]) for name, row in said.items()}
    return [item for item in found if item.answer is None and (name_of(item), item.about) not in met]


def on_form(found: Iterable[Shown], said: Given, places: dict[str, str]) -> list[dict[str, Any]]:
    """The warnings for the form: where each belongs, what was typed as its reason, and who answered it when."""
    items = list(found)
    problems = [Problem(item.pointer, item.code, item.detail) for item in items]
    keys = {id(problem): key for key, problem in form_errors.located(problems, places)}
    return [
        shown(item)
        | {
            "name": name_of(item),
            "about": item.about,
            "part": keys[id(problem)].partition(".")[0],
            "href": form_errors.anchor(keys[id(problem)]),
            "title": form_errors.named(keys[id(problem)], problem),
            "reason": _typed(item, said),
        }
        for item, problem in zip(items, problems, strict=True)
    ]


def _typed(item: Shown, said: Given) -> str:
    typed = said.get(name_of(item), {}).get("reason")
    return typed if typed is not None else (item.answer.text if item.answer else "")


def shown(item: Shown) -> dict[str, Any]:
    """A warning in words, with its reason if one stands."""
    return {
        "code": item.code,
        "url": f"/rules#{item.code}",
        "title": _(item.detail),
        "text": _(state().rules.table[item.code].fix),
        "answer": _reason(item.answer),
        "lapsed": _reason(item.lapsed),
    }


def _reason(reason: warnings.Reason | None) -> dict[str, Any] | None:
    return {"text": reason.text, "by": reason.author, "when": reason.at} if reason else None


def of_submission(w: Work, submission: Any) -> list[dict[str, Any]]:
    """The warnings on a submission for its page."""
    return [shown(item) for item in warnings.of_submission(w, submission, readable(submission.document))]


def open_on(w: Work, submissions: Sequence[Any], kept: questions.Kept | None = None) -> dict[str, int]:
    """Id of a submission → how many of its warnings nobody has answered."""
    ground = Ground(w)
    ground.kept = kept or questions.Kept(w.session, [row.id for row in submissions])
    return {
        row.id: sum(
            item.answer is None for item in warnings.of_submission(w, row, readable(row.document), ground)
        )
        for row in submissions
    }
