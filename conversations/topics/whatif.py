"""What if: one change at a time, ranked by what it brings, and the verdicts that it turns."""

from __future__ import annotations

from typing import Any

from conversations.facts import profile_of
from conversations.replies import Choice
from conversations.seen import assessed, assumptions
from conversations.supposing import Supposed, meant
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain, swap_questions
from scoring.plans import Step, best_plan, effort, waiting
from scoring.rulebook import shipped
from scoring.whatif import WhatIf, what_if

SHOWN = 5
"""Changes on the first page."""
MOST_SHOWN = 15
TONGUES = {"fr": ("french.", "language_fr."), "en": ("english.", "language_en.")}
"""How the ids of the changes in each language begin."""
MOST_STEPS = 4
"""Days ahead that are told of somebody who waits."""


def whatif(talk: Talk, *, all_of_them: bool = False, asked: Supposed | None = None) -> None:
    """The changes that bring most. `asked`: what was supposed in a sentence, which is told first."""
    answers = talk.session.answers
    found = assessed(answers, talk.today, talk.context.history)
    profile, rules, absent = profile_of(answers), shipped().on(talk.today), assumptions(answers)
    told = what_if(profile, rules, absent)
    # with a score that is a range, what two changes bring together is no one number
    plan = best_plan(profile, told, rules, absent) if found.crs.total is not None else None
    changes = distinct(told.changes)
    shown = MOST_SHOWN if all_of_them else SHOWN
    pairs = [pair for pair in told.pairs if plan is None or set(pair.ids) != set(plan.ids)]
    values = {
        **basis(talk, found),
        "changes": [_told(change) for change in changes[:shown]],
        "plan": plain(plan),
        "pairs": [plain(pair) for pair in pairs[: shown if all_of_them else 1]],
        "french": _french(talk, told.changes),
        "wait": _waiting(talk, absent) if asked is None or asked.wait else [],
        "asked": None if asked is None else {"wait": asked.wait, "changes": _asked(asked, changes)},
        "swap_open": next(swap_questions(talk), None) is not None,
        "hidden": 0 if all_of_them else max(0, len(changes) - shown),
    }
    rows: list[Row] = []
    if asked is not None:
        rows.append((Choice("goal.whatif", "g:whatif"),))
    elif values["hidden"] and not all_of_them:
        rows.append((Choice("nav.all_changes", "t:changes"),))
    rows += [*going_on(values), (Choice("goal.score", "g:score"), *MENU)]
    talk.page("whatif", values, rows)


def _told(change: WhatIf) -> dict[str, Any]:
    """A change as plain data, with what it takes."""
    return {**plain(change), "effort": plain(effort(change.id))}


def _waiting(talk: Talk, absent: tuple[str, ...]) -> list[dict[str, Any]]:
    """The next days on which time alone moves something."""
    ahead = waiting(profile_of(talk.session.answers), talk.today, assume_absent=absent)
    return [_step(step) for step in ahead[:MOST_STEPS]]


def _step(step: Step) -> dict[str, Any]:
    """A day ahead as plain data; what a test loses in each ability is one thing."""
    lines: dict[str, int] = {}
    for factor, points in step.lines.items():
        name = "language" if factor.startswith(("first_language_", "second_language_")) else factor
        lines[name] = lines.get(name, 0) + points
    return {**plain(step), "lines": {name: points for name, points in lines.items() if points}}


def _asked(asked: Supposed, changes: list[WhatIf]) -> list[dict[str, Any]]:
    return [_told(change) for change in meant(asked, changes)]


def _french(talk: Talk, changes: list[WhatIf]) -> dict[str, Any] | None:
    """The levels of French that bring something, the lowest first, and the last round of the category."""
    levels = sorted((each for each in changes if each.id.startswith("french.")), key=lambda each: each.values["level"])
    last = talk.context.history.last_round("french", talk.today)
    return {"levels": [_told(each) for each in levels], "last": plain(last)} if levels else None


def distinct(changes: list[WhatIf]) -> list[WhatIf]:
    """The changes, each once: for who has a French test, learning French to a level and a better test are one thing."""
    kept: dict[tuple[object, ...], WhatIf] = {}
    for change in changes:
        tongue = next((name for name, begins in TONGUES.items() if change.id.startswith(begins)), None)
        what = (
            (tongue, change.low, change.high, change.values.get("level"), change.values.get("ability"))
            if tongue
            else (change.id,)
        )
        kept.setdefault(what, change)
    return list(kept.values())


def changes(talk: Talk) -> None:
    """All of them."""
    whatif(talk, all_of_them=True)
