"""The words of the command, from `locales/cli.toml`, in the language asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr")


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Every text by language and key."""
    return tomllib.loads(files("locales").joinpath("cli.toml").read_text("utf-8"))


def words(lang: str) -> dict[str, str]:
    """The texts of one language."""
    return all_words()[lang]


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of the command: `--lang`, then the locale of the environment, then English."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or next(iter(arguments[place + 1 : place + 2]), "")
            if asked in LANGUAGES:
                return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "fr" if environment[name].lower().startswith("fr") else "en"
    return "en"
