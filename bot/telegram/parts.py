"""What the channel is given: who takes the turns, who has the words, and where Telegram is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.store import Outbound, Store
from bot.telegram.announce import Words
from bot.telegram.backoff import Waits
from bot.telegram.calls import Message
from conversations.events import Event
from conversations.replies import Reply


class Wording(Words, Protocol):
    """What puts replies into words (`bot.wording.Wording`)."""

    def say(self, reply: Reply) -> list[Message]:
        """The messages that a reply comes to."""


class Answers(Protocol):
    """What takes the turns (`bot.assistant.Assistant`)."""

    @property
    def store(self) -> Store:
        """Where everything is kept."""

    async def turn(
        self, chat: str, event: Event, *, update_id: int | None = None, message_id: int | None = None
    ) -> list[Outbound] | None:
        """One turn: what to send now, or None where the update was handled before."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where Telegram is and how it is waited for. `server`: the root of a Bot API server, "https://api.telegram.org".

    Times in seconds: for an answer; for what is under way when the bot is stopped; and how long an answer that is late
    already holds up the others of its kind (see `Answering`). `connections` at once.
    """

    token: str
    server: str
    answer: float = 20.0
    leave: float = 8.0
    late: float = 1.0
    connections: int = 256
    waits: Waits = field(default_factory=Waits)
