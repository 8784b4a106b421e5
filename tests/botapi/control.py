"""What a parent process can ask of a server that runs by itself: POST /control/NAME with a JSON object."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from tests.botapi.errors import ApiError
from tests.botapi.faults import Fault
from tests.botapi.feed import NothingCameError
from tests.botapi.load import Load
from tests.botapi.model import Button, Message
from tests.botapi.people import User
from tests.botapi.room import PATIENCE

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

Given = dict[str, Any]

# What a person does that gives nothing back but, at most, the message that was written.
DEEDS = {
    "send",
    "start",
    "block",
    "unblock",
    "skip",
    "send_photo",
    "send_sticker",
    "send_voice",
    "send_contact",
    "send_location",
}


class Control:
    """The asked, carried out. Every name is a method; what it gives back is sent as JSON."""

    def __init__(self, api: BotApi, stop: Callable[[], None]) -> None:
        self._api = api
        self._stop = stop
        self._faults: list[Fault] = []
        self._asked: dict[str, Callable[[Given], Awaitable[Any]]] = {
            "user": self._user_made,
            "do": self._do,
            "edit": self._edit,
            "tap": self._tap,
            "next": self._next,
            "answers": self._answers,
            "inbox": self._inbox,
            "commands": self._commands,
            "fault": self._fault,
            "struck": self._struck,
            "release": self._release,
            "clear": self._clear,
            "advance": self._advance,
            "latency": self._latency,
            "counts": self._counts,
            "polled": self._polled,
            "drained": self._drained,
            "load": self._load,
            "stop": self._stop_server,
        }

    async def ask(self, name: str, given: Given) -> bytes:
        """Carry it out: the JSON answer. Raises ApiError for what cannot be done, in words for the parent."""
        asked = self._asked.get(name)
        if asked is None:
            raise ApiError(404, f"no such control: {name}")
        try:
            return to_json(await asked(given), bytes_mode="base64")
        except (LookupError, NothingCameError, RuntimeError, TimeoutError, TypeError, ValueError) as error:
            raise ApiError(400, f"{type(error).__name__}: {error}") from error

    def _user(self, given: Given) -> User:
        return self._api.user(given["user"])

    async def _user_made(self, given: Given) -> None:
        self._api.user(given.pop("user"), **given)

    async def _do(self, given: Given) -> int | None:
        if given["deed"] not in DEEDS:
            raise ValueError(f"a person cannot {given['deed']}")
        done = getattr(self._user(given), given["deed"])(**given.get("with", {}))
        done = await done if isinstance(done, Awaitable) else done
        return done.id if isinstance(done, Message) else None

    async def _edit(self, given: Given) -> None:
        user = self._user(given)
        await user.edit(user.chat.messages[given["message_id"]], given["text"])

    async def _tap(self, given: Given) -> str:
        user, number = self._user(given), given.get("message_id")
        button: str | Button = given["button"]
        if given.get("data") is not None and number is not None:
            button = Button(given["button"], given["data"], None, user.chat.id, number)
        on = user.chat.messages[number] if number is not None else None
        return (await user.tap(button, on=on)).query_id

    async def _next(self, given: Given) -> Any:
        return await self._user(given).next(given.get("limit", PATIENCE))

    async def _answers(self, given: Given) -> Any:
        return self._user(given).answers

    async def _inbox(self, given: Given) -> Any:
        return [message.history for message in self._user(given).inbox]

    async def _commands(self, given: Given) -> Any:
        return self._user(given).commands

    async def _fault(self, given: Given) -> int:
        order = {"error": self._api.fail, "hang": self._api.hang, "cut": self._api.cut}[given.pop("kind")]
        self._faults.append(order(**given))
        return len(self._faults) - 1

    async def _struck(self, given: Given) -> int:
        fault = self._faults[given["fault"]]
        await fault.struck(given.get("limit", PATIENCE))
        return fault.hits

    async def _release(self, given: Given) -> None:
        fault = self._faults[given["fault"]]
        fault.stop()
        fault.release()

    async def _clear(self, _: Given) -> None:
        self._api.faults.clear()

    async def _advance(self, given: Given) -> None:
        self._api.clock.advance(given["seconds"])

    async def _latency(self, given: Given) -> None:
        self._api.latency = given["seconds"]

    async def _counts(self, _: Given) -> dict[str, Any]:
        polling = self._api.polling
        calls = dict(self._api.state.counts)
        return {"calls": calls, "waiting": len(polling.updates.waiting), "polled": polling.polled}

    async def _polled(self, given: Given) -> None:
        await self._api.polled(given.get("limit", PATIENCE))

    async def _drained(self, given: Given) -> None:
        await self._api.drained(given.get("limit", PATIENCE))

    async def _load(self, given: Given) -> Any:
        limit = given.pop("limit", 600.0)
        return await Load(self._api, **given).play(limit)

    async def _stop_server(self, _: Given) -> None:
        self._stop()
