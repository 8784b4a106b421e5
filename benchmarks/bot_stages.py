"""Where the time of the complete bot goes: its stages, wrapped from outside, in seconds of processor of their threads.

The store's thread runs step and words too, inside the transaction: what is left of its time is the store's own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import bot.assistant
from bot.telegram.transport import Transport
from bot.telegram.updates import Kept, Reader
from bot.wording import Wording

P = ParamSpec("P")
T = TypeVar("T")
WRITER = "store-writer"

_spent = {"parse": 0.0, "step": 0.0, "render": 0.0, "send": 0.0}


def watch() -> None:
    """Wrap them, before the bot starts."""
    bot.assistant.step = _timed("step", bot.assistant.step)  # type: ignore[attr-defined]
    Wording.say = _timed("render", Wording.say)  # type: ignore[method-assign]
    Reader.read = _timed("parse", Reader.read)  # type: ignore[method-assign]
    Kept.inbound = _timed("parse", Kept.inbound)  # type: ignore[method-assign]
    Transport.exchange = _timed_await("send", Transport.exchange)  # type: ignore[method-assign]


def stages() -> dict[str, float]:
    """Seconds of processor by stage so far; `store` is the time of its thread without what runs in it of ours."""
    return {**_spent, "store": _thread_seconds(WRITER) - _spent["step"] - _spent["render"]}


def _timed(stage: str, work: Callable[P, T]) -> Callable[P, T]:
    @wraps(work)
    def timed(*args: P.args, **kwargs: P.kwargs) -> T:
        began = time.thread_time()
        try:
            return work(*args, **kwargs)
        finally:
            _spent[stage] += time.thread_time() - began

    return timed


def _timed_await(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def timed(*args: Any, **kwargs: Any) -> _Awaited:
        return _Awaited(stage, work(*args, **kwargs))

    return timed


class _Awaited:
    """A coroutine that is timed whenever it runs, and not while it waits."""

    def __init__(self, stage: str, coroutine: Any) -> None:
        self._stage, self._coroutine = stage, coroutine

    def __await__(self) -> Generator[Any, Any, Any]:
        resume, given = self._coroutine.send, None
        while True:
            began = time.thread_time()
            try:
                waits_for = resume(given)
            except StopIteration as end:
                return end.value
            finally:
                _spent[self._stage] += time.thread_time() - began
            try:
                resume, given = self._coroutine.send, (yield waits_for)
            except BaseException as error:
                resume, given = self._coroutine.throw, error


def _thread_seconds(name: str) -> float:
    found = next((thread for thread in threading.enumerate() if thread.name == name), None)
    if found is None or found.ident is None:
        return 0.0
    return time.clock_gettime(time.pthread_getcpuclockid(found.ident))
