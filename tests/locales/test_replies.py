"""Replies that chats really bring up, said in both languages: well set, and nothing of one language in the other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from bot.wording import Wording
from bot.wording.splitting import MOST_ENTITIES, MOST_UNITS, units
from conversations.commands import GOAL_PAGES, PAGES
from conversations.keys import Key
from conversations.questions import QUESTIONS, Question
from conversations.replies import Reply
from conversations.session import Language
from tests.conversations.samples import typed
from tests.conversations.storytelling import Chat
from tests.locales.french import english_in, misset
from tests.project import ROOT

TEMPLATES = ROOT / "locales" / "templates"
PARTS = {"ask", "why", "said", "miss"}
"""Templates that are no replies by themselves: others are made from them."""
ELSEWHERE = (
    Reply("group", "en", {"username": "tirage_bot"}),
    Reply("no_rules", "en", {"on": "2014-12-31", "first": "2015-01-01"}),
    Reply("nothing_yet", "en", {"goal": "score"}),
)
"""Replies that a private chat of today does not bring up."""
SAID = (
    "hello there",
    "/cancel",
    "/start",
    "",
    "which score",
    "delete",
    "change",
    "x" * 80,
    "/back",
    "merci",
    "/resume",
)
TURNS = 120


def through_every_question() -> Iterator[Reply]:
    """Somebody who opens every question, asks why, gives a wrong answer, then the first choice or a sample, for both."""
    chat = Chat()
    chat.say("/start")
    yield from chat.tap("c:yes")
    yield from chat.tap("g:which")
    for question in QUESTIONS:
        for scope in question.scopes:
            for place in range(2 if question.listed else 1):
                key = question.key(scope, place)
                yield from chat.tap(f"q:{key}")
                yield from chat.tap(f"y:{key}")
                yield from chat.say("%%%")
                yield from chat.say(_sample(question, place)) if _types(question) else chat.tap(_first(question, key))
    for page in (*GOAL_PAGES, *PAGES):
        yield from chat.say(f"/{page}")


def _types(question: Question) -> bool:
    return typed(question, None, 0) is not None


def _sample(question: Question, turn: int) -> str:
    return typed(question, None, turn) or ""


def _first(question: Question, key: Key) -> str:
    choices = [choice for choice in question.choices if choice not in ("none", "no")]
    return f"a:{key}:{PREFERRED.get(question.id, choices[0])}"


PREFERRED = {"partner": "coming", "level": "bachelor", "job_kind": "self_employed", "offer_route": "b"}


def at_random() -> Iterator[Reply]:
    """Somebody who taps what is on the screen, and says something else now and then."""
    chance = Random(20261122)
    chat = Chat()
    for turn in range(TURNS):
        taps = [choice.data for reply in chat.last for choice in reply.taps()]
        if turn % 60 == 0:
            chat.say("/start")
            yield from chat.tap("c:yes")
        elif turn % 5 == 0 or not taps:
            yield from chat.say(chance.choice(SAID))
        else:
            yield from chat.tap(chance.choice(taps))
    yield from chat.tap("t:no such page")


@cache
def replies() -> tuple[Reply, ...]:
    """The different replies: one of each key, number of values and shape is enough, and a few more do no harm."""
    kept: dict[tuple[str, str], Reply] = {}
    for reply in (*ELSEWHERE, *through_every_question(), *at_random()):
        kept.setdefault((reply.key, repr(sorted(reply.values.items()))), reply)
    return tuple(kept.values())


def keys() -> set[str]:
    """The keys of replies that have a template."""
    names = {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.j2")}
    return {name for name in names if not name.startswith(("vocabulary/", "_", "labels_", "fr/")) and name not in PARTS}


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """(key, text) of every message in a language."""
    for reply in replies():
        for message in Wording().say(replace(reply, language=language)):
            yield reply.key, message["text"]


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def test_every_template_of_a_reply_is_said() -> None:
    assert sorted(keys() - {reply.key for reply in replies()}) == []


def test_french_replies_are_set_as_canadian_french() -> None:
    wrong = [(key, misset(plain(text)), text) for key, text in texts("fr") if misset(plain(text))]
    assert wrong == []


def test_no_english_is_left_in_french_replies() -> None:
    left = [(key, english_in(plain(text)), text) for key, text in texts("fr") if english_in(plain(text))]
    assert left == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_messages_are_what_telegram_takes(language: Language) -> None:
    for key, text in texts(language):
        assert 0 < units(text) <= MOST_UNITS, key
        assert text.count("<") <= 2 * MOST_ENTITIES, key
        assert set(re.findall(r"</?(\w+)", text)) <= {"b", "i", "a", "code"}, key
        assert not re.search(r"\n{3}|[ \t]\n|%\(|None|Undefined", text), (key, text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_labels_of_replies_are_short(language: Language) -> None:
    for reply in replies():
        for choice in reply.taps():
            assert 0 < len(Wording().label(choice, language)) < 60
