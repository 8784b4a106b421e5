"""What if: one change at a time, ranked by what it brings, and the verdicts that it turns."""

from __future__ import annotations

from conversations.facts import profile_of
from conversations.replies import Choice
from conversations.seen import assessed, assumptions
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain, swap_questions
from scoring.rulebook import shipped
from scoring.whatif import WhatIf, what_if

SHOWN = 5
"""Changes on the first page."""
MOST_SHOWN = 15


def whatif(talk: Talk, *, all_of_them: bool = False) -> None:
    """The changes that bring most."""
    answers = talk.session.answers
    found = assessed(answers, talk.today, talk.context.history)
    told = what_if(profile_of(answers), shipped().on(talk.today), assumptions(answers))
    changes = distinct(told.changes)
    shown = MOST_SHOWN if all_of_them else SHOWN
    values = {
        **basis(talk, found),
        "changes": [plain(change) for change in changes[:shown]],
        "pairs": [plain(pair) for pair in told.pairs[: shown if all_of_them else 1]],
        "swap_open": next(swap_questions(talk), None) is not None,
        "hidden": 0 if all_of_them else max(0, len(changes) - shown),
    }
    rows: list[Row] = []
    if values["hidden"] and not all_of_them:
        rows.append((Choice("nav.all_changes", "t:changes"),))
    rows += [*going_on(values), (Choice("goal.score", "g:score"), *MENU)]
    talk.page("whatif", values, rows)


def distinct(changes: list[WhatIf]) -> list[WhatIf]:
    """The changes, each once: for who has a French test, learning French to a level and a better test are one thing."""
    kept: dict[tuple[object, ...], WhatIf] = {}
    for change in changes:
        language = change.id.startswith(("french.", "language_fr", "english.", "language_en"))
        what = (
            (change.low, change.high, change.values.get("level"), change.values.get("ability"))
            if language
            else (change.id,)
        )
        kept.setdefault(what, change)
    return list(kept.values())


def changes(talk: Talk) -> None:
    """All of them."""
    whatif(talk, all_of_them=True)
