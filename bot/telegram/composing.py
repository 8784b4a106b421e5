"""A notice in words, as the calls of the Bot API that send it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.store.notices import Notice, State
from bot.telegram.calls import Call, Message, calls
from bot.telegram.parts import Telling
from bot.telegram.sending import chat_id_of


@dataclass(frozen=True, slots=True)
class Said:
    """The calls of a notice; which of them has the buttons (the last of all where none has): that one is edited later.

    `digest` is of the whole text, `known` the version of the rounds that it was written from.
    """

    to_do: Sequence[Call]
    buttons: int
    digest: str
    known: int


async def said(telling: Telling, notice: Notice) -> Said | None:
    """Put a notice into words, from the newest rounds; None where there is nothing to be said any more.

    Raises StoreError, and whatever the wording raises.
    """
    known = await telling.latest()
    messages = await asyncio.to_thread(telling.composer.compose, notice)
    if not messages:
        return None
    with_buttons = [place for place, message in enumerate(messages) if message["rows"]]
    edited = with_buttons[-1] if with_buttons else len(messages) - 1
    chat_id = chat_id_of(notice.chat)
    if notice.state is State.EDIT:
        message = {**messages[edited], "place": "edit", "message_id": notice.message_id}
        (call,) = calls(chat_id, message)
        return Said([replace(call, instead=None)], 0, digest(messages), known)
    to_do = [calls(chat_id, {**message, "place": "new"}) for message in messages]
    buttons = sum(map(len, to_do[: edited + 1])) - 1
    return Said([call for each in to_do for call in each], buttons, digest(messages), known)


class Composing:
    """Puts notices into words; the one that comes next already while the one before is on its way."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._ahead: tuple[Notice, asyncio.Task[Said | None]] | None = None

    def begin(self, notice: Notice) -> None:
        """Begin with a notice of which the words will be wanted next, as things stand."""
        if self._ahead is None or self._ahead[0] != notice:
            task = asyncio.create_task(said(self._telling, notice))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # told when it is asked for
            self._ahead = notice, task

    async def words(self, notice: Notice) -> Said | None:
        """The words of a notice: see `said`."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == notice:
            words = await ahead[1]
            if words is not None and words.known == await self._telling.latest():
                return words
        return await said(self._telling, notice)


def digest(messages: Sequence[Message]) -> str:
    """The same for the same texts, and no other."""
    return sha256("\0".join(message["text"] for message in messages).encode()).hexdigest()
