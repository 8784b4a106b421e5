"""Commands whose help and errors speak one language throughout: click's own words are English only."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click

Words = Mapping[str, str]
USAGE_ERROR = 2
"""Exit status of a usage error, as click has it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Command(click.Command):
    """A command that takes click's few words from ours."""

    def __init__(self, name: str, say: Words, **kwargs: Any) -> None:
        kwargs["params"] = [*kwargs.get("params", ()), _help_option(say)]
        super().__init__(name, add_help_option=False, options_metavar=say["usage_options"], **kwargs)
        self.say = say

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=self.say["usage"])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and what they do."""
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) is not None]
        with formatter.section(self.say["options"]):
            formatter.write_dl(rows)


class Group(Command, click.Group):
    """A group of such commands."""

    def __init__(self, name: str, say: Words, **kwargs: Any) -> None:
        super().__init__(name, say, subcommand_metavar=say["usage_command"], **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        rows = [(name, found.get_short_help_str()) for name, found in self.commands.items()]
        with formatter.section(self.say["commands"]):
            formatter.write_dl(rows)


def _help_option(say: Words) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=say["help"])


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def __init__(self, say: Words) -> None:
        self.say = say

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says what was read."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(self.say["bad_date"].format(value=value), param, ctx)


class Whole(click.ParamType[int]):
    """A whole number within limits."""

    name = "number"

    def __init__(self, least: int, most: int, say: Words) -> None:
        self._least, self._most, self._say = least, most, say

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error that says what was read."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and self._least <= int(text) <= self._most):
            self.fail(self._say["bad_whole"].format(value=value, least=self._least, most=self._most), param, ctx)
        return int(text)


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, allowed: Sequence[str], say: Words) -> None:
        self.allowed, self.say = allowed, say

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click's signature
        """How the help shows it."""
        return f"[{'|'.join(self.allowed)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or a usage error that says what was read."""
        if value not in self.allowed:
            self.fail(self.say["not_one_of"].format(value=value, allowed=", ".join(self.allowed)), param, ctx)
        return str(value)


def run(command: Command, arguments: Sequence[str], say: Words) -> None:
    """Run a command and exit with its status; what is wrong with its use is said in its language."""
    try:
        status = command.main(list(arguments), prog_name=command.name, standalone_mode=False)
    except click.UsageError as error:
        if isinstance(error, _NO_ARGUMENTS) and error.ctx is not None:
            click.echo(error.ctx.get_help(), err=True)
            sys.exit(USAGE_ERROR)
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(say["error"].format(message=_message(error, say)), err=True)
        sys.exit(USAGE_ERROR)
    except click.Abort:
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _message(error: click.UsageError, say: Words) -> str:
    if isinstance(error, click.NoSuchOption):
        return say["no_option"].format(name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None and error.param.name:
        name = error.param.name
        what = say.get(f"missing_{name}", say["missing_value"])
        return say["missing"].format(name=name.upper(), what=what)
    if isinstance(error, click.BadOptionUsage):
        return say["needs_value"].format(option=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return say["bad_option"].format(option="/".join(error.param.opts), message=error.message)
    if isinstance(error, _NO_SUCH_COMMAND):
        return say["no_command"].format(name=error.command_name)
    extra = _EXTRA.fullmatch(error.message)
    return say["too_many"].format(extra=extra[1]) if extra else error.message


_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
"""What click says of arguments too many: it has no class of its own for them."""
_NO_ARGUMENTS: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""A group without a command: newer versions of click take the whole help for the message."""
_NO_SUCH_COMMAND: Any = getattr(click.exceptions, "NoSuchCommand", ())
"""Newer versions of click name an unknown command; older ones put it into the message."""
