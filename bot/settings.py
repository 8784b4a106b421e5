"""What the environment says, as a checked object: every variable is called TIRAGE_ and the name of a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from rapidfuzz import fuzz, process

PREFIX = "TIRAGE_"
TELEGRAM = "https://api.telegram.org"
IRCC = "https://www.canada.ca/content/dam/ircc/documents/json/"
FEED_EVERY = 300
"""Seconds between two looks at the feed."""
LONGEST_EVERY = 86_400
SEND_PER_SECOND, MOST_PER_SECOND = 30, 1_000
"""Messages a second of a broadcast: what Telegram takes from every bot, and more than it takes from any."""
LONGEST_CONTACT = 200
"""Characters; it goes into a header."""
LogLevel = Literal["debug", "info", "warning", "error"]
_TOKEN = re.compile(r"\d+:[\w-]{20,}", re.ASCII)
_USER = re.compile(r"(?<=//)[^/@]*@")
_ALIKE = 60
"""From here on a name is taken for another one written wrongly; 100 is the same."""


def default_db() -> Path:
    """The file of a person who names none: in the folder where the system keeps the data of programs."""
    return platformdirs.user_data_path("tirage", appauthor=False) / "tirage.db"


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _root(value: str) -> str:
    """The address of a Bot API server, without the slash at its end."""
    url = urlsplit(value)
    usable = url.scheme in ("http", "https") and url.hostname and not url.query and not url.fragment
    if not usable or "/bot" in url.path or any(sign.isspace() for sign in value):
        raise ValueError
    _ = url.port  # raises ValueError where it is no number
    return value.rstrip("/")


def _page(value: str) -> str:
    """The address of a file."""
    url = urlsplit(value)
    usable = url.scheme in ("http", "https") and url.hostname and not url.fragment and url.path.strip("/")
    if not usable or not value.isascii() or any(sign.isspace() for sign in value):
        raise ValueError
    _ = url.port  # raises ValueError where it is no number
    return value


def _every(value: Any) -> Any:
    """Whole seconds, or "off"."""
    text = str(value).strip().lower()
    return 0 if text == "off" else text


def _contact(value: str) -> str:
    """What fits into a comment of a header."""
    if len(value) > LONGEST_CONTACT or not (value.isascii() and value.isprintable()) or set(value) & set("()\\"):
        raise ValueError
    return value


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Where things are, and the secret that Telegram gave. `read_settings` makes one."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    telegram_token: Annotated[SecretStr, BeforeValidator(_stripped), AfterValidator(_token)] | None = None
    telegram_api_url: Annotated[str, BeforeValidator(_stripped), AfterValidator(_root)] | None = None
    db: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=default_db)
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = "info"
    feed_url_en: Annotated[str, BeforeValidator(_stripped), AfterValidator(_page)] = f"{IRCC}ee_rounds_123_en.json"
    feed_url_fr: Annotated[str, BeforeValidator(_stripped), AfterValidator(_page)] = f"{IRCC}ee_rounds_123_fr.json"
    feed_every: Annotated[int, BeforeValidator(_every), Field(ge=0, le=LONGEST_EVERY)] = FEED_EVERY
    feed_contact: Annotated[str, BeforeValidator(_stripped), AfterValidator(_contact)] = ""
    send_per_second: Annotated[int, BeforeValidator(_stripped), Field(ge=1, le=MOST_PER_SECOND)] = SEND_PER_SECOND

    @property
    def api_root(self) -> str:
        """The Bot API server to ask, without a slash at the end: Telegram's own where no other is named."""
        return self.telegram_api_url or TELEGRAM


@dataclass(frozen=True, slots=True)
class Mistake:
    """One variable that cannot be used. `read` is None for a secret, which is never shown."""

    variable: str
    read: str | None
    allowed: str

    def told(self, say: Mapping[str, str]) -> str:
        """Which variable, what was read and what is allowed, in the language of these words of the command."""
        words = say[f"setting_{self.variable.removeprefix(PREFIX).lower()}"]
        return words.format(variable=self.variable, read=self.read, allowed=self.allowed)


class SettingsError(Exception):
    """Some variables cannot be used; `mistakes` says which and why."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(", ".join(mistake.variable for mistake in self.mistakes))

    def told(self, say: Mapping[str, str]) -> str:
        """Every mistake, one a line."""
        return "\n".join(mistake.told(say) for mistake in self.mistakes)


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError, which never holds a secret."""
    settings, mistakes = usable_settings()
    if mistakes:
        raise SettingsError(mistakes)
    return settings


def usable_settings() -> tuple[Settings, tuple[Mistake, ...]]:
    """The settings of this process with the default in place of each that cannot be used; and the mistakes."""
    try:
        return Settings(), ()
    except ValidationError as error:
        wrong = {str(problem["loc"][0]): problem["input"] for problem in error.errors(include_url=False)}
    defaults = {field: Settings.model_fields[field].get_default(call_default_factory=True) for field in wrong}
    return Settings(**defaults), tuple(_mistake(field, read) for field, read in wrong.items())


def _mistake(field: str, read: Any) -> Mistake:
    secret = field == "telegram_token"
    limits = {"feed_every": LONGEST_EVERY, "feed_contact": LONGEST_CONTACT, "send_per_second": MOST_PER_SECOND}
    allowed = ", ".join(get_args(LogLevel)) if field == "log_level" else str(limits.get(field, ""))
    return Mistake(variable(field), None if secret else shown(str(read)), allowed)


def shown(text: str) -> str:
    """A text without what looks like a token, or a password in an address."""
    return _USER.sub("…@", _TOKEN.sub("…", text))


def variable(field: str) -> str:
    """The variable that fills a field."""
    return PREFIX + field.upper()


def variables() -> list[str]:
    """Every variable that means something."""
    return [variable(field) for field in Settings.model_fields]


def unknown_variables(names: Iterable[str]) -> dict[str, str | None]:
    """Those of the names that begin as ours do and mean nothing, each with the one that was likely meant."""
    known = variables()
    unknown = [name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known]
    return {name: _nearest(name.upper(), known) for name in sorted(unknown)}


def _nearest(name: str, known: list[str]) -> str | None:
    best = process.extractOne(
        _spaced(name), {name: _spaced(name) for name in known}, scorer=fuzz.WRatio, score_cutoff=_ALIKE
    )
    return None if best is None else str(best[2])


def _spaced(name: str) -> str:
    """Its words apart, so that one of them left out is seen for what it is."""
    return name.removeprefix(PREFIX).replace("_", " ")
