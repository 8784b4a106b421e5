"""Words come last: a reply and a language become the messages that a channel sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.wording.environment import templates
from bot.wording.labels import CommandWords, command_words, label
from bot.wording.splitting import split, tidy
from conversations.replies import Choice, Reply
from conversations.session import Language

__all__ = ["Message", "Wording"]

Message = dict[str, Any]
"""A message of the outbox: `text`, `rows` of [label, data], `place`, `message_id`, `file`.

One with a picture has `picture` as well: its `spec` (`conversations.pictures`) and its `language`. Who sends it draws
it.
"""

EXPORT = "tirage-export.json"


class Wording:
    """Says replies. Templates and catalogue are loaded once per process and language, when first used."""

    def say(self, reply: Reply) -> list[Message]:
        """The messages of a reply: usually one; a long text in several, what goes with it on the last.

        The text is Telegram HTML. Raises TemplateNotFound where no template has the reply's key, UndefinedError where a
        value that it names is missing, UnknownWordError where a label or a term is not known.
        """
        words = templates(reply.language)
        parts = split(tidy(words.get_template(f"{reply.key}.j2").render(reply.values)))
        messages = [_message(part) for part in parts]
        messages[0]["place"] = reply.place
        messages[-1]["rows"] = [
            [[label(words, choice.label, choice.values), choice.data] for choice in row] for row in reply.rows
        ]
        if reply.attach == "export":
            messages[-1]["file"] = _file(reply.values["export"])
        if reply.picture is not None:
            messages[-1]["picture"] = {"spec": reply.picture, "language": reply.language}
        return messages

    def label(self, choice: Choice, language: Language) -> str:
        """The label of a button: plain text, never HTML. Raises UnknownWordError for a key without one."""
        return label(templates(language), choice.label, choice.values)

    def command_words(self, language: Language) -> CommandWords:
        """What Telegram's menu and the bot's own page say."""
        return command_words(templates(language))


def _message(text: str) -> Message:
    return {"text": text, "rows": [], "place": "new", "message_id": None, "file": None}


def _file(export: Mapping[str, Any]) -> dict[str, str]:
    return {"name": EXPORT, "content": json.dumps(export, ensure_ascii=False, indent=2)}
