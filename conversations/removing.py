"""`delete my second job`, `i want my data gone`, `stop`: to be asked about, since what is lost is never guessed."""

from __future__ import annotations

from conversations import steering
from conversations.answers.text import clean, listed, normal
from conversations.naming import named_question
from conversations.replies import Choice
from conversations.talk import Row, Talk
from conversations.topics import alerts
from conversations.topics.common import MENU

MOST_WORDS = 9
"""A longer text tells something."""
_AROUND = frozenset(
    listed("can could you please pls it this now just i want to svp stp peux tu pouvez vous ca je veux")
)


def removed(talk: Talk, text: str) -> bool:
    """Open the answer that is to be taken away, or ask what is meant; False where nothing is to be taken away."""
    lexicon = talk.context.lexicon
    if len(text.split()) > MOST_WORDS or lexicon.exactly(text) or not any(lexicon.named_in(clean(text), "removing")):
        return False
    key = named_question(text, talk.dossier, lexicon, verbs="removing")
    if key is not None:
        steering.to_question(talk, key)
        return True
    rows: list[Row] = [(Choice("goal.profile", "g:profile"),), (Choice("nav.delete", "t:delete"),)]
    if alerts.hears(talk):
        rows.append((Choice("alerts.settings", "s:show"),))
    talk.say("which_intent", {"read": text}, [*rows, MENU])
    return True


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
