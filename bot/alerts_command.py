"""`tirage alerts`: for whoever runs the bot, to see what a round would say and to whom, and to have it told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command import Command, Day, Group, OneOf
from bot.draws.telling import parts_of
from bot.opened import opened, path_of, told_as_usage
from bot.words import LANGUAGES

if TYPE_CHECKING:
    from bot.store.sqlite import SqliteStore
    from scoring.draws import History, Round

Words = Mapping[str, str]
REFUSED = 1
"""Exit status where a round is not told: it was before, or it is not known."""


def alerts(say: dict[str, str], first: str) -> Group:
    """The group with its two commands; `first`: the language of the command."""
    group = Group("alerts", say, help=say["alerts"])
    group.add_command(_preview(say, first))
    group.add_command(_send(say))
    return group


def _preview(say: dict[str, str], first: str) -> Command:
    def answer(number: str | None, chat: str | None, lang: str | None, db: Path | None, today: date | None) -> None:
        asyncio.run(_with_store(say, db, lambda store: preview(store, say, number, chat, lang or first, _day(today))))

    return Command(
        "preview",
        say,
        help=say["alerts_preview"],
        callback=answer,
        params=[
            click.Argument(["number"], required=False),
            click.Option(["--chat"], help=say["alerts_chat"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["alerts_lang"]),
            *_common(say),
        ],
    )


def _send(say: dict[str, str]) -> Command:
    def answer(number: str | None, dry_run: bool, lang: str | None, db: Path | None, today: date | None) -> None:
        del lang  # it was read before the command was built
        asyncio.run(_with_store(say, db, lambda store: send(store, say, number, _day(today), dry_run=dry_run)))

    return Command(
        "send",
        say,
        help=say["alerts_send"],
        callback=answer,
        params=[
            click.Argument(["number"], required=False),
            click.Option(["--dry-run"], is_flag=True, help=say["alerts_dry_run"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"]),
            *_common(say),
        ],
    )


def _common(say: dict[str, str]) -> list[click.Parameter]:
    return [
        click.Option(["--db"], type=click.Path(path_type=Path), help=say["alerts_db"]),
        click.Option(["--today"], type=Day(say), help=say["alerts_today"]),
    ]


def _day(today: date | None) -> date:
    return today or date.today()


async def _with_store(say: Words, db: Path | None, do: Callable[[SqliteStore], Awaitable[None]]) -> None:
    with told_as_usage(say):
        async with opened(path_of(db)) as store:
            await do(store)


async def preview(
    store: SqliteStore, say: Words, number: str | None, chat: str | None, language: str, today: date
) -> None:
    """Print what a round would say to one chat, or to somebody who has told nothing yet."""
    from bot.alerts import Composer
    from bot.build import context_of
    from bot.store.notices import Notice, State, Subscriber
    from bot.terminal.markup import plain
    from bot.wording import Wording
    from conversations.session import Session

    history = await store.history()
    held = _round(history, number, say)
    saved = await store.load(chat) if chat else Session(language=language).as_json()  # type: ignore[arg-type]
    if saved is None:
        raise click.UsageError(say["alerts_no_chat"].format(chat=chat))
    notice = Notice(
        f"round:{held.number}", "round", "preview", State.WAITING, None, None, None, Subscriber(saved, None, None, None)
    )
    composer = Composer(Wording(), lambda: context_of(today, history))
    for message in composer.compose(notice) or []:
        click.echo(plain(message["text"]))
        for row in message["rows"]:
            click.echo("  ".join(f"[{label}]" for label, _ in row))


async def send(store: SqliteStore, say: Words, number: str | None, today: date, *, dry_run: bool) -> None:
    """Print whom a round would be told to; unless `dry_run`, put it into the queue. Exits with 1 where it was told."""
    from bot.alerts import Herald

    held = _round(await store.history(), number, say)
    herald = Herald(store, lambda: today)
    await herald.refresh()
    found = await store.audience(held)
    click.echo(
        say["alerts_round"].format(number=held.number, date=held.date, label=held.label_en, cut_off=held.cut_off)
    )
    for rank, count in found.by_rank.items():
        click.echo(say["alerts_count"].format(name=say[f"alerts_{rank}"], count=count))
    for language, count in sorted(found.by_language.items()):
        click.echo(say["alerts_count"].format(name=language, count=count))
    if found.announced:
        click.echo(say["alerts_told_before"].format(number=held.number))
        raise click.exceptions.Exit(REFUSED)
    if dry_run:
        click.echo(say["alerts_nothing_sent"])
        return
    await store.announce([held])
    await herald.settle()
    click.echo(say["alerts_queued"].format(total=found.total))


def _round(history: History, number: str | None, say: Words) -> Round:
    """The round of a number; the newest one where none is named."""
    held = history.rounds[-1] if number is None else history.get(number.strip().lower().removeprefix("#"))
    parts = parts_of(history, number) if held is None and number is not None else []
    if parts:
        raise click.UsageError(say["draws_in_parts"].format(number=number, parts=", ".join(parts)))
    if held is None:
        raise click.UsageError(say["alerts_no_round"].format(number=number, last=history.rounds[-1].number))
    return held
