"""What free text means where the lexicon knows no such words: facts to be read back, or a wish in other words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from conversations import readback, steering
from conversations.answers import Unclear
from conversations.answers.text import clean, plain
from conversations.commands import INTENT_GOALS
from conversations.dossier import NONE, Dossier
from conversations.keys import Key, parsed
from conversations.questioned import begins_as_question
from conversations.reading import Facts
from conversations.rescored import WHICH_TEST
from conversations.talk import Talk
from conversations.understanding.asides import OF_ANOTHER
from conversations.understanding.canada import NOMINATION_APPLIED
from conversations.understanding.placing import HEADS_OF_DETAILS, MOVED, Placed, placed
from conversations.understanding.reader import Understanding
from conversations.understanding.turns import UNSURE
from conversations.understanding.unsettled import NOT_YET
from scoring.profile import WITH_PARTNER

MOST_TEXT = 2_000
LEAST_WORDS = 3
"""A shorter message is one answer, or one wish."""
SEVERAL = 2
"""Things told in one message, from which on they are read back, whatever question is open."""
SURE_OF_A_WISH = 0.8
"""How sure a wish has to be where any words may be an answer, such as the name of a job."""

DETAILED = 2
"""Answers of one message from which on a wish in it that is not sure is only words of theirs: *score*, *passé*."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "which_category": "which",
        "my_score": "score",
        "latest_draw": "draws",
        "alerts_on": "alerts",
        "edit_answer": "change",
        "what_if_french": "whatif",
        "what_if": "whatif",
        "expiry": "deadlines",
        "my_profile": "profile",
        "export_data": "export",
        "delete_data": "delete",
    }
)
"""What a wish is called where it is done, where that is another name."""
TOLD_AND_WISHED = frozenset({"which", "score", "eligible", "chances", "standing"})
"""Wishes that go with the facts that were told beside them."""


def told(talk: Talk, text: str, asked: Key | None, *, anything: bool = False) -> bool:
    """Read back what a message tells, where it tells several things, or one that answers no question that is open.

    `anything`: the text was no answer to the open question, so that one fact about something else is enough.
    """
    understood = _of_some_length(talk, text)
    if understood is None:
        return False
    found = placed(understood, _known(talk))
    wish = TOPICS.get(understood.intent or "", understood.intent)
    if understood.confidence < SURE_OF_A_WISH and len(found.answers) >= DETAILED:
        wish = None
    if wish == "deadlines" and understood.confidence < 1 and not _only_a_test(found):
        wish = None  # *my permit ends 03/11/2027* tells a day
    told_wrong = wish == "change" and bool(found.answers)
    alone = found.told == 1 and (wish is None or told_wrong) and (asked is None or (anything and _beside(found, asked)))
    if (alone or _only_a_test(found)) and _asks_of_a_term(talk, text):
        return False
    event = wish is not None and EVENTS.get(wish) in _keys(found)
    moved = any(each["id"] in MOVED for each in understood.other) and not (asked and asked.id in OF_A_JOB)
    if found.told < SEVERAL and not alone and not event and not (moved and found.told):
        return False
    goal = INTENT_GOALS.get(wish) if wish is not None and (wish in TOLD_AND_WISHED or event) else None
    readback.offer(talk, found, understood.other, goal)
    return True


def _asks_of_a_term(talk: Talk, text: str) -> bool:
    """Whether a text is a question that names something explained: *are job offer points back* tells of no offer."""
    return begins_as_question(text, talk.context.lexicon) and bool(talk.context.explained.within(text))


def _only_a_test(found: Placed) -> bool:
    """Whether nothing is told but which test is meant, or nothing at all: *is my CELPIP still good?*"""
    keys = _keys(found)
    return len(keys) == len(found.answers) + len(found.open) and all(key.id == "test" for key in keys)


def _understood(talk: Talk, text: str) -> Understanding | None:
    """What a message says, read once in a turn however often it is asked for; None where there is no reader."""
    reader = talk.context.reader
    if reader is None:
        return None
    about = (text, talk.language, _of_partner(talk))
    if talk.read is None or talk.read[0] != about:
        understood = reader.understand(text, talk.today, talk.language, talk.context.titles, partner=about[2])
        talk.read = about, understood
    return talk.read[1]


