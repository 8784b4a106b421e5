"""Labels of buttons and words of the commands: plain text, from `vocabulary/labels.j2`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from bot.wording.environment import Templates
from bot.wording.vocabulary import UnknownWordError

LABELS = "vocabulary/labels.j2"
MOST_LABEL = 60
"""A label is shorter than this; a longer one (a title) is cut between words."""


class CommandWords(NamedTuple):
    """`commands` are (command, description) in the order of the menu."""

    commands: list[tuple[str, str]]
    description: str
    short_description: str


def label(words: Templates, key: str, values: Mapping[str, Any]) -> str:
    """The label of a key: a message of `labels`, or the macro `label_<key>` with the values. Never HTML.

    Raises UnknownWordError for a key that has neither.
    """
    said = words.module_of(LABELS)
    if key in said.labels:
        text: str = words.translations.gettext(said.labels[key])
        return text
    macro = getattr(said, f"label_{key.replace('.', '_')}", None)
    if macro is None:
        raise UnknownWordError("labels", key)
    return shortened(Markup(macro(values)).unescape().strip())


def shortened(text: str) -> str:
    """The text in under 60 characters, cut between words."""
    if len(text) < MOST_LABEL:
        return text
    kept = text[: MOST_LABEL - 1]
    return (kept.rpartition(" ")[0] or kept[:-1]).rstrip(" ,;–") + "…"


def command_words(words: Templates) -> CommandWords:
    """The commands of the menu with their descriptions, and the two descriptions of the bot."""
    said, told = words.module_of(LABELS), words.translations.gettext
    return CommandWords(
        [(name, told(text)) for name, text in said.commands.items()],
        told(said.description),
        told(said.short_description),
    )
