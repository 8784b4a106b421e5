"""The state machine: one pure step from a session and an event to the next session and the replies."""

from __future__ import annotations

from typing import Any

from conversations.context import Context
from conversations.events import Event, Tapped
from conversations.put_off import put_off
from conversations.readback import put_back
from conversations.replies import Reply
from conversations.said import said
from conversations.session import Language, Session
from conversations.talk import Talk
from conversations.tapped import tapped
from scoring.rulebook import NoRulesError


def step(session: Session, event: Event, context: Context) -> tuple[Session, tuple[Reply, ...]]:
    """Answer one event. The same session, event and context give the same result.

    Raises nothing for any text or tap: what is not understood is answered, an old button is a correction.
    """
    begun = {"turn": session.turn + 1, "language": session.language or first_language(event.language_code)}
    talk = Talk(session, context, "edit" if isinstance(event, Tapped) else "new")
    talk.change(**begun)
    try:
        if isinstance(event, Tapped):
            tapped(talk, event.data)
        else:
            said(talk, event.text)
        put_back(talk)
        put_off(talk)
    except NoRulesError as error:
        # answers are kept, whatever the day: only the result has to wait for rules
        talk.replies = []
        talk.say("no_rules", no_rules(error, context))
    return talk.session, tuple(talk.replies)


def no_rules(error: NoRulesError, context: Context) -> dict[str, Any]:
    """What to say where the score has no table for the day."""
    return {"on": context.today.isoformat(), "first": error.first.isoformat() if error.first else None}


def first_language(code: str | None) -> Language:
    """The language to begin in, from what the device says of its own ("fr-CA"); the other is offered in one tap."""
    return "fr" if code is not None and code.lower().startswith("fr") else "en"
