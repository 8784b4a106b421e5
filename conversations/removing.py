"""`delete my second job`, `i want my data gone`, `stop`: to be asked about, since what is lost is never guessed."""

from __future__ import annotations

import re

from conversations import steering
from conversations.answers.text import clean, listed, normal
from conversations.doing import do
from conversations.lexicon import Lexicon, is_negated
from conversations.naming import named_question
from conversations.replies import Choice
from conversations.talk import Row, Talk
from conversations.topics import alerts
from conversations.topics.common import MENU

MOST_WORDS, MOST_OF_DATA = 9, 12
"""A longer text tells something; where it names what is kept, one that is still longer."""
_AROUND = frozenset(
    listed("can could you please pls it this now just i want to svp stp peux tu pouvez vous ca je veux")
)


def removed(talk: Talk, text: str) -> bool:
    """Open the answer that is to be taken away, or ask what is meant; False where nothing is to be taken away."""
    lexicon, said = talk.context.lexicon, normal(text)
    most = MOST_OF_DATA if _DATA.search(said) else MOST_WORDS
    if len(text.split()) > most or lexicon.exactly(text) or _NOT_FORGOTTEN.search(said):
        return False
    if _in_very_words(talk, text):
        return True
    if _DATA.search(said) and _ASKS.match(said) and _REMOVED.search(said):
        return do(talk, "privacy")  # *will you delete my data?*: what is kept, for how long, and how it is deleted
    if not any(lexicon.named_in(clean(text), "removing")) and not _misspelt(said, lexicon):
        return False
    if is_negated(said) and _KEPT.search(said):
        steering.kept(talk)
        return True
    key = named_question(text, talk.dossier, lexicon, verbs="removing")
    if key is not None:
        steering.to_question(talk, key)
        return True
    rows: list[Row] = [(Choice("goal.profile", "g:profile"),), (Choice("nav.delete", "t:delete"),)]
    if alerts.hears(talk):
        rows.append((Choice("alerts.settings", "s:show"),))
    talk.say("which_intent", {"read": text}, [*rows, MENU])
    return True


def _in_very_words(talk: Talk, text: str) -> bool:
    """Do what deletes or cancels where the whole text is one of its phrases; deleting then asks for a yes."""
    exact = talk.context.reader.meanings.exactly(text) if talk.context.reader is not None else None
    if exact is None or exact.intent not in IN_VERY_WORDS or _THIS.search(normal(text)):
        return False
    return do(talk, IN_VERY_WORDS[exact.intent])


IN_VERY_WORDS = {"delete_data": "delete", "cancel": "cancel"}
_THIS = re.compile(r"\btout ca\b")
"""May be the answer that is open, and not all of them."""
_DATA = re.compile(r"\b(?:data|infos?|informations?|answers?|donnees|reponses?|renseignements)\b")
_REMOVED = re.compile(r"\b(?:delet\w*|eras\w+|remov\w+|forget|wip\w+|supprim\w+|effac\w+)\b")
_KEPT = re.compile(
    r"\b(?:dont|do not|never|not)(?: want to)? (?:delet|eras|remov|wip|cancel)\w*"
    r"|\b(?:n|ne )(?:supprim|effac|enlev|annul)\w*(?: \w+)? (?:pas|rien|jamais)\b"
)
_NOT_FORGOTTEN = re.compile(r"\b(?:dont|do not|never) forget\b|\b(?:n|ne )oubli\w* (?:pas|jamais)\b")
_ASKS = re.compile(
    r"(?:will|would|do|does|did|are|is|was|were|when|why|should|my friend|est ce que|quand|pourquoi|mes|vas|allez)\b"
)
"""Begins a question, or a story, and no wish."""
LEAST_LETTERS, ALIKE = 5, 80


def _misspelt(said: str, lexicon: Lexicon) -> bool:
    """Whether a slip in a word of removing stands beside a word for what is kept: `deleet my data`."""
    from rapidfuzz import fuzz, process

    if _DATA.search(said) is None:
        return False
    words = [phrase.words for phrase in lexicon.choices("removing") if len(phrase.words) >= LEAST_LETTERS]
    return any(
        process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for word in said.split()
        if len(word) >= LEAST_LETTERS
    )


def stopped(talk: Talk, text: str) -> bool:
    """Ask what is to be stopped, where a text is a word of stopping and nothing else; False where it is none."""
    said = " ".join(word for word in normal(text).split() if word not in _AROUND)
    stopping = talk.context.lexicon.choices("stopping")
    if said not in {phrase.words for phrase in stopping if phrase.stands_for == "stop"}:
        return False
    if alerts.hears(talk):
        alerts.ask_stop(talk)
        return True
    rows: list[Row] = [(Choice("nav.leave", "t:cancel"),), (Choice("nav.delete", "t:delete"),), MENU]
    talk.say("which_intent", {"read": text}, rows)
    return True
