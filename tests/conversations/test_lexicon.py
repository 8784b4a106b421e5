"""What a message asks for, and the lexicon itself: complete, consistent, never guessing at what destroys."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import Unclear, Understood
from conversations.answers.text import normal
from conversations.lexicon import NEVER_GUESSED, Lexicon, LexiconError, is_negated
from scoring.profile import countries
from tests.conversations.answers.tables import lexicon
from tests.project import ROOT

DATA: dict[str, Any] = tomllib.loads((ROOT / "locales" / "lexicon.toml").read_text(encoding="utf-8"))
CASES: dict[str, Any] = tomllib.loads((ROOT / "tests" / "conversations" / "intents.toml").read_text(encoding="utf-8"))
SAID = [(intent, text) for intent, texts in CASES["understood"].items() for text in texts]
LEAST_PHRASES = 8


@pytest.mark.parametrize(("intent", "text"), SAID)
def test_intent_is_understood(intent: str, text: str) -> None:
    found = lexicon().intent(text)
    assert isinstance(found, Understood)
    assert found.value == intent
    assert 80 <= found.told["score"] <= 100


@pytest.mark.parametrize("text", CASES["nothing"]["texts"])
def test_nothing_is_guessed(text: str) -> None:
    assert lexicon().intent(text) is None


@pytest.mark.parametrize("text", CASES["unclear"]["texts"])
def test_two_near_intents_are_asked_about(text: str) -> None:
    found = lexicon().intent(text)
    assert isinstance(found, Unclear)
    assert found.code == "intent"
    assert not NEVER_GUESSED & set(found.options)


def test_every_phrase_is_its_own_intent() -> None:
    for intent, words in DATA["intents"].items():
        for phrase in (phrase for language in words.values() for phrase in language):
            assert lexicon().intent(phrase) == Understood(intent, {"score": 100}), phrase


@pytest.mark.parametrize("intent", DATA["intents"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_intent_has_enough_phrases(intent: str, language: str) -> None:
    assert len(DATA["intents"][intent][language]) >= LEAST_PHRASES


def test_every_intent_has_cases() -> None:
    assert set(CASES["understood"]) == set(DATA["intents"])


@pytest.mark.parametrize("group", DATA["choices"])
def test_every_choice_has_words_in_both_languages(group: str) -> None:
    for choice, words in DATA["choices"][group].items():
        if "|" not in choice:
            assert words.get("en"), choice
            assert words.get("fr"), choice


@given(st.data())
def test_one_slip_in_a_word_that_destroys_does_nothing(data: st.DataObject) -> None:
    guarded = [phrase.words for phrase in lexicon().intents if phrase.stands_for in NEVER_GUESSED]
    phrase = data.draw(st.sampled_from(guarded))
    place = data.draw(st.integers(0, len(phrase) - 1))
    slip = data.draw(st.sampled_from(["", phrase[place] * 2, "q"]))
    typed = phrase[:place] + slip + phrase[place + 1 :]
    found = lexicon().intent(typed)
    if normal(typed) not in guarded:
        assert not (isinstance(found, Understood) and found.value in NEVER_GUESSED)
        assert not (isinstance(found, Unclear) and NEVER_GUESSED & set(found.options))


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(["delete", "my", "score", "not", "back", "ne", "pas", "mon", "retour"])),
    )
)
def test_any_text_is_answered(text: str | list[str]) -> None:
    said = text if isinstance(text, str) else " ".join(text)
    found = lexicon().intent(said)
    assert found is None or isinstance(found, Understood | Unclear)


@pytest.mark.parametrize("text", ["x" * 100_000, "score " * 5_000, "\x00", "\ud800", "🙂" * 400])
def test_nasty_texts(text: str) -> None:
    assert lexicon().intent(text) is None


def test_countries_of_the_aliases_exist() -> None:
    codes = {code for codes in lexicon().countries.values() for code in codes}
    assert codes <= countries()


def _data(**changes: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "intents": {},
        "choices": {},
        "tests": {},
        "aliases": {"countries": {}, "several_countries": {}},
        "guarded": {"words": []},
    }
    return empty | changes


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"intents": {"a": {"en": ["Go!"]}, "b": {"fr": ["gô"]}}}, "stands for a and for b"),
        ({"choices": {"g": {"a": {"en": ["one"]}, "b": {"en": ["One."]}}}}, r"choices\.g.*a and for b"),
        ({"tests": {"t": {"en": ["?"]}}}, "no word"),
        ({"aliases": {"countries": {"ZZ": ["Nowhere"]}, "several_countries": {}}}, "no such country: ZZ"),
        ({"aliases": {"countries": {}, "several_countries": {"both": ["CA", "QQ"]}}}, "no such country: QQ"),
    ],
)
def test_a_lexicon_that_contradicts_itself_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(LexiconError, match=complaint):
        Lexicon.from_data(_data(**changes))


def test_a_lexicon_may_be_small() -> None:
    small = Lexicon.from_data(_data(intents={"go": {"en": ["go on then"]}}))
    assert small.intent("Go on then!") == Understood("go", {"score": 100})
    assert small.intent("stop") is None


def test_unknown_group_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        lexicon().choices("no such group")


@pytest.mark.parametrize("said", ["not that", "i dont know", "ce nest pas vrai", "no"])
def test_a_no_is_heard(said: str) -> None:
    assert is_negated(said)
    assert not is_negated("yes I know")
