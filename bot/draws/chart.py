"""`tirage draws chart`: the cut-offs of the last two years as a picture, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.command import Command, Day, OneOf, Whole
from bot.draws import stores
from bot.draws.stores import Say
from bot.opened import told_as_usage
from bot.words import LANGUAGES
from conversations.session import Language

if TYPE_CHECKING:
    from scoring.draws import History

HIGHEST = 1200
"""No score of the Comprehensive Ranking System is higher (rules/crs.toml, total)."""
COLUMNS = 80


def chart(say: Say, first: str) -> Command:
    """The command; `first`: the language of what it draws."""

    def answer(
        types: tuple[str, ...],
        score: int | None,
        out: Path | None,
        today: date | None,
        db: Path | None,
        lang: str | None,
    ) -> None:
        from bot.charts.render import render
        from bot.charts.sketch import sketch

        with told_as_usage(say):
            spec = _spec(stores.history(db), types, today or date.today(), score, say)
        language: Language = "fr" if (lang or first) == "fr" else "en"
        path = _saved(render(spec, language), out, spec, say)
        click.echo(say["chat_saved"].format(path=path))
        click.echo("\n" + sketch(spec, language, COLUMNS))

    return Command(
        "chart",
        say,
        help=say["draws_chart"],
        callback=answer,
        params=[
            click.Option(["--type", "types"], multiple=True, help=say["draws_chart_type"]),
            click.Option(["--score"], type=Whole(0, HIGHEST, say), help=say["draws_chart_score"]),
            click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), help=say["draws_chart_out"]),
            click.Option(["--today"], type=Day(say), help=say["draws_today"]),
            click.Option(["--db"], type=click.Path(path_type=Path), help=say["draws_db"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"]),
        ],
    )


def _spec(history: History, types: Iterable[str], today: date, score: int | None, say: Say) -> Mapping[str, Any]:
    """What is drawn; a usage error where there is nothing to draw, or too much."""
    from bot.draws.listing import types as known
    from conversations.pictures import APART, MOST_SERIES, cut_offs

    asked, allowed = list(dict.fromkeys(types)), known(history)
    for kind in asked:
        if kind not in allowed:
            wrong = say["not_one_of"].format(value=kind, allowed=", ".join(allowed))
            raise click.UsageError(say["bad_option"].format(option="--type", message=wrong))
    if len(asked) > MOST_SERIES:
        raise click.UsageError(say["draws_chart_most"].format(most=MOST_SERIES, count=len(asked)))
    newest = dict.fromkeys(held.type for held in reversed(history.rounds) if held.date <= today and held.type != APART)
    spec = cut_offs(history, asked or newest, today, None if score is None else {"low": score, "high": score})
    if spec is None:
        raise click.UsageError(say["draws_chart_none"].format(types=", ".join(asked or newest), day=today))
    return spec


def _saved(png: bytes, out: Path | None, spec: Mapping[str, Any], say: Say) -> Path:
    """Where the picture is now; a usage error where it cannot be written."""
    from bot.terminal.files import save
    from bot.terminal.gallery import file_name

    try:
        if out is None:
            return save(file_name(spec), png, [Path.cwd()], same=True)
        out.write_bytes(png)
    except OSError as error:
        name = file_name(spec) if out is None else out
        raise click.UsageError(say["chat_not_saved"].format(name=name, reason=error.strerror)) from error
    return out
