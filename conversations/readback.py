"""What one message told, read back before anything of it is kept; then what is open about it, one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import steering
from conversations.keys import Key, parsed
from conversations.putting import TOLD, read_back
from conversations.reading import Facts
from conversations.talk import Talk
from conversations.understanding.placing import Placed

MOST_BESIDE = 4
BESIDE = frozenset(
    {
        "unread",
        "years_in_all",
        "canadian_work_years",
        "foreign_work_years",
        "of_another",
        "child_to_come",
        "together_for",
        "pacs",
        "engaged",
        "living_together",
        "en_level",
        "fr_level",
        "pay",
        "province",
        "work_abroad",
        "not_yet",
        "denied",
        "study_length",
        "permit_refused",
        "nomination_applied",
        "nomination_refused",
    }
)
"""Things said that have no place in a profile, and that one wants to see were heard."""
WHOSE = "unsure"
"""What was said after the partner, and may be of either of the two."""


def offer(talk: Talk, found: Placed, other: list[dict[str, Any]], goal: str | None = None) -> None:
    """Read back what was understood, and ask whether it is right."""
    held = talk.held
    talk.held = None
    _wait_for_job(talk)
    shown = BESIDE if any(key.id == "eca" for key in found.answers) else BESIDE | {"eca"}
    beside = list(dict.fromkeys(each["said"] for each in other if each["id"] in shown and each.get("said")))
    pending = {
        "kind": TOLD,
        "turn": talk.session.turn,
        "answers": {str(key): value for key, value in found.answers.items()},
        "open": found.open,
        "beside": beside[:MOST_BESIDE],
        "whose": [each["said"] for each in other if each["id"] == WHOSE][:MOST_BESIDE],
        "goal": goal,
    }
    read_back(talk, pending if held is None else _both(held, pending))


def _wait_for_job(talk: Talk) -> None:
    """The occupation that was being asked for is asked once more, after what is told now."""
    pending = talk.session.pending or {}
    if pending.get("kind") == "job":
        item = {"kind": "job", "key": pending["key"], "title": pending["title"]}
        talk.change(waiting=(item, *talk.session.waiting))


def _both(held: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What was read back before and is still to be confirmed, with what was told now, which goes first."""
    now = {*told["answers"], *(each["key"] for each in told["open"])}
    before = {key: value for key, value in held["answers"].items() if key not in now}
    still = [each for each in held["open"] if each["key"] not in now]
    beside = list(dict.fromkeys([*held["beside"], *told["beside"]]))[:MOST_BESIDE]
    goal = told["goal"] or held["goal"]
    return {
        **told,
        "answers": {**before, **told["answers"]},
        "open": [*still, *told["open"]],
        "beside": beside,
        "whose": [*held.get("whose", ()), *told["whose"]][:MOST_BESIDE],
        "goal": goal,
    }


def put_back(talk: Talk) -> None:
    """Put once more what was read back before this turn, where the turn was about something else."""
    if talk.held is not None and talk.session.pending is None and talk.session.consented:
        read_back(talk, talk.held)


def _waiting(talk: Talk, turn: str) -> Mapping[str, Any] | None:
    """What was read back, where the button is that of its last message."""
    pending = talk.session.pending or {}
    return pending if pending.get("kind") == TOLD and str(pending["turn"]) == turn else None


def confirm(talk: Talk, turn: str) -> None:
    """`v:TURN`: keep what was read back, then ask what is open about it."""
    pending = _waiting(talk, turn)
    if pending is None:
        steering.again(talk)
    else:
        keep(talk, pending)


def keep(talk: Talk, pending: Mapping[str, Any]) -> None:
    """Keep the answers; the question that was open stays so, unless it was answered."""
    talk.held = None
    answers = {key: value for text, value in pending["answers"].items() if (key := parsed(text)) is not None}
    if pending["goal"] is not None:
        talk.change(goal=pending["goal"], focus=None, more=False)
    talk.change(waiting=(*talk.session.waiting, *pending["open"]), pending=None)
    if answers:
        steering.take(talk, next(iter(answers)), Facts(answers))
    else:
        steering.proceed(talk)


def change(talk: Talk, rest: str) -> None:
    """`w:TURN`: choose a line; `w:TURN:N`: take line N out, and ask for it."""
    turn, _, number = rest.partition(":")
    pending = _waiting(talk, turn)
    if pending is None:
        steering.again(talk)
    elif not number:
        read_back(talk, pending, choosing=True)
    else:
        without(talk, pending, int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0)


def without(talk: Talk, pending: Mapping[str, Any], number: int) -> None:
    """Take one line out: its question will be asked. What hangs on it goes with it."""
    keys = [key for text in pending["answers"] if (key := parsed(text)) is not None]
    if not 0 < number <= len(keys):
        read_back(talk, pending, choosing=True)
        return
    gone = keys[number - 1]
    hangs = [key for key in keys if key == gone or _hangs_on(key, gone)]
    answers = {str(key): pending["answers"][str(key)] for key in keys if key not in hangs}
    still = [each for each in pending["open"] if each["key"] not in {str(key) for key in hangs}]
    read_back(talk, {**pending, "answers": answers, "open": [*still, {"kind": "question", "key": str(gone)}]})


def _hangs_on(key: Key, head: Key) -> bool:
    """Whether an answer is a detail of a place of a list that another one opens."""
    if head.id not in ("level", "test", "job") or (key.scope, key.place) != (head.scope, head.place):
        return False
    details = {"level": ("level_country", "eca", "completed_on"), "test": ("scores", "taken_on")}
    return key.id.startswith("job_") if head.id == "job" else key.id in details[head.id]
