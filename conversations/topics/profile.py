"""My profile: every answer on a numbered line, to confirm or to change."""

from __future__ import annotations

from typing import Any

from conversations.interview import applies, later
from conversations.keys import Key
from conversations.questions import question_of
from conversations.replies import Choice
from conversations.seen import ASKED_AS, assumptions, so_far, whole_months
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, difference

PARTS = ("you", "education", "languages", "work", "partner", "household", "express_entry")
PART_OF = {"credentials": "education", "language_results": "languages", "jobs": "work"}
MOST_OPEN = 5


def part_of(key: Key) -> str:
    """Under which heading an answer stands."""
    question = question_of(key)
    assert question is not None
    if key.scope == "p":
        return "partner"
    if key.scope == "c":
        return PART_OF.get(question.listed or "", "you")
    return "household" if key.scope == "h" else "express_entry"


def lines(talk: Talk) -> list[Key]:
    """The answers that still stand, in the order of the page; line 1 is the first."""
    standing = [key for key in talk.dossier.given() if applies(talk.dossier, key)]
    return sorted(standing, key=lambda key: (PARTS.index(part_of(key)), key.place or 0))


def profile(talk: Talk, *, beyond: int | None = None) -> None:
    """The summary. `beyond`: the number of a line that there is not, which was asked for."""
    keys = lines(talk)
    numbered = list(enumerate(keys, start=1))
    groups = [
        {"title": part, "answers": [_line(talk, number, key) for number, key in numbered if part_of(key) == part]}
        for part in PARTS
    ]
    still = list(later(talk.dossier))
    asked = {key.id for key in talk.dossier.given()}
    values: dict[str, Any] = {
        "groups": [group for group in groups if group["answers"]],
        "open": [{"id": key.id, "scope": key.scope, "index": key.place} for key in still[:MOST_OPEN]],
        "still": len(still),
        "beyond": beyond,
        "ack": talk.noted,
        "diff": difference(talk),
        "assumed": [
            *whole_months(talk.session.answers),
            *so_far(talk.session.answers),
            *(name for name in assumptions(talk.session.answers) if ASKED_AS[name] not in asked),
        ],
    }
    talk.change(asked=None, pending={"kind": "lines", "keys": [str(key) for key in keys]} if keys else None)
    rows: list[Row] = []
    if still:
        rows.append((Choice("nav.more_questions", "t:more"),))
    if keys:
        rows.append((Choice("goal.score", "g:score"), Choice("goal.which", "g:which")))
        rows.append((Choice("nav.export", "t:export"), Choice("nav.restart", "t:restart")))
    rows.append(MENU)
    talk.page("summary", values, rows, numbers=bool(keys))


def check(talk: Talk) -> None:
    """All answers on numbered lines before the first result that rests on them: a number changes a line."""
    keys = lines(talk)
    talk.change(pending={"kind": "lines", "keys": [str(key) for key in keys]})
    numbered = [_line(talk, number, key) for number, key in enumerate(keys, start=1)]
    talk.say(
        "check", {"lines": numbered}, [(Choice("nav.right", "t:more"), Choice("nav.change", "g:profile"))], numbers=True
    )
    # the lines read back what was just said: below them only what they do not tell
    talk.noted = [note for note in talk.noted if note["too_old"]]
    talk.place = "new"


def _line(talk: Talk, number: int, key: Key) -> dict[str, Any]:
    return {
        "n": number,
        "id": key.id,
        "scope": key.scope,
        "index": key.place,
        "value": talk.session.answers[str(key)],
    }


def change(talk: Talk) -> None:
    """Which answer to change."""
    profile(talk)
