"""What if: one change at a time, ranked by what it brings, and the verdicts that it turns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from conversations.facts import profile_of
from conversations.replies import Choice
from conversations.seen import assessed, assumptions
from conversations.supposing import Supposed
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain, swap_questions
from conversations.topics.supposed import answered, told
from scoring.assessment import Assessment
from scoring.calendar import add_months
from scoring.plans import HORIZON_MONTHS, Step, best_plan, waiting
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
    """The changes that bring most. `asked`: what was supposed in a sentence, which is answered alone."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    asked = asked or _wondered(talk)
    answers = None if asked is None else answered(talk, asked)
    absent = assumptions(talk.session.answers)
    waits = answers is None or answers["wait"]
    rows: list[Row] = []
    listed = dict(NOTHING_LISTED)
    if answers is None or answers["unknown"]:
        listed = _listed(talk, found, absent, MOST_SHOWN if all_of_them else SHOWN)
    values = {
        **basis(talk, found),
        **listed,
        **(_waiting(talk, found, asked.until if asked else None) if waits else NOT_WAITING),
        "asked": answers,
        "swap_open": next(swap_questions(talk), None) is not None,
    }
    if answers is not None:
        rows.append((Choice("goal.whatif", "g:whatif"),))
    elif values["hidden"] and not all_of_them:
        rows.append((Choice("nav.all_changes", "t:changes"),))
    rows += [*going_on(values), (Choice("goal.score", "g:score"), *MENU)]
    talk.page("whatif", values, rows)


def _wondered(talk: Talk) -> Supposed | None:
    """What was supposed before the first questions were answered; it is answered once."""
    wondered = talk.session.wondered
    if wondered is None:
        return None
    talk.change(wondered=None)
    return Supposed.from_json(wondered)


NOTHING_LISTED: Mapping[str, Any] = MappingProxyType(
    {"changes": [], "plan": None, "pairs": [], "french": None, "hidden": 0}
)


def _listed(talk: Talk, found: Assessment, absent: tuple[str, ...], shown: int) -> dict[str, Any]:
    """What would help, at most so many changes, and those that do not simply add up."""
    profile, rules = profile_of(talk.session.answers), shipped().on(talk.today)
    made = what_if(profile, rules, absent)
    # with a score that is a range, what two changes bring together is no one number
    plan = best_plan(profile, made, rules, absent) if found.crs.total is not None else None
    changes = distinct(made.changes)
    pairs = [pair for pair in made.pairs if plan is None or set(pair.ids) != set(plan.ids)]
    return {
        "changes": [told(change) for change in changes[:shown]],
        "plan": plain(plan),
        "pairs": [plain(pair) for pair in pairs[: 1 if shown == SHOWN else shown]],
        "french": _french(talk, made.changes),
        "hidden": 0 if shown != SHOWN else max(0, len(changes) - shown),
    }


NOT_WAITING: Mapping[str, Any] = MappingProxyType({"wait": [], "until": None, "birthday_open": False})


def _waiting(talk: Talk, found: Assessment, months: int | None) -> dict[str, Any]:
    """The next days on which time alone moves something, and the score after some months, where one waits so long.

    `birthday_open`: only the age is known, and a birthday moves the score.
    """
    ahead = waiting(profile_of(talk.session.answers), talk.today, assume_absent=assumptions(talk.session.answers))
    values: dict[str, Any] = {"until": None, "birthday_open": any(step.latest for step in ahead)}
    if months is not None and months <= HORIZON_MONTHS:
        end = add_months(talk.today, months)
        ahead = [step for step in ahead if step.on <= end]
        low, high = (ahead[-1].low, ahead[-1].high) if ahead else (found.crs.low, found.crs.high)
        values["until"] = {"on": end.isoformat(), "low": low, "high": high}
    return {**values, "wait": [_step(step) for step in ahead[:MOST_STEPS]]}


def _step(step: Step) -> dict[str, Any]:
    """A day ahead as plain data; what a test loses in each ability is one thing."""
    lines: dict[str, int] = {}
    for factor, points in step.lines.items():
        name = "language" if factor.startswith(("first_language_", "second_language_")) else factor
        lines[name] = lines.get(name, 0) + points
    return {**plain(step), "lines": {name: points for name, points in lines.items() if points}}


def _french(talk: Talk, changes: list[WhatIf]) -> dict[str, Any] | None:
    """The levels of French that bring something, the lowest first, and the last round of the category."""
    levels = sorted((each for each in changes if each.id.startswith("french.")), key=lambda each: each.values["level"])
    last = talk.context.history.last_round("french", talk.today)
    return {"levels": [told(each) for each in levels], "last": plain(last)} if levels else None


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
