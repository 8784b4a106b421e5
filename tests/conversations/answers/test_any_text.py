"""Whatever is typed is answered: no text makes a reader fail, and what it understands is what a profile takes."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zones import zones
from conversations.answers import Misread, Result, Unclear, Understood
from conversations.answers.scores import DOMAINS
from conversations.subscription import MINUTES_IN_DAY, Quiet
from scoring import profile
from tests.conversations.answers.tables import READERS, TODAY, cases

_PIECES = [
    *("2 May 1994", "1994", "13/05/94", "2/5/1994", "juin 2019", "now", "depuis", "to", "-", "4 ans", "a year", "40 h"),
    *("25k", "25 000 $", "8", "7,5", "7.5", "L", "EO", "9/9", "IELTS", "TEF", "CLB 9", "master", "bac", "PHILIPPINES"),
    *("Corée", "🇵🇭", "21231", "nurse", "yes", "non", "pas", ",", ";", "\n", "\x00", "\u202e", "’", "½", "²", "٣"),
    *("1" * 400, "(", ")", "e9", "∞", "nan", "0", "00/00/0000", "+", "%s", "{}"),
]
anything = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=30).map("".join),
    st.from_regex(r"[0-9 ,./'-]{0,60}", fullmatch=True),
)
NASTY = [
    *("", " ", "\x00", "\ud800", "9" * 5_000, "-" * 5_000, "(" * 2_000, "1," * 2_000, "à " * 2_000, "\u202e" * 50),
    *("🙂" * 500, "a" * 100_000, "June 2019 to " * 300, "8,5," * 300, "ﷺ" * 900, "İ" * 900, "²³¹", "१९९४"),
    *("\uff11\uff19\uff19\uff14-\uff10\uff15-\uff10\uff12", "0000-00-00", "2019-02-29", "1e400", "NaN"),
]


@pytest.mark.parametrize("reader", READERS)
@given(text=anything)
def test_no_text_is_too_odd(reader: str, text: str) -> None:
    _check(reader, READERS[reader](text))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_nasty_texts(reader: str, text: str) -> None:
    _check(reader, READERS[reader](text))


@pytest.mark.parametrize("test", DOMAINS)
@given(text=anything)
def test_scores_of_every_test(test: str, text: str) -> None:
    result = READERS["read_scores"](text, test)
    for value in _values(result):
        name, scale = DOMAINS[test]
        facts = {"test": name, **({"scale": scale} if scale else {}), **value}
        profile.LanguageResult.model_validate_json(json.dumps(facts))


@given(text=anything, day=st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_a_period_never_ends_before_it_starts_nor_after_today(text: str, day: date) -> None:
    from conversations.answers import read_period

    for value in _values(read_period(text, day)):
        profile.Job.model_validate_json(json.dumps(value))
        started, ended = value.get("started_on"), value.get("ended_on")
        assert started is None or started <= day.isoformat()
        assert ended is None or started <= ended <= day.isoformat()


def _values(result: Result) -> list[Any]:
    if isinstance(result, Understood):
        return [result.value]
    return list(result.options) if isinstance(result, Unclear) else []


def _check(reader: str, result: Result) -> None:
    assert isinstance(result, Understood | Unclear | Misread)
    for value in _values(result):
        if reader in _FITS:
            _FITS[reader](value)


def _fits_job(line: dict[str, Any]) -> None:
    profile.Job.model_validate_json(json.dumps(line))


def _fits_birth(value: dict[str, Any]) -> None:
    profile.Person.model_validate_json(json.dumps(value))


def _fits_country(code: str) -> None:
    assert code in profile.countries()


def _fits_day(day: str) -> None:
    assert date.fromisoformat(day) <= TODAY


def _fits_hours(hours: float) -> None:
    profile.Job.model_validate_json(json.dumps({"hours_per_week": hours}))


def _fits_money(amount: float) -> None:
    profile.Household.model_validate_json(json.dumps({"settlement_funds_cad": amount}))


def _fits_education(value: dict[str, Any]) -> None:
    facts = {key: each for key, each in value.items() if each != "none"}
    profile.Credential.model_validate_json(json.dumps(facts))


def _fits_quiet(hours: dict[str, int] | None) -> None:
    assert hours is None or 0 <= Quiet(**hours).begins != Quiet(**hours).ends < MINUTES_IN_DAY


def _fits_zone(zone: str) -> None:
    assert zone in zones().names


def _fits_moment(value: Any) -> None:
    at = value["at"] if isinstance(value, dict) else value
    profile.ExpressEntry.model_validate_json(json.dumps({"profile_submitted_at": at}))


_FITS: dict[str, Callable[[Any], None]] = {
    "read_job_line": _fits_job,
    "read_period": _fits_job,
    "read_birth": _fits_birth,
    "read_country": _fits_country,
    "read_day": _fits_day,
    "read_hours": _fits_hours,
    "read_money": _fits_money,
    "read_education": _fits_education,
    "read_quiet": _fits_quiet,
    "read_zone": _fits_zone,
    "read_moment": _fits_moment,
}


@pytest.mark.parametrize("case", [case for case in cases() if case.reader in _FITS], ids=lambda case: case.name)
def test_what_the_tables_expect_fits_a_profile(case: Any) -> None:
    for value in [case.expected["value"]] if "value" in case.expected else case.expected.get("options", []):
        _FITS[case.reader](value)
