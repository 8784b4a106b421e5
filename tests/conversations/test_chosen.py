"""An occupation is confirmed by what one does, and why it was chosen is kept beside the job."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.build import lexicon
from conversations.context import Context
from conversations.events import Said, Tapped
from conversations.facts import facts_of
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Language, Session
from scoring.duties import duties
from scoring.occupations import unit_groups
from scoring.search import search
from tests.conversations.storytelling import Chat

JOB = "c.job.0"
HITS = [hit.code for hit in search("nurse")]


def asked(language: Language = "en", key: str = JOB, first: Any = None) -> Chat:
    """A chat in which a job is asked for. `first`: the first job, where it is told already."""
    found = Chat()
    told: dict[str, Any] = {"h.partner": "coming", "c.certificate": "yes", "c.offer": "yes", "c.military": "yes"}
    if first is not None:
        told[JOB] = first
    found.saved = Session(language=language, consented=True, answers=told).as_json()
    found.tap(f"q:{key}")
    return found


def offered(text: str = "nurse", language: Language = "en", key: str = JOB) -> Chat:
    """A chat in which groups are on offer."""
    found = asked(language, key)
    found.say(text)
    assert found.last[-1].key == "pick_job"
    return found


def job(found: Chat, key: str = JOB) -> Any:
    assert found.saved is not None
    return found.saved["answers"].get(key)


def shown(found: Chat) -> Reply:
    return found.last[-1]


# -- what is shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_group_on_offer_has_its_number_code_teer_categories_and_what_one_does(language: Language) -> None:
    found = offered(language=language)
    for number, code in enumerate(HITS, start=1):
        line = duties()[code].said(language)
        assert f"{number}. {line[0].upper()}{line[1:]}.\n{code} · " in found.text()
    assert [choice.values["n"] for choice in shown(found).taps() if choice.label == "noc"] == [1, 2, 3, 4, 5]
    assert [group["teer"] for group in shown(found).values["groups"]] == [int(code[1]) for code in HITS]
    assert shown(found).values["groups"][0]["categories"] == ["healthcare"]
    assert shown(found).values["groups"][3]["categories"] == []


def test_the_categories_are_those_in_force_that_day() -> None:
    before, today = asked(), asked()
    before.today = date(2024, 6, 1)
    for found in (before, today):
        found.say("truck driver")
    told = [
        next(each for each in shown(found).values["groups"] if each["code"] == "73300") for found in (before, today)
    ]
    assert [each["categories"] for each in told] == [["transport"], []]


def test_on_a_day_without_rules_nothing_is_said_of_categories() -> None:
    found = asked()
    found.today = date(2014, 6, 1)
    found.say("nurse")
    assert {group["categories"] for group in shown(found).values["groups"]} == {None}
    assert "category" not in found.text()


def test_what_a_code_is_is_told_with_the_first_job_only() -> None:
    assert "NOC" in offered().text()
    second = asked(key="c.job.1", first={"noc": "31301", "title": "nurse"})
    second.say("cook")
    assert "NOC" not in second.text()


@pytest.mark.parametrize("title", ["python programmer", "programmeuse", "catering manager"])
def test_a_title_that_is_like_the_name_of_a_page_is_a_title(title: str) -> None:
    assert shown(offered(title)).values["read"] == title


# -- choosing


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("1", 0), ("2.", 1), ("#3", 2), ("number 2", 1), ("the second one", 1), ("option 5", 4), ("first", 0),
        ("nurse practitioners", 2), ("licensed practical", 4), ("nursing coordinators", 1), ("31302", 2),
        ("I supervise nurses on a unit", 1), ("examine patients, prescribe medicine", 2),
    ],
)  # fmt: skip
def test_a_group_is_chosen_by_its_number_its_title_or_what_one_does(said: str, place: int) -> None:
    found = offered()
    found.say(said)
    assert job(found)["noc"] == HITS[place]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("le premier", "31301"),
        ("numéro 1", "31301"),
        ("infirmières praticiennes", "31302"),
        ("superviser le personnel infirmier d'une unité", "31300"),
    ],
)
def test_the_same_in_french(said: str, code: str) -> None:
    found = offered("infirmière", "fr")
    found.say(said)
    assert job(found)["noc"] == code


@pytest.mark.parametrize("said", ["none", "none of these", "no", "aucun de ceux-ci", "something else"])
def test_none_of_these_asks_for_the_job_again_and_is_not_no_job(said: str) -> None:
    found = offered()
    found.say(said)
    assert shown(found).key == "ask/job"
    assert job(found) is None


def test_going_on_without_a_code_keeps_the_title_and_no_reason() -> None:
    found = offered()
    found.say("without a code")
    assert job(found) == {"noc": None, "title": "nurse"}


@pytest.mark.parametrize("said", ["cook", "nurse on a ship", "9"])
def test_what_names_no_group_on_offer_is_read_as_an_answer(said: str) -> None:
    found = offered()
    found.say(said)
    assert job(found) is None


# -- the reason


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_reason_is_what_was_read_the_groups_on_offer_and_the_line_that_was_seen(language: Language) -> None:
    found = offered(language=language)
    found.tap(f"n:{JOB}:{HITS[4]}")
    line = duties()[HITS[4]].said(language)
    why = {"by": "duties", "read": "nurse", "among": HITS, "line": line}
    assert job(found) == {"noc": HITS[4], "title": "nurse", "why": why}


def test_a_code_that_is_given_is_the_reason_and_what_one_does_is_read_back() -> None:
    found = asked()
    found.say("31301")
    assert job(found) == {"noc": "31301", "title": None, "why": {"by": "code"}}
    assert duties()["31301"].en in found.text()
    assert "change my job" in found.text()
    found.say("change my job")
    assert shown(found).key == "ask/job"
    assert "You gave the code" in found.text()


@pytest.mark.parametrize("key", ["p.job.0", "c.certificate_trade", "c.offer_job", "c.military_job"])
def test_the_partners_job_and_the_other_occupations_have_their_reason_too(key: str) -> None:
    found = offered("welder", key=key)
    found.tap(f"n:{key}:72106")
    assert job(found, key)["why"]["line"] == duties()["72106"].en


def test_the_reason_is_no_fact_of_the_profile() -> None:
    found = offered()
    found.say("1")
    assert found.saved is not None
    assert facts_of(found.saved["answers"])["candidate"]["jobs"] == [{"noc": "31301", "title": "nurse"}]


def test_another_job_brings_its_own_reason_and_one_taken_back_takes_it_along() -> None:
    found = offered()
    found.say("1")
    found.tap(f"q:{JOB}")
    found.say("72106")
    assert job(found)["why"] == {"by": "code"}
    found.tap(f"a:{JOB}:none")
    assert job(found) == "none"


def test_the_reason_moves_with_the_place_of_the_list() -> None:
    found = asked(key="c.job.1", first={"noc": "31301", "title": "nurse", "why": {"by": "code"}})
    found.say("welder")
    found.tap("n:c.job.1:72106")
    found.tap(f"a:{JOB}:none")
    assert job(found)["why"]["read"] == "welder"
    assert job(found, "c.job.1") is None


def test_a_button_of_an_old_message_gives_no_reason_that_is_not_known() -> None:
    found = offered()
    found.say("1")
    kept = job(found)
    found.tap(f"n:{JOB}:31301")
    assert job(found) == kept
    found.tap(f"n:{JOB}:72106")
    assert job(found) == {"noc": "72106", "title": "nurse"}


def test_a_choice_that_an_older_version_put_has_no_reason_for_it_showed_no_lines() -> None:
    pending = {"kind": "job", "key": JOB, "title": "nurse", "facts": {}, "hits": HITS, "unclear": {}}
    session = Session(language="en", consented=True, asked=JOB, pending=pending)
    after, _ = step(session, Tapped(f"n:{JOB}:31301"), Context(date(2026, 11, 27), lexicon()))
    assert after.answers[JOB] == {"noc": "31301", "title": "nurse"}


def test_a_language_that_is_changed_meanwhile_keeps_the_line_that_was_seen_last() -> None:
    found = offered()
    found.tap("l:fr")
    found.say("1")
    assert job(found)["why"]["line"] == duties()["31301"].fr


# -- where it is seen, and how it goes


@pytest.mark.parametrize(("language", "words"), [("en", "Chosen from “nurse”"), ("fr", "Choisi d’après « nurse »")])
def test_one_sees_the_reason_among_ones_answers_in_the_language_that_is_spoken(language: Language, words: str) -> None:
    found = offered()
    found.say("1")
    found.tap(f"l:{language}")
    found.say("/profile")
    assert words in found.text()
    assert duties()["31301"].said(language) in found.text()


def test_words_of_ours_that_have_changed_since_stand_as_they_were_seen() -> None:
    why = {"by": "duties", "read": "nurse", "among": HITS, "line": "an older line of ours"}
    found = asked(first={"noc": "31301", "title": "nurse", "why": why})
    found.say("/profile")
    assert "an older line of ours" in found.text()


def test_the_reason_is_in_the_export_and_goes_with_a_deletion() -> None:
    found = offered()
    found.say("1")
    found.say("/export")
    kept = shown(found).values["export"]["kept"]["answers"][JOB]
    assert kept["why"] == job(found)["why"]
    found.say("/delete")
    found.tap(next(choice.data for choice in shown(found).taps() if choice.label == "nav.delete_all"))
    assert found.saved is None


def test_every_line_fits_its_page_whatever_group_it_is() -> None:
    """One message a group: nothing of it breaks the words around it."""
    for code in unit_groups():
        found = asked()
        found.say(code)
        assert duties()[code].en in found.text()
        assert len(found.text()) < 1200


def test_a_job_in_free_text_with_its_code_is_read_back_with_what_one_does() -> None:
    found = Chat()
    found.saved = Session(language="en", consented=True).as_json()
    found.say("I'm 31, single, 4 years as a nurse 31301 in Manila")
    assert shown(found).key == "readback"
    assert duties()["31301"].en in found.text()
    found.say("yes")
    assert job(found) == {"noc": "31301", "title": "nurse", "why": {"by": "code"}}


def test_a_session_goes_on_with_said_text_after_a_restart() -> None:
    session = Session(language="en", consented=True, goal="profile", asked=JOB, focus=JOB)
    context = Context(date(2026, 11, 27), lexicon())
    session, _ = step(session, Said("nurse"), context)
    session, _ = step(Session.from_json(session.as_json()), Said("1"), context)
    assert Session.from_json(session.as_json()).answers[JOB]["why"]["among"] == HITS
