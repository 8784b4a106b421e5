"""Questions about terms, in the middle of anything: they are answered, and the open question is put again."""

from __future__ import annotations

import re
from collections.abc import Callable

from conversations import steering
from conversations.answers.text import normal, spaced
from conversations.explained import Entry
from conversations.interview import applies
from conversations.keys import parsed
from conversations.lexicon import is_negated
from conversations.questioned import MOST_WORDS, asks_anywhere, is_question
from conversations.talk import Talk
from conversations.topics import documents, explain


def asked(talk: Talk, text: str) -> bool:
    """Answer `what is the tie-break`, `can I decline the invitation`; False where no entry has that name or phrase."""
    told = None if _about_family(talk) else talk.context.explained.told(text)
    question = talk.context.explained.asking.asked(text)
    name = told.id if told is not None else question.entry if question is not None else None
    if name is None and not talk.session.consented and len(text.split()) >= LEAST_IN_SENTENCE:
        name = talk.context.explained.asking.bare(text)
    if name is None:
        return False
    _answer(talk, name)
    return True


LEAST_IN_SENTENCE = 3
"""Words of a name that is a question by itself, such as `can I decline`: before consent it is no answer to anything."""
FAMILY = frozenset({"partner", "marital", "children"})
"""Questions to which `my wife is pregnant` is an answer."""


def _about_family(talk: Talk) -> bool:
    key = parsed(talk.session.asked or "")
    return key is not None and key.id in FAMILY


def named(talk: Talk, text: str) -> bool:
    """Answer the bare name of an entry, `NOC`; False where it is none."""
    name = talk.context.explained.asking.bare(text)
    if name is None:
        return False
    _answer(talk, name)
    return True


OF_THE_INVITED = frozenset({"documents"})
"""Explanations in whose place somebody who was invited is shown their own page."""


def _answer(talk: Talk, name: str) -> None:
    goal = talk.context.explained.entries[name].goal
    if goal is not None and name in OF_THE_INVITED and talk.session.consented and documents.invited_on(talk):
        steering.to_goal(talk, goal)
    else:
        _show(talk, name)


def about(talk: Talk, text: str) -> bool:
    """Answer what a text is about, in whatever words it asks: `I decline the invitation`, `we get married`."""
    known = talk.context.explained
    question, told = known.asking.asked(text, surely=True), known.told(text)
    name = question.entry if question is not None and question.entry is not None else told.id if told else None
    if name is None:
        return False
    _show(talk, name)
    return True


def unknown(talk: Talk, text: str) -> bool:
    """Offer what is nearest to a term that is asked about and not explained; False where nothing is asked so."""
    question = talk.context.explained.asking.asked(text)
    if question is None or not talk.context.explained.entries:
        return False
    _told(talk, lambda: explain.unknown(talk, question.term))
    return True


def within(talk: Talk, text: str, *, surely: bool = False) -> bool:
    """Answer a question that nothing else answers by the entry that it names: `is TEER 4 enough?`; offer several.

    `surely`: it is a question, however it begins.
    """
    asks = surely or is_question(text, talk.context.lexicon) or _asks(talk, text)
    return asks and _by_named(talk, text, _named_in(talk, text))


def _by_named(talk: Talk, text: str, found: list[Entry], *, offered: bool = False) -> bool:
    """Answer by the one entry that a text names; several, or one that it only touches, are offered; False for none.

    `offered`: also one alone is not answered by, but offered.
    """
    if len(found) > 1 or (found and (offered or _only_broad(found, text))):
        _told(talk, lambda: explain.several(talk, text, found))
    elif found:
        _show(talk, found[0].id)
    return bool(found)


def _asks(talk: Talk, text: str) -> bool:
    """Whether a short text has a word of asking somewhere."""
    return len(text.split()) <= MOST_WORDS and talk.context.explained.asking.asks(text)


BROAD = frozenset({"express_entry", "copr"})
"""Entries that are named beside any topic: `can my employer help me get PR`."""
MOST_BESIDE_BROAD = 6
"""Words of a question that may well be about such an entry; a longer one has another topic, and it is only offered."""
ALWAYS_BESIDE = "express_entry"
_COMPARES = re.compile(r"\b(?:differen\w+|vs|versus|than|and|or|que|et|ou|entre)\b")


