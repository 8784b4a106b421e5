"""When a job began or ended, told once more: it corrects the one job that it can be of, and is never another date."""

from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.events import Said
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session

TODAY = date(2026, 11, 27)
COOK: dict[str, Any] = {
    "c.job.0": {"noc": "63200", "title": "cook"},
    "c.job_period.0": {"started_on": "2023-03-01", "ended_on": None},
}
WELDER: dict[str, Any] = {
    "c.job.1": {"noc": "72106", "title": "welder"},
    "c.job_period.1": {"started_on": "2019-03-01", "ended_on": "2022-02-28"},
}
BEGAN_IN_APRIL = {"started_on": "2023-04-10", "ended_on": None}


def said(text: str, asked: str | None = None, **answers: Any) -> tuple[Session, Reply]:
    session = Session(language="en", consented=True, goal="score" if asked else None, asked=asked, answers=answers)
    after, replies = step(session, Said(text), Context(TODAY, lexicon(), reader=reader()))
    return after, replies[-1]


def read_back(session: Session) -> dict[str, Any]:
    assert session.pending is not None
    return dict(session.pending["answers"])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("actually I started on 10 April 2023", BEGAN_IN_APRIL),
        ("sorry, I started working there on 10 April 2023", BEGAN_IN_APRIL),
        ("no, my job started 10 April 2023", BEGAN_IN_APRIL),
        ("my start date was 10 April 2023", BEGAN_IN_APRIL),
        ("I started in April 2023", {"started_on": "2023-04-01", "ended_on": None}),
        ("en fait j'ai commencé le 10 avril 2023", BEGAN_IN_APRIL),
        ("date de début : 10 avril 2023", BEGAN_IN_APRIL),
        ("I left on 3 May 2025", {"started_on": "2023-03-01", "ended_on": "2025-05-03"}),
        ("I quit that job in June 2024", {"started_on": "2023-03-01", "ended_on": "2024-06-30"}),
        ("j'ai quitté cet emploi le 3 mai 2025", {"started_on": "2023-03-01", "ended_on": "2025-05-03"}),
    ],
)
@pytest.mark.parametrize("asked", [None, "c.birth_date", "c.test.0", "c.job_hours.0"])
def test_the_one_job_is_read_back_with_its_new_day(text: str, period: dict[str, Any], asked: str | None) -> None:
    session, reply = said(text, asked, **COOK)
    assert (reply.key, read_back(session)) == ("readback", {"c.job_period.0": period})
    assert session.answers == COOK


@pytest.mark.parametrize(
    ("day", "moves"), [("28 February 2023", False), ("1 March 2023", True), ("2 March 2023", True)]
)
def test_no_job_ends_before_it_began(day: str, moves: bool) -> None:
    session, reply = said(f"I left on {day}", **COOK)
    assert (reply.key == "readback") is moves
    assert session.answers == COOK


def test_of_several_jobs_the_last_that_it_can_be_of_is_asked() -> None:
    session, reply = said("I started on 10 April 2020", **COOK, **WELDER)
    assert reply.key == "readback"
    assert read_back(session) == {}
    assert [each["key"] for each in session.pending["open"]] == ["c.job_period.1"]  # type: ignore[index]
    session, _ = said("I started on 10 April 2022", **COOK, **WELDER)
    assert read_back(session) == {"c.job_period.0": {"started_on": "2022-04-10", "ended_on": None}}


@pytest.mark.parametrize(
    "text", ["I started learning French in June 2024", "I left India in 2020", "I left in June 2027"]
)
def test_what_is_of_no_job_moves_none(text: str) -> None:
    session, _ = said(text, **COOK)
    assert session.answers == COOK
    assert "c.job_period.0" not in (session.pending or {}).get("answers", {})


def test_where_the_time_of_the_job_is_asked_it_is_the_answer() -> None:
    there: dict[str, Any] = {"c.job.0": COOK["c.job.0"]}
    session, reply = said("from 10 April 2023 until now", "c.job_period.0", **there)
    assert session.answers["c.job_period.0"] == BEGAN_IN_APRIL
    assert reply.key != "readback"
