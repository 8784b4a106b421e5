"""Where the talk goes next: the open question, or the page that answers the goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.answers import Unclear
from conversations.commands import BEFORE_CONSENT, GOAL_PAGES, INTENT_GOALS, PAGES
from conversations.dossier import Dossier
from conversations.facts import HEADS
from conversations.interview import GOALS, applies, ready
from conversations.keys import Key, parsed
from conversations.put_off import keep_typed
from conversations.putting import TOLD, ask_waiting, miss, pick_job, read_back, unclear
from conversations.questions import question_of
from conversations.reading import Facts, Occupation, Reading
from conversations.replies import Choice
from conversations.seen import ASKED_AS
from conversations.session import LANGUAGES, Language
from conversations.talk import Row, Talk
from conversations.topics import menu, profile
from conversations.topics.which import fit


def proceed(talk: Talk) -> None:
    """Ask what was said and is open, else the question that comes next, or give the answer; with no goal, the menu."""
    if ask_waiting(talk):
        return
    key = talk.next()
    if key is not None:
        talk.ask(key)
        return
    talk.change(more=False)
    goal = talk.session.goal
    if goal in CHECKED and not ready(goal, Dossier(talk.before)):
        profile.check(talk)
    answer(talk)


CHECKED = frozenset({"which", "score", "eligible", "whatif", "standing", "chances"})
"""Goals whose first result comes with a summary of what it rests on."""


def answer(talk: Talk) -> None:
    """The answer of the goal as far as it goes, whatever is still open; with no goal, the menu."""
    talk.change(asked=None)
    if talk.session.goal is None:
        menu.menu(talk)
    else:
        GOAL_PAGES[talk.session.goal](talk)


def to_answer(talk: Talk) -> None:
    """The answer of the goal now, whatever question was open."""
    talk.change(focus=None, more=False)
    answer(talk)


def more(talk: Talk) -> None:
    """Go on with the questions that are not needed for a first answer."""
    talk.change(more=True, focus=None, skipped=(), goal=talk.session.goal or "profile")
    proceed(talk)


def to_goal(talk: Talk, goal: str) -> None:
    """Turn to a goal: its first open question, or its answer."""
    if talk.session.asked not in (None, menu.CONSENT):
        talk.wanted = goal
    talk.change(goal=goal, focus=None, more=False, pending=None, wondered=None)
    if not talk.session.consented:
        menu.welcome(talk, wish=True)
        return
    if REASKED.get(goal) in talk.session.answers and talk.session.answers[REASKED[goal]] in NOT_YET:
        talk.change(focus=REASKED[goal])
    if goal in WITHOUT_QUESTIONS:
        answer(talk)
    else:
        keep_typed(talk)
        proceed(talk)


WITHOUT_QUESTIONS = frozenset(goal for goal, questions in GOALS.items() if not questions)
"""Goals whose page is given at once: what was said and is still open waits for its turn."""
REASKED: Mapping[str, str] = {"invited": "x.invited", "nominated": "c.nomination", "tool": "x.tool_score"}
NOT_YET = (None, "none", "base")
"""What a person says has happened is asked again where the answer so far was that it had not."""


def to_page(talk: Talk, name: str) -> None:
    """Turn to a page."""
    if not talk.session.consented and name not in BEFORE_CONSENT:
        menu.welcome(talk)
    else:
        PAGES[name](talk)


def to_fit(talk: Talk, name: str) -> None:
    """Turn to one program or category."""
    fit(talk, name)


def to_question(talk: Talk, key: Key) -> None:
    """Open one question, to answer it or to change its answer."""
    if not applies(talk.dossier, key):
        stale(talk)
        return
    talk.change(focus=str(key))
    talk.ask(key)


def again(talk: Talk, **how: Any) -> None:
    """Put the open question again; with none open, whatever follows from the goal and the answers."""
    key = parsed(talk.session.asked or "")
    pending = talk.session.pending or {}
    if pending.get("kind") == TOLD:
        read_back(talk, pending)
    elif key is not None and applies(talk.dossier, key):
        _ask_again(talk, key, **how)
    elif not talk.session.consented:
        menu.welcome(talk)
    else:
        proceed(talk)


def _ask_again(talk: Talk, key: Key, **how: Any) -> None:
    pending = talk.session.pending or {}
    if pending.get("kind") == "job":
        pick_job(talk, key, Occupation(pending["title"], pending["facts"], pending["unclear"]))
    elif pending.get("kind") == "options":
        unclear(talk, key, Unclear(pending["code"], pending["read"], tuple(pending["options"])))
    else:
        talk.ask(key, **how)


def stale(talk: Talk) -> None:
    """A button that means nothing any more."""
    talk.say("stale", {}, [(Choice("nav.menu", "t:menu"),)])


def why(talk: Talk, key: Key) -> None:
    """Why a question is asked; then the question again."""
    question = question_of(key)
    assert question is not None
    talk.change(asked=str(key), focus=str(key) if talk.dossier.answered(key) else talk.session.focus)
    talk.say(f"why/{question.id}", talk.about(key))
    talk.ask(key)


def back(talk: Talk) -> None:
    """Go back to the answer before; it stays until it is changed."""
    key = talk.back()
    if key is None or not applies(talk.dossier, key):
        menu.menu(talk)
    else:
        to_question(talk, key)


def skip(talk: Talk, key: Key) -> None:
    """Pass over a question. An answer that is there stays; a rare fact stays assumed; anything else stays unknown."""
    if talk.dossier.answered(key):
        talk.change(focus=None, pending=None)
    elif talk.session.goal is not None and key.id in ASKED_AS.values() and key in GOALS[talk.session.goal]:
        # the goal was about this very fact: without it there is nothing to answer
        talk.change(focus=None, pending=None, goal=None)
    elif key.id in ASKED_AS.values():
        talk.change(focus=None, pending=None, skipped=(*talk.session.skipped, str(key)))
    else:
        talk.record(key, None)
    proceed(talk)


def cancel(talk: Talk) -> None:
    """Leave what is under way; every answer is kept."""
    talk.held = talk.left = None
    talk.change(goal=None, focus=None, more=False, asked=None, pending=None, waiting=(), wondered=None)
    talk.say("cancelled", {"answers": len(talk.session.answers)}, menu.goal_rows(talk))


def restarted(talk: Talk) -> None:
    """Begin again: the answers go, the language and the consent stay."""
    talk.held = talk.left = None
    talk.change(
        goal=None, focus=None, more=False, asked=None, answers={}, ticked=(), waiting=(), wondered=None, misses=0
    )
    talk.say("restarted", {}, menu.goal_rows(talk))


def kept(talk: Talk) -> None:
    """Nothing was deleted."""
    talk.say("kept", {}, [(Choice("nav.menu", "t:menu"),)])


def which_intent(talk: Talk, found: Unclear) -> None:
    """Ask which of a few wishes was meant."""
    taps = [tap for name in found.options if (tap := _tap_for(name)) is not None]
    rows: list[Row] = [(tap,) for tap in taps]
    talk.say("which_intent", {"read": found.read}, [*rows, (Choice("nav.menu", "t:menu"),)])


def _tap_for(intent: str) -> Choice | None:
    """The button that does what an intent names; None for what is about an open question."""
    if intent in INTENT_GOALS:
        goal = INTENT_GOALS[intent]
        return Choice(f"goal.{goal}", f"g:{goal}")
    if intent == "draws":
        return Choice("nav.rounds", "t:draws")
    if intent == "reminders":
        return Choice("reminders.settings", "s:reminders")
    if intent in ("privacy", "export", "help"):
        return Choice(f"nav.{intent}", f"t:{intent}")
    language = intent.removeprefix("language_")
    return Choice(f"language.{language}", f"l:{language}") if language in LANGUAGES else None


def speak(talk: Talk, language: Language) -> None:
    """Change the language; what was open stays open."""
    talk.change(language=language)
    if not talk.session.consented:
        menu.welcome(talk)
    else:
        again(talk)


ABOUT_JOB: Mapping[str, str] = {"period": "job_period", "country": "job_country", "hours_per_week": "job_hours"}


STUDENT = "full_time_student"


def ask_unclear(talk: Talk, key: Key, unclear: Mapping[str, str]) -> None:
    """Ask at once for what was said of a job and could not be read: it is not lost silently."""
    what = next((each for each in ABOUT_JOB if each in unclear), None)
    if what is not None:
        asked = str(key.to(ABOUT_JOB[what]))
        talk.change(focus=asked)
        talk.missed = {"key": asked, "code": unclear[what]}
    elif STUDENT in unclear:
        talk.change(focus=str(key.to("job_student")))


def _hides_others(talk: Talk, reading: Facts) -> bool:
    """Whether *I don't know* is said of a place of a list with others after it: those were told, and stay."""
    if len(reading.answers) != 1:
        return False
    key, value = next(iter(reading.answers.items()))
    if value is not None or key.id not in HEADS:
        return False
    return talk.dossier.get(key.at((key.place or 0) + 1)) not in (None, "none")


def take(talk: Talk, key: Key, reading: Reading) -> None:
    """Do with a reading what it asks for."""
    if isinstance(reading, Facts):
        if _hides_others(talk, reading):
            talk.change(focus=None, pending=None)
            proceed(talk)
            return
        ask_unclear(talk, key, reading.unclear)
        for each, value in reading.answers.items():
            talk.record(each, value)
        if reading.open:
            talk.change(waiting=(*talk.session.waiting, *reading.open))
        proceed(talk)
    elif isinstance(reading, Occupation):
        pick_job(talk, key, reading)
    elif isinstance(reading, Unclear):
        unclear(talk, key, reading)
    else:
        miss(talk, key, reading)
