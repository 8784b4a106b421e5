"""Numbers and dates as they stand in the feed."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feed.figures import BLANKS, iso_day, long_day, number, tie_break
from tests.feedrows import english_time

CASES = tomllib.loads((Path(__file__).parent / "cases" / "tie_breaks.toml").read_text("utf-8"))["tie"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "empty")
def test_a_tie_break_is_read_where_it_is_certain_and_its_text_is_kept(case: dict[str, Any]) -> None:
    assert tie_break(case["text"], case["held"]) == (case["text"].strip(), case["utc"])


@pytest.mark.parametrize("value", [None, 7, True, [], {}])
def test_what_is_no_text_is_no_tie_break(value: Any) -> None:
    assert tie_break(value, date(2031, 3, 12)) == ("", "")


@given(st.datetimes(datetime(2030, 3, 13), datetime(2031, 3, 12)))
def test_every_moment_of_the_year_before_a_round_is_read_as_it_is_written(at: datetime) -> None:
    at = at.replace(microsecond=0)
    written = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert tie_break(english_time(written), date(2031, 3, 12)).utc == written


@given(st.text(max_size=60))
def test_any_text_is_a_tie_break_or_none(text: str) -> None:
    raw, utc = tie_break(text, date(2031, 3, 12))
    assert raw == text.strip()
    assert utc == "" or datetime.fromisoformat(utc).tzinfo is not None


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *(("5,000", 5000), ("574", 574), ("7", 7), ("0", 0), (" 1,500 ", 1500), ("1,234,567", 1_234_567)),
        *((f"5{blank}000", 5000) for blank in BLANKS),
        *((1500, 1500), ("007", 7)),
        *(("", None), ("-", None), ("5.000", None), ("5,00", None), ("50,0000", None), ("1e3", None), ("-5", None)),
        *(("five", None), ("5 000,5", None), (True, None), (None, None), (5.0, None), ([5], None), (-5, None)),
        *(("\N{ARABIC-INDIC DIGIT FIVE}", None), ("9" * 400, None), (10**400, None)),
    ],
)
def test_a_number_is_read_with_any_separator_and_an_unreadable_one_is_none_never_zero(
    value: Any, read: int | None
) -> None:
    assert number(value) == read


@pytest.mark.parametrize(
    ("value", "day"),
    [
        *(("2031-03-12", date(2031, 3, 12)), (" 2031-03-12 ", date(2031, 3, 12))),
        *(
            ("12-04-2031", None),
            ("2031-3-12", None),
            ("20310312", None),
            ("2031-02-29", None),
            ("", None),
            (None, None),
        ),
        *((20310312, None), ("2031-W11-3", None), ("2031-03-12T00:00", None)),
    ],
)
def test_the_day_of_a_round_is_an_iso_date_or_nothing(value: Any, day: date | None) -> None:
    assert iso_day(value) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        *(
            ("March 9, 2031", date(2031, 3, 9)),
            ("March 09 2031", date(2031, 3, 9)),
            ("march 9th, 2031", date(2031, 3, 9)),
        ),
        *(("March 2031", None), ("2031-03-09", None), ("", None), (None, None), ("March 32, 2031", None)),
    ],
)
def test_the_day_of_the_pool_is_a_long_date_or_nothing(value: Any, day: date | None) -> None:
    assert long_day(value) == day
