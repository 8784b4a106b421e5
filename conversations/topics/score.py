"""My score: the total or the range, the four sections, every line, and the comparison with IRCC's own tool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conversations.dossier import NONE
from conversations.interview import applies
from conversations.keys import Key
from conversations.questions import question_of
from conversations.replies import Choice
from conversations.seen import assessed, glanced, score, trust
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain
from scoring.assessment import Assessment

SECTIONS = ("core", "partner", "transferability", "additional")


def my_score(talk: Talk) -> None:
    """The short answer."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {
        **basis(talk, found),
        "sections": plain(found.crs.sections),
        "estimate": any(line.estimate for line in found.crs.lines),
        "with": _ends(found),
    }
    rows: list[Row] = [
        *going_on(values),
        (Choice("nav.lines", "t:lines"), Choice("goal.whatif", "g:whatif")),
        (Choice("goal.which", "g:which"), Choice("goal.tool", "g:tool")),
        MENU,
    ]
    talk.page("score", values, rows)


def _ends(found: Assessment) -> dict[str, Any]:
    """The facts that reach the ends of the range, by pointer."""
    return {"low": plain(found.crs.low_with), "high": plain(found.crs.high_with)}


def lines(talk: Talk) -> None:
    """Every line of the score; they add up to the total, or to the low end of the range."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    values = {
        "score": score(found),
        "trust": trust(found),
        "lines": [plain(line) for line in found.crs.lines],
        "sections": plain(found.crs.sections),
    }
    talk.page("lines", values, [(Choice("goal.score", "g:score"), *MENU)])


def tool(talk: Talk) -> None:
    """The score that IRCC's own tool gave, beside ours: which answer would explain the difference."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    theirs = talk.session.answers.get("x.tool_score")
    inside = theirs is not None and found.crs.low <= theirs <= found.crs.high
    values = {
        **basis(talk, found),
        "theirs": theirs,
        "inside": inside,
        "same": theirs is not None and theirs == found.crs.total,
        "explained": [] if theirs is None or inside else explanations(talk, theirs),
        "lines": [plain(line) for line in found.crs.lines],
        "sections": plain(found.crs.sections),
    }
    rows: list[Row] = [
        *[(Choice("change", f"q:{each['key']}", _named(each)),) for each in values["explained"]],
        *going_on(values),
        (Choice("nav.lines", "t:lines"), Choice("goal.score", "g:score")),
        (Choice("change", "q:x.tool_score", {"id": "tool_score", "scope": "x", "index": None}), *MENU),
    ]
    talk.page("tool", values, rows)


def _named(each: dict[str, Any]) -> dict[str, Any]:
    return {name: each[name] for name in ("id", "scope", "index")}


MOST_EXPLANATIONS = 6
ASSUMED = (("nomination", "enhanced"), ("sibling", "yes"), ("certificate", "yes"))
"""Facts that are taken as absent until they are asked and that pay points, with the answer that pays."""


def explanations(talk: Talk, theirs: int) -> list[dict[str, Any]]:
    """Answers that, were they another, would give the other score: each with the value that does, the closest first."""
    answers, found = talk.session.answers, []
    for key, value in _alternatives(talk):
        crs = glanced({**answers, str(key): value}, talk.today)
        # somewhere inside of a range is no explanation: only a score that the answer does give
        if theirs in (crs.low, crs.high):
            found.append((crs.high - crs.low, _explained(key, value)))
    closest = sorted(found, key=lambda each: each[0])
    by_key = {each["key"]: each for _, each in reversed(closest)}
    return sorted(by_key.values(), key=[each for _, each in closest].index)[:MOST_EXPLANATIONS]


def _alternatives(talk: Talk) -> Iterator[tuple[Key, Any]]:
    """Each answer with every other choice that it has, and each assumed fact as if it were there."""
    for key in talk.dossier.given():
        question = question_of(key)
        if question is None or not applies(talk.dossier, key) or key.scope == "x":
            continue
        # the scores that were given belong to the test that was named: another test would need others
        choices = (NONE,) if key.id == "test" else question.choices
        yield from ((key, choice) for choice in choices if choice != talk.session.answers[str(key)])
    yield from ((key, value) for name, value in ASSUMED if not talk.dossier.answered(key := Key("c", name)))


def _explained(key: Key, value: Any) -> dict[str, Any]:
    return {"key": str(key), "id": key.id, "scope": key.scope, "index": key.place, "value": value}
