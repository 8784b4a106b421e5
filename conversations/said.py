"""What a typed message means: a command, an answer to the open question, or something one can ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from conversations import explaining, readback, steering, understood
from conversations.answers import Misread, Unclear, Understood, read_choice
from conversations.answers.text import normal
from conversations.commands import GOAL_PAGES, INTENT_GOALS, PAGES
from conversations.dossier import NONE
from conversations.doubting import Doubt, doubt
from conversations.interview import applies, ready
from conversations.keys import Key, parsed
from conversations.naming import named_question
from conversations.naming_round import read_round
from conversations.picking import picked
from conversations.putting import TOLD
from conversations.questions import Question, question_of
from conversations.reading import Facts, Occupation, Reading, read_answer
from conversations.removing import removed, stopped
from conversations.session import LANGUAGES, Language
from conversations.supposing import NOT_WORKED_OUT, Supposed, begins, own_score, supposed
from conversations.talk import Talk
from conversations.ticking import ticked
from conversations.topics import alerts, chances, latest, menu, profile, quiet, reminders, whatif
from conversations.understanding.placing import Placed
from conversations.volunteered import test_line
from conversations.wishes import named_round, only_reminders, stops, wished

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
    elif _told_more(talk, name, rest):
        return
    elif not _do(talk, name):
        _not_understood(talk, text)


def _supposed(talk: Talk, text: str, *, surely: bool = False) -> bool:
    """`what if I get CLB 9`: what that very change brings, once the first questions are answered."""
    reader = talk.context.reader
    found = supposed(text, talk.context.lexicon, reader, talk.today, surely=surely) if reader is not None else None
    if found is None and not (surely and text.strip()):
        return False
    _suppose(talk, found or NOT_WORKED_OUT)
    return True


def _suppose(talk: Talk, what: Supposed) -> None:
    if not talk.session.consented or not ready("whatif", talk.dossier):
        steering.to_goal(talk, "whatif")
        return
    talk.change(goal="whatif", focus=None, more=False, pending=None, asked=None)
    whatif.whatif(talk, asked=what)


def _merely_supposed(talk: Talk, text: str) -> bool:
    """`what if it rains`: something that nobody works out, and no other wish; that is said, and what can be."""
    if not begins(text, talk.context.lexicon) or understood.wish(talk, text) not in (None, "whatif"):
        return False
    score = own_score(text)
    if score is not None and talk.session.consented and ready("chances", talk.dossier):
        chances.with_score(talk, score, None)
    else:
        _suppose(talk, NOT_WORKED_OUT)
    return True


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


def _do(talk: Talk, name: str) -> bool:
    """Do what a command or an intent names; False where there is no such thing."""
    asked = _open(talk)
    if name in INTENT_GOALS:
        steering.to_goal(talk, INTENT_GOALS[name])
    elif name in PAGES:
        steering.to_page(talk, name)
    elif name == "more" and talk.session.consented:
        steering.more(talk)
    elif name == "answer" and talk.session.consented:
        steering.to_answer(talk)
    elif name in _LANGUAGES:
        steering.speak(talk, _LANGUAGES[name])
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


_LANGUAGES: Mapping[str, Language] = {
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


def _open(talk: Talk) -> Key | None:
    key = parsed(talk.session.asked or "")
    return key if key is not None and applies(talk.dossier, key) else None


def _before_consent(talk: Talk, text: str) -> None:
    """Nothing of what was said is kept; a goal or a language that it names is not a fact."""
    if _of_number(talk, text):
        return
    if explaining.asked(talk, text) or explaining.complex_case(talk, text):
        return
    if _of_type(talk, text):
        return
    intent = _intent(talk, text) or ""
    if intent in INTENT_GOALS:
        steering.to_goal(talk, INTENT_GOALS[intent])
    elif intent in _LANGUAGES:
        steering.speak(talk, _LANGUAGES[intent])
    elif intent in ("privacy", "help", "delete", "draws"):
        steering.to_page(talk, intent)
    elif talk.session.asked == menu.CONSENT and (agreed(talk, text) or _consents(talk, text)):
        talk.change(consented=True)
        steering.proceed(talk)
    else:
        menu.welcome(talk, again=True)


def _consents(talk: Talk, text: str) -> bool:
    """Whether a text says in words what the button of consent says."""
    return isinstance(read_choice(text, "consent", ("agree",), talk.context.lexicon), Understood)


def _declined(talk: Talk, text: str) -> bool:
    """Whether a text is a plain no."""
    found = read_choice(text, "yes_no", ("yes", "no"), talk.context.lexicon)
    return isinstance(found, Understood) and found.value == "no" and not text.strip().isdigit()


def agreed(talk: Talk, text: str) -> bool:
    """Whether a text is a plain yes."""
    found = read_choice(text, "yes_no", ("yes", "no"), talk.context.lexicon)
    return isinstance(found, Understood) and found.value == "yes" and not text.strip().isdigit()


def _consented(talk: Talk, text: str) -> None:
    line = _line(talk, text)
    if line is not None and (text.startswith("#") or named_round(text, talk.context.lexicon) is None):
        _to_line(talk, line)
        return
    if _of_number(talk, text):
        return
    if explaining.asked(talk, text) or explaining.complex_case(talk, text):
        return
    asked = _open(talk)
    kind = (talk.session.pending or {}).get("kind")
    if kind in PAGES and agreed(talk, text):
        # no typed word confirms: the question is put again, with the button that does
        PAGES[str(kind)](talk)
        return
    if kind in PAGES and _declined(talk, text):
        talk.change(pending=None)
        steering.kept(talk)
        return
    if kind == "lines" and (agreed(talk, text) or _consents(talk, text)):
        steering.more(talk)
        return
    if kind == TOLD and _about_readback(talk, text):
        return
    if kind not in (*WAITING, "lines"):
        talk.change(pending=None)
    if kind in WAITING and asked is not None and picked(talk, asked, text):
        return
    if kind == "job" and asked is not None and _declined(talk, text):
        steering.to_question(talk, asked)  # none of these, as its button says: the job that was told stays
        return
    if kind in (quiet.QUIET, quiet.ZONE) and (_exactly(talk, text) or quiet.typed(talk, str(kind), text)):
        return
    if _supposed(talk, text) or removed(talk, text) or ticked(talk, text):
        return
    supposes = begins(text, talk.context.lexicon)
    if not supposes and not _commanded(talk, text) and understood.told(talk, text, asked):
        return
    question = question_of(asked) if asked else None
    if asked is not None and question is not None:
        _answer(talk, asked, question, text)
    else:
        _wish(talk, text)


def _about_readback(talk: Talk, text: str) -> bool:
    """A yes, a no or the number of a line, below what was read back."""
    pending = talk.session.pending or {}
    number = _LINE.fullmatch(normal(text))
    if agreed(talk, text):
        readback.keep(talk, pending)
    elif number is not None:
        readback.without(talk, pending, int(number[1]))
    elif _declined(talk, text):
        readback.change(talk, str(pending["turn"]))
    else:
        return False
    return True


def _commanded(talk: Talk, text: str) -> bool:
    """Whether a text is a wish, or the button of a page, in its very words."""
    return talk.context.lexicon.exactly(text) is not None or _paged(talk, text) is not None


def _answer(talk: Talk, key: Key, question: Question, text: str) -> None:
    """A text while a question is open: an answer to it, else something that one can ask for, else a miss."""
    if _line_named(talk, text) or _named(talk, text) or _exactly(talk, text):
        return
    # where a round is asked for, one that is named is the answer
    if question.kind != "round" and _about_rounds(talk, text):
        return
    reading = _read(talk, key, question, text)
    why = None if isinstance(reading, Misread) else doubt(text, key, talk.context.lexicon)
    if why is not None:
        _doubted(talk, key, text, reading, why)
        return
    if isinstance(reading, Unclear):
        reading = understood.answers(talk, text, key) or reading
    # any words can be a job title: what is plainly a wish or a way round the question goes first
    surely = isinstance(reading, Occupation)
    if isinstance(reading, Occupation | Misread) and (
        _merely_supposed(talk, text) or _steered(talk, text, surely=surely)
    ):
        return
    if isinstance(reading, Occupation) and (
        _wished(talk, text, understood.SURE_OF_A_WISH) or understood.told_no_job(talk, text)
    ):
        return
    if _denied(talk, key, text, reading):
        reading = Misread("no_title", text)
    if _nothing_read(reading) and _wished(talk, text):
        return
    if _nothing_read(reading) and (
        explaining.named(talk, text)
        or understood.told(talk, text, key, anything=True)
        or explaining.unknown(talk, text)
    ):
        return
    if isinstance(reading, Occupation):
        reading = _still(talk, key, reading)
    volunteered = test_line(key, text, talk.dossier, talk.today, talk.context.lexicon)
    steering.take(talk, key, volunteered or reading)


def _doubted(talk: Talk, key: Key, text: str, reading: Reading, why: Doubt) -> None:
    """A text that may be no answer: what it asks for, or the facts that it tells; else it is asked back."""
    if _steered(talk, text) or _wished(talk, text) or explaining.named(talk, text):
        return
    if understood.told(talk, text, key, anything=True) or explaining.unknown(talk, text):
        return
    if why == "question" and isinstance(reading, Facts):
        readback.offer(talk, Placed(dict(reading.answers)), [])
    else:
        steering.take(talk, key, Misread(f"no_answer_{why}", text))


def _denied(talk: Talk, key: Key, text: str, reading: Reading) -> bool:
    """Whether a bare no would take away a job that was told: *no* to its title is not *I never worked*."""
    takes_away = isinstance(reading, Facts) and reading.answers.get(key) == NONE
    return key.id == "job" and takes_away and isinstance(talk.dossier.get(key), Mapping) and _declined(talk, text)


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


def _steered(talk: Talk, text: str, *, surely: bool = False) -> bool:
    """Do what a text asks for. `surely`: a page only by its very words: *programmer* is no misspelt *programs*."""
    intent, asked = _intent(talk, text) or _paged(talk, text, surely=surely), _open(talk)
    if intent in NAMED_LANGUAGES and asked is not None and asked.id in ABOUT_LANGUAGES and len(text.split()) == 1:
        return False
    return intent is not None and _do(talk, intent)


def _exactly(talk: Talk, text: str) -> bool:
    """A wish in its very words goes before any answer."""
    return talk.context.lexicon.exactly(text) is not None and _steered(talk, text)


def _about_rounds(talk: Talk, text: str) -> bool:
    """A wish in which a type of round or a score is named; or something like stopping the alerts, which is asked."""
    lexicon = talk.context.lexicon
    if stops(text, lexicon):
        _stop(talk, text)
        return True
    if stopped(talk, text):
        return True
    wish = wished(text, lexicon)
    if wish is None:
        return False
    if wish.intent == "alerts" and wish.kind is not None:
        alerts.include(talk, wish.kind)
    elif wish.intent == "draws" and wish.kind is not None:
        latest.of_type(talk, wish.kind)
    elif wish.intent == "draws" and wish.score is not None and talk.context.history.get(str(wish.score)) is not None:
        latest.of_number(talk, str(wish.score))
    elif wish.intent == "chances" and wish.score is not None:
        chances.with_score(talk, wish.score, wish.kind)
    else:
        return _do(talk, wish.intent)
    return True


def _stop(talk: Talk, text: str) -> None:
    """Ask what of what comes by itself is to be stopped; reminders that are off are told of on their own page."""
    if only_reminders(text, talk.context.lexicon) and not alerts.subscription(talk).reminders:
        reminders.page(talk)
    else:
        alerts.ask_stop(talk)


def _of_number(talk: Talk, text: str) -> bool:
    """The round that a text calls by its number; where a round is asked for, that is an answer."""
    asked = _open(talk)
    question = question_of(asked) if asked else None
    named = named_round(text, talk.context.lexicon)
    if named is None or (question is not None and question.kind == "round"):
        return False
    latest.of_number(talk, named.number, named.score)
    return True


def _told_more(talk: Talk, name: str, rest: str) -> bool:
    """A command with what it is about: `/whatif clb 9`, `/draws french`."""
    if name == "draws":
        return _of_number(talk, f"{name} {rest}") or _of_type(talk, f"{name} {rest}")
    return name == "whatif" and _supposed(talk, rest, surely=True)


def _of_type(talk: Talk, text: str) -> bool:
    """The last rounds of the type that a wish for rounds names; they are public, and need no consent."""
    wish = wished(text, talk.context.lexicon)
    if wish is None or wish.intent != "draws" or wish.kind is None:
        return False
    latest.of_type(talk, wish.kind)
    return True


NAMED_LANGUAGES = frozenset({"language_en", "language_fr"})
ABOUT_LANGUAGES = frozenset({"test", "job"})
"""Questions to which the name of a language is a poor answer, and no wish to speak it."""


def _named(talk: Talk, text: str) -> bool:
    """`change my birth date`: a question called by its name."""
    key = named_question(text, talk.dossier, talk.context.lexicon)
    if key is None:
        return False
    steering.to_question(talk, key)
    return True


def _wish(talk: Talk, text: str) -> None:
    """A text while no question is open."""
    if _named(talk, text) or _exactly(talk, text) or _about_rounds(talk, text):
        return
    if _paged(talk, text) is None and explaining.named(talk, text):
        return
    if _merely_supposed(talk, text):
        return
    found = talk.context.lexicon.intent(text)
    if isinstance(found, Unclear):
        steering.which_intent(talk, found)
        return
    wish = _paged(talk, text) if found is None else understood.named(str(found.value), text)
    if (
        (wish is None or not _do(talk, wish))
        and not _wished(talk, text)
        and not understood.between(talk, text)
        and not explaining.unknown(talk, text)
    ):
        _not_understood(talk, text)


def _wished(talk: Talk, text: str, least: float = 0.0) -> bool:
    """A wish in other words than those of the lexicon."""
    wish = understood.wish(talk, text, least)
    if wish == "explain":
        explaining.wanted(talk, text)
        return True
    return wish is not None and _do(talk, wish)


MOST_NAMED = 5
"""Words in the name of a page: a longer text says something else."""


def _paged(talk: Talk, text: str, *, surely: bool = False) -> str | None:
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
WAITING = frozenset({"options", "job"})
"""What waits for one of several things to be picked."""


def _intent(talk: Talk, text: str) -> str | None:
    found = talk.context.lexicon.intent(text)
    return None if found is None or isinstance(found, Unclear) else understood.named(str(found.value), text)


_LINE = re.compile(r"(?:\w+ )?(?:the |la )?(?:line |ligne |no |number |numero )?(\d{1,3})")
"""A line of the summary: `3`, `#3`, `line 3`, `change la ligne 3`."""


def _line(talk: Talk, text: str) -> int | None:
    """The number that was typed below a summary."""
    pending = talk.session.pending or {}
    number = _LINE.fullmatch(normal(text)) if pending.get("kind") == "lines" else None
    return int(number[1]) if number else None


def _line_named(talk: Talk, text: str) -> bool:
    """`change line 5` while a question is open: no number of anything else."""
    said = normal(text)
    number = _LINE.fullmatch(said)
    if number is None or not {"line", "ligne"} & set(said.split()):
        return False
    keys = profile.lines(talk)
    place = int(number[1]) - 1
    if not 0 <= place < len(keys):
        profile.profile(talk, beyond=int(number[1]))
    else:
        steering.to_question(talk, keys[place])
    return True


def _to_line(talk: Talk, number: int) -> None:
    keys = (talk.session.pending or {})["keys"]
    key = parsed(keys[number - 1]) if 0 < number <= len(keys) else None
    if key is None:
        profile.profile(talk, beyond=number)
    else:
        talk.change(pending=None)
        steering.to_question(talk, key)


def _not_understood(talk: Talk, text: str) -> None:
    talk.say("not_understood", {"read": Misread("", text).read}, menu.goal_rows(talk))
