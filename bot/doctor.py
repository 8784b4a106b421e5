"""Is everything in order? Each part is looked at, and where something is not right, what to do about it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from bot.feed.check import Urls
from bot.feed.health import Health, health
from bot.getme import NoAnswerError, username
from bot.rules import rules_data
from bot.settings import Mistake, Settings, shown, unknown_variables, usable_settings, variable, variables
from bot.store.checkup import look
from bot.store.errors import StoreError
from scoring.rulebook import NoRulesError, shipped

Level = Literal["ok", "warning", "problem"]
OLDEST_PYTHON = (3, 11)
FRENCH = "fr_CA"
LONG_AGO = timedelta(days=1)
"""A feed that was not taken for so long is worth a look."""
FEW = 5
"""So many rows or labels are named."""
PATIENCE = 2.0
"""Seconds to wait for another process that writes to the store."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: words by `code`, or a text that is already made (`told`)."""

    about: str
    level: Level
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    told: str | None = None

    def message(self, say: Mapping[str, str]) -> str:
        """What was found."""
        return self.told or say[f"doctor_{self.code}"].format(**self.values)

    def todo(self, say: Mapping[str, str]) -> str | None:
        """What to do about it, where there is something to do that the message does not say."""
        text = say.get(f"doctor_{self.code}_do")
        return None if text is None or self.level == "ok" else text.format(**self.values)


async def examine(say: Mapping[str, str], today: date, db: Path | None) -> list[Finding]:
    """Every finding, part by part. `db`: the store to look at, in place of that of the settings."""
    settings, mistakes = usable_settings()
    return [
        python(sys.version_info[:3]),
        *names(os.environ),
        *read(settings, mistakes, say),
        store(db or settings.db, say),
        *feed(settings, db or settings.db, datetime.now(UTC)),
        rules(today),
        words(),
        *await telegram(settings, mistakes),
    ]


def python(version: Sequence[int]) -> Finding:
    """The Python that runs this."""
    enough = tuple(version) >= OLDEST_PYTHON
    numbers = {"version": _dotted(version), "oldest": _dotted(OLDEST_PYTHON)}
    return Finding("python", "ok", "python", numbers) if enough else Finding("python", "problem", "python_old", numbers)


def names(environment: Iterable[str]) -> list[Finding]:
    """Variables that look like ours and mean nothing."""
    return [
        Finding("settings", "warning", "misspelt", {"variable": name, "meant": meant})
        if meant
        else Finding("settings", "warning", "unknown", {"variable": name, "known": ", ".join(variables())})
        for name, meant in unknown_variables(environment).items()
    ]


def read(settings: Settings, mistakes: Sequence[Mistake], say: Mapping[str, str]) -> list[Finding]:
    """What the environment says."""
    if mistakes:
        return [Finding("settings", "problem", "setting", told=mistake.told(say)) for mistake in mistakes]
    given = [variable(field) for field in sorted(settings.model_fields_set)]
    if not given:
        return [Finding("settings", "ok", "defaults")]
    return [Finding("settings", "ok", "settings", {"given": ", ".join(given)})]


def store(path: Path, say: Mapping[str, str]) -> Finding:
    """The file in which everything is kept."""
    try:
        seen = look(path, PATIENCE)
    except StoreError as error:
        level: Level = "warning" if error.code == "locked" else "problem"
        return Finding("store", level, error.code, error.values, told=error.told(say))
    if seen is None:
        return Finding("store", "ok", "store_new", {"path": str(path)})
    values = {"path": str(path), "size": f"{seen.bytes / 1_000_000:.1f}", "chats": str(seen.chats)}
    if seen.open_to_others:
        return Finding("store", "warning", "store_open", values)
    if seen.pending:
        return Finding("store", "warning", "store_old", {**values, "steps": ", ".join(seen.pending)})
    return Finding("store", "ok", "store", values)


def feed(settings: Settings, path: Path, now: datetime) -> list[Finding]:
    """How the feed of rounds fares, and what is odd about it. What is wrong with the store itself is told elsewhere."""
    try:
        seen = health(path.expanduser(), Urls(settings.feed_url_en, settings.feed_url_fr), PATIENCE)
    except StoreError:
        return []
    return [_looked(settings, seen, now), *_odd(seen)]


