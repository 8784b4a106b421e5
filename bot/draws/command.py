"""`tirage draws`: its commands, their options, and what their exit statuses mean."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from bot.command import Command, Day, Group, OneOf, Whole
from bot.draws import stores
from bot.draws.chart import chart
from bot.draws.stores import Say
from bot.draws.telling import parts_of
from bot.opened import told_as_usage
from bot.words import LANGUAGES

REFUSED = 1
"""Exit status when a file was refused, the feed cannot be reached, or a round is not known."""
FIRST_YEAR = 2015


def draws(say: Say, lang: str) -> Group:
    """The group of commands about rounds; `lang`: the language of what they print."""
    group = Group("draws", say, help=say["draws"])
    group.add_command(_list(say, lang))
    group.add_command(_show(say, lang))
    group.add_command(_import(say, lang))
    group.add_command(_refresh(say, lang))
    group.add_command(chart(say, lang))
    return group


def _list(say: Say, first: str) -> Command:
    def answer(
        types: tuple[str, ...],
        year: int | None,
        text: str,
        limit: int | None,
        as_json_: bool,
        db: Path | None,
        lang: str | None,
    ) -> None:
        from bot.draws import listing

        with told_as_usage(say):
            history = stores.history(db)
        allowed = listing.types(history)
        for kind in types:
            if kind not in allowed:
                wrong = say["not_one_of"].format(value=kind, allowed=", ".join(allowed))
                raise click.UsageError(say["bad_option"].format(option="--type", message=wrong))
        found = listing.Filter(types, year, text, limit).apply(history)
        click.echo(listing.as_json(found) if as_json_ else listing.as_text(found, history, say, lang or first))

    return Command(
        "list",
        say,
        help=say["draws_list"],
        callback=answer,
        params=[
            click.Option(["--type", "types"], multiple=True, help=say["draws_list_type"]),
            click.Option(["--year"], type=Whole(FIRST_YEAR, 9999, say), help=say["draws_list_year"]),
            click.Option(["--text"], default="", help=say["draws_list_text"]),
            click.Option(["--limit"], type=Whole(1, 1_000_000, say), help=say["draws_list_limit"]),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["draws_json"]),
            *_common(say),
        ],
    )


def _show(say: Say, first: str) -> Command:
    def answer(number: str, as_json_: bool, db: Path | None, lang: str | None) -> None:
        from bot.draws import page

        with told_as_usage(say):
            history = stores.history(db)
        shown = page.page_of(history, number)
        if shown is None:
            parts = parts_of(history, number)
            if parts:
                _refuse(say["draws_in_parts"].format(number=number, parts=", ".join(parts)), say)
            last = history.rounds[-1].number
            _refuse(say["draws_unknown"].format(number=number, last=last, day=history.known_to), say)
        tongue = lang or first
        click.echo(page.as_json(shown, tongue) if as_json_ else page.as_text(shown, say, tongue))

    return Command(
        "show",
        say,
        help=say["draws_show"],
        callback=answer,
        params=[
            click.Argument(["number"]),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["draws_json"]),
            *_common(say),
        ],
    )


def _import(say: Say, first: str) -> Command:
    def answer(file: Path, db: Path | None, today: date | None, lang: str | None) -> None:
        from bot.draws.files import RoundsFileError
        from bot.draws.report import report
        from bot.feed.parsed import FeedError

        try:
            body = file.read_bytes()
        except OSError as error:
            raise click.UsageError(say["no_file"].format(path=file)) from error
        with told_as_usage(say):
            try:
                laid = asyncio.run(stores.bring(db, body, today or date.today()))
            except (FeedError, RoundsFileError) as error:
                _refuse(f"{file}: {error.told(say)}", say)
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                _refuse(say["rounds_file_not_utf8"].format(path=file, line=line), say)
        click.echo(report(laid, say, lang or first))

    return Command(
        "import",
        say,
        help=say["draws_import"],
        callback=answer,
        params=[click.Argument(["file"], type=click.Path(path_type=Path)), _today(say), *_common(say)],
    )


def _refresh(say: Say, first: str) -> Command:
    def answer(dry_run: bool, withdrawn: bool, db: Path | None, today: date | None, lang: str | None) -> None:
        from bot.draws.report import report

        with told_as_usage(say):
            day = today or date.today()
            checked = asyncio.run(stores.refresh(db, day, dry=dry_run, withdraw=withdrawn))
        if checked.merge is None:
            assert checked.trouble is not None
            _refuse(checked.trouble.told(say), say)
        if checked.trouble_fr is not None:
            click.echo(say["draws_no_french"].format(reason=checked.trouble_fr.told(say)), err=True)
        click.echo(report(checked.merge, say, lang or first, dry=dry_run))

    return Command(
        "refresh",
        say,
        help=say["draws_refresh"],
        callback=answer,
        params=[
            click.Option(["--dry-run"], is_flag=True, help=say["draws_dry_run"]),
            click.Option(["--withdrawn"], is_flag=True, help=say["draws_withdrawn"]),
            _today(say),
            *_common(say),
        ],
    )


def _common(say: Say) -> list[click.Parameter]:
    return [
        click.Option(["--db"], type=click.Path(path_type=Path), help=say["draws_db"]),
        click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"]),
    ]


def _today(say: Say) -> click.Option:
    return click.Option(["--today"], type=Day(say), help=say["draws_today"])


def _refuse(message: str, say: Say) -> NoReturn:
    click.echo(say["error"].format(message=message), err=True)
    raise click.exceptions.Exit(REFUSED)
