"""Whatever is typed, something is understood or nothing is, and what is understood is a profile."""

import json
from datetime import date

import pytest

from bot.build import reader
from scoring.profile import read
from tests.conversations.understanding.mutated import mutated

TODAY = date(2026, 11, 22)
SLICE, SOAK = 500, 200_000
DESTROYS = {"delete_data", "cancel", "alerts_off"}


def _understood(text: str) -> None:
    found = reader().understand(text, TODAY)
    json.dumps(found.as_json())
    read(found.facts, entered_on=TODAY)
    assert 0 <= found.confidence <= 1
    assert found.lang in ("en", "fr", "mixed")
    assert found.intent not in DESTROYS or reader().meanings.exactly(text) or reader().lexicon.exactly(text)


def test_any_text_is_answered() -> None:
    for text in mutated(seed=1, count=SLICE):
        _understood(text)


@pytest.mark.soak
def test_very_many_texts_are_answered() -> None:
    for text in mutated(seed=2, count=SOAK):
        _understood(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\ud800", "9" * 5_000, "ielts " * 400, "a, " * 700, "(" * 999, "12/12/12 " * 200, "🙂" * 900],
)
def test_nasty_texts(text: str) -> None:
    _understood(text)


def test_the_same_text_gives_the_same_result() -> None:
    for text in mutated(seed=3, count=20):
        assert reader().understand(text, TODAY) == reader().understand(text, TODAY)
