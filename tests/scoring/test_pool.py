"""The pool: how many candidates stand above a score, as far as the published ranges tell."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.draws import shipped as shipped_history
from scoring.pool import Band, shipped, snapshot, standing

DAY = date(2031, 3, 9)
POOL = snapshot(DAY, [Band(0, 400, 70), Band(401, 450, 20), Band(451, 500, 8), Band(501, 1200, 2)])


@pytest.mark.parametrize(
    ("score", "least", "most", "band"),
    [
        (1200, 0, 0, Band(501, 1200, 2)),
        (1199, 0, 2, Band(501, 1200, 2)),
        (501, 0, 2, Band(501, 1200, 2)),
        (500, 2, 2, Band(451, 500, 8)),  # the top of its range: nobody of the range stands above it
        (499, 2, 10, Band(451, 500, 8)),
        (451, 2, 10, Band(451, 500, 8)),
        (450, 10, 10, Band(401, 450, 20)),
        (0, 30, 100, Band(0, 400, 70)),
    ],
)
def test_between_so_many_and_so_many_stand_above_a_score(score: int, least: int, most: int, band: Band) -> None:
    assert standing(POOL, score) == (least, most, band)


@pytest.mark.parametrize("score", [-1, 1201])
def test_a_score_outside_of_every_range_is_refused(score: int) -> None:
    with pytest.raises(ValueError, match="holds"):
        standing(POOL, score)


def test_a_gap_between_ranges_holds_no_score() -> None:
    with pytest.raises(ValueError, match="450"):
        standing(snapshot(DAY, [Band(0, 400, 1), Band(451, 500, 1)]), 450)


@given(st.integers(0, 1199))
def test_more_points_never_put_more_candidates_above(score: int) -> None:
    lower, higher = standing(POOL, score), standing(POOL, score + 1)
    assert higher.least <= lower.least
    assert higher.most <= lower.most


def test_every_shipped_snapshot_covers_every_score_once() -> None:
    assert len(shipped()) == 127
    for pool in shipped():
        ends = [(band.low, band.high) for band in reversed(pool.bands)]
        assert ends[0][0] == 0, pool.as_on
        assert ends[-1][1] == 1200, pool.as_on
        assert all(low == before + 1 for (_, before), (low, _) in pairwise(ends)), pool.as_on
        assert pool.total == sum(band.candidates for band in pool.bands) > 0


@pytest.mark.parametrize(
    ("on", "as_on"),
    [
        (date(2026, 10, 1), date(2026, 9, 27)),
        (date(2026, 9, 27), date(2026, 9, 27)),
        (date(2022, 1, 17), date(2022, 1, 17)),
        (date(2022, 1, 16), None),
    ],
)
def test_the_pool_of_a_day_is_the_newest_snapshot_up_to_it(on: date, as_on: date | None) -> None:
    found = shipped_history().pool(on)
    assert (found.as_on if found else None) == as_on