OF_A_JOB = frozenset({"job", "job_period"})
"""Questions to which the day on which a job began is an answer, and no correction."""


def of_whom(talk: Talk, text: str) -> Literal["unsure", "another"] | None:
    """Of whom a message tells, where that is one of the two, it is not known which, or somebody else; else None."""
    found = _of_some_length(talk, text)
    kinds = {each["id"] for each in found.other} if found is not None else set()
    return "unsure" if UNSURE in kinds else "another" if OF_ANOTHER in kinds else None


def is_to_come(talk: Talk, text: str) -> bool:
    """Whether all that a message tells is planned, under way or asked for: *je vais finir mon master*."""
    found = _of_some_length(talk, text)
    return found is not None and not found.facts and any(each["id"] in TO_COME for each in found.other)


TO_COME = frozenset({NOT_YET, NOMINATION_APPLIED})
OF_THE_COUPLE = frozenset({"partner", "marital"})
"""Questions at which *she* is the partner who is asked about."""
OF_OTHERS = frozenset({"sibling", "relative", "children", "children_born", "children_coming"})
"""Questions at which *she* is none but the one who is asked about."""


def _of_partner(talk: Talk) -> bool:
    """Whether *he* and *she* mean the partner, where a message names nobody: there is one, as far as is known."""
    known, asked = _known(talk), parsed(talk.session.asked or "")
    if asked is not None and asked.id in OF_OTHERS:
        return False
    if asked is not None and asked.id in OF_THE_COUPLE:
        return True
    return known.partner() not in (None, NONE) or known.get(Key("h", "marital")) in WITH_PARTNER


def _of_some_length(talk: Talk, text: str) -> Understanding | None:
    """What a message says that is longer than one answer, or one wish; None for a shorter one."""
    return _understood(talk, text) if len(text.split()) >= LEAST_WORDS else None


def _known(talk: Talk) -> Dossier:
    """The answers, with those that were read back and wait for a yes: what is told now stands beside them."""
    return Dossier({**talk.session.answers, **(talk.held["answers"] if talk.held else {})})


EVENTS: Mapping[str, Key] = MappingProxyType(
    {"invited": Key("x", "invited"), "nominated": Key("c", "nomination"), "profile": Key("x", "submitted")}
)
"""Wishes that are told as facts: *I was invited on 7 November*, *my profile was submitted on 3 May*."""


def told_no_job(talk: Talk, text: str) -> bool:
    """Read back what a text tells that was typed where a job was asked for, if it tells of everything but a job."""
    understood = _understood(talk, text)
    if understood is None:
        return False
    found = placed(understood, talk.dossier)
    if not found.answers or any(key.id.startswith("job") for key in found.answers):
        return False
    readback.offer(talk, found, understood.other)
    return True


def answers(talk: Talk, text: str, key: Key) -> Facts | None:
    """What free text says in answer to a question whose own words leave it open; None where it says nothing more."""
    understood = _understood(talk, text)
    found = placed(understood, talk.dossier).answers if understood is not None else {}
    return Facts({key: found[key]}) if found.get(key) is not None else None


BY_THE_WAY = frozenset(
    {
        "birth_date",
        "marital",
        "children",
        "partner",
        "sibling",
        "relative",
        "level",
        "test",
        "nomination",
        "offer",
        "certificate",
    }
)
"""What is told by the way in an answer; any words may be a job, and a place may be of anything."""


