"""The message about a change of the rules that moved somebody's score or verdicts: the lines before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.context import Context
from conversations.replies import Choice, Reply
from conversations.session import Session

BY_DATA = "data:"
"""How the id of a change begins that comes from our own figures being put right, and not from a day of the law."""


def rules_changed(session: Session, change: Mapping[str, Any], context: Context) -> Reply:
    """Say a change (`scoring.rule_changes.RuleChange` as plain data) to a chat that it moved.

    The buttons leave the message where it stands.
    """
    values = {
        **{name: change[name] for name in ("since", "references", "before", "after", "lines", "turned")},
        "put_right": change["id"].startswith(BY_DATA),
        "on": context.today.isoformat(),
    }
    rows = (
        (Choice("goal.score", "m:g:score"), Choice("goal.which", "m:g:which")),
        (Choice("alerts.mute", "s:mute"),),
    )
    return Reply("rules_changed", session.language or "en", values, rows)
