"""Looks at the live feed for as long as the bot runs, and tells the operator what is odd about it, once."""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from bot.feed.check import Checked, Look, Trouble
from bot.feed.fetch import FetchError
from bot.feed.parsed import Oddity
from bot.store.errors import StoreError
from bot.telegram.backoff import Pause
from bot.telegram.logs import where
from scoring.draws import History, is_known

BUSY_HOURS = range(13, 23)
WEEKDAYS = range(5)
"""UTC, Monday to Friday. 111 rounds of 2024-11 to 2026-08 were each first seen between 14:00 and 22:59 on a weekday."""
QUIETER = 12
"""So many times as long between two looks at other hours: an hour instead of five minutes."""
JITTER = (0.9, 1.1)
"""Between these times the wait, so that the bots of many people do not all ask at once."""
LONGEST = 3_600.0
"""Seconds that are waited at most after looks that failed, unless the server asks for more."""
WATCH = 60.0
"""Seconds between two looks at whether another process changed the history."""
LONG_GONE = timedelta(days=1)
"""A feed that has failed for so long is an error, and no hitch."""
FEW = 5
"""So many subjects of one oddity are named in the log."""
log = logging.getLogger(__name__)


class Poll:
    """The loop. `every`: seconds between two looks in busy hours, 0 for none; `now`, `today` are asked before each.

    `on_change` is given the history whenever it became another one, whichever process made it so. `pause` does the
    waiting.
    """

    def __init__(
        self,
        look: Look,
        every: float,
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
        pause: Pause,
        on_change: Callable[[History], None],
    ) -> None:
        self._look = look
        self._every = every
        self._now, self._today = now, today
        self._pause = pause
        self._on_change = on_change
        self._told_version = -1
        self._failures = 0
        self._trouble: dict[str, str] = {}
        self._last_ok: datetime | None = None
        self._told_gone = False

    async def run(self) -> None:
        """Look until cancelled. The first look takes the files whole: this version may read them otherwise."""
        anew = True
        while True:
            wait = WATCH
            if self._every:
                wait = await self.once(anew=anew)
                anew = anew and self._failures > 0
            await self._rest(wait)

    async def _rest(self, seconds: float) -> None:
        """Wait, and see meanwhile whether another process changed what is known."""
        while seconds > 0:
            step = min(seconds, WATCH)
            await self._pause(step)
            seconds -= step
            with suppress(StoreError):  # the next look says what is wrong with it
                await self._tell_history()

    async def once(self, *, anew: bool = False) -> float:
        """Look once; how many seconds to wait before the next look. What cannot be done now is logged."""
        now = self._now()
        self._last_ok = self._last_ok or now
        checked = None
        try:
            checked = await self._look(now, self._today(), anew=anew)
            await self._tell_history()
        except StoreError as error:
            log.error("the feed could not be taken in: the store says %s", error.code)
        except Exception as error:  # a fault of ours ends one look, and not the looking
            log.error("the feed could not be taken in: %s", where(error))
        asked = self._reported(checked, now) if checked is not None else None
        failed = checked is None or checked.trouble is not None
        self._failures = self._failures + 1 if failed else 0
        return self._wait(now, asked)

    def _wait(self, now: datetime, asked: float | None) -> float:
        length = self._every if busy(now) else self._every * QUIETER
        if self._failures:  # the first time as usual, then longer and longer
            length = max(length, min(LONGEST, self._every * 2.0 ** min(self._failures - 1, 20)))
        return max(length * random.uniform(*JITTER), asked or 0.0)

    async def _tell_history(self) -> None:
        store = self._look.store
        version = await store.history_version()
        if version != self._told_version:
            self._told_version = version
            self._on_change(await store.history())

    def _reported(self, checked: Checked, now: datetime) -> float | None:
        """Log what is to be known; how long the server asks to wait."""
        if checked.trouble is None:
            self._last_ok, self._told_gone = now, False
        elif now - (self._last_ok or now) >= LONG_GONE and not self._told_gone:
            self._told_gone = True
            log.error("the feed has not been usable for a day (%s); the last good one is kept", checked.trouble.code)
        self._tell_trouble("English", checked.trouble)
        if checked.trouble is None:
            self._tell_trouble("French", checked.trouble_fr)
        _tell_merge(checked)
        return checked.trouble.retry_after if isinstance(checked.trouble, FetchError) else None

    def _tell_trouble(self, file: str, trouble: Trouble | None) -> None:
        """Each kind of trouble once, and its end."""
        code = trouble.code if trouble is not None else ""
        before = self._trouble.get(file, "")
        self._trouble[file] = code
        if trouble is not None and code != before:
            values = ", ".join(f"{name} {value}" for name, value in trouble.values.items())
            log.warning("the %s feed cannot be used: %s (%s); the last good one is kept", file, code, values)
        elif before and not code:
            log.info("the %s feed can be used again", file)


def busy(now: datetime) -> bool:
    """Whether rounds are published at such a time."""
    there = now.astimezone(UTC)
    return there.weekday() in WEEKDAYS and there.hour in BUSY_HOURS


def _tell_merge(checked: Checked) -> None:
    merge = checked.merge
    if merge is None:
        return
    for held in merge.new:
        log.info("round %s of %s is new: %s", held.number, held.date, held.type)
        if not is_known(held.type):
            log.error("round %s is of a type that the rules do not know: %s", held.number, ascii(held.label_en))
    if merge.changed:
        log.info("%d rounds read otherwise than before", len(merge.changed))
    for code, found in _by_code(checked.fresh).items():
        subjects = ", ".join(ascii(oddity.subject) for oddity in found[:FEW])
        log.warning("odd in the feed: %s, %d times: %s", code, len(found), subjects)


def _by_code(oddities: Iterable[Oddity]) -> dict[str, list[Oddity]]:
    found: defaultdict[str, list[Oddity]] = defaultdict(list)
    for oddity in oddities:
        found[oddity.code].append(oddity)
    return found
