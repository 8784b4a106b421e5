"""Replies that chats really bring up, said in both languages: well set, and nothing of one language in the other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from bot.wording import Wording
from bot.wording.splitting import MOST_ENTITIES, MOST_UNITS, units
from conversations.commands import GOAL_PAGES, PAGES
from conversations.keys import Key
from conversations.questions import QUESTIONS, Question
from conversations.replies import Choice, Reply
from conversations.session import Language
from tests.conversations.samples import typed
from tests.conversations.storytelling import Chat
from tests.locales import bank
from tests.locales.french import english_in, misset
from tests.project import ROOT

TEMPLATES = ROOT / "locales" / "templates"
PARTS = {"ask", "why", "said", "miss"}
"""Templates that are no replies by themselves: others are made from them."""
ELSEWHERE = (
    Reply("group", "en", {"username": "tirage_bot"}),
    Reply("no_rules", "en", {"on": "2014-12-31", "first": "2015-01-01"}),
    Reply("which_intent", "en", {"read": "my 450"}),
    Reply("welcome", "en", {"again": False, "wish": True, "greeted": True}),
    *(
        Reply(
            "readback",
            "en",
            {"lines": lines, "asks": asks, "beside": beside, "whose": beside[:-1], "choosing": choosing},
            ((Choice("nav.told_right", "v:1"), Choice("nav.told_change", "w:1")),)
            if not choosing
            else ((Choice("told", "w:1:1", {"n": 1, "id": "children", "scope": "h", "index": None, "value": 2}),),),
        )
        for lines, asks, beside, choosing in (
            ([{"n": 1, "id": "children", "scope": "h", "index": None, "value": 2}], [], [], False),
            ([{"n": 1, "id": "children", "scope": "h", "index": None, "value": 2}], [], ["my cat", "master"], True),
            ([], [{"id": "partner", "scope": "h", "index": None}, {"id": "job", "scope": "c", "index": 1}], [], False),
        )
    ),
    Reply("check", "en", {"lines": [{"n": 1, "id": "children", "scope": "h", "index": None, "value": 2}]}),
)
"""Replies that a private chat of today does not bring up."""
AFTER = (
    "{q:c.taken_on.0}", "03/04/2026", "{q:c.job.1}", "welder", "/cancel", "/start", "", "hello there", "/resume",
    "{t:fit:cec}", "{t:fit:french}", "{no such button}", "{l:en}", "/language",
    "{s:types}", "{s:type:french}", "{s:show}", "{s:all}", "alert me about trades", "{s:quiet}", "10 to 7", "7 am",
    "9 to 9", "{s:quiet:1320:420}", "Canada", "UTC+5:20", "Congo", "Manila", "{s:quiet}", "{s:show}", "{s:mute}",
    "{s:mute}", "{s:on}", "{s:reminders:on}", "{s:reminders:kind:birthday}", "{s:all}", "stop", "{s:mute}", "stop",
    "{s:reminders:off}", "{s:reminders:off}", "{s:reminders}",
    "mute the alerts until january", "{t:draws:french}", "{t:draws:pnp}", "{t:draws:researchers}",
    "what are my chances with 480", "what are my chances with 480 in the pnp draws", "chances with 530 for stem",
    "{q:x.submitted}", "1er avril 2026, 14h05", "1er avril 2026, 25h05m09s", "1/4/2026, 14h05m09s",
    "1er avril 2026, 14h05m09s UTC",
    "{e:g:basics}", "{e:i:cut_off}", "{e:i:category_list}", "{e:i:pnp}", "what is a flurbo",
    "my visa was refused", "{e:c:}",
    "{q:c.level.0}", "je prépare une maîtrise", "ma sœur a une maîtrise", "une maîtrise, ça compte?", "no",
    "{q:c.job.0}", "dois-je dire infirmier?", "stop", "enlève tout ça",
    "/restart", "[nav.keep_all]", "/restart", "[nav.restart_now]", "/delete", "[nav.delete_all]",
)  # fmt: skip
"""What is said at the end; in braces what is tapped, by its data, and in brackets by the key of its label."""
PREFERRED = {
    "partner": "coming", "level": "bachelor", "job_kind": "self_employed", "offer_route": "b", "sibling": "no",
}  # fmt: skip
SAMPLES = {"job": ("31102", "72106"), "residence": ("Canada", "Canada"), "job_country": ("Canada", "Canada")}


def chat_through_everything() -> Iterator[Reply]:
    """Somebody who opens every question of both people, asks why, is misread once, then answers; then every page."""
    chat = Chat()
    yield from chat.say("hello")
    yield from chat.tap("c:yes")
    yield from chat.tap("g:profile")
    for question in QUESTIONS:
        for scope in question.scopes:
            for place in range(2 if question.listed else 1):
                yield from _through(chat, question, question.key(scope, place))
    for page in (*GOAL_PAGES, *PAGES):
        yield from chat.say(f"/{page}")
    for said in AFTER:
        if said.startswith("{"):
            yield from chat.tap(said[1:-1])
        elif said.startswith("["):
            taps = (choice for reply in chat.last for choice in reply.taps())
            yield from chat.tap(next(choice.data for choice in taps if f"[{choice.label}]" == said))
        else:
            yield from chat.say(said)


def _through(chat: Chat, question: Question, key: Key) -> Iterator[Reply]:
    yield from chat.tap(f"q:{key}")
    yield from chat.tap(f"y:{key}")
    yield from chat.say("%%%")
    place = key.place or 0
    sample = SAMPLES[question.id][place] if question.id in SAMPLES else typed(question, None, place)
    if sample is not None:
        yield from chat.say(sample)
    else:
        choices = [choice for choice in question.choices if choice not in ("none", "no")]
        yield from chat.tap(f"a:{key}:{PREFERRED.get(question.id, choices[0])}")


@cache
def replies() -> tuple[Reply, ...]:
    """Every reply, each once."""
    kept = {
        (reply.key, repr(reply.values)): reply
        for reply in (
            *ELSEWHERE,
            *bank.alerts(),
            *bank.changes_of_rules(),
            *bank.jobs(),
            *bank.reminders(),
            *bank.suppositions(),
            *bank.pages(),
            *chat_through_everything(),
        )
    }
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
    """What is read; commands, which are the same in both languages, stand as a stroke."""
    return html.unescape(re.sub(r"(?<![\w<])/[a-z]+", "/", re.sub(r"<[^>]+>", "", text)))


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
        assert not re.search(r"\n{3}|[ \t]\n|%\(|None(?! of| was)|Undefined", text), (key, text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_labels_of_replies_are_short(language: Language) -> None:
    for reply in replies():
        for choice in reply.taps():
            assert 0 < len(Wording().label(choice, language)) < 60
