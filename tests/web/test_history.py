"""The history on pages: before and after of what changed, for those who may read it, in pages."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from adam.domain.actors import FOCAL_POINT, Actor
from adam.queries import history
from adam.services import projects, submissions
from adam.services.history import Change, write
from tests.builders.documents import claim, coordinator, document, draft, focal, money
from tests.builders.recording import Works, account, added, recorded, statements, submitted
from tests.conftest import NOW
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def story(page: Any) -> str:
    """The history of a page as its text."""
    assert page.status_code == 200
    return page.text.split('id="history"')[1].split("</section>")[0] if 'id="history"' in page.text else ""


def finished(work: Works, do: Callable[[Any], Any], actor: Actor | None = None) -> Any:
    """What a verb answers whose history is written, as at the end of a request."""
    w = work(actor)
    found = do(w)
    w.finish()
    return found


def entries(session: Session, key: str, number: int, entity: str = "project") -> None:
    """So many more entries of a record."""
    write(
        session,
        [
            Change(f"{entity}.changed", entity, key, {"title": f"Title {one}"}, {"title": f"Title {one + 1}"})
            for one in range(number)
        ],
        (None, "tests"),
        NOW,
    )


def changes(work: Works, owner: str = "NO", **differences: Any) -> str:
    """The id of a record that was recorded, then changed, with both in its history."""
    key = finished(work, lambda w: recorded(w, owner).id)
    entry = projects.Entry(draft(**differences), owner, key)
    finished(work, lambda w: projects.record(w, [entry]), focal(owner))
    return key


def test_what_changed_stands_before_and_after_and_nothing_else(norway: Visitor, work: Works):
    key = changes(
        work,
        title="Border posts on the Vakhsh",
        countries=[{"country": "TJ", "share": "60.00"}, {"country": "UZ", "share": "40.00"}],
    )

    newest = story(norway.get(f"/projects/{key}")).split("</li><li class=")[0].split("</details>")[0]

    assert "Changed: Title, Countries" in newest
    assert "Border posts on the Panj" in newest and "Border posts on the Vakhsh" in newest
    assert "Uzbekistan" in newest and "Border Guards of Tajikistan" not in newest
    assert "1 200 000" not in newest.replace("\N{NO-BREAK SPACE}", " ")


def test_who_is_named_with_partner_or_role(norway: Visitor, visit: Visit, work: Works, session: Session):
    who = account(work(), "Nora Nilsen", FOCAL_POINT, "NO")
    key = changes(work)
    write(
        session,
        [Change("project.changed", "project", key, {"title": "A"}, {"title": "B"})],
        (who, "Nora Nilsen"),
        NOW,
    )

    page = story(norway.get(f"/projects/{key}"))

    assert "Nora Nilsen, Norway" in page and "Nora Nilsen, Norway" in story(
        visit("coordinator").get(f"/projects/{key}")
    )


@pytest.mark.parametrize("role, partner", [(None, None), ("viewer", None), ("focal_point", "FR")])
def test_amounts_by_funder_are_not_told_to_readers_of_a_public_record(
    client: FlaskClient, visit: Visit, work: Works, role: str | None, partner: str | None
):
    key = changes(work, contributions=money("7654321.00"), visibility="public")
    reader = visit(role, partner) if role else client

    page = reader.get(f"/projects/{key}")

    assert not story(page) and "1 200 000" not in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "7 654 321" in story(visit("focal_point", "NO").get(f"/projects/{key}")).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_relation_to_a_hidden_record_is_not_hinted_at(norway: Visitor, visit: Visit, work: Works):
    hidden = recorded(work(), "FR", title="Zaranj informants", visibility="confidential")
    relation = {"kind": "component", "project": hidden.id, "identifier": None}
    key = changes(work, relations=[relation])

    own, all_of_it = (story(who.get(f"/projects/{key}")) for who in (norway, visit("coordinator")))

    assert "Recorded" in own and "Changed" not in own and hidden.id not in own
    assert "Changed" in all_of_it


def test_long_histories_come_in_pages_that_fit_together(norway: Visitor, work: Works, session: Session):
    key = changes(work, title="Title 0")
    entries(session, key, 45)

    pages, address = [], f"/projects/{key}"
    while address:
        page = norway.get(address)
        pages.append(story(page))
        links = [piece.split('"')[0] for piece in pages[-1].split('href="')[1:] if ">Earlier" in piece]
        address = links[0].replace("&amp;", "&").split("#")[0] if links else ""

    assert [page.count("<time ") for page in pages] == [20, 20, 7]
    assert "Title 45" in pages[0] and "Title 45" not in pages[1]
    assert "Newest" not in pages[0] and "Newest" in pages[1] and "Recorded" in pages[2]


def test_a_cursor_of_another_making_is_refused(norway: Visitor, work: Works):
    key = changes(work)

    assert norway.get(f"/projects/{key}?cursor=WzFd").status_code == 400


def test_a_longer_history_takes_no_more_questions(norway: Visitor, work: Works, session: Session):
    key = changes(work)
    norway.get(f"/projects/{key}")
    few = statements(session, lambda: norway.get(f"/projects/{key}"))
    entries(session, key, 18)
    norway.get(f"/projects/{key}")

    many = statements(session, lambda: norway.get(f"/projects/{key}"))

    assert many == few


def kept(work: Works, first: str = "What only Norway knows") -> str:
    """The id of a submission whose draft said something that was taken out before it was handed in."""
    content = document(description=first)
    waiting = finished(work, lambda w: submissions.save(w, claim(content)), focal("NO"))
    finished(work, lambda w: submissions.change(w, waiting.id, claim(document(title="Mended"))), focal("NO"))
    finished(work, lambda w: submissions.submit(w, waiting.id), focal("NO"))
    return waiting.id


def test_what_a_draft_said_is_told_to_its_partner_alone(norway: Visitor, visit: Visit, work: Works):
    key = kept(work)

    own, theirs = (story(who.get(f"/submissions/{key}")) for who in (norway, visit("coordinator")))

    assert "What only Norway knows" in own and "Changed: Title, Description" in own
    assert "Submitted" in theirs and "Changed" not in theirs and "What only Norway knows" not in theirs


def test_what_was_said_stands_in_the_history(norway: Visitor, visit: Visit, work: Works):
    key = kept(work)
    visit("coordinator").submit(
        f"/submissions/{key}/return", {"comment": "Say who benefits.", "version": "3"}
    )

    page = story(norway.get(f"/submissions/{key}"))

    assert "Returned" in page and "<q>Say who benefits.</q>" in page and "Coordinator" in page


def test_the_owner_of_a_record_sees_of_an_addition_what_was_handed_in(
    visit: Visit, work: Works, session: Session
):
    record = recorded(work(), "NO")
    addition = added(work, record, "UNODC", locations=[{"name": "Khorog", "country": "TJ"}])
    states: list[tuple[str, str]] = [("draft", "saved"), ("submitted", "submitted"), ("returned", "changed")]
    for state, done in states:
        told = {"state": state, "document": {"title": f"As {state}"}}
        one = Change(f"submission.{done}", "submission", addition.id, None, told)
        write(session, [one], (None, "tests"), NOW)

    owner, author = (
        story(visit("focal_point", partner).get(f"/submissions/{addition.id}")) for partner in ("NO", "UNODC")
    )

    assert "As submitted" in owner and "As draft" not in owner and "As returned" not in owner
    assert all(f"As {state}" in author for state, _done in states)


def test_a_page_that_answers_a_form_keeps_the_history(visit: Visit, work: Works):
    waiting = submitted(work, "NO")

    page = visit("coordinator").submit(f"/submissions/{waiting.id}/return", {"comment": " ", "version": "2"})

    assert page.status_code == 422 and 'id="history"' in page.text


def test_codes_stand_with_their_names(norway: Visitor, work: Works):
    other = recorded(work(), "NO", title="The programme")
    key = changes(
        work,
        language="fr",
        sectors=[{"vocabulary": "DAC", "code": "16063", "share": "100.00"}],
        relations=[{"kind": "component", "project": other.id, "identifier": None}],
    )

    page = story(norway.get(f"/projects/{key}")).split("</details>")[0]

    assert "DAC 16063 Narcotics control" in page and "Français" in page
    assert other.reference in page and other.id not in page


def test_what_was_kept_while_somebody_wrote_is_one_step_across_many_entries(
    norway: Visitor, work: Works, session: Session
):
    key = kept(work)
    states = [{"state": "draft", "document": {"title": f"Letter {one}"}} for one in range(60)]
    typed = [
        Change("submission.kept", "submission", key, before, after) for before, after in pairwise(states)
    ]
    write(session, typed, (None, "Nora"), NOW)

    page = story(norway.get(f"/submissions/{key}"))

    assert page.count("<time ") == 4 and "Earlier" not in page
    assert "Letter 0" in page and "Letter 59" in page and "Letter 30" not in page


def test_a_draft_that_no_schema_took_is_told_all_the_same(norway: Visitor, work: Works, session: Session):
    waiting = finished(work, lambda w: submissions.save(w, claim(document())), focal("NO"))
    odd = {
        "title": 5,
        "countries": "TJ",
        "pillars": [1, {"pillar": {}}],
        "relations": [{"project": {"a": []}}, 7],
        "last_confirmed_on": "yesterday",
        "usd": {},
        "reason": [],
    }
    one = Change("submission.changed", "submission", waiting.id, {"document": odd}, {"document": document()})
    write(session, [one], (None, "Nora"), NOW)

    assert "Changed: Title" in story(norway.get(f"/submissions/{waiting.id}"))


def test_a_figure_that_was_converted_anew_stands_before_and_after(
    norway: Visitor, work: Works, session: Session
):
    key = changes(work)
    one = Change("project.converted", "project", key, {"usd": None}, {"usd": "1234567.00"})
    write(session, [one], (None, "tests"), NOW)

    page = story(norway.get(f"/projects/{key}")).replace("\N{NO-BREAK SPACE}", " ")

    assert "Figure in US dollars" in page and "1 234 567.00 USD" in page


def test_a_finding_names_no_step_that_is_hidden(work: Works, session: Session):
    hidden = recorded(work(), "FR", visibility="confidential")
    key = changes(work, relations=[{"kind": "component", "project": hidden.id, "identifier": None}])

    own, theirs = (
        [step.action for step in history.steps_of_record(session, who, key, 10)]
        for who in (focal("NO"), coordinator())
    )

    assert own == ["project.recorded"]
    assert theirs == ["project.changed", "project.recorded"]
