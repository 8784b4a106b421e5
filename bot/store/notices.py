"""What the store tells about alerts: plain values, the same for every kind of store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, Protocol

from scoring.draws import Round


class State(IntEnum):
    """What became of telling one chat about one thing.

    LATER: its quiet hours are to end first. EDIT: it went out, and was corrected since. NEVER: nobody wants it, or
    nothing reaches the chat. DUE: its moment is ahead.
    """

    WAITING = 0
    LATER = 1
    SENT = 2
    NEVER = 3
    EDIT = 4
    DUE = 5


class Subject(NamedTuple):
    """A thing to be told, and how far it was put into the queues: `reached` is the last chat, "" before the first."""

    subject: str
    kind: str
    type: str
    cut_off: int
    reached: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who a notice is for: the session, and when not to disturb (minutes after midnight in `zone`; None = never)."""

    session: dict[str, Any]
    zone: str | None
    quiet_begins: int | None
    quiet_ends: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one chat. `kind`: round, rules or reminder; `told`: the values of what is of this chat alone.

    `message_id` and `digest`: of the message that went out, where it is to be edited. `subscriber`: None where the chat
    wants nothing any more.
    """

    subject: str
    kind: str
    chat: str
    state: State
    message_id: int | None
    digest: str | None
    told: dict[str, Any] | None
    subscriber: Subscriber | None


@dataclass(frozen=True, slots=True)
class Stale:
    """A chat whose worth is to be worked out. `kept`: as it was, under the rules with the fingerprint `rules`.

    `answered`: whether the answers changed since.
    """

    chat: str
    seq: int
    kept: dict[str, Any] | None
    rules: str
    session: dict[str, Any]
    wants: str
    answered: bool


class Due(NamedTuple):
    """A reminder: what it is, when it is to be told (seconds since 1970), and its values.

    `ahead`: whether that moment lies ahead; one that is past is told where it stands already, and else never.
    """

    subject: str
    at: int
    told: Mapping[str, Any]
    ahead: bool


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a chat is worth now. `next_change`: the day on which to look again, ISO.

    `listed`: the types to stand under where the chat wants those that concern it, else None. `told`: (subject, values)
    of messages that follow from it. `due`: the reminders that stand now, and no other; None = as they were.
    """

    chat: str
    seq: int
    next_change: str
    rules: str
    low: int | None
    high: int | None
    verdicts: Mapping[str, str]
    kept: Mapping[str, Any] | None
    listed: Sequence[str] | None
    told: Sequence[tuple[str, Mapping[str, Any]]] = ()
    due: Sequence[Due] | None = None


RANKS = ("invited", "perhaps", "others")
"""The order in which chats are told of a round: by the worth that is kept of them and the cut-off."""


@dataclass(frozen=True, slots=True)
class Audience:
    """How many chats a round would be told to. `announced`: whether it was put into queues before."""

    announced: bool
    by_rank: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RANKS, 0))
    by_language: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_rank.values())


class Alerts(Protocol):
    """What every store does about alerts; each method raises `bot.store.errors.StoreError` as the others do."""

    async def stale(self, today: str, rules: str, most: int) -> list[Stale]:
        """Chats whose worth may have changed by a day (ISO), or that was worked out under other rules."""

    async def keep_worth(self, refreshed: Sequence[Refreshed]) -> None:
        """Keep what profiles are worth, but of those whose answers changed meanwhile."""

    async def announce(self, new: Sequence[Round], corrected: Sequence[Round] = ()) -> None:
        """New rounds are to be told; of corrected ones the messages that went out are to be edited.

        A round that was announced before is not announced again.
        """

    async def unfinished(self) -> list[Subject]:
        """What is still to be put into queues, oldest first."""

    async def fan_out(self, subject: Subject, most: int) -> str | None:
        """Put a thing into the queues of the next `most` chats; the last of them, None at the end."""

    async def audience(self, held: Round) -> Audience:
        """Whom a round would be told to now."""

    async def to_send(self, channel: str, most: int) -> list[Notice]:
        """The next notices of the chats whose names begin so; those who were invited first."""

    async def wake(self, now: int) -> int | None:
        """Put those whose quiet hours ended back into the queue, and reminders whose moment has come. In seconds.

        Reminders of a chat whose answers changed wait until they are worked out again. Returns when there is something
        to wake next, None where nobody waits for that.
        """

    async def come(self, chat: str, day: str) -> None:
        """Put the reminders of a chat that are of a day (ISO) or an earlier one into the queue, whatever the hour."""

    async def still(self, notice: Notice) -> Notice | None:
        """The same notice as it stands now; None where it is not in line any more."""

    async def delivered(
        self,
        notice: Notice,
        message_id: int | None,
        digest: str,
        at: int,
        *,
        known: int | None = None,
        outdated: bool = False,
    ) -> bool:
        """A notice went out (or was edited) as a message, at so many seconds since 1970.

        `known`: the version of the rounds that it was written from. Where they are other ones by now, nothing is kept
        and False returned: a correction may have come while it was on its way. `outdated`: it is to be edited at once.
        """

    async def later(self, notice: Notice, at: int) -> None:
        """A notice waits until quiet hours end."""

    async def never(self, notice: Notice) -> None:
        """A notice goes out no more."""

    async def silence(self, chat: str) -> None:
        """Nothing reaches this chat any more; its profile stays."""

    async def prune(self, before: str) -> None:
        """Forget what was told of things of before a day (ISO)."""

    async def waiting_notices(self) -> dict[str, int]:
        """How many notices are in which state, by the state's name."""
