"""What the channel is given: who takes the turns, who has the words, and where Telegram is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.charts.pictures import Pictures
from bot.store import Outbound, Store
from bot.store.notices import Notice
from bot.telegram.announce import Words
from bot.telegram.backoff import Waits
from bot.telegram.calls import Message
from bot.telegram.pace import Pace
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


class Herald(Protocol):
    """What puts notices into the queue (`bot.alerts.Herald`). `on_queue` is called when it did."""

    on_queue: Callable[[], None]

    async def run(self, failed: Callable[[Exception], Awaitable[None]]) -> None:
        """Work until cancelled; `failed` is told of what went wrong, and returns when it may be tried again."""


class Composer(Protocol):
    """What puts notices into words (`bot.alerts.Composer`)."""

    def compose(self, notice: Notice) -> list[Message] | None:
        """The messages of a notice; None where nothing is to be said any more."""


class Feed(Protocol):
    """What looks for new rounds (`bot.feed.poll.Poll`)."""

    async def run(self) -> None:
        """Look until cancelled."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells people something that they did not just ask for.

    `latest` brings the rounds up to what the store knows, and returns their version. `now` is the wall clock, aware.
    """

    herald: Herald
    composer: Composer
    feed: Feed
    latest: Callable[[], Awaitable[int]]
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Connection:
    """Where Telegram is and how it is waited for. `server`: the root of a Bot API server, "https://api.telegram.org".

    Times in seconds: for an answer; for what is under way when the bot is stopped; and how long an answer that is late
    already holds up the others of its kind (see `Answering`). `connections` at once. `pace`: how fast a broadcast goes.
    `pictures`: what draws them.
    """

    token: str
    server: str
    answer: float = 20.0
    leave: float = 8.0
    late: float = 1.0
    connections: int = 256
    waits: Waits = field(default_factory=Waits)
    pace: Pace = field(default_factory=Pace)
    pictures: Pictures = field(default_factory=Pictures)
