"""The command `tirage`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click

from bot.alerts_command import alerts
from bot.backtest import backtest
from bot.command import Command, Day, Group, OneOf, run
from bot.draws.command import draws
from bot.occupations.command import occupations
from bot.understand_command import understand
from bot.words import LANGUAGES, language_of, words
from scoring.assessment import assess
from scoring.case import ASSUMABLE
from scoring.output import as_json
from scoring.profile import ProfileError, read, schema
from scoring.rulebook import NoRulesError, shipped

BOM = b"\xef\xbb\xbf"
"""What some editors put before UTF-8; no part of the JSON."""
REFUSED = 1
"""Exit status when a profile was refused."""
SICK = 1
"""Exit status when the doctor found a problem."""


def main() -> None:
    """Run the command in the language of `--lang` or of the environment."""
    lang = language_of(sys.argv[1:], os.environ)
    run(command(lang), sys.argv[1:], words(lang))


def command(lang: str) -> Group:
    """The whole command with its help in one language."""
    say = words(lang)
    group = Group("tirage", say, help=say["group"], params=[_lang(say)], callback=_read_before)
    group.add_command(_assess(say))
    group.add_command(_rules(say))
    group.add_command(_chat(say, lang))
    group.add_command(_doctor(say))
    group.add_command(_run(say))
    group.add_command(draws(say, lang))
    group.add_command(backtest(say, lang))
    group.add_command(understand(say, lang))
    group.add_command(alerts(say, lang))
    group.add_command(occupations(say, lang))
    return group


def _read_before(lang: str | None) -> None:
    """`--lang` was read before the command was built; click only has to know it."""
    del lang


def _lang(say: dict[str, str]) -> click.Option:
    return click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["lang"])


def _assess(say: dict[str, str]) -> Command:
    names = ", ".join(ASSUMABLE)

    def answer(
        profile: str | None,
        on: date | None,
        jsonl: bool,
        show_schema: bool,
        assume_absent: tuple[str, ...],
        what_if: bool,
        lang: str | None,
    ) -> None:
        _read_before(lang)
        if show_schema:
            click.echo(json.dumps(schema(), indent=2))
            return
        if jsonl and profile not in (None, "-"):
            raise click.UsageError(say["jsonl_file"])
        absent = _assumable(assume_absent, say)
        today = on or date.today()
        answers = (
            assessed_lines(sys.stdin.buffer, today, absent, what_if)
            if jsonl
            else iter([assessed(_text(profile, say), None, today, absent, what_if)])
        )
        if write(answers, sys.stdout.buffer, indent=None if jsonl else 2):
            sys.exit(REFUSED)

    return Command(
        "assess",
        say,
        help=say["assess"],
        callback=answer,
        params=[
            click.Argument(["profile"], required=False),
            click.Option(["--on"], type=Day(say), help=say["assess_on"]),
            click.Option(["--jsonl"], is_flag=True, help=say["assess_jsonl"]),
            click.Option(["--schema", "show_schema"], is_flag=True, help=say["assess_schema"]),
            click.Option(["--assume-absent"], multiple=True, help=say["assess_absent"].format(names=names)),
            click.Option(["--what-if"], is_flag=True, help=say["assess_what_if"]),
            _lang(say),
        ],
    )


def _assumable(given: Iterable[str], say: dict[str, str]) -> tuple[str, ...]:
    """The names of facts to take as absent, however they were separated; a usage error for any other name."""
    absent = tuple(name for names in given for name in names.replace(",", " ").split())
    for name in absent:
        if name not in ASSUMABLE:
            raise click.UsageError(say["bad_assumption"].format(name=name, names=", ".join(ASSUMABLE)))
    return absent


def _text(path: str | None, say: dict[str, str]) -> bytes:
    if path is None or path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.UsageError(say["no_file"].format(path=path)) from error


def assessed_lines(
    lines: Iterable[bytes], on: date, assume_absent: tuple[str, ...], what_if: bool
) -> Iterator[dict[str, Any]]:
    """The answer to each line, one at a time; blank lines are counted and skipped."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield assessed(line, number, on, assume_absent, what_if)


