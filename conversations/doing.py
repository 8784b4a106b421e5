"""Does what a wish names: a goal, a page, a language, or something about the open question."""

from __future__ import annotations

from collections.abc import Mapping

from conversations import steering
from conversations.commands import INTENT_GOALS, PAGES
from conversations.interview import applies
from conversations.keys import Key, parsed
from conversations.reading import Facts
from conversations.session import LANGUAGES, Language
from conversations.talk import Talk
from conversations.topics import menu


def do(talk: Talk, name: str) -> bool:
    """Do what a command or an intent names; False where there is no such thing."""
    asked = open_key(talk)
    if name in INTENT_GOALS:
        steering.to_goal(talk, INTENT_GOALS[name])
    elif name in PAGES:
        steering.to_page(talk, name)
    elif name == "more" and talk.session.consented:
        steering.more(talk)
    elif name == "answer" and talk.session.consented:
        steering.to_answer(talk)
    elif name in LANGUAGE_WISHES:
        steering.speak(talk, LANGUAGE_WISHES[name])
    elif not talk.session.consented:
        menu.welcome(talk)
    elif name == "cancel":
        steering.cancel(talk)
    elif name == "back":
        steering.back(talk)
    elif name == "start":
        menu.menu(talk)
    elif name in ("unknown", "skip", "why", "keep"):
        _about_question(talk, name, asked)
    else:
        return False
    return True


LANGUAGE_WISHES: Mapping[str, Language] = {
    **LANGUAGES,
    "english": "en",
    "francais": "fr",
    "language_en": "en",
    "language_fr": "fr",
}


def _about_question(talk: Talk, name: str, key: Key | None) -> None:
    """*I don't know*, *skip*, *why* and *keep* are about the question that is open."""
    if key is None:
        menu.menu(talk)
    elif name == "why":
        steering.why(talk, key)
    elif name == "keep":
        talk.change(focus=None, pending=None)
        steering.proceed(talk)
    elif name == "skip":
        steering.skip(talk, key)
    else:
        steering.take(talk, key, Facts({key: None}))


def open_key(talk: Talk) -> Key | None:
    """The question that is open and still applies."""
    key = parsed(talk.session.asked or "")
    return key if key is not None and applies(talk.dossier, key) else None
