"""What a submission adds to the record, as its partner is told once it is sent."""

from collections.abc import Callable

import pytest

from tests.builders.answers import answers
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def told(norway: Visitor, **different: object) -> str:
    """The page of a submission that was just sent."""
    form = answers(**different)
    answer = norway.submit(NEW, form)
    if answer.status_code == 200:
        looked = answer.text.split('name="looked" value="')[1].split('"')[0]
        answer = norway.submit(NEW, form | {"looked": looked})
    return norway.get(answer.headers["Location"]).text


def test_the_first_of_its_kind_is_told_so(norway: Visitor):
    page = told(norway)

    assert "The first project in Tajikistan under pillar I. " in page
    assert "the only one there with training" in page
    assert "nobody else is recorded as helping Border Guards of Tajikistan" in page


def test_what_is_recorded_already_is_counted_as_far_as_one_may_see(norway: Visitor, work: Works):
    seen = {
        "pillars": [{"pillar": "I", "commitment": "I.5"}],
        "beneficiaries": [{"name": "border guards of Tajikistan"}],
    }
    recorded(work(), "FR", **seen)
    recorded(work(), "FR", **seen, visibility="confidential")

    page = told(norway)

    assert "The second project in Tajikistan under pillar I. " in page
    assert "one other helps the same institution" in page


def test_coordinators_are_not_thanked(norway: Visitor, visit: Visit):
    place = norway.submit(NEW, answers()).headers["Location"]

    assert "What it adds" not in visit("coordinator").get(place).text
