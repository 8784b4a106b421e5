"""What a feed changes: never a round lost, never an old one told, nothing taken of a file that is broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.feed.merge import Change, Kept, Known, Source, lay_file, lay_names, merge, unchanged
from bot.feed.parsed import FeedError, Oddity, ParsedFeed
from bot.words import LANGUAGES, words
from scoring.draws import Round
from tests.bot.feed.samples import NOW, POOL, TODAY, held, pool_on

OLD = held("901", date(2031, 1, 15), cut_off=520)
LAST = held("902", date(2031, 3, 5), cut_off=515)
NEW = held("903", TODAY, cut_off=510)


def known(*rounds: Round, source: Source = "feed", seen: datetime = NOW - timedelta(days=30)) -> Known:
    return Known(
        {each.number: Kept(each, each.tie_break_utc, source, seen) for each in rounds},
        {POOL.as_on: POOL},
        date(2031, 3, 12),
    )


def feed(*rounds: Round, **more: tuple[Oddity, ...]) -> ParsedFeed:
    return ParsedFeed(rounds, {each.number: each.tie_break_utc for each in rounds}, **more)  # type: ignore[arg-type]


# New rounds


def test_a_round_that_is_new_is_told_and_the_history_is_known_to_today() -> None:
    laid = merge(known(OLD, LAST), feed(OLD, LAST, NEW), NOW, TODAY)
    assert (laid.new, laid.announce) == ((NEW,), (NEW,))
    assert (laid.changed, laid.corrected, laid.known_to) == ((), (), TODAY)


def test_two_new_rounds_at_once_are_both_told() -> None:
    other = held("904", TODAY, "Provincial Nominee Program", cut_off=733)
    laid = merge(known(OLD, LAST), feed(OLD, LAST, NEW, other), NOW, TODAY)
    assert laid.announce == (NEW, other)


@pytest.mark.parametrize(("days", "told"), [(0, True), (7, True), (8, False), (400, False)])
def test_a_round_is_told_up_to_seven_days_after_it_so_that_a_lost_store_replays_nothing(days: int, told: bool) -> None:
    new = held("903", TODAY - timedelta(days))
    laid = merge(known(OLD), feed(OLD, new), NOW, TODAY)
    assert laid.new == (new,)
    assert laid.announce == ((new,) if told else ())


def test_a_round_that_only_a_file_brought_is_told_when_the_feed_has_it_too() -> None:
    before = known(OLD, LAST)
    brought = Known({**before.rounds, "903": Kept(NEW, "", "file", NOW)}, before.snapshots, before.known_to)
    laid = merge(brought, feed(OLD, LAST, NEW), NOW, TODAY)
    assert (laid.new, laid.announce, laid.confirmed) == ((), (NEW,), ("903",))


def test_shipped_rounds_are_confirmed_by_the_feed_and_told_to_nobody() -> None:
    laid = merge(known(OLD, NEW, source="shipped"), feed(OLD, NEW), NOW, TODAY)
    assert (laid.confirmed, laid.announce, laid.changes) == (("901", "903"), (), ())


# Changes


def test_an_old_round_that_was_edited_changes_the_history_and_is_told_to_nobody() -> None:
    after = OLD._replace(cut_off=519)
    laid = merge(known(OLD, LAST), feed(after, LAST), NOW, TODAY)
    assert laid.changes == (Change("901", "cut_off", "520", "519"),)
    assert (laid.changed, laid.announce, laid.corrected) == ((after,), (), ())


@pytest.mark.parametrize(("minutes", "corrected"), [(1, True), (60, True), (61, False)])
def test_a_round_that_changes_within_the_hour_is_corrected(minutes: int, corrected: bool) -> None:
    after = NEW._replace(cut_off=509)
    laid = merge(known(OLD, NEW, seen=NOW - timedelta(minutes=minutes)), feed(OLD, after), NOW, TODAY)
    assert laid.changed == (after,)
    assert laid.corrected == ((after,) if corrected else ())
    assert laid.announce == ()


def test_an_old_round_that_came_within_the_hour_was_told_to_nobody_and_is_not_corrected() -> None:
    laid = merge(known(OLD, seen=NOW), feed(OLD._replace(cut_off=519)), NOW, TODAY)
    assert (len(laid.changed), laid.corrected) == (1, ())


def test_a_new_label_alone_is_told_apart() -> None:
    before = held("901", date(2031, 1, 15), "French language proficiency (2024-1)")
    after = held("901", date(2031, 1, 15), "French language proficiency (Version 1)")
    laid = merge(known(before, LAST), feed(after, LAST._replace(invitations=7)), NOW, TODAY)
    assert laid.relabelled == {"901"}
    assert {change.number for change in laid.changes} == {"901", "902"}


def test_how_a_tie_break_is_written_is_logged_and_corrects_nothing_while_it_reads_the_same() -> None:
    new = NEW._replace(tie_break_utc="2031-03-01T00:00:00Z")
    before = known(new, seen=NOW)
    after = ParsedFeed((new,), {"903": "March 1, 2031 at  00:00:00 UTC"})
    laid = merge(before, after, NOW, TODAY)
    assert [change.field for change in laid.changes] == ["tie_break_raw"]
    assert laid.corrected == ()


def test_a_tie_break_that_cannot_be_read_is_corrected_when_its_text_changes() -> None:
    laid = merge(known(NEW, seen=NOW), ParsedFeed((NEW,), {"903": "in March"}), NOW, TODAY)
    assert laid.corrected == (NEW,)


def test_a_french_name_that_is_known_stays_where_the_french_file_is_missing() -> None:
    named = OLD._replace(label_fr="Catégorie de l’expérience canadienne")
    laid = merge(known(named), feed(OLD._replace(cut_off=519)), NOW, TODAY)
    assert laid.changed[0].label_fr == named.label_fr
    assert merge(known(named), feed(OLD), NOW, TODAY).changes == ()


def test_snapshots_that_are_known_are_not_written_again() -> None:
    newer = pool_on(TODAY)
    laid = merge(known(OLD), replace(feed(OLD), snapshots=(POOL, newer)), NOW, TODAY)
    assert laid.snapshots == (newer,)


def test_a_feed_that_says_the_same_changes_only_the_day() -> None:
    before = known(OLD, LAST)
    laid = merge(before, feed(OLD, LAST), NOW, TODAY)
    assert (laid.new, laid.changed, laid.changes, laid.announce, laid.snapshots) == ((), (), (), (), ())
    assert laid.known_to == unchanged(before, TODAY).known_to == TODAY


def test_the_day_never_goes_back() -> None:
    assert unchanged(known(OLD), date(2031, 3, 1)).known_to == date(2031, 3, 12)


# Refusals


def refusal(before: Known, after: ParsedFeed, today: date = TODAY) -> FeedError:
    with pytest.raises(FeedError) as caught:
        merge(before, after, NOW, today)
    assert all(caught.value.told(words(lang)) for lang in LANGUAGES)
    return caught.value


@pytest.mark.parametrize("source", ["feed", "shipped"])
def test_a_feed_that_lacks_one_known_round_is_refused(source: Source) -> None:
    error = refusal(known(OLD, LAST, source=source), feed(OLD, NEW))
    assert (error.code, error.values) == ("lacks", {"count": "1", "numbers": "902"})


def test_a_feed_need_not_have_what_only_a_file_brought() -> None:
    assert merge(known(OLD, LAST, source="file"), feed(NEW), NOW, TODAY).new == (NEW,)


def test_what_the_feed_lacks_goes_when_somebody_has_looked() -> None:
    laid = merge(known(OLD, LAST), feed(OLD, NEW), NOW, TODAY, withdraw=True)
    assert (laid.withdrawn, laid.new) == ((LAST,), (NEW,))
    assert merge(known(LAST, source="file"), feed(NEW), NOW, TODAY, withdraw=True).withdrawn == (LAST,)
    assert merge(known(OLD), feed(OLD), NOW, TODAY, withdraw=True).withdrawn == ()
    aside = feed(OLD, quarantined=(Oddity("date", "902", "{}"),))
    assert merge(known(OLD, LAST), aside, NOW, TODAY, withdraw=True).withdrawn == ()


@pytest.mark.parametrize(("broken", "refused"), [(1, False), (2, False), (3, True)])
def test_two_known_rounds_may_stand_in_rows_that_are_set_aside_and_a_third_one_not(broken: int, refused: bool) -> None:
    many = [held(str(number), date(2031, 1, 1)) for number in range(800, 810)]
    aside = tuple(Oddity("cut_off", each.number, "{}") for each in many[:broken])
    after = feed(*many[broken:], quarantined=aside)
    if refused:
        assert refusal(known(*many), after).code == "shrunken"
    else:
        laid = merge(known(*many), after, NOW, TODAY)
        assert (laid.new, laid.changed, laid.quarantined) == ((), (), aside)


@pytest.mark.parametrize(("ahead", "refused"), [(0, False), (1, False), (2, True), (365, True)])
def test_a_round_dated_more_than_a_day_after_today_refuses_the_feed(ahead: int, refused: bool) -> None:
    after = feed(OLD, held("903", TODAY + timedelta(ahead)))
    if refused:
        assert refusal(known(OLD), after).code == "future"
    else:
        assert len(merge(known(OLD), after, NOW, TODAY).announce) == 1


# Numbers that were wrong


@pytest.mark.parametrize(
    ("source", "cut_off", "told"),
    [("feed", NEW.cut_off, False), ("feed", NEW.cut_off + 1, True), ("file", NEW.cut_off, True)],
)
def test_a_round_that_was_told_under_a_wrong_number_is_not_told_again(source: Source, cut_off: int, told: bool) -> None:
    renumbered = NEW._replace(number="904", cut_off=cut_off)
    laid = merge(known(OLD, LAST, NEW, source=source), feed(OLD, LAST, renumbered), NOW, TODAY, withdraw=True)
    assert (laid.new, laid.withdrawn) == ((renumbered,), (NEW,))
    assert (renumbered in laid.announce) == told


# Files by hand, and names alone


def test_a_file_may_hold_few_rounds_and_alerts_nobody() -> None:
    laid = lay_file(known(OLD, LAST), feed(NEW), TODAY)
    assert (laid.source, laid.new, laid.announce, laid.known_to) == ("file", (NEW,), (), TODAY)
    assert not laid.whole


def test_a_file_is_known_up_to_its_newest_round_and_no_further() -> None:
    assert lay_file(known(LAST), feed(NEW._replace(date=TODAY + timedelta(1))), TODAY).known_to == TODAY
    assert lay_file(known(OLD), feed(OLD), TODAY).known_to == date(2031, 3, 12)


def test_a_file_is_known_up_to_the_round_before_the_first_number_that_is_lacking() -> None:
    next_one, later = held("903", date(2031, 3, 12)), held("905", TODAY)
    assert lay_file(known(LAST), feed(later), TODAY).known_to == date(2031, 3, 12)
    assert lay_file(known(LAST), feed(next_one._replace(date=TODAY), later), TODAY).known_to == TODAY
    assert lay_file(known(LAST), feed(next_one, later), TODAY).known_to == date(2031, 3, 12)
    assert lay_file(known(LAST, later), feed(next_one), TODAY).known_to == date(2031, 3, 12)


def test_two_rounds_of_one_number_fill_its_place_and_a_history_may_begin_anywhere() -> None:
    both = (held("903a", TODAY - timedelta(2)), held("903b", TODAY - timedelta(1)))
    assert lay_file(known(LAST), feed(*both, held("904", TODAY)), TODAY).known_to == TODAY
    assert lay_file(known(), feed(NEW), TODAY).known_to == date(2031, 3, 12)


def test_a_file_with_rounds_of_after_tomorrow_is_refused() -> None:
    with pytest.raises(FeedError, match="future"):
        lay_file(known(OLD), feed(held("903", TODAY + timedelta(2))), TODAY)


def test_names_alone_fill_in_the_french_of_rounds_that_are_known() -> None:
    names = {"901": "Catégorie de l’expérience canadienne", "902": "Générale", "999": "Générale"}
    laid = lay_names(known(OLD, LAST), names, "file", NOW, TODAY)
    assert laid.changes == (Change("901", "label_fr", "", names["901"]),)
    assert (laid.new, laid.warnings) == ((), (Oddity("label_fr", "902", "Générale"),))
    assert (laid.known_to, laid.corrected) == (date(2031, 3, 12), ())


def test_a_french_name_that_comes_after_its_round_within_the_hour_corrects_it() -> None:
    names = {"903": "Catégorie de l’expérience canadienne"}
    laid = lay_names(known(NEW, seen=NOW), names, "feed", NOW, TODAY)
    assert [each.number for each in laid.corrected] == ["903"]
    assert laid.known_to == TODAY


def test_time_is_compared_across_zones() -> None:
    seen = datetime(2031, 3, 13, 10, 30, tzinfo=UTC).astimezone()
    laid = merge(known(NEW, seen=seen), feed(NEW._replace(cut_off=1)), NOW.replace(hour=11), TODAY)
    assert len(laid.corrected) == 1