def _named_in(talk: Talk, text: str) -> list[Entry]:
    """The entries that a text names; Express Entry only alone or compared: not in `is PTE ok for Express Entry`."""
    found = talk.context.explained.within(text)
    if _COMPARES.search(spaced(text)):
        return found
    return [entry for entry in found if entry.id != ALWAYS_BESIDE] or found


def _only_broad(found: list[Entry], text: str) -> bool:
    """Whether a text of some length names nothing but an entry that is named beside any topic."""
    return found[0].id in BROAD and len(text.split()) > MOST_BESIDE_BROAD


def named_within(talk: Talk, text: str) -> bool:
    """Answer a text that nothing else answers by the entry that it names, where it asks in any of its words.

    Where nothing in it asks, the entries that it names are only offered.
    """
    said, words = normal(text), len(text.split())
    asks = asks_anywhere(text, talk.context.lexicon) or _OR_NOT.search(said) is not None
    tells = is_negated(said) or talk.context.explained.asking.is_personal(text)
    if words > (MOST_IN_OFFER if asks else MOST_IN_FRAGMENT) or (tells and not asks):
        return False
    return _by_named(talk, text, _named_in(talk, text), offered=not asks)


_OR_NOT = re.compile(r"\b(?:or not|or no|ou non|ou pas)$")
"""*Proof of funds required or not* asks."""
MOST_IN_OFFER, MOST_IN_FRAGMENT = 12, 6
"""Words of a text whose names of entries are looked at where nothing else is understood, with and without a word of
asking; a longer one tells something."""


def rather(talk: Talk, text: str) -> bool:
    """Answer a question about one paper by its entry, and not by the list of all papers: `what does a letter say`.

    A question about oneself (`do I need a police certificate`) is left to that list.
    """
    known = talk.context.explained
    if not is_question(text, talk.context.lexicon) or (
        known.asking.is_personal(text) and not known.asking.begins(text)
    ):
        return False
    found = [entry for entry in _named_in(talk, text) if entry.id not in OF_THE_INVITED]
    if len(found) != 1 or found[0].id in {*BROAD, "ita"}:
        return False
    _answer(talk, found[0].id)
    return True


def wanted(talk: Talk, text: str) -> None:
    """Somebody wants something explained, in words that name no entry: what is nearest, else the list."""
    if not within(talk, text, surely=True) and not unknown(talk, text):
        _told(talk, lambda: explain.explain(talk))


COMMANDS = ("explain", "help_licensed")
"""Commands that only look something up: what was open stays open."""


def command(talk: Talk, name: str, term: str) -> None:
    """`/explain`, `/explain TERM`, `/help_licensed`."""
    if name == "help_licensed":
        _told(talk, lambda: explain.licensed(talk))
    elif not term:
        _told(talk, lambda: explain.explain(talk))
    else:
        question = talk.context.explained.asking.asked(term, surely=True)
        if question is None or question.entry is None:
            _told(talk, lambda: explain.unknown(talk, term))
        else:
            _show(talk, question.entry)


def complex_case(talk: Talk, text: str) -> bool:
    """Point to licensed help where a text tells of a case that is not computed; False where it tells of none."""
    case = talk.context.explained.case(text, documents.invited_on(talk))
    if case is None:
        return False
    _told(talk, lambda: explain.licensed(talk, case, said=True))
    return True


def tapped(talk: Talk, rest: str) -> None:
    """`e:l`, the groups; `e:g:GROUP`; `e:i:ENTRY`; `e:c:CASE`, or `e:c:` for licensed help in general."""
    what, _, name = rest.partition(":")
    known = talk.context.explained
    if what == "l":
        _told(talk, lambda: explain.explain(talk))
    elif what == "g" and name in known.groups:
        _told(talk, lambda: explain.group(talk, name))
    elif what == "i" and name in known.entries:
        _show(talk, name)
    elif what == "c" and (not name or name in known.cases):
        _told(talk, lambda: explain.licensed(talk, known.cases.get(name)))
    else:
        steering.stale(talk)


def _show(talk: Talk, name: str) -> None:
    _told(talk, lambda: explain.entry(talk, talk.context.explained.entries[name]))


def _told(talk: Talk, page: Callable[[], None]) -> None:
    """Show a page, and put the question that was open again, with all that waits for its answer."""
    page()
    key = parsed(talk.session.asked or "")
    if talk.session.consented and key is not None and applies(talk.dossier, key):
        steering.again(talk)