def told_beside(talk: Talk, text: str, key: Key, reading: Facts) -> bool:
    """Read back an answer with what else its text tells: *31, et je suis mariée*.

    Beside an answer about the partner nothing is: *a master's from Morocco* is theirs there.
    """
    understood = _of_some_length(talk, text) if key.scope != "p" else None
    if understood is None or reading.open:
        return False
    found = placed(understood, talk.dossier)
    # *my wife* says nothing new of a couple that is known
    ours = {key.id} | (OF_THE_COUPLE if key.id in OF_THE_COUPLE or talk.dossier.partner() is not None else set())
    told = [each for each in found.answers if each.id in BY_THE_WAY - ours]
    heads = {(each.scope, each.id, each.place) for each in told}
    new = {
        each: value
        for each, value in found.answers.items()
        if any(_of_head(each, head) for head in heads) and talk.dossier.get(each) != value
    }
    if not new or key.id in HEADS_OF_DETAILS:
        return False
    # what the reader of the answer read is no longer unread
    other = [each for each in understood.other if each["id"] != "unread"]
    readback.offer(talk, Placed({**reading.answers, **new}), other)
    return True


def _of_head(key: Key, head: tuple[str, str, int | None]) -> bool:
    """Whether an answer is that of a question, or a detail of it: the scores of a test."""
    return (key.scope, HEADS_OF_DETAILS.get(key.id, key.id), key.place) == head


def _beside(found: Placed, asked: Key) -> bool:
    """Whether facts about something else than the open question were told in so many words.

    Any word may be the name of a job; with its dates it is one.
    """
    jobs = [key for key in found.answers if key.id == "job" and found.answers[key].get("title")]
    dated = any(key.to("job_period") in found.answers for key in jobs)
    scored = any(each.get("code") in (WHICH_TEST, "day_or_month") for each in found.open)
    return dated or scored or any(not key.id.startswith("job") and key != asked for key in _keys(found))


def _keys(found: Placed) -> list[Key]:
    """The questions that are answered, and those that are open about what was said."""
    return [*found.answers, *(key for each in found.open if (key := parsed(each["key"])) is not None)]


def wish(talk: Talk, text: str, least: float = 0.0) -> str | None:
    """The wish that a message has in other words than those of the lexicon, by the name of what does it."""
    reader = talk.context.reader
    if reader is None:
        return None
    found = reader.asked(text)
    if found.intent is None or found.confidence < least or _only_tells(talk, text, found.confidence):
        return None
    if found.intent == "switch_language":
        return _language(talk, text)
    return TOPICS.get(found.intent, found.intent)


def _only_tells(talk: Talk, text: str, confidence: float) -> bool:
    """Whether the words of a wish that is not sure are those of a fact or a plan, as the whole message shows."""
    understood = _of_some_length(talk, text) if confidence < SURE_OF_A_WISH else None
    return understood is not None and understood.intent is None and bool(understood.facts or understood.other)


def _language(talk: Talk, text: str) -> str | None:
    """The language that is named; to be chosen where none is, or where one may only have been told of (*I speak X*)."""
    reader = talk.context.reader
    spoken = {meant for _, meant in reader.vocabulary.find(text, "tongue")} if reader else set()
    if len(spoken) > 1 and reader is not None:
        # *French please, my English is bad*: the first part is the wish
        spoken = {meant for _, meant in reader.vocabulary.find(_FIRST.split(text, maxsplit=1)[0], "tongue")}
    if len(spoken) > 1:
        return None
    return named(f"language_{spoken.pop()}", text) if spoken else "language"


_FIRST = re.compile(r"[,.;!?]")


def named(wish: str, text: str) -> str:
    """A wish by its name; a language is to be chosen where it may only have been told of: *I speak English*."""
    return "language" if wish.startswith("language_") and _TELLS.search(plain(clean(text))) else wish


_TELLS = re.compile(
    r"\b(?:i (?:can |also )?speak|je (?:peux |sais )?parler?|j'?ai|i have|i know|we speak|nous parlons)\b"
)


def between(talk: Talk, text: str) -> bool:
    """Ask which of two wishes was meant, where they are about as near."""
    reader = talk.context.reader
    found = reader.asked(text) if reader is not None else None
    if found is None or len(found.between) < SEVERAL:
        return False
    options = tuple(dict.fromkeys(TOPICS.get(each, each) for each in found.between))
    if len(options) < SEVERAL:
        return False
    steering.which_intent(talk, Unclear("intent", text, options))
    return True
