"""What was left unpicked for something else is asked later; what was answered, refused or dropped is not."""

from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.events import Event, Said, Tapped
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session

CONTEXT = Context(date(2026, 11, 27), lexicon(), reader=reader())
NURSE: dict[str, Any] = {"c.job.0": {"noc": None, "title": "nurse"}, "c.job_country.0": "PH"}


def picking(**answers: Any) -> Session:
    """A chat in which the code of a job is to be picked."""
    there = Session(language="en", consented=True, goal="score", asked="c.job.0", answers=answers)
    session, replies = step(there, Said("nurse"), CONTEXT)
    assert replies[-1].key == "pick_job"
    return session


def after(session: Session, event: Event) -> tuple[Session, Reply]:
    session, replies = step(session, event, CONTEXT)
    return session, replies[-1]


@pytest.mark.parametrize("text", ["/alerts", "alert me"])
def test_a_job_that_was_left_for_a_page_waits_and_is_put_before_the_next_question(text: str) -> None:
    session, reply = after(picking(**NURSE), Said(text))
    assert reply.key != "pick_job"
    assert [(each["kind"], each["title"]) for each in session.waiting] == [("job", "nurse")]
    session, reply = after(session, Said("my score"))
    assert (reply.key, reply.values["read"]) == ("pick_job", "nurse")


@pytest.mark.parametrize("text", ["/draws", "what is a tie-break?", "/privacy"])
def test_after_a_page_by_the_way_it_is_still_to_be_picked(text: str) -> None:
    session, _ = after(picking(**NURSE), Said(text))
    session, _ = after(session, Said("1"))
    assert session.answers["c.job.0"]["noc"] == "31301"


def test_a_job_that_was_typed_and_not_kept_yet_waits_too() -> None:
    session, _ = after(picking(), Said("/alerts"))
    session, reply = after(session, Said("my score"))
    assert (reply.key, reply.values["read"]) == ("pick_job", "nurse")
    session, _ = after(session, Said("1"))
    assert session.answers["c.job.0"]["noc"] == "31301"


@pytest.mark.parametrize("wish", ["my score", "which category fits me", "am I eligible"])
def test_a_job_that_was_typed_is_not_asked_anew_by_another_goal(wish: str) -> None:
    session, reply = after(picking(), Said(wish))
    assert (reply.key, reply.values["read"]) == ("pick_job", "nurse")
    assert session.waiting == ()


@pytest.mark.parametrize(
    "event", [Tapped("n:c.job.0:31301"), Tapped("n:c.job.0:-"), Tapped("u:c.job.0"), Tapped("q:c.job.0"), Said("1")]
)
@pytest.mark.parametrize("answers", [{}, NURSE], ids=["typed", "kept"])
def test_what_was_picked_refused_or_asked_anew_does_not_wait(event: Event, answers: dict[str, Any]) -> None:
    session, _ = after(picking(**answers), event)
    assert session.waiting == ()


@pytest.mark.parametrize("text", ["/cancel", "/restart"])
def test_what_was_dropped_does_not_wait(text: str) -> None:
    session, reply = after(picking(**NURSE), Said(text))
    if text == "/restart":
        session, reply = after(session, Tapped(str(reply.rows[0][0].data)))
    assert session.waiting == ()


def test_it_waits_once_however_often_it_is_left() -> None:
    session = picking(**NURSE)
    for _ in range(3):
        session, _ = after(session, Said("/alerts"))
        session, reply = after(session, Said("my score"))
        assert reply.key == "pick_job"
    session, _ = after(session, Said("/alerts"))
    assert len(session.waiting) == 1
