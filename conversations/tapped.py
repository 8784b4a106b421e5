"""What a tap means. Its data names the question and the choice, so that an old button is a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from conversations import explaining, readback, steering
from conversations.chosen import chosen
from conversations.commands import BEFORE_CONSENT, PAGES
from conversations.interview import GOALS, applies
from conversations.keys import Key, parsed
from conversations.questions import question_of
from conversations.reading import Facts, job_answers, option_answers
from conversations.session import LANGUAGES
from conversations.subscription import MINUTES_IN_DAY, Quiet, Wants
from conversations.talk import Talk
from conversations.topics import alerts, documents, latest, menu, privacy, quiet, reminders, rounds
from scoring.occupations import unit_groups

WITHOUT_CONSENT = frozenset({"c", "l", "x", "t", "g", "m", "e"})
"""Taps that keep no fact; `m` is as its own tap is."""


SETTLES_PENDING = frozenset({"n", "o", "x", "l", "m", "e", "v", "w"})
"""Taps that are about what waits for a yes, or only look something up; with any other the person has gone on."""


def tapped(talk: Talk, data: str) -> None:
    """Answer one tap. Data that no button of ours carries changes nothing."""
    kind, _, rest = data.partition(":")
    tap = _TAPS.get(kind)
    if tap is None:
        steering.stale(talk)
    elif not talk.session.consented and kind not in WITHOUT_CONSENT:
        menu.welcome(talk)
    else:
        if kind not in SETTLES_PENDING:
            talk.change(pending=None)
        tap(talk, rest)


def _answer(talk: Talk, rest: str) -> None:
    """`a:KEY:CHOICE`: an answer, or the correction of one."""
    text, _, choice = rest.rpartition(":")
    key = _key(talk, text)
    question = question_of(key) if key else None
    if key is None or question is None:
        steering.stale(talk)
    elif choice in question.choices or (question.kind == "round" and talk.context.history.get(choice) is not None):
        _record(talk, {key: choice})
    elif _whole(choice) in question.tap_numbers:
        _record(talk, {key: int(choice)})
    else:
        steering.stale(talk)


def _record(talk: Talk, answers: Mapping[Key, Any]) -> None:
    steering.take(talk, next(iter(answers)), Facts(answers))


def _about(do: Callable[[Talk, Key], None]) -> Callable[[Talk, str], None]:
    """A tap that is about one question and nothing else; a question that applies no more is stale."""

    def tap(talk: Talk, rest: str) -> None:
        key = _key(talk, rest)
        if key is None:
            steering.stale(talk)
        else:
            do(talk, key)

    return tap


def _unknown(talk: Talk, key: Key) -> None:
    """`u:KEY`: I don't know."""
    _record(talk, {key: None})


def _occupation(talk: Talk, rest: str) -> None:
    """`n:KEY:CODE`: the unit group of a job; `-` for a job whose unit group stays open."""
    text, _, code = rest.rpartition(":")
    key = _key(talk, text)
    question = question_of(key) if key else None
    if key is None or question is None or question.kind != "job" or (code != "-" and code not in unit_groups()):
        steering.stale(talk)
        return
    pending = talk.session.pending or {}
    fresh = pending.get("kind") == "job" and pending.get("key") == text
    before = talk.dossier.get(key)
    title = pending["title"] if fresh else (before.get("title") if isinstance(before, dict) else None)
    job = {"noc": None, "title": title} if code == "-" else chosen(title, code, pending if fresh else {}, before)
    answers: dict[Key, Any] = {key: job}
    if fresh:
        answers.update(job_answers(key, pending["facts"]))
        steering.ask_unclear(talk, key, pending["unclear"])
    _record(talk, answers)


def _option(talk: Talk, rest: str) -> None:
    """`o:TURN:PLACE`: one of the values that a text may have meant."""
    turn, _, place = rest.partition(":")
    pending = talk.session.pending or {}
    if pending.get("kind") != "options" or str(pending["turn"]) != turn:
        steering.again(talk)
        return
    key, options = parsed(pending["key"]), pending["options"]
    at = _whole(place)
    if key is None or at is None or at >= len(options):
        steering.stale(talk)
        return
    _record(talk, option_answers(key, options[at]))


def _keep(talk: Talk, rest: str) -> None:
    """`k:KEY`: leave an answer as it is."""
    del rest
    talk.change(focus=None, pending=None)
    steering.proceed(talk)


def _back(talk: Talk, _rest: str) -> None:
    steering.back(talk)


def _goal(talk: Talk, rest: str) -> None:
    """`g:GOAL`."""
    if rest in GOALS:
        steering.to_goal(talk, rest)
    else:
        steering.stale(talk)


