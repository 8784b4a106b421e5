"""What several pages share: their buttons, what would narrow the answer, and what a change of an answer moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.effects import effect
from conversations.interview import later, ready
from conversations.keys import Key
from conversations.replies import Choice
from conversations.seen import assumed, glanced, question_for, score, trust
from conversations.talk import Row, Talk
from scoring.assessment import Assessment
from scoring.output import as_json

MENU: Row = (Choice("nav.menu", "t:menu"),)


def basis(talk: Talk, found: Assessment) -> dict[str, Any]:
    """What every page of results holds: the score, the trust line, what was assumed and set aside, what changed."""
    return {
        "score": score(found),
        "trust": trust(found),
        "assumed": assumed(found),
        "set_aside": found.set_aside,
        "ack": talk.noted,
        "diff": difference(talk, found),
        "narrow": narrowing(talk, found),
        "open": sum(1 for _ in later(talk.dossier)),
    }


def narrowing(talk: Talk, found: Assessment) -> dict[str, Any] | None:
    """The question that would narrow the answer most, and what it could change; None when nothing is open."""
    key = best_question(talk, found)
    if key is None:
        return None
    return {
        "key": str(key),
        "id": key.id,
        "scope": key.scope,
        "index": key.place,
        "effect": effect(talk.session.answers, key, talk.today),
    }


def best_question(talk: Talk, found: Assessment) -> Key | None:
    """The most telling question that is open, else the next one in the order of asking."""
    open_now = list(later(talk.dossier))
    pointer = found.most_telling_unknown
    telling = question_for(pointer) if pointer else None
    return telling if telling in open_now else next(iter(open_now), None)


def going_on(values: Mapping[str, Any]) -> list[Row]:
    """The buttons that lead on to more questions."""
    narrow = values["narrow"]
    if narrow is None:
        return []
    return [(Choice("nav.narrow", f"q:{narrow['key']}"), Choice("nav.more_questions", "t:more"))]


def difference(talk: Talk, found: Assessment) -> dict[str, Any] | None:
    """What a change of an answer moved: the score before and after, and the verdicts that turned; None if nothing."""
    goal = talk.session.goal
    if not talk.changed or goal is None or not ready(goal, talk.dossier):
        return None
    was = glanced(talk.before, talk.today)
    turned = [
        {"id": fit.id, "before": was.verdicts[fit.id], "after": fit.verdict}
        for fit in found.draw_types
        if was.verdicts[fit.id] != fit.verdict
    ]
    total = was.low if was.low == was.high else None
    before, after = {"total": total, "low": was.low, "high": was.high}, score(found)
    return {"before": before, "after": after, "turned": turned} if turned or before != after else None


def plain(found: Any) -> Any:
    """Dataclasses of `scoring` as plain data."""
    return as_json(found)
