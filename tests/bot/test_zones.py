"""The zones that are handed over: each can be used, and each is found by the names of its places."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.wording.forms import Forms
from bot.zones import offset, zones
from conversations.answers.places import zone_ahead
from conversations.subscription import DEFAULT_ZONE
from conversations.topics.alerts import ZONES


def test_every_zone_is_one_of_the_database() -> None:
    named = {zone for several in zones().places.values() for zone in several}
    named |= {zone for several in zones().of_country.values() for zone in several}
    assert named | {DEFAULT_ZONE, *ZONES} <= zones().names <= available_timezones()


def test_a_country_whose_clocks_agree_is_one_zone_and_one_whose_clocks_differ_is_several() -> None:
    assert zones().of_country["DE"] == ("Europe/Berlin",)
    assert zones().of_country["AR"] == ("America/Argentina/Buenos_Aires",)
    assert len(zones().of_country["CA"]) > 5


@pytest.mark.parametrize(
    ("local", "hours"),
    [(datetime(2026, 3, 8, 1, 59), -5), (datetime(2026, 3, 8, 3, 0), -4), (datetime(2026, 11, 1, 3, 0), -5)],
)
def test_the_clock_of_toronto_is_moved_twice_a_year(local: datetime, hours: int) -> None:
    assert offset("America/Toronto", local) == timedelta(hours=hours)


@pytest.mark.parametrize("hours", range(-12, 15))
def test_a_difference_from_utc_names_a_zone_with_that_difference(hours: int) -> None:
    zone = zone_ahead(60 * hours)
    assert zone in zones().names
    assert ZoneInfo(zone).utcoffset(datetime(2026, 1, 1)) == timedelta(hours=hours)


def test_a_zone_is_called_by_its_city_in_both_languages_or_by_its_difference() -> None:
    assert Forms("en").place("Africa/Algiers") == "Algiers"
    assert Forms("fr").place("Africa/Algiers") == "Alger"
    assert Forms("fr").place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert Forms("en").place("Etc/GMT+5") == "UTC\N{MINUS SIGN}5"
    assert Forms("fr").place("Etc/GMT-14") == "UTC+14"
    assert Forms("en").place("Etc/UTC") == "UTC"


def test_every_zone_has_a_name_in_both_languages() -> None:
    for zone in zones().names:
        for language in ("en", "fr"):
            assert Forms(language).place(zone)
