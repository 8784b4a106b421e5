"""What one message tells, as answers: where each goes, what is asked, and that nothing is kept without a yes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.dossier import Dossier
from conversations.events import Event, Said, Tapped
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session
from conversations.understanding.placing import placed

TODAY = date(2026, 11, 22)
BEGUN = Session(language="en", consented=True)
MANY = "I'm 31, single, master's from India, CELPIP 9 in all, 4 years as a software engineer in India"


def _turn(session: Session, event: Event) -> tuple[Session, Reply]:
    after, replies = step(session, event, Context(TODAY, lexicon(), reader=reader()))
    assert Session.from_json(after.as_json()) == after
    return after, replies[-1]


def _placed(text: str, **answers: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    found = placed(reader().understand(text, TODAY), Dossier(answers))
    return {str(key): value for key, value in found.answers.items()}, [
        (each["kind"], each["key"]) for each in found.open
    ]


def test_every_fact_goes_to_its_question() -> None:
    answers, still = _placed(MANY)
    assert answers == {
        "c.birth_date": {"age": 31, "stated_on": "2026-11-22"},
        "h.partner": "none",
        "h.marital": "single",
        "c.level.0": "masters",
        "c.level_country.0": "IN",
        "c.test.0": "celpip_general",
        "c.scores.0": {"listening": 9, "reading": 9, "writing": 9, "speaking": 9},
        "c.job.0": {"noc": None, "title": "software engineer"},
        "c.job_country.0": "IN",
        "c.job_period.0": {"months": 48, "stated_on": "2026-11-22"},
    }
    assert still == [("job", "c.job.0")]


def test_a_list_goes_on_where_it_has_got_to() -> None:
    there = {"c.job.0": {"noc": "31301", "title": "nurse"}, "c.level.0": "bachelor", "c.test.0": "celpip_general"}
    answers, _ = _placed("masters from France, celpip 8 in all, 2 years as a cook in Dubai", **there)
    assert answers["c.job.1"]["title"] == "cook"
    assert answers["c.level.1"] == "masters"
    assert answers["c.scores.0"]["reading"] == 8


def test_married_alone_leaves_the_partner_to_be_asked() -> None:
    assert _placed("31, married")[1] == [("question", "h.partner")]
    assert _placed("31, married, my wife comes with me")[0]["h.partner"] == "coming"
    assert _placed("my husband is a canadian citizen")[0]["h.partner"] == "canadian"


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("IELTS 8 7.5 7 7", ("options", "c.scores.0")),
        ("TEF CO 280 CE 233 EE 310 EO 349", ("options", "c.test.0")),
        ("born 03/11/1992", ("options", "c.birth_date")),
        ("IELTS 7.5 overall", ("question", "c.scores.0")),
        ("nominated by Alberta", ("question", "c.nomination")),
        ("I finished my diplôme d'études collégiales", ("options", "c.level.0")),
    ],
)
def test_what_is_open_is_asked(text: str, still: tuple[str, str]) -> None:
    assert still in _placed(text)[1]


def test_nothing_is_kept_before_the_yes() -> None:
    session, reply = _turn(BEGUN, Said(MANY))
    assert reply.key == "readback"
    assert session.answers == {}
    session, reply = _turn(session, Tapped(f"v:{session.turn}"))
    assert session.answers["c.level.0"] == "masters"
    assert reply.key == "pick_job"


def test_before_consent_nothing_is_read_back() -> None:
    session, reply = _turn(replace(BEGUN, consented=False), Said(MANY))
    assert reply.key == "welcome"
    assert (session.answers, session.pending) == ({}, None)


def test_a_line_that_is_taken_out_is_asked_and_takes_its_details_with_it() -> None:
    session, reply = _turn(BEGUN, Said(MANY))
    job = next(line["n"] for line in reply.values["lines"] if line["id"] == "job")
    session, reply = _turn(session, Tapped(f"w:{session.turn}"))
    assert reply.values["choosing"]
    session, reply = _turn(session, Tapped(f"w:{session.turn}:{job}"))
    assert not [line for line in reply.values["lines"] if line["id"].startswith("job")]
    assert [each["id"] for each in reply.values["asks"]] == ["job"]
    session, reply = _turn(session, Said("yes"))
    assert reply.key == "ask/job"


def test_an_old_button_keeps_nothing() -> None:
    session, _ = _turn(BEGUN, Said(MANY))
    old = session.turn
    session, _ = _turn(session, Said("I'm 40 and divorced"))
    session, reply = _turn(session, Tapped(f"v:{old}"))
    assert reply.key == "readback"
    assert session.answers == {}


def test_going_on_with_something_else_puts_what_was_read_back_once_more() -> None:
    session, _ = _turn(BEGUN, Said(MANY))
    session, replies = step(session, Said("/score"), Context(TODAY, lexicon(), reader=reader()))
    assert [reply.key for reply in replies] == ["ask/birth_date", "readback"]
    assert session.answers == {}
    session, _ = _turn(session, Said("yes"))
    assert session.answers["c.level.0"] == "masters"


def test_what_is_told_next_joins_what_waits_for_a_yes() -> None:
    session, _ = _turn(BEGUN, Said("I'm 31, single, master's from India"))
    session, reply = _turn(session, Said("CELPIP 9 in all, and I am 32 years old"))
    told = {(line["id"], str(line["value"])) for line in reply.values["lines"]}
    assert {("level", "masters"), ("test", "celpip_general"), ("partner", "none")} <= told
    assert [line["value"]["age"] for line in reply.values["lines"] if line["id"] == "birth_date"] == [32]


def test_what_waits_for_a_yes_goes_with_everything_else() -> None:
    session, _ = _turn(BEGUN, Said(MANY))
    session, replies = step(session, Said("/cancel"), Context(TODAY, lexicon(), reader=reader()))
    assert [reply.key for reply in replies] == ["cancelled"]
    assert session.pending is None


def test_the_open_question_stays_open() -> None:
    session, _ = _turn(BEGUN, Said("/score"))
    session, _ = _turn(session, Said("my funds are 20000 CAD savings and I have 2 kids"))
    session, reply = _turn(session, Said("yes"))
    assert reply.key == "ask/birth_date"
    assert session.answers == {"h.children": 2, "h.funds": 20000}


def test_a_language_that_is_changed_meanwhile_reads_the_same_back() -> None:
    session, before = _turn(BEGUN, Said(MANY))
    session, after = _turn(session, Tapped("l:fr"))
    assert (after.key, after.language) == ("readback", "fr")
    assert after.values["lines"] == before.values["lines"]


def test_cancelling_drops_what_waits() -> None:
    session, _ = _turn(BEGUN, Said(MANY))
    session, _ = _turn(session, Said("yes"))
    session, _ = _turn(session, Said("/cancel"))
    assert session.waiting == ()
    assert session.answers["c.level.0"] == "masters"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("did they hold a draw this week", "latest"),
        ("wich papers shoud I prepare", "ask/invited"),
        ("recap of my answers", "summary"),
    ],
)
def test_a_wish_in_other_words_is_done(text: str, key: str) -> None:
    _, reply = _turn(BEGUN, Said(text))
    assert reply.key.startswith(key)


@pytest.mark.parametrize("text", ["I am married to a Canadian", "je suis marié à une Canadienne"])
def test_a_fact_about_something_else_than_the_open_question_is_read_back(text: str) -> None:
    session, reply = _turn(replace(BEGUN, goal="documents", asked="x.invited"), Said(text))
    told = {(line["id"], line["value"]) for line in reply.values["lines"]}
    assert (reply.key, told) == ("readback", {("partner", "canadian"), ("marital", "married")})
    session, reply = _turn(session, Said("yes"))
    assert (session.answers, reply.key) == ({"h.partner": "canadian", "h.marital": "married"}, "ask/invited")


def test_a_message_between_two_wishes_tells_no_fact() -> None:
    understood = reader().understand("documents or deadlines", TODAY)
    assert [each["code"] for each in understood.ambiguous] == ["intent"]
    assert placed(understood, Dossier({})).told == 0
    _, reply = _turn(BEGUN, Said("documents or deadlines"))
    assert reply.key == "which_intent"


def test_a_second_test_joins_the_one_that_waits_for_a_yes() -> None:
    session, _ = _turn(BEGUN, Said("TCF Canada CO 510 CE 500 EE 12 EO 13 on 20 January 2026"))
    session, reply = _turn(session, Said("I also have CELPIP 9 in all, taken 2 March 2026"))
    assert {line["value"] for line in reply.values["lines"] if line["id"] == "test"} == {"tcf_canada", "celpip_general"}
    session, _ = _turn(session, Said("yes"))
    assert (session.answers["c.test.0"], session.answers["c.test.1"]) == ("tcf_canada", "celpip_general")


def test_no_in_the_middle_of_a_longer_message_is_no_answer_to_what_was_read_back() -> None:
    session, _ = _turn(BEGUN, Said("I am 29 years old and single"))
    _, reply = _turn(session, Said("no wait, I have two kids, and a bachelor's degree from India"))
    assert reply.key == "readback"
    assert {"children", "level"} <= {line["id"] for line in reply.values["lines"]}


def test_the_day_a_permit_ends_is_a_fact_and_no_wish() -> None:
    _, reply = _turn(BEGUN, Said("my work permit ends on 03/11/2027"))
    assert reply.key == "readback"
    assert "permit" in {each["id"] for each in reply.values["asks"]}
