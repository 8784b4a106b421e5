"""What people ask about rounds leads to the right page, with the type and the score that they name."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.session import Session
from conversations.subscription import Subscription
from conversations.wishes import Named, Wish, named_round, stops, wished
from tests.conversations.answers.tables import lexicon
from tests.conversations.storytelling import Chat
from tests.conversations.topics.people import NURSE
from tests.project import ROOT

DATA = tomllib.loads((ROOT / "tests" / "conversations" / "wishes.toml").read_text(encoding="utf-8"))
CASES = [(each, text) for each in DATA["case"] for text in each["texts"]]


def chat(wants: str = "mine") -> Chat:
    alerts = Subscription.from_json({**Subscription().as_json(), "wants": wants}).as_json()
    return Chat(saved=Session("en", consented=True, answers=NURSE, alerts=alerts).as_json())


@pytest.mark.parametrize(("wanted", "text"), CASES, ids=[text for _, text in CASES])
def test_a_wish_about_rounds_leads_to_its_page(wanted: dict[str, Any], text: str) -> None:
    talk = chat()
    reply = talk.say(text)[-1]
    assert reply.key == wanted["page"]
    if "kind" in wanted and wanted["page"] == "alerts":
        assert [kind["id"] for kind in reply.values["types"]] == [wanted["kind"]]
    elif "kind" in wanted:
        assert reply.values["of_type"]["id"] == wanted["kind"]
    if "score" in wanted:
        assert reply.values["stated"] == wanted["score"]
    if "rounds" in wanted:
        assert [each["round"]["number"] for each in reply.values["rounds"]] == wanted["rounds"]
        assert all(each["personal"] is not None for each in reply.values["rounds"])


STOPPING = [text for each, text in CASES if each["page"] == "alerts_stop"]


@pytest.mark.parametrize("text", STOPPING)
def test_stopping_is_asked_and_never_guessed(text: str) -> None:
    talk = chat("all")
    assert [choice.data for choice in talk.say(text)[-1].taps()] == ["s:mute", "s:show"]
    assert talk.saved is not None
    assert talk.saved["alerts"]["wants"] == "all"


@pytest.mark.parametrize("text", ["stop alrts", "turn of alerts", "unsubscribe mee", "desactiver les alerte", "mutte"])
def test_a_slip_in_a_word_of_stopping_leaves_the_alerts_on(text: str) -> None:
    talk = chat("all")
    talk.say(text)
    assert talk.saved is not None
    assert talk.saved["alerts"]["wants"] == "all"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("latest french draw", Wish("draws", "french", None)),
        ("my chances in stem with 491", Wish("chances", "stem", 491)),
        ("is 1200 enough", Wish("chances", None, 1200)),
        ("is 1201 enough", None),
        ("is 99 enough", None),
        ("I worked in healthcare for 3 years", None),
        ("French", None),
        ("I have 478 points", None),
        ("latest draw", None),
        ("", None),
    ],
)
def test_a_type_and_a_score_are_taken_out_of_a_wish(text: str, wish: Wish | None) -> None:
    assert wished(text, lexicon()) == wish


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("was it me in round 446?", Named("446")),
        ("ronde n° 91 b", Named("91b")),
        ("would 478 have been enough in round 446", Named("446", 478)),
        ("478 à la ronde 446?", Named("446", 478)),
        ("round 046", Named("46")),
        # a fact, or another wish
        ("I was invited in round 446", None),
        ("j'ai été invité à la ronde 446", None),
        ("got my ITA in draw 446", None),
        ("alert me about round 448", None),
        # no number of a round
        ("the last 5 draws", None),
        ("draws of 2024", None),
        ("round 446.5", None),
        ("I did 3 rounds of interviews", None),
        ("background 446", None),
        ("#3", None),  # one of a list
        ("#446", Named("446")),
    ],
)
def test_a_round_that_is_asked_about_is_called_by_its_number(text: str, named: Named | None) -> None:
    assert named_round(text, lexicon()) == named


@pytest.mark.parametrize("text", ["what happens if I decline the invitation", "et si je refuse l'invitation"])
def test_a_supposition_that_is_a_question_about_a_term_is_explained(text: str) -> None:
    assert chat().say(text)[0].key == "explained"


def test_a_round_by_its_number_needs_no_consent_and_says_nothing_of_anybody() -> None:
    talk = Chat()
    reply = talk.say("round 446")[-1]
    assert [each["personal"] for each in reply.values["rounds"]] == [None]


def test_a_score_is_held_against_the_cut_off_of_the_round() -> None:
    talk = chat()
    talk.say("would 478 have been enough in round 446?")
    assert "478 is 40 points below this cut-off: not enough." in talk.text()


def test_where_a_round_is_asked_for_its_number_is_the_answer() -> None:
    talk = Chat(saved=Session("en", consented=True, answers={**NURSE, "x.invited": "2026-09-29"}).as_json())
    talk.tap("q:x.invited_round")
    talk.say("round 446")
    assert talk.saved is not None
    assert talk.saved["answers"]["x.invited_round"] == "446"


def test_a_paper_that_came_after_the_round_is_said_not_to_count() -> None:
    talk = chat()
    talk.say("was it me in round 350?")
    assert "Your language test came later, so it does not count for this round." in talk.text()
    talk.say("was it me in round 446?")
    assert "came later" not in talk.text()


@pytest.mark.parametrize(
    "text",
    ["when does my test end", "stop", "latest draw", "I stopped working in 2020", "the last round", "no more jobs"],
)
def test_what_does_not_speak_of_stopping_messages_is_not_taken_for_it(text: str) -> None:
    assert not stops(text, lexicon())


@given(st.text(max_size=80))
def test_any_text_is_looked_at(text: str) -> None:
    assert wished(text, lexicon()) is None or isinstance(wished(text, lexicon()), Wish)
    assert stops(text, lexicon()) in (True, False)
