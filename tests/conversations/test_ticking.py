"""A paper of one's list is ticked off in words: the one that is named, and none where several could be meant."""

from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.events import Said
from conversations.machine import step
from conversations.session import Session

TODAY = date(2026, 11, 22)
ANSWERS: dict[str, Any] = {
    "x.invited": "2026-11-12",
    "x.invited_under": "fsw",
    "c.birth_date": {"birth_date": "1994-05-02"},
    "h.partner": "none",
    "h.marital": "single",
    "h.children": 0,
}


def _ticked(text: str, **answers: Any) -> tuple[str, ...]:
    session = Session(language="en", consented=True, answers={**ANSWERS, **answers})
    after, _ = step(session, Said(text), Context(TODAY, lexicon(), reader=reader()))
    return after.ticked


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("I have my passport and photos ready", "passport"),
        ("j'ai déjà mon passeport", "passport"),
        ("the medical exam is done", "medical"),
        ("j'ai fait l'examen médical", "medical"),
        ("proof of funds is ready", "funds"),
    ],
)
def test_a_paper_that_is_there_is_ticked_off_in_words(text: str, paper: str) -> None:
    assert _ticked(text) == (paper,)


@pytest.mark.parametrize(
    "text", ["I don't have my passport", "je n'ai pas encore mon passeport", "which passport photos"]
)
def test_a_paper_that_is_not_there_is_not_ticked_off(text: str) -> None:
    assert _ticked(text) == ()


def test_nothing_is_ticked_off_before_an_invitation() -> None:
    assert _ticked("I have my passport ready", **{"x.invited": "none"}) == ()
