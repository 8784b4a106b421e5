"""Labels do not touch, keep their order, and move no more than they must."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.spread import GAP, spread

LABELS = st.lists(st.tuples(st.floats(0, 1000), st.floats(20, 110)), max_size=6)


@given(LABELS)
def test_labels_keep_their_order_and_their_distance_within_the_room(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [at for at, _ in labels], [height for _, height in labels]
    found = sorted(zip(spread(wanted, heights, 0, 1000), heights, wanted, strict=True))
    for (above, one, _), (below, other, _) in pairwise(found):
        assert below - above >= (one + other) / 2 + GAP - 1e-6
    assert [at for *_, at in found] == sorted(wanted)
    if found:
        assert found[0][0] - found[0][1] / 2 >= -1e-6
        assert found[-1][0] + found[-1][1] / 2 <= 1000 + 1e-6


@pytest.mark.parametrize(
    ("wanted", "middles"),
    [
        ([], []),
        ([100, 500, 300], [100, 500, 300]),
        ([300, 300], [272, 328]),
        ([10, 300], [20, 300]),
        ([990], [980]),
    ],
)
def test_they_move_no_more_than_they_must(wanted: list[float], middles: list[float]) -> None:
    assert spread(wanted, [40.0] * len(wanted), 0, 1000) == pytest.approx(middles)


def test_where_there_is_no_room_they_begin_at_the_top() -> None:
    assert spread([50, 50, 50], [40, 40, 40], 0, 60) == pytest.approx([20, 76, 132])
