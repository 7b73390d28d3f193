"""Already recorded? What a partner answers, and what becomes of each of the three answers."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Finding
from adam.models.submissions import Submission
from tests.builders.answers import answers, faults, summary
from tests.builders.documents import document
from tests.builders.recording import Works, validated
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


@pytest.fixture
def other(work: Works) -> str:
    """The reference of a record of France that looks the same."""
    return validated(work, "FR").reference


def said(reference: str, answer: str, why: str = "", how: str = "", was: str = "") -> dict[str, str]:
    """What is posted of one record."""
    return {
        f"lookalike_{reference}": answer,
        f"lookalike_why_{reference}": why,
        f"lookalike_how_{reference}": how,
        f"lookalike_was_{reference}": was,
    }


def relations(session: Session) -> list[tuple[str, str | None]]:
    """Kind and role of the relations of the only submission of Norway."""
    stored = session.scalars(select(Submission).where(Submission.partner == "NO")).one()
    return [(row["kind"], row.get("role")) for row in stored.document.get("relations") or []]


def test_what_is_related_says_how_and_is_stated_in_the_draft(norway: Visitor, other: str, session: Session):
    open_still = norway.submit(NEW, answers() | said(other, "related"))
    stored = norway.submit(NEW, answers() | said(other, "related", how="component:part"))

    assert open_still.status_code == 422
    assert faults(open_still)[f"lookalike_{other}"] == f"Say how {other} and yours are related."
    assert f"#lookalike-{other}" in summary(open_still)
    assert stored.status_code == 303
    assert relations(session) == [("component", "part")]


def test_who_changes_their_mind_states_no_relation(norway: Visitor, other: str, session: Session):
    draft = answers(action="stay")
    place = norway.submit(NEW, draft | said(other, "related", how="same_money")).headers["Location"]
    stated = {"relation_kind": ["same_money"], "relation_project": [other], "version": 1}

    norway.submit(place, draft | stated | said(other, "different", "Another valley."))

    assert relations(session) == []


def test_a_relation_mended_in_its_row_stays_as_it_is_there(norway: Visitor, other: str, session: Session):
    stated = {"relation_kind": ["continuation"], "relation_project": [other]}

    norway.submit(
        NEW, answers(action="stay") | stated | said(other, "related", how="same_money", was="same_money")
    )

    assert relations(session) == [("continuation", None)]


def test_what_looks_the_same_and_is_called_another_one_needs_a_reason(norway: Visitor, other: str):
    page = norway.submit(NEW, answers() | said(other, "different"))
    stored = norway.submit(NEW, answers() | said(other, "different", "Another valley."))

    assert page.status_code == 422 and "why it is another one" in faults(page)[f"lookalike_{other}"]
    assert stored.status_code == 303


def test_who_calls_it_the_same_is_led_to_that_record_and_the_draft_stays(
    norway: Visitor, other: str, session: Session
):
    asked = norway.submit(NEW, answers() | said(other, "same"))
    led = norway.submit(NEW, answers(action=f"join:{other}") | said(other, "same"))

    assert asked.status_code == 200 and f"You say that {other} is the same" in asked.text
    stored = session.scalars(select(Submission).where(Submission.partner == "NO")).one()
    page = norway.get(led.headers["Location"]).text
    assert stored.state == "draft" and f"?from={stored.id}" in led.headers["Location"]
    assert "Add what you know" in page and 'value="Border Guards of Tajikistan"' in page


def test_what_is_called_the_same_may_still_be_submitted_for_a_coordinator_to_settle(
    norway: Visitor, other: str
):
    form = answers(looked=other) | said(other, "same")

    assert norway.submit(NEW, form).status_code == 303


def test_a_record_of_ones_own_is_updated_instead(norway: Visitor, work: Works):
    mine = validated(work, "NO")

    led = norway.submit(NEW, answers(action=f"join:{mine.reference}"))

    assert led.headers["Location"] == f"/submissions/new?project={mine.id}"


def test_a_record_that_one_may_not_see_can_not_be_joined(norway: Visitor, work: Works):
    hidden = validated(work, "FR", document(visibility="confidential"))

    assert norway.submit(NEW, answers(action=f"join:{hidden.reference}")).status_code == 404


def test_an_answer_is_there_again_when_one_comes_back(norway: Visitor, other: str, visit: Visit):
    place = norway.submit(NEW, answers(action="stay") | said(other, "different", "Another")).headers[
        "Location"
    ]
    norway.submit(place, answers(action="stay", version=1) | said(other, "different", "Another valley."))

    page = norway.get(place).text

    assert f'name="lookalike_{other}" value="different" checked' in page
    assert 'value="Another valley."' in page
    assert norway.get(place.removesuffix("/edit")).text.count("said of") <= 2


def test_pillars_are_suggested_while_somebody_types_and_never_filled_in(norway: Visitor):
    fragment = norway.submit(
        "/submissions/lookalikes",
        answers(title="Precursor control at the border", pillar=[""], pillar_share=[""]),
    )

    assert "Suggested from your text" in fragment.text and 'value="add:pillars:III' in fragment.text


def test_what_a_partner_said_stands_beside_the_question(
    norway: Visitor, other: str, visit: Visit, session: Session
):
    cora = visit("coordinator")
    place = norway.submit(NEW, answers() | said(other, "different", "Another valley.")).headers["Location"]
    cora.submit(f"{place}/validate", {"version": "2"})

    finding = session.scalars(select(Finding).where(Finding.b_id.is_not(None))).first()
    assert finding
    pages = [who.get(f"/findings/{finding.id}").text for who in (cora, norway, visit("focal_point", "FR"))]

    assert ["Another valley." in page for page in pages] == [True, True, False]
