"""`tirage occupations`: find the unit groups that a job may belong to, and add titles to what the search knows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.command import Command, Day, Group, OneOf
from bot.opened import path_of, told_as_usage
from bot.words import LANGUAGES

if TYPE_CHECKING:
    from bot.store.titles import Added, Title

Say = dict[str, str]
REFUSED = 1
"""Exit status where nothing was found, or a file was refused."""


def occupations(say: Say, first: str) -> Group:
    """The group with its two commands; `first`: the language of the command."""
    group = Group("occupations", say, help=say["occupations"])
    group.add_command(_search(say, first))
    group.add_command(_import(say))
    return group


def _search(say: Say, first: str) -> Command:
    def answer(text: tuple[str, ...], as_json_: bool, db: Path | None, on: date | None, lang: str | None) -> None:
        from bot.occupations import listing
        from bot.occupations.known import known_titles
        from scoring.duties import duties
        from scoring.rulebook import NoRulesError

        day, spoken = on or date.today(), lang or first
        try:
            with told_as_usage(say):
                found = listing.as_data(known_titles(path_of(db)).search(" ".join(text)), day, spoken)
        except NoRulesError as error:
            raise click.UsageError(say["no_rules"].format(on=day, first=error.first)) from error
        click.echo(
            json.dumps(found, indent=2, ensure_ascii=False)
            if as_json_
            else listing.as_text(found, say, spoken, duties())
        )
        if not found:
            raise click.exceptions.Exit(REFUSED)

    return Command(
        "search",
        say,
        help=say["occupations_search"],
        callback=answer,
        params=[
            click.Argument(["text"], nargs=-1, required=True),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["occupations_json"]),
            click.Option(["--on"], type=Day(say), help=say["occupations_on"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["occupations_lang"]),
            _db(say),
        ],
    )


def _import(say: Say) -> Command:
    def answer(file: Path, replace: bool, db: Path | None, lang: str | None) -> None:
        from bot.occupations.file import TitlesFileError, read_titles

        del lang  # it was read before the command was built
        try:
            titles = read_titles(file.read_bytes())
        except OSError as error:
            raise click.UsageError(say["no_file"].format(path=file)) from error
        except TitlesFileError as error:
            click.echo(say["error"].format(message=f"{file}\n{error.told(say)}"), err=True)
            raise click.exceptions.Exit(REFUSED) from error
        with told_as_usage(say):
            added = asyncio.run(_add(path_of(db), titles, replace))
        click.echo(say["occupations_added"].format(read=len(titles), new=added.new, kept=added.kept))

    return Command(
        "import",
        say,
        help=say["occupations_import"],
        callback=answer,
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path)),
            click.Option(["--replace"], is_flag=True, help=say["occupations_replace"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"]),
            _db(say),
        ],
    )


def _db(say: Say) -> click.Option:
    return click.Option(["--db"], type=click.Path(path_type=Path), help=say["occupations_db"])


async def _add(path: Path, titles: Sequence[Title], replace: bool) -> Added:
    from bot.store.sqlite import SqliteStore

    async with await SqliteStore.open(path) as store:
        return await store.add_titles(titles, replace=replace)
