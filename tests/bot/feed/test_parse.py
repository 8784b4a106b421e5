"""A feed is read as far as it can be believed: rows, labels, tie-breaks, the pool; and refused where it cannot."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.feed.parse import parse, parse_names
from bot.feed.parsed import LONGEST_RAW, FeedError, Oddity, ParsedFeed
from bot.words import LANGUAGES, words
from scoring.draws import shipped
from tests.bot.feed.samples import FRENCH, NAMES, POOL, ROWS, file_of, with_fields
from tests.feedrows import french
from tests.feedserver import HTML, of_history

GOOD = ["903", "904a", "904b", "905"]


def read(rows: list[dict[str, Any]]) -> ParsedFeed:
    return parse(file_of(rows))


def numbers(feed: ParsedFeed) -> list[str]:
    return [held.number for held in feed.rounds]


# Whole files


def test_every_round_is_read_oldest_first_with_facts_from_english_and_names_from_french() -> None:
    names = parse_names(file_of(french(ROWS, NAMES)))
    feed = parse(file_of(ROWS), names)
    assert numbers(feed) == GOOD
    assert feed.rounds[2] == (
        *("904b", date(2031, 3, 12), "french", "2026-v2", FRENCH, 4_200, 401, "2030-11-03T01:48:36Z"),
        "Compétence linguistique en français 2026-Version 2",
    )
    assert feed.tie_breaks["904b"] == "November 03. 2030 at  1:48:36 UTC"
    assert feed.snapshots == (POOL,)
    assert (feed.quarantined, feed.warnings) == ((), ())


def test_the_shipped_history_as_a_feed_reads_as_the_shipped_history() -> None:
    server = of_history(shipped())
    feed = parse(server.body("en"), parse_names(server.body("fr")))
    assert [held._replace(label_fr="") for held in feed.rounds] == [
        held._replace(label_fr="") for held in shipped().rounds
    ]
    assert set(feed.snapshots) <= set(shipped().snapshots)
    assert (feed.quarantined, feed.warnings) == ((), ())


def test_rounds_as_an_object_read_as_rounds_in_a_list() -> None:
    keyed = json.dumps({"rounds": {f"r{each['drawNumber']}": each for each in ROWS}}).encode()
    assert parse(keyed) == parse(file_of(ROWS))
    bare = [{key: value for key, value in each.items() if key != "drawNumber"} for each in ROWS]
    unnumbered = {f"r{each['drawNumber']}": small for each, small in zip(ROWS, bare, strict=True)}
    assert parse(json.dumps({"rounds": unnumbered}).encode()) == parse(file_of(ROWS))


def test_the_order_of_the_file_means_nothing() -> None:
    assert parse(file_of(reversed(ROWS))) == parse(file_of(ROWS))


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    text = json.dumps({"rounds": ROWS}, indent=4).replace("\n", "\r\n")
    assert parse(text.encode("utf-8-sig")) == parse(file_of(ROWS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_french_file_reads_the_same_in_either_encoding(encoding: str) -> None:
    body = json.dumps({"rounds": french(ROWS, NAMES)}, ensure_ascii=False).encode(encoding)
    assert parse_names(body) == NAMES


def test_a_french_row_without_a_name_or_a_number_is_passed_over() -> None:
    rows: list[Any] = [*with_fields("905", drawName=None), {"drawName": "Générale"}, 7, None, "x"]
    assert parse_names(file_of(rows)).keys() == NAMES.keys() - {"905"}


def deep(depth: int) -> bytes:
    return b'{"rounds":' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        *((b"", "not_json"), (b"null", "not_json"), (b"[]", "not_json"), (b'"rounds"', "not_json"), (HTML, "not_json")),
        *((b'{"rounds": [', "not_json"), (b'{"rounds": [NaN]}', "not_json"), (b'{"rounds": [Infinity]}', "not_json")),
        *((b'{"rounds": [1,]}', "not_json"), (b"{'rounds': []}", "not_json"), (b'{"rounds": []} x', "not_json")),
        *((b'{"rounds": [], "rounds": []}', "not_json"), (deep(100_000), "not_json"), (b"{" * 100_000, "not_json")),
        *((b'{"rounds": [{"drawSize": ' + b"9" * 10_000 + b"}]}", "not_json"),),
        *((b"{}", "no_rounds"), (b'{"rounds": null}', "no_rounds"), (b'{"rounds": "x"}', "no_rounds")),
        *((b'{"rounds": 3}', "no_rounds"), (b'{"Rounds": []}', "no_rounds")),
        *((b'{"rounds": []}', "no_good_row"), (b'{"rounds": {}}', "no_good_row"), (b'{"rounds": [{}]}', "no_good_row")),
        *((b'{"rounds": "\x81"}', "encoding"), ('{"x": "Ã©"}'.encode(), "mojibake")),
        *(('{"x": "lâ€™expérience"}'.encode(), "mojibake"), ('{"x": "\ufffd"}'.encode(), "mojibake")),
        *(('{"rounds": []}'.encode("utf-16"), "not_json"),),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_broken_file_is_refused_with_the_reason_in_both_languages(body: bytes, code: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert caught.value.code == code
    assert all(caught.value.told(words(lang)) for lang in LANGUAGES)


def test_accents_that_are_right_are_no_mojibake() -> None:
    rows = with_fields("905", drawName="Âge « Ça » Ãngela â l’été")
    assert numbers(parse(json.dumps({"rounds": rows}, ensure_ascii=False).encode())) == GOOD


# Rows


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        *(("date", {"drawDate": text}) for text in ("12-04-2031", "", None, 20310313, "2014-12-31", "2031-13-01")),
        *(("size", {"drawSize": text}) for text in ("0", "", None, "many", "-3", "1.5", ["1"], "1,000,001")),
        *(("cut_off", {"drawCRS": text}) for text in ("0", "1201", "", None, "502.5", {"x": 1}, True)),
        *(("label", {"drawName": text}) for text in ("", "  ", None, 7, "x" * 201, "a\u0000b")),
    ],
)
def test_a_row_that_lacks_what_a_round_needs_is_set_aside_with_its_text_and_the_others_go_on(
    code: str, fields: dict[str, Any]
) -> None:
    feed = read(with_fields("905", **fields))
    assert numbers(feed) == GOOD[:-1]
    (aside,) = feed.quarantined
    assert (aside.code, aside.subject) == (code, "905")
    assert json.loads(aside.raw)["drawNumber"] == "905"


@pytest.mark.parametrize("number", ["", None, "x", "905ab", "0905", "-1", "9 05", "9" * 7, [], 1.5, True])
def test_a_row_without_a_usable_number_is_set_aside(number: Any) -> None:
    feed = read(with_fields("905", drawNumber=number))
    assert numbers(feed) == GOOD[:-1]
    assert [(aside.code, aside.subject) for aside in feed.quarantined] == [("number", "")]


@pytest.mark.parametrize("number", ["905", " 905 ", 905])
def test_a_number_is_text_whatever_it_was(number: Any) -> None:
    assert numbers(read(with_fields("905", drawNumber=number))) == GOOD


def test_a_letter_after_a_number_is_part_of_it_in_lower_case() -> None:
    assert numbers(read(with_fields("904a", drawNumber="904A"))) == GOOD


@pytest.mark.parametrize(("size", "cut_off"), [("1", "1"), ("1,000,000", "1200"), (1, 1)])
def test_the_limits_of_size_and_cut_off_are_within(size: Any, cut_off: Any) -> None:
    assert numbers(read(with_fields("905", drawSize=size, drawCRS=cut_off))) == GOOD


@pytest.mark.parametrize("value", [None, 5, "text", [], True, [{"drawNumber": "905"}]])
def test_what_is_no_row_is_set_aside(value: Any) -> None:
    feed = read([value, *with_fields("")])
    assert numbers(feed) == GOOD
    assert [aside.code for aside in feed.quarantined] == ["not_object"]


def test_a_row_with_a_key_twice_is_set_aside() -> None:
    body = file_of(ROWS).replace(b'"drawCRS": "733"', b'"drawCRS": "733", "drawCRS": "732"')
    feed = parse(body)
    assert numbers(feed) == GOOD[:-1]
    assert [(aside.code, aside.subject) for aside in feed.quarantined] == [("key_twice", "905")]


def test_of_a_number_that_stands_twice_with_different_facts_neither_row_is_believed() -> None:
    feed = read([*with_fields(""), *with_fields("905", rows=ROWS[:1], drawCRS="732")])
    assert numbers(feed) == GOOD[:-1]
    assert [(aside.code, aside.subject) for aside in feed.quarantined] == [("number_twice", "905")] * 2


def test_a_row_that_stands_twice_the_same_is_one_round() -> None:
    feed = read([*with_fields(""), dict(ROWS[0])])
    assert (numbers(feed), feed.quarantined) == (GOOD, ())


def test_of_a_huge_row_a_limited_piece_is_kept() -> None:
    feed = read(with_fields("905", drawSize="x" * 1_000_000))
    assert len(feed.quarantined[0].raw) == LONGEST_RAW


def test_fields_and_names_that_are_new_are_told_once_and_hurt_nothing() -> None:
    rows = [each | {"drawNote": "x"} for each in ROWS]
    feed = parse(file_of(rows, version="2"))
    assert numbers(feed) == GOOD
    assert feed.extra_keys == ("version", "drawNote")


def test_links_are_never_used() -> None:
    rows = [each | dict.fromkeys(("drawNumberURL", "mitext", "DrawText1"), "<script>") for each in ROWS]
    assert parse(file_of(rows)) == parse(file_of(ROWS))


# Labels


@pytest.mark.parametrize(
    ("label", "kind", "version", "warning"),
    [
        ("Physicians with Canadian Work Experience, 2026-Version 1", "physicians", "2026-v1", None),
        ("Senior managers with Canadian Work Experience, 2026-Version 1", "senior_managers", "2026-v1", None),
        ("Federal Skilled Trades", "fst", "", None),
        ("Trades Occupations, 2026-Version 3", "trades", "2026-v3", None),
        ("FRENCH  LANGUAGE proficiency (version 1)", "french", "v1", None),
        ("French language proficiency (2023-1)", "french", "v1", None),
        ("French-Language proficiency 2031-Version 4", "french", "2031-v4", "unknown_version"),
        ("Canadian Experience Class, 2031-Version 1", "cec", "2031-v1", "unknown_version"),
        ("French language proficiency", "french", "", "unknown_version"),
        ("Lighthouse keepers, 2031-Version 1", "new_lighthouse_keepers", "2031-v1", "unknown_label"),
        ("General occupations of the sea", "new_general_occupations_of_the_sea", "", "unknown_label"),
    ],
)
def test_a_label_is_filed_under_its_own_type_and_what_is_unknown_is_told(
    label: str, kind: str, version: str, warning: str | None
) -> None:
    feed = read(with_fields("905", drawName=label))
    assert (feed.rounds[-1].type, feed.rounds[-1].version) == (kind, version)
    assert [(each.code, each.subject) for each in feed.warnings] == (
        [(warning, " ".join(label.split()))] if warning else []
    )
    assert feed.unknown_labels == ((label,) if warning == "unknown_label" else ())


def test_a_french_name_of_another_type_is_not_taken() -> None:
    feed = parse(file_of(ROWS), NAMES | {"905": "Catégorie de l’expérience canadienne"})
    assert feed.rounds[-1].label_fr == ""
    assert feed.warnings == (Oddity("label_fr", "905", "Catégorie de l’expérience canadienne"),)


def test_a_french_name_that_is_new_beside_a_known_english_one_is_taken() -> None:
    feed = parse(file_of(ROWS), {"905": "Gens des provinces"})
    assert feed.rounds[-1].label_fr == "Gens des provinces"


def test_a_tie_break_that_is_not_certain_is_kept_as_text_and_told() -> None:
    feed = read(with_fields("905", drawCutOff="March 9, 2031 in the afternoon"))
    assert feed.rounds[-1].tie_break_utc == ""
    assert feed.tie_breaks["905"] == "March 9, 2031 in the afternoon"
    assert feed.warnings == (Oddity("tie_break", "905", "March 9, 2031 in the afternoon"),)


def test_half_a_sign_is_kept_as_text_that_a_database_takes() -> None:
    rows = [*with_fields("905", drawCutOff="\ud800 9", drawDistributionAsOn="\ud800"), {"\ud800": "\ud800"}]
    feed = parse(file_of([each | {"\udfff": "x"} for each in rows], **{"\ud800": 1}))
    kept = json.dumps([feed.tie_breaks, feed.warnings, feed.quarantined], ensure_ascii=False)
    assert kept.encode("utf-8")
    assert feed.tie_breaks["905"] == "? 9"


@pytest.mark.parametrize("key", sorted(ROWS[0]))
@pytest.mark.parametrize("value", [["x"], None, 3.5, {}, True, 10**30])
def test_a_field_of_any_other_kind_costs_one_row_at_most(key: str, value: Any) -> None:
    feed = read(with_fields("905", **{key: value}))
    assert numbers(feed) in (GOOD, GOOD[:-1])
    assert len(feed.rounds) + len(feed.quarantined) == len(ROWS)
