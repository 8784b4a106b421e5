"""What a message asks for: two hundred wordings that no list holds, and what is never guessed."""

import tomllib
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.build import reader
from conversations.understanding import Phrasebook, PhrasebookError
from tests.project import ROOT

HERE = ROOT / "tests" / "conversations" / "understanding"
ASKED: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "asked.toml").read_text(encoding="utf-8"))
GUARDED: dict[str, list[str]] = tomllib.loads((HERE / "guarded.toml").read_text(encoding="utf-8"))
PHRASES: dict[str, Any] = tomllib.loads((ROOT / "locales" / "phrases.toml").read_text(encoding="utf-8"))
NEVER_GUESSED = ("alerts_off", "cancel", "delete", "delete_data", "restart")
LEAST_SHARE, LEAST_PHRASES, LEAST_A_LANGUAGE = 0.95, 6, 100


@cache
def _phrases_of_book() -> set[str]:
    return {said for words in PHRASES["intents"].values() for language in words.values() for said in language}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_wordings_of_a_language_are_understood(language: str) -> None:
    cases = [(intent, said) for intent, texts in ASKED[language].items() for said in texts]
    missed = [(said, intent) for intent, said in cases if reader().asked(said).intent != intent]
    assert len(cases) >= LEAST_A_LANGUAGE
    assert len(cases) - len(missed) >= LEAST_SHARE * len(cases), missed


def test_the_wordings_are_no_copies_of_the_phrases() -> None:
    said = [text for texts in ASKED.values() for each in texts.values() for text in each]
    assert len(said) >= 2 * LEAST_A_LANGUAGE
    assert sum(text.lower() in _phrases_of_book() for text in said) <= len(said) * 0.1


@pytest.mark.parametrize("text", GUARDED["not_meant"])
def test_what_does_not_mean_to_delete_cancel_or_stop_is_not_taken_for_it(text: str) -> None:
    asked = reader().asked(text)
    assert asked.intent not in NEVER_GUESSED
    assert not set(NEVER_GUESSED) & set(asked.between)


@pytest.mark.parametrize(
    ("intent", "text"), [(intent, text) for intent in NEVER_GUESSED for text in GUARDED.get(intent, ())]
)
def test_exact_phrases_of_the_data_are_enough(intent: str, text: str) -> None:
    asked = reader().asked(text)
    assert (asked.intent, asked.confidence) == (intent, 1.0)


@given(st.data())
def test_a_slip_in_a_phrase_that_destroys_does_nothing(data: st.DataObject) -> None:
    meant = data.draw(st.sampled_from([text for intent in NEVER_GUESSED for text in GUARDED.get(intent, ())]))
    place = data.draw(st.integers(0, len(meant) - 1))
    typed = meant[:place] + data.draw(st.sampled_from(["", meant[place] * 2, "q", " "])) + meant[place + 1 :]
    asked = reader().asked(typed)
    exact = reader().meanings.exactly(typed)
    assert not set(NEVER_GUESSED) & set(asked.between)
    assert asked.intent not in NEVER_GUESSED or exact is not None or reader().lexicon.exactly(typed) == asked.intent


@pytest.mark.parametrize("intent", PHRASES["intents"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_intent_has_phrases_in_both_languages(intent: str, language: str) -> None:
    said = PHRASES["intents"][intent][language]
    assert len(said) >= (LEAST_PHRASES if intent != "menu" else 4)


def test_every_phrase_is_its_own_intent() -> None:
    for intent, words in PHRASES["intents"].items():
        for said in (said for language in words.values() for said in language):
            assert reader().asked(said).intent == intent, said


def test_two_near_intents_are_asked_about() -> None:
    asked = reader().asked("documents or deadlines")
    assert asked.intent is None
    assert set(asked.between) == {"documents", "expiry"}


def test_a_match_says_by_which_words() -> None:
    asked = reader().asked("was there any round this week?")
    assert asked.intent == "latest_draw"
    assert {"round", "week"} <= set(asked.matched[0].words)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"intents": {"a": {"en": ["my draw"]}, "b": {"fr": ["my draw"]}}}, "stands for a and for b"),
        ({"intents": {"a": {"en": ["the"]}}}, "no word of weight"),
        ({"exact": {"words": {}, "phrases": {"a": ["<nothing>"]}}}, "no words are called 'nothing'"),
    ],
)
def test_phrases_that_contradict_themselves_are_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(PhrasebookError, match=complaint):
        Phrasebook({**PHRASES, **changes})
