"""Keeping an answer: what else it changes among the answers that are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.dossier import NONE
from conversations.facts import HEADS
from conversations.interview import CREDENTIAL, JOB, RESULT
from conversations.keys import Key, parsed
from conversations.questions import LEVELS

DETAILS: Mapping[str, tuple[str, ...]] = {"test": RESULT, "level": CREDENTIAL, "job": JOB}
"""What is asked about each place of a list, by the question that opens the place."""
Answers = Mapping[str, Any]


def recorded(answers: Answers, key: Key, value: Any) -> dict[str, Any]:
    """The answers with one more, or with one that is corrected.

    Details that belonged to something else go with it: the scores of another test, the dates of another job. *None* at
    a place before others takes that place out, and the others move up.
    """
    if key.id in HEADS and value == NONE and answers.get(str(key.at((key.place or 0) + 1))) not in (None, NONE):
        return _without_place(answers, key)
    changed = dict(answers)
    if key.id in DETAILS and about_another(answers.get(str(key)), value):
        for detail in DETAILS[key.id]:
            changed.pop(str(key.to(detail)), None)
    if key.id == "children" and answers.get(str(key)) != value:
        changed.pop(str(key.to("children_born")), None)
        changed.pop(str(key.to("children_coming")), None)
    if key.id == "invited" and answers.get(str(key)) != value:
        changed.pop(str(key.to("invited_under")), None)
        changed.pop(str(key.to("invited_round")), None)
    changed[str(key)] = value
    return changed


def about_another(before: Any, now: Any) -> bool:
    """Whether a place of a list is about something else now: another test, another job, or nothing."""
    if before in (None, NONE) or now in (None, NONE):
        return bool(before != now)
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        # other words for the same unit group, or another code for the same words: the same job, better named
        titled = before.get("title") and now.get("title") and before["title"] != now["title"]
        return bool(titled and before.get("noc") != now.get("noc"))
    return bool(before != now) and not _is_level(before)


def _is_level(value: Any) -> bool:
    """A level that is corrected leaves its country and its ECA, which are read back."""
    return value in LEVELS


def _without_place(answers: Answers, key: Key) -> dict[str, Any]:
    """The answers without one place of a list; the places after it move up by one."""
    gone = key.place or 0
    family = {key.id, *DETAILS[key.id]}
    changed: dict[str, Any] = {}
    for text, value in answers.items():
        each = parsed(text)
        if each is None or each.scope != key.scope or each.id not in family or each.place is None or each.place < gone:
            changed[text] = value
        elif each.place > gone:
            changed[str(each.at(each.place - 1))] = value
    return changed
