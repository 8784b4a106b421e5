"""What a text asks for, in the words of the lexicon or in others; while no question is open, the wish that it is."""

from __future__ import annotations

from conversations import explaining, steering, understood
from conversations.answers import Misread, Unclear, Understood, read_choice
from conversations.doing import do, open_key
from conversations.interview import ready
from conversations.leading import led_to
from conversations.naming import named_question
from conversations.questions import question_of
from conversations.removing import stopped
from conversations.supposing import NOT_WORKED_OUT, Supposed, own_score, supposed
from conversations.talk import Talk
from conversations.topics import alerts, chances, latest, menu, reminders, whatif
from conversations.wishes import (
    ABOUT_ROUNDS,
    Wish,
    named_round,
    names_alerts,
    only_reminders,
    stops,
    stops_nothing,
    wished,
)


def suppose_told(talk: Talk, text: str, *, surely: bool = False) -> bool:
    """`what if I get CLB 9`: what that very change brings, once the first questions are answered."""
    found = _supposed_in(talk, text, surely=surely)
    if found is None and not (surely and text.strip()):
        return False
    _suppose(talk, found or NOT_WORKED_OUT)
    return True


def _supposed_in(talk: Talk, text: str, *, surely: bool) -> Supposed | None:
    """What a text supposes that is worked out; None where it supposes nothing, or nobody reads."""
    reader = talk.context.reader
    return supposed(text, talk.context.lexicon, reader, talk.today, surely=surely) if reader is not None else None


def _suppose(talk: Talk, what: Supposed) -> None:
    """Answer what was supposed; once the first questions are answered, where they are not yet."""
    if not talk.session.consented:
        steering.to_goal(talk, "whatif")
        return
    if not ready("whatif", talk.dossier):
        talk.wanted = "whatif"
        steering.to_goal(talk, "whatif")
        talk.change(wondered=what.as_json())
        return
    talk.change(goal="whatif", focus=None, more=False, pending=None, asked=None)
    whatif.whatif(talk, asked=what)


def suppose_merely(talk: Talk, text: str) -> bool:
    """`what if it rains`: something that nobody works out, and no other wish; that is said, and what can be."""
    rest = led_to(text, talk.context.lexicon)
    if rest is None:
        return False
    if explaining.about(talk, rest):
        return True  # `what if I decline the invitation`: nothing to work out, and something that is explained
    if understood.wish(talk, text) not in (None, "whatif"):
        return False
    if explaining.within(talk, text):
        return True
    score = own_score(text)
    if score is not None and talk.session.consented and ready("chances", talk.dossier):
        chances.with_score(talk, score, None)
    else:
        _suppose(talk, NOT_WORKED_OUT)
    return True


def steered(talk: Talk, text: str, *, surely: bool = False) -> bool:
    """Do what a text asks for. `surely`: a page only by its very words: *programmer* is no misspelt *programs*."""
    intent, asked = intent_of(talk, text) or paged(talk, text, surely=surely), open_key(talk)
    if intent in NAMED_LANGUAGES and asked is not None and asked.id in ABOUT_LANGUAGES and len(text.split()) == 1:
        return False
    return intent is not None and do(talk, intent)


def exactly(talk: Talk, text: str) -> bool:
    """A wish in its very words goes before any answer."""
    return talk.context.lexicon.exactly(text) is not None and steered(talk, text)


def about_rounds(talk: Talk, text: str) -> bool:
    """A wish in which a type of round or a score is named; or something like stopping the alerts, which is asked."""
    lexicon = talk.context.lexicon
    if stops(text, lexicon):
        if stops_nothing(text):
            return names_alerts(text, lexicon) and do(talk, "alerts")
        _stop(talk, text)
        return True
    if stopped(talk, text):
        return True
    wish = wished(text, lexicon)
    return wish is not None and _do_with_type(talk, wish)


def _do_with_type(talk: Talk, wish: Wish) -> bool:
    """Do a wish about rounds for the type or the score that it names."""
    if wish.intent == "alerts" and wish.kind is not None:
        alerts.include(talk, wish.kind)
    elif wish.intent == "draws" and wish.kind is not None:
        latest.of_type(talk, wish.kind)
    elif wish.intent == "draws" and wish.score is not None and talk.context.history.get(str(wish.score)) is not None:
        latest.of_number(talk, str(wish.score))
    elif wish.intent == "chances" and wish.score is not None:
        chances.with_score(talk, wish.score, wish.kind)
    else:
        return do(talk, wish.intent)
    return True


