"""The examples of what is answered: each operation has one, and it is made as a fresh answer is."""

import json

import pytest

from adam.api import answer_examples
from adam.api.answer_examples import examples, short
from tests.api.walk import walked

BINARY = ("application/pdf", "sheet")


def differences(shown, real, place=""):
    """Where an example isn't made as a real answer: other names in an object, or values of another kind."""
    if shown is None or real is None:
        return []
    if type(shown) is not type(real):
        return [f"{place}: {type(shown).__name__} is {type(real).__name__} now"]
    if isinstance(shown, dict):
        other = [f"{place}: {sorted(shown.keys() ^ real.keys())}"] if shown.keys() != real.keys() else []
        both = shown.keys() & real.keys()
        return other + [
            found for name in both for found in differences(shown[name], real[name], f"{place}/{name}")
        ]
    if isinstance(shown, list):
        return [
            found for pair in zip(shown, real, strict=False) for found in differences(*pair, f"{place}/*")
        ]
    return []


def test_every_answer_with_a_body_has_an_example_that_is_made_as_a_real_answer(fresh_database):
    if fresh_database.kind == "postgresql":
        pytest.skip("examples are the same for both databases")

    app, answers = walked(fresh_database)

    paths = app.extensions["adam_openapi"]["paths"]
    named = {
        f"{method} {path} {status} {media}": content
        for path, item in paths.items()
        for method, operation in item.items()
        if method != "parameters"
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media, content in answer.get("content", {}).items()
        if not media.endswith(BINARY)
    }
    assert named.keys() <= answers.keys(), sorted(named.keys() - answers.keys())
    without = [name for name, content in named.items() if "example" not in content]
    assert not without, f"run python -m tests.api.walk: {without}"
    wrong = [
        f"{name}{found}"
        for name, shown in examples().items()
        if not isinstance(shown, str)
        for found in differences(shown, short(answers.get(name)))
    ]
    assert not wrong, f"run python -m tests.api.walk: {wrong}"


def test_examples_hold_no_secret_and_nobody_s_address():
    text = answer_examples.FILE.read_text(encoding="utf-8")

    shown = json.loads(text)

    assert shown["post /api/v1/tokens 201 application/json"]["token"] == answer_examples.SECRETS["token"]
    assert shown["post /api/v1/webhooks 201 application/json"]["secret"] == answer_examples.SECRETS["secret"]
    assert "@test.example" not in text
