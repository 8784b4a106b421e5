"""What a sentence supposes: of whom, which kind of change, and how much of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.events import Said
from conversations.leading import begins
from conversations.machine import step
from conversations.session import Session
from conversations.supposing import NOT_WORKED_OUT, Supposed, own_score, supposed
from scoring.abilities import ABILITIES

TODAY = date(2026, 11, 22)
BOTH = {"french": 7, "english": 9}
FOUR_SEVENS: dict[str, Any] = {"test": "ielts_general", **dict.fromkeys(ABILITIES, 7)}


def read(text: str, *, surely: bool = False) -> Supposed | None:
    return supposed(text, lexicon(), reader(), TODAY, surely=surely)


def told(*kinds: str, **values: Any) -> Supposed:
    return Supposed(kinds, **values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what if I get CLB 9", told("language", level=9, scale="clb")),
        ("et si j'obtiens NCLC 7", told("language", level=7, scale="nclc")),
        ("what if I get CLB 10 in speaking", told("language", level=10, scale="clb", abilities=("speaking",))),
        ("what if I get CLB 9 or so and 3 more years", told("language", level=9, scale="clb")),
        ("et si j'apprends le français", told("french")),
        ("what if j'apprends le français jusqu'à B2", told("french", level=7)),
        ("What if I take the TEF?", told("french", test="tef_canada")),
        ("what if I retake ielts", told("english", test="ielts_general")),
        ("et si j'ai 8 à l'IELTS", told("english", score=8, test="ielts_general")),
        ("what if I get 7.5 in speaking", told("language", score=7.5, abilities=("speaking",))),
        ("what if I work one more year", told("work", more=12)),
        ("what if I work one more year in Canada", told("work", place="canada", more=12)),
        ("et si je travaille un an de plus à l'étranger", told("work", place="abroad", more=12)),
        ("et si je travaille encore six mois", told("work", more=6)),
        ("what if I get 2 years of Canadian experience", told("work", place="canada", total=2)),
        ("what if I get 2 more years of experience", told("work", more=24)),
        ("what if I work 2 years in Canada", told("work", place="canada", more=24)),
        ("what if a province nominates me, a nomination I mean", told("nomination")),
        ("what if I do a master's degree", told("study", credentials=("masters",))),
        ("et si je fais un doctorat au Canada", told("study", credentials=("doctorate",), place="canada")),
        ("et si je fais évaluer mon diplôme", told("eca")),
        ("et si ma femme passe un test de langue", told("language", partner=True)),
        ("what if my wife works one year in Canada", told("work", place="canada", more=12, partner=True)),
        ("what if my wife", told("partner", partner=True)),
        ("what if my husband is the main applicant", told("swap", partner=True)),
        ("what if my husband doesn't come", told("alone", partner=True)),
        ("si mon mari était canadien", told("citizen", partner=True)),
        ("what if my wife has two cats at home", None),
        ("if my test is from 2023 does it count", None),
        ("what if I turn 30", told("age", age=30)),
        ("quand j'aurai 35 ans", told("age", age=35)),
        ("what if I was 29", told("age", age=29)),
        ("et si j'ai une offre d'emploi", told("offer")),
        ("what if my sister lives in Canada", told("sibling", place="canada")),
        ("et si je vis au Québec", told("quebec")),
        ("what if I learn French and get a nomination", told("french", "nomination")),
        ("what if I wait", told(wait=True)),
        ("et si j'attends", told(wait=True)),
        ("what if I wait a year", told(wait=True, until=12)),
        ("et si j'attends six mois", told(wait=True, until=6)),
        ("with a provincial nomination?", told("nomination")),
        ("et avec une offre d'emploi?", told("offer")),
        ("with two more years of Canadian experience", told("work", place="canada", more=24)),
        ("hi, suppose I get a nomination", told("nomination")),
        ("si l'Ontario me nomme", told("nomination")),
        ("what if my brother is a permanent resident", told("sibling")),
        ("what if we break up", told("parted")),
        (
            "what if I get NCLC 7 and CLB 9",
            told("french", "english", level=7, scale="nclc", by_tongue={"french": 7, "english": 9}),
        ),
        ("si je passe mon anniversaire", told(wait=True)),
        # without the change, only time goes on
        ("what if I don't get CLB 9", told(wait=True)),
        # nothing that is worked out, or no supposition
        ("what if", None),
        ("what if it rains", None),
        ("what if I lose my job", None),
        ("what if my degree isn't recognized", None),
        ("with a bachelor's degree", None),
        ("if I worked in 2016 does it count", None),
        ("what if I get a work permit", None),
        ("I have CLB 9", None),
        ("I wait", None),
        ("if I learn French", told("french")),
        ("I don't know if I have a French test", None),
        ("je me demande si j'ai un test de français", None),
    ],
)
def test_what_is_supposed(text: str, found: Supposed | None) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text", ["what if I get 7 each in IELTS", "et si j'obtiens 7 partout à l'IELTS", "what if I get IELTS 7 7 7 7"]
)
def test_scores_are_read_as_facts_are(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.kinds == ("english",)
    assert [dict(each) for each in found.results] == [FOUR_SEVENS]


def test_scores_whose_order_is_open_are_read_in_each_order() -> None:
    found = read("what if I get IELTS 8 7 7 7")
    assert found is not None
    assert [(each["listening"], each["reading"]) for each in found.results] == [(8, 7), (7, 8)]


def test_levels_of_each_ability_are_kept_apart() -> None:
    found = read("what if I get CLB 9 9 8 8")
    assert found is not None
    assert sorted(found.levels.values()) == [8, 8, 9, 9]


def test_the_command_needs_no_leading_words() -> None:
    assert read("clb 9", surely=True) == told("language", level=9, scale="clb")
    assert read("hello", surely=True) is None


@pytest.mark.parametrize("text", ["what if it rains", "et s'il pleut", "What if... I lose my job?", "if it rains"])
def test_a_supposition_of_something_else_still_begins_as_one(text: str) -> None:
    assert begins(text, lexicon())
    assert not NOT_WORKED_OUT.worked_out


@pytest.mark.parametrize("text", ["what if", "it rains", "I wonder what if it rains", "ok"])
def test_what_only_might_suppose_something_does_not_begin_so(text: str) -> None:
    assert not begins(text, lexicon())


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("what if my score was 520", 520),
        ("et si ma note passe à 495", 495),
        ("what if I had 520 points", 520),
        ("what if I had 30 points", None),
        ("what if I had 520 dollars", None),
    ],
)
def test_a_score_that_one_gives_oneself_is_read(text: str, score: int | None) -> None:
    assert own_score(text) == score


@pytest.mark.parametrize("said", ["my score", "/cancel", "/draws"])
def test_what_was_supposed_too_early_is_kept_until_another_goal_or_a_cancel(said: str) -> None:
    context = Context(TODAY, lexicon(), reader=reader())
    session, _ = step(Session(language="en", consented=True), Said("what if I get CLB 9?"), context)
    kept = {"kinds": ["language"], "level": 9, "scale": "clb"}
    assert session.wondered == kept
    session, _ = step(session, Said(said), context)
    assert session.wondered == (kept if said == "/draws" else None)


@pytest.mark.parametrize(
    "text",
    [
        "what if I get CLB 9",
        "what if my wife takes IELTS 8 7.5 7 7",
        "et si j'attends 8 mois",
        "what if I work two more years in Canada",
        "what if it rains",
        "what if I get CLB 9 in listening and 8 in writing",
        "what if I do a master's in Canada",
    ],
)
def test_what_is_supposed_is_the_same_after_it_was_kept(text: str) -> None:
    found = read(text, surely=True) or NOT_WORKED_OUT
    assert Supposed.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_before_the_consent_nothing_that_was_supposed_is_kept() -> None:
    session, _ = step(Session(language="en"), Said("what if I get CLB 9?"), Context(TODAY, lexicon(), reader=reader()))
    assert session.wondered is None
