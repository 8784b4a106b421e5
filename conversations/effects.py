"""What the answer to one more question could change: each later question is offered with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.keys import Key
from conversations.questions import Question, question_of
from conversations.seen import ASKED_AS, Answers, assessed, glanced, most_telling
from scoring.assessment import Glance
from scoring.draws import History

MOST_TRIED = 4
"""Questions with more choices are offered without a figure: trying all of them would cost more than it tells."""


def effect(answers: Answers, key: Key, today: date, now: Glance | None = None) -> Mapping[str, Any] | None:
    """How far the answers to a question move the score and which verdicts they move; None where too many are possible.

    `points_low` and `points_high`: the least and the most that an answer adds, at either end of the score, to what is
    taken for granted now: the assumption where there is one, else the answer that pays least. What other open questions
    could bring is no part of it. `now`: what the answers are worth, where it is known already. Raises NoRulesError
    where the CRS has no table for the day.
    """
    question = question_of(key)
    assert question is not None
    tried = _samples(question, today)
    if not tried:
        return None
    now = now or glanced(answers, today)
    seen = [glanced({**answers, str(key): value}, today) for value in tried]
    assumed = key.id in ASKED_AS.values()
    gains = [
        gain
        for now_at, seen_at in (
            (now.low, [found.low for found in seen]),
            (now.high, [found.high for found in seen]),
        )
        for gain in _gains(seen_at, now_at if assumed else min(seen_at))
    ]
    return {"points_low": min(gains), "points_high": max(gains), "verdicts": _moved([now, *seen])}


def _gains(totals: list[int], base: int) -> list[int]:
    return [min(totals) - base, max(totals) - base]


def _samples(question: Question, today: date) -> list[Any]:
    if question.kind == "eca":
        return [question.choices[0], {"issued_on": today.isoformat()}]
    if question.kind == "choice" and len(question.choices) <= MOST_TRIED and question.scopes != ("x",):
        return list(question.choices)
    return []


def _moved(seen: list[Glance]) -> list[str]:
    """The draw types whose verdict is not the same in all of them."""
    return [name for name in seen[0].verdicts if len({found.verdicts[name] for found in seen}) > 1]


def reach(answers: Answers, key: Key, today: date, history: History) -> Mapping[str, Any] | None:
    """How far the answer to a question alone can lift the low end of the score; None where it cannot.

    Raises NoRulesError where the CRS has no table for the day.
    """
    found = assessed(answers, today, history)
    telling = None if found.crs.total is not None else most_telling(answers, found, [key])
    return None if telling is None else {"points_low": 0, "points_high": telling.points, "verdicts": []}
