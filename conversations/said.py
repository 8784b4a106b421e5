"""What a typed message means: a command, an answer to the open question, or something one can ask for."""

from __future__ import annotations

from conversations import explaining, readback, steering, understood
from conversations.agreeing import agreed, consents, declined
from conversations.answering import take_answer
from conversations.answers.text import normal
from conversations.commands import GOAL_PAGES, INTENT_GOALS, PAGES
from conversations.doing import LANGUAGE_WISHES, do, open_key
from conversations.leading import begins
from conversations.lined import LINE, line_of, to_line
from conversations.picking import picked
from conversations.putting import TOLD
from conversations.questions import question_of
from conversations.removing import removed
from conversations.session import LANGUAGES
from conversations.talk import Talk
from conversations.ticking import ticked
from conversations.topics import menu, quiet
from conversations.wishes import named_round
from conversations.wishing import (
    do_wish,
    exactly,
    intent_of,
    not_understood,
    of_number,
    of_type,
    paged,
    suppose_told,
    told_more,
)

MOST_TEXT = 2000
"""Characters that are looked at: longer messages are stories, and their beginning says what they are about."""


def said(talk: Talk, text: str) -> None:
    """Answer one typed message."""
    text = text.strip()[:MOST_TEXT]
    if not text:
        talk.say("only_text", {})
        steering.again(talk)
    elif text.startswith("/"):
        _command(talk, text)
    elif not talk.session.consented:
        _before_consent(talk, text)
    else:
        _consented(talk, text)


def _command(talk: Talk, text: str) -> None:
    name, _, rest = text[1:].partition(" ")
    name = name.partition("@")[0].lower()
    pending_kept = name in ("why", "unknown", "skip", "resume", *explaining.COMMANDS) or (
        name == "start" and not rest.strip()
    )
    if not pending_kept:
        talk.change(pending=None)
    if name == "start":
        _start(talk, rest.strip())
    elif name == "resume":
        _resume(talk)
    elif name in explaining.COMMANDS:
        explaining.command(talk, name, rest.strip())
    elif told_more(talk, name, rest):
        return
    elif not do(talk, name):
        not_understood(talk, text)


def _start(talk: Talk, payload: str) -> None:
    """`/start` opens the chat; a deep link may carry a goal, a language, or both ("fr_which")."""
    for part in payload.lower().replace("-", "_").split("_"):
        if part in LANGUAGES:
            talk.change(language=LANGUAGES[part])
        elif part in GOAL_PAGES:
            talk.change(goal=part, focus=None, more=False)
    if not talk.session.consented:
        menu.welcome(talk)
    elif payload and talk.session.goal:
        steering.proceed(talk)
    elif talk.session.answers:
        _resume(talk)
    else:
        menu.menu(talk)


def _resume(talk: Talk) -> None:
    """Back after any time: what is there, and the question that was open."""
    if not talk.session.consented:
        menu.welcome(talk)
        return
    talk.say("welcome_back", {"answers": len(talk.session.answers)})
    steering.again(talk)


def _before_consent(talk: Talk, text: str) -> None:
    """Nothing of what was said is kept; a goal or a language that it names is not a fact."""
    if of_number(talk, text):
        return
    # a wish in its very words asks for more than a term: *what was the cut-off* is the last round
    exact = talk.context.lexicon.exactly(text) is not None
    if (not exact and explaining.asked(talk, text)) or explaining.complex_case(talk, text):
        return
    if of_type(talk, text):
        return
    intent = intent_of(talk, text) or ""
    if intent in INTENT_GOALS:
        steering.to_goal(talk, INTENT_GOALS[intent])
    elif intent in LANGUAGE_WISHES:
        steering.speak(talk, LANGUAGE_WISHES[intent])
    elif intent in ("privacy", "help", "delete", "draws"):
        steering.to_page(talk, intent)
    elif talk.session.asked == menu.CONSENT and (agreed(talk, text) or consents(talk, text)):
        talk.change(consented=True)
        steering.proceed(talk)
    else:
        menu.welcome(talk, again=True)


def _consented(talk: Talk, text: str) -> None:
    line = line_of(talk, text)
    if line is not None and (text.startswith("#") or named_round(text, talk.context.lexicon) is None):
        to_line(talk, line)
        return
    asked, kind = open_key(talk), (talk.session.pending or {}).get("kind")
    if kind not in WAITING and of_number(talk, text):
        return
    # a wish in its very words asks for more than a term: *what was the cut-off* is the last round
    exact = talk.context.lexicon.exactly(text) is not None
    if (not exact and explaining.asked(talk, text)) or explaining.complex_case(talk, text):
        return
    if kind in PAGES and agreed(talk, text):
        # no typed word confirms: the question is put again, with the button that does
        PAGES[str(kind)](talk)
        return
    if kind in PAGES and declined(talk, text):
        talk.change(pending=None)
        steering.kept(talk)
        return
    if kind == "lines" and (agreed(talk, text) or consents(talk, text)):
        steering.more(talk)
        return
    if kind == TOLD and _about_readback(talk, text):
        return
    if kind not in (*WAITING, "lines"):
        talk.change(pending=None)
    if kind in WAITING and asked is not None and picked(talk, asked, text):
        return
    if kind == "job" and asked is not None and declined(talk, text):
        steering.to_question(talk, asked)  # none of these, as its button says: the job that was told stays
        return
    if kind in (quiet.QUIET, quiet.ZONE) and (exactly(talk, text) or quiet.typed(talk, str(kind), text)):
        return
    if suppose_told(talk, text) or removed(talk, text) or ticked(talk, text):
        return
    supposes = begins(text, talk.context.lexicon)
    if not supposes and not _commanded(talk, text) and understood.told(talk, text, asked):
        return
    question = question_of(asked) if asked else None
    if asked is not None and question is not None:
        take_answer(talk, asked, question, text)
    else:
        do_wish(talk, text)


def _about_readback(talk: Talk, text: str) -> bool:
    """A yes, a no or the number of a line, below what was read back."""
    pending = talk.session.pending or {}
    number = LINE.fullmatch(normal(text))
    if agreed(talk, text):
        readback.keep(talk, pending)
    elif number is not None:
        readback.without(talk, pending, int(number[1]))
    elif declined(talk, text):
        readback.change(talk, str(pending["turn"]))
    else:
        return False
    return True


def _commanded(talk: Talk, text: str) -> bool:
    """Whether a text is a wish, or the button of a page, in its very words."""
    return talk.context.lexicon.exactly(text) is not None or paged(talk, text) is not None


WAITING = frozenset({"options", "job"})
"""What waits for one of several things to be picked."""
