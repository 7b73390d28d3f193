"""Differences in words: long texts, word by word."""

from time import process_time

import pytest

from adam.web import differences


@pytest.mark.parametrize(
    "before, after, pieces",
    [
        ("two posts.", "two posts. And more.", ["same:two posts. ", "added:And more."]),
        ("two posts. And more.", "two posts.", ["same:two posts. ", "removed:And more."]),
        ("two old posts", "two new posts", ["same:two ", "removed:old ", "added:new ", "same:posts"]),
        ("two  posts\n", "two posts", ["same:two posts\n"]),
        ("", "two", ["added:two"]),
    ],
)
def test_long_texts_differ_by_words(before: str, after: str, pieces: list[str]):
    assert [f"{one['kind']}:{one['text']}" for one in differences.words(before, after)] == pieces


def test_a_text_that_repeats_itself_is_compared_at_once():
    before, after = "a b " * 2500, "b a c " * 1600
    started = process_time()

    pieces = differences.words(before, after)

    assert process_time() - started < 0.5
    assert "".join(one["text"] for one in pieces if one["kind"] != "removed") == after
