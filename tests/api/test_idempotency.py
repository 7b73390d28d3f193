"""A retry changes nothing: the same key and body get the stored answer, whatever happened in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from adam.app import create_app
from adam.database import sessions as make_sessions
from adam.models.accounts import StoredAnswer
from adam.models.submissions import Submission
from adam.settings import load
from tests.api.builders import codes, key, submission
from tests.visitors import visitor

MANY = 50


def test_the_same_key_and_body_get_the_stored_answer(visit, session):
    norway, body, headers = visit("focal_point", "NO"), submission(), key()

    first = norway.api("POST", "/submissions", headers, json=body)
    again = norway.api("POST", "/submissions", headers, json=body)

    assert again.status_code == 201 and again.get_json() == first.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert [again.headers[name] for name in ("ETag", "Location")] == [
        first.headers[n] for n in ("ETag", "Location")
    ]
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_same_key_for_another_body_is_refused(visit, session):
    norway, headers = visit("focal_point", "NO"), key()
    norway.api("POST", "/submissions", headers, json=submission())

    other = norway.api("POST", "/submissions", headers, json=submission(title="Another"))

    assert other.status_code == 422
    assert codes(other) == {("Idempotency-Key", "idempotency_key_reused")}
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_keys_of_two_accounts_have_nothing_to_do_with_each_other(visit):
    norway, unodc, headers = visit("focal_point", "NO"), visit("focal_point", "UNODC"), key()

    answers = [who.api("POST", "/submissions", headers, json=submission()) for who in (norway, unodc)]

    assert [answer.get_json()["partner"] for answer in answers] == ["NO", "UNODC"]


def test_what_was_refused_leaves_its_key_free(visit):
    norway, headers = visit("focal_point", "NO"), key()
    norway.api("POST", "/submissions", headers, json=submission(title=""))

    mended = norway.api("POST", "/submissions", headers, json=submission())

    assert mended.status_code == 201


def test_a_key_is_free_again_after_30_days(visit, session):
    norway, headers = visit("focal_point", "NO"), key()
    norway.api("POST", "/submissions", headers, json=submission())
    older = StoredAnswer.created_at
    kept = session.scalar(select(older))
    session.execute(update(StoredAnswer).values(created_at=kept - timedelta(days=31)))
    session.commit()

    later = norway.api("POST", "/submissions", headers, json=submission(title="Another"))

    assert later.status_code == 201


@pytest.mark.parametrize("wrong", ["short", "x" * 256, "sixteen letters\x7f", "ключ-из-букв-и-чисел"])
def test_a_key_is_16_to_255_printable_characters(visit, wrong):
    norway = visit("focal_point", "NO")

    refused = norway.api("POST", "/submissions", {"Idempotency-Key": wrong}, json=submission())
    missing = norway.api("POST", "/submissions", json=submission())

    assert [refused.status_code, missing.status_code] == [400, 400]
    assert missing.get_json()["code"] == "idempotency_key_required"


def together(database, headers, body):
    """The statuses of 50 posts of Norway's at once, and how many submissions there are then."""
    app = create_app(load({}, env="testing", database_url=database.url), engine=database.engine)
    norway = visitor(app, make_sessions(database.engine), "focal_point", "NO")
    with ThreadPoolExecutor(MANY) as threads:
        posts = [
            threads.submit(norway.api, "POST", "/submissions", headers(), json=body) for _ in range(MANY)
        ]
        statuses = [post.result().status_code for post in posts]
    with database.engine.connect() as connection:
        return statuses, connection.scalar(select(func.count()).select_from(Submission))


def test_many_posts_at_once_with_one_key_make_one_row(fresh_database):
    one = key()

    statuses, rows = together(fresh_database, lambda: one, submission())

    assert set(statuses) <= {201, 409} and 201 in statuses
    assert rows == 1


def test_many_posts_at_once_with_one_key_of_the_partner_make_one_row(fresh_database):
    body = submission() | {"source_ref": "A-1"}

    statuses, rows = together(fresh_database, key, body)

    assert sorted(statuses)[0] == 201 and set(sorted(statuses)[1:]) <= {409, 422}
    assert rows == 1


def test_many_posts_at_once_with_many_keys_are_all_kept(fresh_database):
    statuses, rows = together(fresh_database, key, submission())

    assert set(statuses) == {201}
    assert rows == MANY
