"""What is kept, all of it in a file, and all of it gone."""

from __future__ import annotations

from typing import Any

from conversations.facts import facts_of
from conversations.replies import Choice
from conversations.seen import assessed, forget
from conversations.session import Session
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, plain
from scoring.rulebook import NoRulesError


def privacy(talk: Talk) -> None:
    """What is kept, where, for how long, and how to see or delete it."""
    consented = talk.session.consented
    if not consented:
        talk.change(asked=None)
    rows: list[Row] = (
        [(Choice("nav.export", "t:export"), Choice("nav.delete", "t:delete")), MENU]
        if consented
        else [(Choice("nav.agree", "c:yes"),)]
    )
    talk.page("privacy", {"consented": consented, "answers": len(talk.session.answers)}, rows)


def export(talk: Talk) -> None:
    """Everything that is kept about a person, in a file that a person can read and a program too."""
    try:
        found = plain(assessed(talk.session.answers, talk.today, talk.context.history))
    except NoRulesError:  # what is kept is given back, whatever the day
        found = None
    content: dict[str, Any] = {
        "exported_on": talk.today.isoformat(),
        "language": talk.language,
        "consented": talk.session.consented,
        "profile": facts_of(talk.session.answers),
        "kept": talk.session.as_json(),
        "assessment": found,
    }
    talk.say("export", {"export": content, "answers": len(talk.session.answers)}, [MENU], attach="export")


def delete(talk: Talk) -> None:
    """Ask once more before everything goes; only this very button confirms."""
    turn = _mark(talk)
    talk.change(pending={"kind": "delete", "turn": turn}, asked=None)
    rows: list[Row] = [(Choice("nav.delete_all", f"x:delete:{turn}"),), (Choice("nav.keep_all", "x:keep"),)]
    talk.say("delete", {"answers": len(talk.session.answers)}, rows)


def deleted(talk: Talk) -> None:
    """Everything goes, this session too."""
    language = talk.language
    forget()
    talk.session = Session(language=language, forgotten=True)
    talk.say("deleted", {})


def restart(talk: Talk) -> None:
    """Ask once more before the answers go."""
    turn = _mark(talk)
    talk.change(pending={"kind": "restart", "turn": turn}, asked=None)
    rows: list[Row] = [(Choice("nav.restart_now", f"x:restart:{turn}"),), (Choice("nav.keep_all", "x:keep"),)]
    talk.say("restart", {"answers": len(talk.session.answers)}, rows)


def _mark(talk: Talk) -> str:
    """What only the button under this very message carries, in this life of the chat and in any other."""
    return f"{talk.session.turn}{talk.context.mark}"
