"""`python -m tests.botapi`: the server in a process of its own. It prints its address and serves until it is ended."""

from __future__ import annotations

import asyncio
import signal
import sys

import click

from tests.botapi.clock import Clock
from tests.botapi.control import Control
from tests.botapi.server import TOKEN, BotApi


@click.command(context_settings={"show_default": True})
@click.option("--port", type=int, default=0, help="0: any that is free.")
@click.option("--token", default=TOKEN, help="The bot's token.")
@click.option("--keep/--no-keep", default=True, help="Keep chats and messages; without, memory stays flat.")
@click.option("--latency", type=float, default=0.0, help="Seconds that every call takes.")
@click.option("--flood/--no-flood", default=False, help="Telegram's limits of messages a second.")
@click.option("--strict/--lenient", default=True, help="Also refuse what Telegram passes over in silence.")
@click.option("--callback-seconds", type=float, default=15.0, help="How long a tap may be answered.")
@click.option("--webhook-delay", type=float, default=1.0, help="Seconds before a webhook's third try.")
@click.option("--until-eof", is_flag=True, help="End when standard input closes.")
def main(
    port: int,
    token: str,
    keep: bool,
    latency: float,
    flood: bool,
    strict: bool,
    callback_seconds: float,
    webhook_delay: float,
    until_eof: bool,
) -> None:
    """Serve a Bot API on 127.0.0.1, and its control under /control/."""
    api = BotApi(
        token,
        port=port,
        clock=Clock.wall(),
        strict=strict,
        keep=keep,
        latency=latency,
        flood=flood,
        callback_seconds=callback_seconds,
        webhook_delay=webhook_delay,
    )
    asyncio.run(_serve(api, until_eof=until_eof))


async def _serve(api: BotApi, *, until_eof: bool) -> None:
    over = asyncio.Event()
    api.control = Control(api, over.set)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    async with api:
        click.echo(api.url)
        sys.stdout.flush()
        if until_eof:
            await loop.connect_read_pipe(lambda: _Eof(over), sys.stdin)
        await over.wait()


class _Eof(asyncio.Protocol):
    def __init__(self, over: asyncio.Event) -> None:
        self._over = over

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._over.set()


if __name__ == "__main__":
    main()
