"""One of several things that the last message showed, picked by typing its number or its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from conversations import steering, tapped
from conversations.answers import Understood, read_choice
from conversations.answers.moments import by_place
from conversations.answers.result import CONFIRMED
from conversations.answers.text import normal
from conversations.keys import Key
from conversations.questions import question_of
from conversations.reading import Facts
from conversations.talk import Talk
from scoring.duties import duties
from scoring.job_words import folded
from scoring.occupations import unit_groups

OPTION_NAMES = ("test", "level")
"""What an option holds that the lexicon has words for."""
WORDS_OF_TITLE, WORDS_OF_DUTIES = 2, 3
"""So many telling words of one group on offer alone choose it; fewer may be the name of another job."""


def picked(talk: Talk, key: Key, text: str) -> bool:
    """Do what the button would that a text names; False where it names none of them."""
    pending = talk.session.pending or {}
    if pending.get("key") != str(key):
        return False
    if pending["kind"] == "job":
        return _job(talk, key, pending["hits"], text)
    number = _number(text)
    if pending["code"] == "clock" and number is None:
        return _by_place(talk, key, pending["options"][0]["local"], text)
    if pending["code"] in CONFIRMED and len(pending["options"]) == 1 and number is None:
        return _confirmed(talk, key, pending, text)
    place = number if number is not None else _named(talk, key, pending["options"], text)
    if place is None or place >= len(pending["options"]):
        return False
    tapped.tapped(talk, f"o:{pending['turn']}:{place}")
    return True


def _confirmed(talk: Talk, key: Key, pending: Mapping[str, Any], text: str) -> bool:
    """A yes or a no to the one value that was put."""
    found = read_choice(text, "yes_no", ("yes", "no"), talk.context.lexicon)
    if not isinstance(found, Understood):
        return False
    tapped.tapped(talk, f"o:{pending['turn']}:0" if found.value == "yes" else f"q:{key}")
    return True


def _by_place(talk: Talk, key: Key, local: str, text: str) -> bool:
    """The place by whose clock a time was told, typed afterwards."""
    at = by_place(text, local, talk.clock)
    if at is not None:
        steering.take(talk, key, Facts({key: at}))
    return at is not None


_PLACE = re.compile(r"(?:the |le |la )?(?:no|n|number|numero|option|choice|choix|line|ligne)? ?([1-9]\d?)")


def _number(text: str) -> int | None:
    """The place, from 0, that a number names: `2`, `#2`, `number 2`."""
    found = _PLACE.fullmatch(normal(text))
    return int(found[1]) - 1 if found else None


def _job(talk: Talk, key: Key, hits: list[str], text: str) -> bool:
    said = {phrase.words: phrase.stands_for for phrase in talk.context.lexicon.choices("offered")}.get(normal(text), "")
    if said == "none_of_these":
        tapped.tapped(talk, f"q:{key}")
        return True
    number = int(said) - 1 if said.isdigit() else _number(text)
    if number is not None:
        code = hits[number] if number < len(hits) else None
    else:
        code = "-" if said == "without_code" else _meant(hits, text)
    if code is None:
        return False
    tapped.tapped(talk, f"n:{key}:{code}")
    return True


def _meant(hits: list[str], text: str) -> str | None:
    """The group on offer that a text names: by its code or title, by words of its title or of what one does there."""
    said, words = normal(text), set(folded(text))
    named = [code for code in hits if said in _titles(code)]
    if len(words) >= WORDS_OF_TITLE:
        named = named or [code for code in hits if words <= set(folded(" ".join(_titles(code))))]
    if len(words) >= WORDS_OF_DUTIES:
        named = named or [code for code in hits if words <= _words_of(code)]
    return named[0] if len(named) == 1 else None


def _titles(code: str) -> tuple[str, ...]:
    group = unit_groups()[code]
    return (code, normal(group.title_en), normal(group.title_fr))


def _words_of(code: str) -> set[str]:
    """The telling words of the titles of a group and of what one does there."""
    done = duties()[code]
    return set(folded(" ".join((*_titles(code), done.en, done.fr))))


def _named(talk: Talk, key: Key, options: list[Any], text: str) -> int | None:
    question = question_of(key)
    assert question is not None
    names = [_name(option) for option in options]
    if not question.choices or not all(name in question.choices for name in names):
        return None
    found = read_choice(text, question.group, names, talk.context.lexicon)
    return names.index(found.value) if isinstance(found, Understood) else None


def _name(option: Any) -> str:
    """The choice that an option stands for."""
    if isinstance(option, Mapping):
        option = next((option[name] for name in OPTION_NAMES if name in option), "")
    return str(option)