def _looked(settings: Settings, seen: Health, now: datetime) -> Finding:
    """When it was last taken."""
    values = {"known_to": seen.known_to.isoformat()}
    english = seen.english
    if not settings.feed_every:
        return Finding("feed", "ok", "feed_off", values)
    if english.error:
        failing = {"reason": english.error, "since": _minute(english.failing_since)}
        return Finding("feed", "warning", "feed_failing", {**values, **failing})
    if english.last_ok is None:
        return Finding("feed", "ok", "feed_never", values)
    age = now - english.last_ok
    values |= {"last_ok": _minute(english.last_ok), "hours": f"{age / timedelta(hours=1):.1f}"}
    return Finding("feed", "warning", "feed_old", values) if age > LONG_AGO else Finding("feed", "ok", "feed", values)


def _odd(seen: Health) -> list[Finding]:
    found = []
    if seen.french.error:
        failing = {"reason": seen.french.error, "since": _minute(seen.french.failing_since)}
        found.append(Finding("feed", "warning", "feed_french", failing))
    if seen.set_aside:
        rows = [f"{oddity.subject or '?'} ({oddity.code})" for oddity in seen.set_aside]
        found.append(Finding("feed", "warning", "feed_aside", {"count": str(len(rows)), "rows": _some(rows)}))
    if seen.unknown:
        labels = {"count": str(len(seen.unknown)), "labels": _some(seen.unknown)}
        found.append(Finding("feed", "warning", "feed_unknown", labels))
    return found


def _some(named: Sequence[str]) -> str:
    return "; ".join(named[:FEW]) + ("; ..." if len(named) > FEW else "")


def _minute(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "?"


def rules(today: date) -> Finding:
    """Whether rules are in force today, and which were last checked long ago."""
    try:
        data = rules_data(shipped(), today)
    except NoRulesError as error:
        return Finding("rules", "problem", "rules_none", {"today": today.isoformat(), "first": str(error.first)})
    values = {"today": today.isoformat(), "tables": str(len(data["tables"])), "days": str(data["stale_after_days"])}
    if data["stale"]:
        stale = {"stale": ", ".join(data["stale"]), "count": str(len(data["stale"]))}
        return Finding("rules", "warning", "rules_stale", {**values, **stale})
    return Finding("rules", "ok", "rules", values)


def words() -> Finding:
    """Whether French can be spoken: its catalogue is there and usable, and Babel has the data of the language."""
    try:
        from babel import Locale, UnknownLocaleError

        Locale.parse(FRENCH)
    except (ImportError, UnknownLocaleError) as error:
        return Finding("words", "warning", "no_babel", {"locale": FRENCH, "reason": type(error).__name__})
    try:
        from bot.wording import Wording

        Wording().command_words("fr")
    except Exception as error:  # whatever it is that keeps it from speaking is what was to be found
        return Finding("words", "problem", "words_broken", {"reason": type(error).__name__})
    return Finding("words", "ok", "words")


async def telegram(settings: Settings, mistakes: Sequence[Mistake] = ()) -> list[Finding]:
    """Whether Telegram knows the token. A token or an address that is wrong was told of, and nobody is asked."""
    if {mistake.variable for mistake in mistakes} & {variable("telegram_token"), variable("telegram_api_url")}:
        return []
    if settings.telegram_token is None:
        return [Finding("telegram", "warning", "no_token")]
    root = {"root": shown(settings.api_root)}
    try:
        name = await username(settings.api_root, settings.telegram_token)
    except NoAnswerError as error:
        level: Level = "warning" if error.code == "busy" else "problem"
        return [Finding("telegram", level, f"telegram_{error.code}", {**root, **error.values})]
    return [Finding("telegram", "ok", "telegram", {**root, "name": name})]


def as_text(found: Sequence[Finding], say: Mapping[str, str]) -> str:
    """A line for each finding, and one below it with what to do."""
    width = max(len(say[f"doctor_{level}"]) for level in get_args(Level))
    lines = []
    for finding in found:
        lines.append(f"{say[f'doctor_{finding.level}']:{width}}  {finding.message(say)}")
        if todo := finding.todo(say):
            lines.append(f"{'':{width}}  {todo}")
    return "\n".join(lines)


def as_json(found: Sequence[Finding], say: Mapping[str, str]) -> str:
    """The findings for a program."""
    rows = [
        {
            "about": finding.about,
            "level": finding.level,
            "code": finding.code,
            "values": dict(finding.values),
            "message": finding.message(say),
            "todo": finding.todo(say),
        }
        for finding in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def sick(found: Iterable[Finding]) -> bool:
    """Whether anything is a problem."""
    return any(finding.level == "problem" for finding in found)


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))