def _stop(talk: Talk, text: str) -> None:
    """Ask what of what comes by itself is to be stopped; reminders that are off are told of on their own page."""
    if only_reminders(text, talk.context.lexicon) and not alerts.subscription(talk).reminders:
        reminders.page(talk)
    else:
        alerts.ask_stop(talk)


def of_number(talk: Talk, text: str) -> bool:
    """The round that a text calls by its number; where a round is asked for, that is an answer."""
    asked = open_key(talk)
    question = question_of(asked) if asked else None
    named = named_round(text, talk.context.lexicon)
    if named is None or (question is not None and question.kind == "round"):
        return False
    latest.of_number(talk, named.number, named.score)
    return True


def told_more(talk: Talk, name: str, rest: str) -> bool:
    """A command with what it is about: `/whatif clb 9`, `/draws french`."""
    if name == "draws":
        return of_number(talk, f"{name} {rest}") or of_type(talk, f"{name} {rest}")
    return name == "whatif" and suppose_told(talk, rest, surely=True)


def of_type(talk: Talk, text: str) -> bool:
    """The last rounds of the type that a wish for rounds names; they are public, and need no consent."""
    wish = wished(text, talk.context.lexicon)
    if wish is None or wish.intent != "draws" or wish.kind is None:
        return False
    latest.of_type(talk, wish.kind)
    return True


NAMED_LANGUAGES = frozenset({"language_en", "language_fr"})


ABOUT_LANGUAGES = frozenset({"test", "job"})
"""Questions to which the name of a language is a poor answer, and no wish to speak it."""


def by_name(talk: Talk, text: str) -> bool:
    """`change my birth date`: a question called by its name."""
    key = named_question(text, talk.dossier, talk.context.lexicon)
    if key is None:
        return False
    steering.to_question(talk, key)
    return True


def do_wish(talk: Talk, text: str) -> None:
    """A text while no question is open."""
    if by_name(talk, text) or exactly(talk, text) or about_rounds(talk, text):
        return
    if paged(talk, text) is None and explaining.named(talk, text):
        return
    if suppose_merely(talk, text):
        return
    found = talk.context.lexicon.intent(text)
    if isinstance(found, Unclear):
        steering.which_intent(talk, found)
        return
    wish = paged(talk, text) if found is None else understood.named(str(found.value), text)
    if (
        (wish is None or not do(talk, wish))
        and not in_other_words(talk, text)
        and not understood.between(talk, text)
        and not explaining.within(talk, text)
        and not explaining.unknown(talk, text)
        and not explaining.named_within(talk, text)
    ):
        not_understood(talk, text)


def in_other_words(talk: Talk, text: str, least: float = 0.0) -> bool:
    """A wish in other words than those of the lexicon."""
    wish = understood.wish(talk, text, least)
    if wish == "explain":
        explaining.wanted(talk, text)
        return True
    if wish == "whatif" and _suppose_named(talk, text):
        return True
    if wish == "documents" and explaining.rather(talk, text):
        return True
    named = wished(text, talk.context.lexicon, wish) if wish in ABOUT_ROUNDS else None
    if named is not None:
        return _do_with_type(talk, named)
    return wish is not None and do(talk, wish)


def _suppose_named(talk: Talk, text: str) -> bool:
    """`would french help me`: a wish to know what a change brings, in which that change is named."""
    found = _supposed_in(talk, text, surely=True)
    if found is None:
        return False
    _suppose(talk, found)
    return True


MOST_NAMED = 5
"""Words in the name of a page: a longer text says something else."""


def paged(talk: Talk, text: str, *, surely: bool = False) -> str | None:
    """The page whose button's words were typed. `surely`: not words that are only like them."""
    if len(text.split()) > MOST_NAMED:
        return None
    found = read_choice(text, "page", PAGED, talk.context.lexicon)
    if not isinstance(found, Understood) or text.strip().isdigit() or (surely and found.told):
        return None
    return str(found.value)


PAGED = (
    "more", "answer", "lines", "types", "categories", "programs", "grid", "changes",
    "mistakes", "papers", "fees", "pool", "parts",
)  # fmt: skip


def intent_of(talk: Talk, text: str) -> str | None:
    """The wish that a text surely has in the words of the lexicon, by its name."""
    found = talk.context.lexicon.intent(text)
    return None if found is None or isinstance(found, Unclear) else understood.named(str(found.value), text)


def not_understood(talk: Talk, text: str) -> None:
    """Say that a text was not understood, and what can be asked."""
    whose = understood.of_whom(talk, text)
    values = {
        "read": Misread("", text).read,
        "whose": whose,
        "to_come": whose is None and understood.is_to_come(talk, text),
    }
    talk.say("not_understood", values, menu.goal_rows(talk))
