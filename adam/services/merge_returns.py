"""The way back of what a merge moved: each row as it was, unless changed since; all of it stands in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from adam.models import Base
from adam.models.cases import Case
from adam.models.findings import Finding, Judgement
from adam.models.mentions import Mention
from adam.models.projects import Project
from adam.models.recommendations import RecommendationProject
from adam.models.rounds import RoundRecord
from adam.models.submissions import Submission
from adam.services import merge_questions
from adam.services.merge_rows import Move, put
from adam.services.work import Work

TABLES: dict[str, type[Base]] = {
    table.__tablename__: table
    for table in (
        *(Case, Finding, Judgement, Mention),
        *(Project, RecommendationProject, RoundRecord, Submission),
    )
}
Values = dict[str, Any]
Step = tuple[str, tuple[str, str], Values]
"""What the history says of a row: the action, what it is about, and what stands beside the values."""
SAID: dict[str, Callable[[Any], Step]] = {
    "cases": lambda row: ("case.put_back", ("case", row.id), {}),
    "findings": lambda row: ("finding.put_back", ("finding", row.id), {}),
    "judgements": lambda row: ("finding.put_back", ("finding", row.finding_id), {"verdict": row.verdict}),
    "mentions": lambda row: ("mention.put_back", ("project", row.project_id), {"partner": row.partner}),
    "projects": lambda row: ("project.absorbed", ("project", row.id), {}),
    "recommendation_projects": lambda row: (
        "recommendation.put_back",
        ("recommendation", row.recommendation_id),
        {},
    ),
    "round_records": lambda row: (
        "round.asked_again",
        ("validation_round", row.round_id),
        {"project": row.project_id},
    ),
    "submissions": lambda row: ("submission.restored", ("submission", row.id), {}),
}


def back(w: Work, moved: Sequence[Move]) -> list[str]:
    """Put all of it back, with its history; answers in words what was changed meanwhile and is left as it is.

    A question goes back with its verdict and its case, or stays with them.
    """
    staying = _staying(w, moved)
    kept = list(staying.values())
    steps: dict[tuple[str, tuple[str, str]], tuple[Values, Values]] = {}
    for move in reversed(moved):
        row = _row(w, move)
        if move.get("question") in staying:
            continue
        if row is None:
            kept.append(f"{move['what']} was taken back since and stays so.")
        elif _as_left(row, move):
            _note(steps, row, move)
            _put_back(w, row, move)
        elif move["table"] != "projects":
            kept.append(f"{move['what']} was changed since and stays as it is.")
    w.session.flush()
    for (action, about), (before, after) in steps.items():
        w.record(action, about, before, after)
    return kept


def _row(w: Work, move: Move) -> Any:
    return w.session.get(TABLES[move["table"]], move["id"])


def _as_left(row: Any, move: Move) -> bool:
    """Whether a row is as the merge left it."""
    return all(getattr(row, name) == move["after"][name] for name in move["check"])


def _put_back(w: Work, row: Any, move: Move) -> None:
    if move["before"] is None:
        w.session.delete(row)
    else:
        put(row, move["before"])


def _note(steps: dict[Any, tuple[Values, Values]], row: Any, move: Move) -> None:
    """What happens to a row, as one step with the other rows of the same thing; a row that goes is no more after it."""
    action, about, beside = SAID[move["table"]](row)
    before, after = steps.setdefault((action, about), ({}, {}))
    gone = move["before"] is None
    before |= beside | move["after"]
    after |= dict.fromkeys(beside) if gone else beside | move["before"]


def _staying(w: Work, moved: Iterable[Move]) -> dict[Any, str]:
    """The questions that stay because somebody judged or changed them since: their ids, and what is said of each."""
    questions: dict[Any, list[Move]] = defaultdict(list)
    for move in moved:
        if "question" in move:
            questions[move["question"]].append(move)
    return {key: said for key, moves in questions.items() if (said := _why_it_stays(w, key, moves))}


def _why_it_stays(w: Work, question: str, moves: Sequence[Move]) -> str:
    """Why a question stays, with its cases; empty where it goes back."""
    finding = w.session.get_one(Finding, question)
    newest = merge_questions.newest(w, finding)
    rows = [(move, _row(w, move)) for move in moves]
    if (newest.id if newest else None) != moves[0]["verdict"]:
        why = f"{finding.reference} was judged since and stays as it is"
    elif any(row is None or not _as_left(row, move) for move, row in rows):
        why = f"{finding.reference} was changed since and stays as it is"
    else:
        return ""
    cases = [move["what"] for move, _ in rows if move["table"] == "cases"]
    return f"{why}, and {', '.join(cases)} with it." if cases else f"{why}."
