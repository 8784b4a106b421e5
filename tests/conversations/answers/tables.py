"""The tables of what was said and what is read in it: `cases/*.toml`, and the readers they are about."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.zones import zones
from conversations.answers import (
    Result,
    read_birth,
    read_choice,
    read_country,
    read_day,
    read_days,
    read_education,
    read_hours,
    read_job_line,
    read_money,
    read_number,
    read_period,
    read_scores,
    read_stays,
    read_test_line,
)
from conversations.answers.clock import read_quiet
from conversations.answers.moments import Clock, read_moment
from conversations.answers.places import read_zone
from conversations.lexicon import Lexicon
from tests.project import ROOT

TODAY = date(2026, 11, 22)
CASES = ROOT / "tests" / "conversations" / "answers" / "cases"
_EXPECTED = {"say", "value", "told", "unclear", "options", "misread", "values"}


@cache
def lexicon() -> Lexicon:
    return Lexicon.from_data(tomllib.loads((ROOT / "locales" / "lexicon.toml").read_text(encoding="utf-8")))


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None


def _moment(said: Any) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


READERS: Mapping[str, Callable[..., Result]] = {
    "read_day": lambda text, earliest=None, latest="2026-11-22": read_day(text, TODAY, _day(earliest), _day(latest)),
    "read_days": lambda text: read_days(text, TODAY),
    "read_birth": lambda text: read_birth(text, TODAY),
    "read_period": lambda text: read_period(text, TODAY),
    "read_stays": lambda text: read_stays(text, TODAY, lexicon()),
    "read_hours": read_hours,
    "read_number": lambda text, low=0, high=20, whole_only=True: read_number(text, low, high, whole_only),
    "read_money": read_money,
    "read_country": lambda text: read_country(text, lexicon()),
    "read_scores": lambda text, test="ielts_general": read_scores(text, test, TODAY),
    "read_test_line": lambda text: read_test_line(text, TODAY, lexicon()),
    "read_job_line": lambda text: read_job_line(text, TODAY, lexicon()),
    "read_education": lambda text: read_education(text, TODAY, lexicon()),
    "read_quiet": lambda text: read_quiet(text, lexicon()),
    "read_zone": lambda text, now=None: read_zone(text, zones(), lexicon(), _moment(now)),
    "read_moment": lambda text, zone=None: read_moment(text, TODAY, Clock(zones(), lexicon(), zone)),
    "read_choice": lambda text, group="yes_no", allowed=("yes", "no"): read_choice(text, group, allowed, lexicon()),
}


@dataclass(frozen=True)
class Case:
    reader: str
    say: str
    given: dict[str, Any]
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.reader}: {self.say[:50]} {self.given or ''}"


def _with_null(value: Any) -> Any:
    """TOML has no null: the tables write it as a word."""
    if isinstance(value, dict):
        return {key: _with_null(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_null(each) for each in value]
    return None if value == "null" else value


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.toml")):
        for reader, tables in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for row in (row for table in tables for row in table["case"]):
                # in the order of the file: the name of a case is the same in every process
                expected = {key: _with_null(row[key]) for key in row if key in _EXPECTED - {"say"}}
                yield Case(reader, row["say"], {key: row[key] for key in row if key not in _EXPECTED}, expected)