def assessed(text: bytes, line: int | None, on: date, assume_absent: tuple[str, ...], what_if: bool) -> dict[str, Any]:
    """The answer to one profile: its assessment, or why it was refused."""
    try:
        profile = read(text.removeprefix(BOM))
        told: dict[str, Any] = as_json(assess(profile, on, assume_absent=assume_absent))
        if what_if:
            from scoring.whatif import what_if as what_ifs

            told["what_if"] = as_json(what_ifs(profile, shipped().on(on), assume_absent))
    except ProfileError as error:
        return {"line": line, "error": error.as_json()}
    except NoRulesError as error:
        allowed = f"{error.first} or later" if error.first else ""
        refusal = ProfileError("", on.isoformat(), allowed, "no_rules")
        return {"line": line, "error": refusal.as_json()}
    return told


def write(answers: Iterable[dict[str, Any]], out: BinaryIO, indent: int | None) -> bool:
    """Print each answer as it comes, in UTF-8 as JSON is; True when any profile was refused."""
    refused = False
    for answer in answers:
        refused = refused or "error" in answer
        out.write(json.dumps(answer, indent=indent, ensure_ascii=False, allow_nan=False).encode() + b"\n")
    return refused


def _rules(say: dict[str, str]) -> Command:
    def answer(on: date | None, as_json_: bool, lang: str | None) -> None:
        _read_before(lang)
        from bot.rules import listing, rules_data

        day = on or date.today()
        try:
            data = rules_data(shipped(), day)
        except NoRulesError as error:
            raise click.UsageError(say["no_rules"].format(on=day, first=error.first)) from error
        click.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json_ else listing(data, say))

    return Command(
        "rules",
        say,
        help=say["rules"],
        callback=answer,
        params=[
            click.Option(["--on"], type=Day(say), help=say["rules_on"]),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["rules_json"]),
            _lang(say),
        ],
    )


def _chat(say: dict[str, str], first: str) -> Command:
    def answer(lang: str | None, db: Path | None, today: date | None, plain: bool) -> None:
        _read_before(lang)
        from bot.settings import SettingsError, read_settings
        from bot.store.errors import StoreError
        from bot.terminal.start import start

        try:
            answered = start(db or read_settings().db, today, first, plain)
        except (SettingsError, StoreError) as error:
            raise click.UsageError(error.told(say)) from error
        if not answered:
            sys.exit(REFUSED)

    return Command(
        "chat",
        say,
        help=say["chat"],
        callback=answer,
        params=[
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["chat_lang"]),
            click.Option(["--db"], type=click.Path(path_type=Path), help=say["chat_db"]),
            click.Option(["--today"], type=Day(say), help=say["chat_today"]),
            click.Option(["--plain"], is_flag=True, help=say["chat_plain"]),
        ],
    )


def _doctor(say: dict[str, str]) -> Command:
    def answer(db: Path | None, as_json_: bool, lang: str | None) -> None:
        _read_before(lang)
        import asyncio

        from bot.doctor import as_json as findings_json
        from bot.doctor import as_text, examine, sick

        found = asyncio.run(examine(say, date.today(), db))
        click.echo(findings_json(found, say) if as_json_ else as_text(found, say))
        if sick(found):
            sys.exit(SICK)

    return Command(
        "doctor",
        say,
        help=say["doctor"],
        callback=answer,
        params=[
            click.Option(["--db"], type=click.Path(path_type=Path), help=say["doctor_db"]),
            click.Option(["--json", "as_json_"], is_flag=True, help=say["doctor_json"]),
            _lang(say),
        ],
    )


def _run(say: dict[str, str]) -> Command:
    def answer(db: Path | None, today: date | None, lang: str | None) -> None:
        _read_before(lang)
        from bot.settings import SettingsError, read_settings
        from bot.store.errors import StoreError

        try:
            settings = read_settings()
        except SettingsError as error:
            raise click.UsageError(error.told(say)) from error
        if settings.telegram_token is None:
            raise click.UsageError(say["run_no_token"])
        from bot.telegram.polling import TokenRefusedError
        from bot.telegram.start import start

        try:
            start(settings, settings.telegram_token.get_secret_value(), db or settings.db, today)
        except TokenRefusedError as error:
            raise click.UsageError(say["run_token_refused"].format(root=settings.api_root)) from error
        except StoreError as error:
            raise click.UsageError(error.told(say)) from error

    return Command(
        "run",
        say,
        help=say["run"],
        callback=answer,
        params=[
            click.Option(["--db"], type=click.Path(path_type=Path), help=say["run_db"]),
            click.Option(["--today"], type=Day(say), help=say["run_today"]),
            _lang(say),
        ],
    )
