"""A post of a submission: what it answers, what it takes, and how little it asks."""

from tests.api.builders import key, sent, submission
from tests.builders.recording import statements


def test_what_a_post_answers_is_what_is_read_afterwards(visit):
    norway = visit("focal_point", "NO")
    plain, doubtful = submission(), submission(beneficiaries=[], end_planned=None)
    code = norway.api("POST", "/submissions/check", json=doubtful).get_json()["warnings"][0]["code"]
    explained = doubtful | {"answers": [{"code": code, "reason": "It is not decided yet."}]}

    posted = [norway.api("POST", "/submissions", key(), json=body) for body in (plain, doubtful, explained)]
    read = [norway.api("GET", f"/submissions/{answer.get_json()['id']}") for answer in posted]

    assert [answer.get_json() for answer in posted] == [answer.get_json() for answer in read]
    assert [answer.headers["ETag"] for answer in posted] == [answer.headers["ETag"] for answer in read]
    told = [{item["code"]: item["answer"] for item in answer.get_json()["warnings"]} for answer in posted]
    assert told[1][code] is None and told[2][code]["reason"] == "It is not decided yet."


def test_a_refused_post_takes_no_number(visit):
    norway = visit("focal_point", "NO")
    before = sent(norway, submission() | {"source_ref": "A-1"})

    refused = norway.api("POST", "/submissions", key(), json=submission() | {"source_ref": "A-1"})
    after = sent(norway)

    assert refused.status_code == 422
    assert int(after["reference"][2:]) == int(before["reference"][2:]) + 1


def test_a_post_asks_the_database_as_little_as_it_can(visit, session):
    norway = visit("focal_point", "NO")
    sent(norway, submission() | {"source_ref": "A-1"})

    asked = statements(session, lambda: sent(norway, submission() | {"source_ref": "A-2"}))

    # Each has its reason in benchmarks/README.md; the savepoints of the tests come on top.
    assert asked <= 20
