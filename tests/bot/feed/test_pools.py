"""The counts of the pool that stand beside each round: kept by their own day, where they can be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.feed.parse import parse
from bot.feed.parsed import Oddity, ParsedFeed
from tests.bot.feed.samples import POOL, ROWS, file_of, pool_on, with_fields
from tests.feedrows import Row, counts, row


def read(rows: list[dict[str, Any]]) -> ParsedFeed:
    return parse(file_of(rows))


def test_the_sum_fields_are_not_counted_as_ranges() -> None:
    (found,) = read(with_fields("")).snapshots
    assert len(found.bands) == 15
    assert found.total == 15_000
    assert [band[:2] for band in found.bands[:3]] == [(601, 1200), (501, 600), (491, 500)]
    assert [band[:2] for band in found.bands[-2:]] == [(301, 350), (0, 300)]


def test_all_zero_is_unknown_and_no_empty_pool() -> None:
    assert read([row("903", date(2031, 2, 26))]).snapshots == ()
    assert read([row("903", date(2031, 2, 26)) | dict.fromkeys(counts(None), "")]).snapshots == ()


@pytest.mark.parametrize(
    ("fields", "codes", "known"),
    [
        ({"dd3": "5,180"}, ["pool_sum"], True),
        ({"dd18": "15,001"}, ["pool_sum"], True),
        ({"dd18": None}, ["pool_sum"], True),
        ({"dd5": "n/a"}, ["pool_counts"], False),
        ({"dd5": None}, ["pool_counts"], False),
        ({**dict.fromkeys(counts(None), "0"), "dd18": "9"}, ["pool_counts"], False),
        ({"drawDistributionAsOn": "9 mars 2031"}, ["pool_date"], False),
        ({"drawDistributionAsOn": None}, ["pool_date"], False),
        ({"drawDistributionAsOn": "January 12, 2031"}, [], True),  # 60 days before
        ({"drawDistributionAsOn": "January 11, 2031"}, ["pool_date"], False),
        ({"drawDistributionAsOn": "March 21, 2031"}, [], True),  # 8 days after
        ({"drawDistributionAsOn": "March 22, 2031"}, ["pool_date"], False),
    ],
)
def test_counts_that_do_not_add_up_are_told_and_those_that_cannot_be_read_left_out(
    fields: dict[str, str | None], codes: list[str], known: bool
) -> None:
    feed = read(with_fields("905", rows=ROWS[:1] + ROWS[3:], **fields))
    assert [warning.code for warning in feed.warnings] == codes
    assert bool(feed.snapshots) == known
    assert [held.number for held in feed.rounds] == ["903", "905"]


def test_of_two_snapshots_of_one_day_the_newest_round_has_the_right_one() -> None:
    newer = pool_on(POOL.as_on, 2_000)
    rows: list[Row] = [row("905", date(2031, 3, 13), pool=newer), row("904", date(2031, 3, 12), pool=POOL)]
    feed = parse(file_of(rows))
    assert feed.snapshots == (newer,)
    assert feed.warnings == (Oddity("pool_differs", "2031-03-09"),)
