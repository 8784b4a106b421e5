"""`tirage backtest`: how good the estimates have been, as two tables for each period, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.command import Command, Day, OneOf
from bot.draws.files import RoundsFileError, read_rounds_csv
from bot.words import LANGUAGES
from scoring.draws import History, history_of, shipped
from scoring.resources import toml

if TYPE_CHECKING:
    from scoring.backtest import Backtest, Period, Row

Words = Mapping[str, str]
UNKNOWN = "\N{EN DASH}"


def backtest(say: dict[str, str], first: str) -> Command:
    """The command; `first`: the language of what it prints."""

    def answer(rounds: Path | None, since: date | None, as_json_: bool, lang: str | None) -> None:
        from scoring.backtest import backtest as tried
        from scoring.output import as_json

        history = shipped() if rounds is None else _read(rounds, say)
        found = tried(history, [since] if since else _periods(history))
        if as_json_:
            click.echo(json.dumps(as_json(found), indent=2, ensure_ascii=False))
        else:
            click.echo(listing(found, say, lang or first))

    return Command(
        "backtest",
        say,
        help=say["backtest"],
        callback=answer,
        params=[
            click.Option(["--rounds"], type=click.Path(path_type=Path), help=say["backtest_rounds"]),
            click.Option(["--since"], type=Day(say), help=say["backtest_since"]),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["backtest_json"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"]),
        ],
    )


def _read(path: Path, say: Words) -> History:
    """The history of a file, known up to its last round. A usage error says what cannot be read, and where."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(say["no_file"].format(path=path)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise click.UsageError(say["rounds_file_not_utf8"].format(path=path, line=line)) from error
    try:
        rounds = read_rounds_csv(text)
    except RoundsFileError as error:
        raise click.UsageError(f"{path}: {error.told(say)}") from error
    history = history_of(rounds, max(held.date for held in rounds))
    need = toml("data/chances.toml")["speak"]["rounds"]
    if max(len(held) for held in history.by_type.values()) <= need:
        raise click.UsageError(say["backtest_too_few"].format(path=path, rounds=len(rounds), need=need))
    return history


def _periods(history: History) -> list[date]:
    """Since the first round; and since the day that is told apart, where rounds came before and after it."""
    days = sorted(held.date for held in history.rounds)
    apart = toml("data/chances.toml")["backtest"]["since"]
    return [days[0], apart] if days[0] < apart <= days[-1] else [days[0]]


def listing(found: Backtest, say: Words, lang: str) -> str:
    """The whole as a text to read."""
    head = [say["backtest_known"].format(rounds=found.rounds, day=found.known_to), say["backtest_blind"]]
    return "\n\n".join(["\n".join(head), *(_period(period, found.level, say, lang) for period in found.periods)])


def _period(period: Period, level: float, say: Words, lang: str) -> str:
    rows = [(_name(row.types[0], lang), row) for row in period.rows]
    told = [*rows, (say["backtest_together"], period.together), (say["backtest_all"], period.all)]
    asked = [(name, row) for name, row in told if any(brier.days for brier in row.brier)]
    return "\n".join(
        [
            say["backtest_period"].format(day=period.since),
            "",
            say["backtest_cut_offs"].format(level=_percent(level, lang)),
            *_table([_cut_off_header(say), *(_cut_off_cells(name, row, lang) for name, row in told)]),
            "",
            say["backtest_chances"],
            *_table([_chance_header(say), *(_chance_cells(name, row, lang) for name, row in asked)]),
        ]
    )


def _name(kind: str, lang: str) -> str:
    names = toml("rules/draw_types.toml")["short_names"].get(kind)
    return str(names[lang]) if names else kind


def _cut_off_header(say: Words) -> list[str]:
    keys = ("type", "rounds_held", "told", "error", "last_value", "inside", "sure", "half", "naive")
    return [say[f"backtest_{key}"] for key in keys]


def _cut_off_cells(name: str, row: Row, lang: str) -> list[str]:
    cover = row.coverage
    naive = row.naive[0].half if row.naive else None
    return [
        name,
        str(row.rounds),
        str(row.told),
        _number(row.error, 1, lang),
        _number(row.last_value_error, 1, lang),
        _percent(cover.share, lang) if cover else UNKNOWN,
        f"{_percent(cover.low, lang)} {UNKNOWN} {_percent(cover.high, lang)}" if cover else UNKNOWN,
        _number(row.half_width, 1, lang),
        _number(naive, 1, lang),
    ]


def _chance_header(say: Words) -> list[str]:
    from scoring.chances import MONTHS

    spans = [
        say[key].format(months=months)
        for months in MONTHS
        for key in ("backtest_days", "backtest_brier", "backtest_base")
    ]
    return [say["backtest_type"], *spans]


def _chance_cells(name: str, row: Row, lang: str) -> list[str]:
    spans = [
        cell
        for brier in row.brier
        for cell in (str(brier.days), _number(brier.chances, 3, lang), _number(brier.base_rate, 3, lang))
    ]
    return [name, *spans]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def _number(value: float | None, places: int, lang: str) -> str:
    if value is None:
        return UNKNOWN
    from babel.numbers import format_decimal

    return str(format_decimal(value, "0." + "0" * places, locale=_locale(lang)))


def _percent(value: float, lang: str) -> str:
    from babel.numbers import format_percent

    return str(format_percent(value, locale=_locale(lang)))


def _locale(lang: str) -> Any:
    from bot.wording.forms import LOCALES

    return LOCALES["fr" if lang == "fr" else "en"]