def _page(talk: Talk, rest: str) -> None:
    """`t:PAGE`, `t:fit:ID`, `t:draws:ID`, `t:answer` for the answer of the goal, `t:more` for more questions."""
    name, _, about = rest.partition(":")
    if not talk.session.consented and name not in BEFORE_CONSENT:
        menu.welcome(talk)
    elif name == "fit":
        steering.to_fit(talk, about)
    elif name == "draws" and about:
        _rounds_of(talk, about)
    elif name == "answer":
        steering.to_answer(talk)
    elif name == "more":
        steering.more(talk)
    elif name == "cancel":
        steering.cancel(talk)
    elif name in PAGES:
        steering.to_page(talk, name)
    else:
        steering.stale(talk)


def _rounds_of(talk: Talk, about: str) -> None:
    name = rounds.type_named(about, talk.context.history)
    if name is None:
        steering.stale(talk)
    else:
        latest.of_type(talk, name)


def _language(talk: Talk, rest: str) -> None:
    """`l:LANGUAGE`."""
    if rest in LANGUAGES:
        steering.speak(talk, LANGUAGES[rest])
    else:
        steering.stale(talk)


def _consent(talk: Talk, _rest: str) -> None:
    """`c:yes`: from here on answers may be kept."""
    talk.change(consented=True)
    steering.proceed(talk)


def _confirm(talk: Talk, rest: str) -> None:
    """`x:delete:TURN`, `x:restart:TURN`: only the button of the last such question confirms; `x:keep` keeps."""
    what, _, turn = rest.partition(":")
    pending = talk.session.pending or {}
    confirmed = pending.get("kind") == what and str(pending.get("turn")) == turn
    talk.change(pending=None)
    if what == "delete" and confirmed:
        privacy.deleted(talk)
    elif what == "restart" and confirmed:
        steering.restarted(talk)
    elif what == "keep":
        steering.kept(talk)
    else:
        steering.stale(talk)


def _apart(talk: Talk, rest: str) -> None:
    """`m:TAP`: the same as the tap, in a message of its own: the one with the button is worth keeping."""
    talk.place = "new"
    tapped(talk, rest)


def _tick(talk: Talk, rest: str) -> None:
    """`d:PAPER`: a paper of the list is there, or is not after all."""
    if not documents.tick(talk, rest):
        steering.stale(talk)


def _alerts(talk: Talk, rest: str) -> None:
    """`s:WHAT`: what one wants to be told of, `s:type:ID`, `s:quiet:BEGINS:ENDS`, `s:zone:NAME`, `s:reminders:*`."""
    what, _, about = rest.partition(":")
    if about and what in _SETTINGS:
        if not _SETTINGS[what](talk, about):
            steering.stale(talk)
    elif rest in WANTED:
        alerts.want(talk, WANTED[rest])
    elif rest in _ALERTS:
        _ALERTS[rest](talk)
    else:
        steering.stale(talk)


WANTED: Mapping[str, Wants] = MappingProxyType({"all": "all", "mine": "mine", "types": "types"})


def _type(talk: Talk, about: str) -> bool:
    name = rounds.type_named(about, talk.context.history)
    if name is not None:
        alerts.toggle(talk, name)
    return name is not None


def _quiet(talk: Talk, about: str) -> bool:
    begins, _, ends = about.partition(":")
    hours = (_whole(begins), _whole(ends))
    if about == "none":
        quiet.set_quiet(talk, None)
    elif hours[0] is None or hours[1] is None or hours[0] == hours[1] or max(hours[0], hours[1]) >= MINUTES_IN_DAY:
        return False
    else:
        quiet.set_quiet(talk, Quiet(hours[0], hours[1]))
    return True


def _zone(talk: Talk, about: str) -> bool:
    known = about in talk.context.zones.names
    if known:
        quiet.set_zone(talk, about)
    return known


_SETTINGS: Mapping[str, Callable[[Talk, str], bool]] = MappingProxyType(
    {"type": _type, "quiet": _quiet, "zone": _zone, "reminders": reminders.setting}
)
_ALERTS: Mapping[str, Callable[[Talk], None]] = MappingProxyType(
    {
        "show": alerts.alerts,
        "on": alerts.unmute,
        "mute": alerts.mute,
        "quiet": quiet.quiet,
        "zone": quiet.zone,
        "reminders": reminders.page,
    }
)


def _whole(text: str) -> int | None:
    """A small whole number; data may come from anywhere, and not every digit is one of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


MOST_DIGITS = 4


def _key(talk: Talk, text: str) -> Key | None:
    """The key of a question that still applies."""
    key = parsed(text)
    return key if key is not None and applies(talk.dossier, key) else None


_TAPS: Mapping[str, Callable[[Talk, str], None]] = MappingProxyType(
    {
        "a": _answer,
        "u": _about(_unknown),
        "n": _occupation,
        "o": _option,
        "y": _about(steering.why),
        "q": _about(steering.to_question),
        "k": _keep,
        "b": _back,
        "g": _goal,
        "t": _page,
        "l": _language,
        "c": _consent,
        "x": _confirm,
        "m": _apart,
        "s": _alerts,
        "d": _tick,
        "e": explaining.tapped,
        "v": readback.confirm,
        "w": readback.change,
    }
)
