"""Made-up histories for the tests of what past rounds say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from scoring.draws import History, Round, history_of

FIRST = date(2022, 1, 5)


def history(
    cut_offs: Sequence[int], kind: str = "cec", first: date = FIRST, days: int = 14, size: int = 1000
) -> History:
    """Rounds of one type, every so many days, known up to the day of the last."""
    rounds = [
        Round(str(number), first + timedelta(days * (number - 1)), kind, "", kind, size, cut_off, "")
        for number, cut_off in enumerate(cut_offs, start=1)
    ]
    return history_of(rounds, rounds[-1].date if rounds else first)


@st.composite
def histories(draw: st.DrawFn, kind: str = "cec", most: int = 40) -> History:
    """Any rounds of a type: close together, on one day, years apart, of any size and cut-off."""
    day, rounds = FIRST, []
    for number in range(1, draw(st.integers(0, most)) + 1):
        day += timedelta(draw(st.sampled_from([0, 1, 7, 14, 14, 14, 28, 90, 365, 366, 900])))
        size, cut_off = draw(st.integers(1, 30_000)), draw(st.integers(1, 1200))
        rounds.append(Round(str(number), day, kind, "", kind, size, cut_off, ""))
    return history_of(rounds, day + timedelta(draw(st.integers(0, 100))))
