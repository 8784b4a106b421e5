"""A text while a question is open: an answer to it, else something that one can ask for, else a miss."""

from __future__ import annotations

from collections.abc import Mapping

from conversations import explaining, readback, steering, understood
from conversations.agreeing import declined
from conversations.answers import Misread, Unclear
from conversations.dossier import NONE
from conversations.doubting import Doubt, doubt
from conversations.keys import Key
from conversations.lined import line_named
from conversations.naming_round import read_round
from conversations.questions import Question
from conversations.reading import Facts, Occupation, Reading, read_answer
from conversations.talk import Talk
from conversations.understanding.placing import Placed
from conversations.volunteered import test_line
from conversations.wishing import about_rounds, by_name, exactly, in_other_words, steered, suppose_merely

ABOUT_A_ROUND = frozenset({"invited_round", "invited_under"})
"""Questions to which the words of a round are an answer."""


def take_answer(talk: Talk, key: Key, question: Question, text: str) -> None:
    """A text while a question is open: an answer to it, else something that one can ask for, else a miss."""
    if line_named(talk, text) or by_name(talk, text) or exactly(talk, text):
        return
    # where a round is asked for, one that is named is the answer
    if key.id not in ABOUT_A_ROUND and about_rounds(talk, text):
        return
    reading = _read(talk, key, question, text)
    reader = talk.context.reader
    words = reader.vocabulary if reader is not None else None
    why = None if isinstance(reading, Misread) else doubt(text, key, talk.context.lexicon, words)
    if why is not None:
        _doubted(talk, key, text, reading, why)
        return
    if isinstance(reading, Unclear):
        reading = understood.answers(talk, text, key) or reading
    # any words can be a job title: what is plainly a wish or a way round the question goes first
    surely = isinstance(reading, Occupation)
    if isinstance(reading, Occupation | Misread) and (suppose_merely(talk, text) or steered(talk, text, surely=surely)):
        return
    if isinstance(reading, Occupation) and (
        in_other_words(talk, text, understood.SURE_OF_A_WISH) or understood.told_no_job(talk, text)
    ):
        return
    if _denied(talk, key, text, reading):
        reading = Misread("no_title", text)
    if _nothing_read(reading) and in_other_words(talk, text):
        return
    if _nothing_read(reading) and (
        explaining.named(talk, text)
        or understood.told(talk, text, key, anything=True)
        or explaining.within(talk, text)
        or explaining.unknown(talk, text)
    ):
        return
    if isinstance(reading, Occupation):
        reading = _still(talk, key, reading)
    volunteered = test_line(key, text, talk.dossier, talk.today, talk.context.lexicon)
    if volunteered is None and isinstance(reading, Facts) and understood.told_beside(talk, text, key, reading):
        return
    steering.take(talk, key, volunteered or reading)


def _doubted(talk: Talk, key: Key, text: str, reading: Reading, why: Doubt) -> None:
    """A text that may be no answer: what it asks for, or the facts that it tells; else it is asked back."""
    # a first name may be like the word of a wish: *Ahmed* and *amend*
    least = understood.SURE_OF_A_WISH if why == "somebody" else 0.0
    if steered(talk, text) or in_other_words(talk, text, least) or explaining.named(talk, text):
        return
    if understood.told(talk, text, key, anything=True) or explaining.unknown(talk, text):
        return
    if why == "question" and isinstance(reading, Facts):
        readback.offer(talk, Placed(dict(reading.answers)), [])
    elif why != "question" or not explaining.within(talk, text):
        steering.take(talk, key, Misread(f"no_answer_{why}", text))


def _denied(talk: Talk, key: Key, text: str, reading: Reading) -> bool:
    """Whether a bare no would take away a job that was told: *no* to its title is not *I never worked*."""
    takes_away = isinstance(reading, Facts) and reading.answers.get(key) == NONE
    return key.id == "job" and takes_away and isinstance(talk.dossier.get(key), Mapping) and declined(talk, text)


def _nothing_read(reading: Reading) -> bool:
    """Whether a text has nothing in it that the question asks for; a test that does not count, say, is something."""
    return isinstance(reading, Misread) and (reading.code == "not_a_choice" or reading.code.startswith("no_"))


def _still(talk: Talk, key: Key, told: Occupation) -> Occupation:
    """A job told in other words keeps what the line before it said of dates, country and hours."""
    pending = talk.session.pending or {}
    if pending.get("kind") != "job" or pending.get("key") != str(key):
        return told
    return Occupation(told.title, {**pending["facts"], **told.facts}, {**pending["unclear"], **told.unclear})


def _read(talk: Talk, key: Key, question: Question, text: str) -> Reading:
    if question.kind == "round":
        return read_round(talk, key, text)
    return read_answer(question, key, text, talk.dossier, talk.today, talk.context.lexicon, talk.clock)
