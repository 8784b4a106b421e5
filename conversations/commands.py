"""Commands and other ways to a topic: one table for typed commands, for words, and for buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from conversations.talk import Talk
from conversations.topics import (
    alerts,
    chances,
    deadlines,
    documents,
    eligible,
    explain,
    latest,
    menu,
    privacy,
    profile,
    reminders,
    score,
    standing,
    whatif,
    which,
)

Page = Callable[[Talk], None]

GOAL_PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "which": which.which,
        "score": score.my_score,
        "eligible": eligible.eligible,
        "whatif": whatif.whatif,
        "deadlines": deadlines.deadlines,
        "profile": profile.profile,
        "standing": standing.standing,
        "chances": chances.my_chances,
        "alerts": alerts.alerts,
        "invited": deadlines.invited,
        "documents": documents.documents,
        "nominated": deadlines.nominated,
        "tool": score.tool,
    }
)
"""The page that answers each goal."""

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "menu": menu.menu,
        "help": menu.help_page,
        "language": menu.language,
        "privacy": privacy.privacy,
        "export": privacy.export,
        "delete": privacy.delete,
        "restart": privacy.restart,
        "programs": which.programs,
        "categories": which.categories,
        "draws": latest.latest,
        "types": which.types,
        "pool": standing.pool,
        "parts": standing.parts,
        "alerts_off": alerts.mute,
        "mute": alerts.mute,
        "stop": alerts.ask_stop,
        "reminders": reminders.page,
        "lines": score.lines,
        "grid": eligible.grid,
        "changes": whatif.changes,
        "explain": explain.explain,
        "help_licensed": explain.licensed,
        "papers": documents.papers,
        **{f"papers_{group}": partial(documents.papers, group=group) for group in documents.GROUPS},
        "fees": documents.fees,
        "mistakes": documents.mistakes_page,
        "change": profile.change,
    }
)
"""The pages that buttons and commands lead to."""

BEFORE_CONSENT = frozenset({"privacy", "delete", "help", "language", "draws", "explain", "help_licensed"})
"""Pages that keep nothing, and need no consent."""

INTENT_GOALS: Mapping[str, str] = MappingProxyType(
    {
        **{goal: goal for goal in GOAL_PAGES if goal != "tool"},
        "ircc_score": "tool",
        "tool": "tool",
        "stand": "standing",
    }
)
"""What an intent, or a command, asks for."""
