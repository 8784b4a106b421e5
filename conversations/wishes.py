"""Wishes about rounds, with the type or the score that they name: `cut-off for the last French draw`."""

from __future__ import annotations

import re
from typing import NamedTuple

from conversations.answers import Understood
from conversations.answers.text import clean, listed, normal, plain, spaced, standing
from conversations.lexicon import Lexicon

ABOUT_ROUNDS = frozenset({"draws", "alerts", "chances", "standing"})
"""Intents in which a type of round may be named."""
LOWEST, HIGHEST = 100, 1200
MOST_WORDS = 24
"""A longer text tells something, and asks for nothing."""
_SCORE = re.compile(r"(?<![\d.,$-])(\d{3,4})(?![\d.,]*\d)(?: ?(?:points?|pts|crs|scg))?")


class Wish(NamedTuple):
    """What is asked for, the type of round that is named, and the score; None where there is none."""

    intent: str
    kind: str | None
    score: int | None


def wished(text: str, lexicon: Lexicon, meant: str | None = None) -> Wish | None:
    """A wish about rounds in which a type or a score stands; None where neither does, or where it is no such wish.

    `meant`: the wish, where it was understood in other words than those of the lexicon.
    """
    cleaned = clean(text)
    if len(cleaned.split()) > MOST_WORDS:
        return None
    named = next(iter(lexicon.named_in(cleaned, "draw_type")), None)
    rest, score = cleaned, None
    if named is not None:
        rest = f"{cleaned[: named[0].start]} {cleaned[named[0].end :]}"
    found = _SCORE.search(rest)
    if found is not None and LOWEST <= int(found[1]) <= HIGHEST:
        score, rest = int(found[1]), rest[: found.start()] + rest[found.end() :]
    if named is None and score is None:
        return None
    meant = (
        meant
        or _meant(rest, lexicon)
        or _meant(" ".join(word for word in spaced(rest).split() if word not in _AROUND), lexicon)
    )
    return None if meant is None else Wish(meant, None if named is None else named[1], score)


class Named(NamedTuple):
    """A round that is called by its number, and a score that is held against it; None where none is."""

    number: str
    score: int | None = None


_ROUND = re.compile(
    r"(?:\b(?:rounds?|draws?|rondes?|tirages?)\s*(?:number|numero|no\b\.?|n°|nº|#|of|de)?\s*#?\s*|#\s*(?=\d{3}))"
    r"(?!20[1-4]\d\b)(\d{1,4})\s?([a-z])?(?![\w.,]*\d)(?!\w)"
)
TOLD = frozenset({"invited", "alerts", "documents", "reminders", "nominated"})
"""Intents of which a round's number is a fact, or a wish of its own."""
_WAS_INVITED = re.compile(
    r"\b(?:i was|i am|i got|i have been|i've been|i received|got my|j'? ?ai|je suis|on m'a)\b.*\b(?:invit\w*|ita|ipd)\b"
)

_ASKS = re.compile(r"\b(?:was i|would|could|aurais|serais|etais-je|ai-je ete|est-ce que j)\b")


def named_round(text: str, lexicon: Lexicon) -> Named | None:
    """`was it me in round 446?`: the round that a text asks about; None where it tells of one, or names none."""
    cleaned = clean(text)
    found = _ROUND.search(plain(cleaned))
    if found is None or len(cleaned.split()) > MOST_WORDS:
        return None
    rest = f"{cleaned[: found.start()]} {cleaned[found.end() :]}"
    meant = lexicon.intent(rest)
    is_told = isinstance(meant, Understood) and meant.value in TOLD
    if not _ASKS.search(plain(rest)) and (is_told or _WAS_INVITED.search(plain(rest))):
        return None
    score = _SCORE.search(rest)
    held = int(score[1]) if score is not None and LOWEST <= int(score[1]) <= HIGHEST else None
    return Named(f"{int(found[1])}{found[2] or ''}", held)


def _meant(rest: str, lexicon: Lexicon) -> str | None:
    found = lexicon.intent(rest)
    return str(found.value) if isinstance(found, Understood) and found.value in ABOUT_ROUNDS else None


_AROUND = frozenset(
    listed(
        "in the for of with at on about a only just too also when if draw draws round rounds points category"
        " pour la le les l de du des d dans en avec sur seulement juste aussi quand si"
        " ronde rondes tirage tirages categorie"
    )
)
"""Words that join a type or a score to the wish."""


def stops(text: str, lexicon: Lexicon) -> bool:
    """Whether a text speaks of stopping and of what is sent: to be asked about, since stopping is never guessed."""
    said = spaced(text)
    if len(said.split()) > MOST_WORDS:
        return False
    return _speaks_of("stopping", said, lexicon) and _speaks_of("stopped", said, lexicon)


def stops_nothing(text: str) -> bool:
    """Whether a text asks about stopping, or says not to: `why did my alerts stop?`, `n'arrêtez pas les alertes`."""
    said = normal(text)
    asks = _ASKS_ABOUT.match(said) is not None and _REQUESTS.search(said) is None
    return asks or _NOT_STOPPED.search(said) is not None


_ASKS_ABOUT = re.compile(
    r"(?:why|did|have|has|are|is|when|do (?:you|the|my|draws|rounds|alerts)|does"
    r"|pourquoi|est ce que|quand|avez vous|as tu|les (?:alertes|rondes|tirages) (?:sont|ont))\b"
)
_REQUESTS = re.compile(r"\b(?:please|pls|can you|could you|peux|pouvez|pourriez|svp|stp|fed up|too many|trop)\b")
_NOT_STOPPED = re.compile(
    r"\b(?:dont|do not|never) (?:ever )?(?:stop|mute|turn off|switch off|disable|pause|silence|unsubscribe)\b"
    r"|\bn(?:e )?(?:arret|desactiv|coup|stopp|suspend|desabonn)\w* (?:pas|jamais)\b"
)


def names_alerts(text: str, lexicon: Lexicon) -> bool:
    """Whether a text names what is sent, and not only the rounds that it is about."""
    said = spaced(text)
    return any(place.words not in _ROUNDS for place, _ in lexicon.named_in(said, "stopped"))


_ROUNDS = frozenset(listed("draw draws round rounds ronde rondes tirage tirages"))


def only_reminders(text: str, lexicon: Lexicon) -> bool:
    """Whether, of what comes by itself, a text names reminders and nothing else."""
    named = {name for _, name in lexicon.named_in(spaced(text), "stopped")}
    return named == {"reminders"}


def _speaks_of(group: str, said: str, lexicon: Lexicon) -> bool:
    phrases = {phrase.spaced: phrase for phrase in lexicon.choices(group)}
    return next(iter(standing(said, phrases)), None) is not None
