"""Replies become messages: escaped, short enough, split between lines, with their buttons and files."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, TemplateNotFound, UndefinedError, meta

from bot.wording import Wording
from bot.wording.catalogue import translations
from bot.wording.environment import Templates, templates
from bot.wording.labels import MOST_LABEL, shortened
from bot.wording.splitting import MOST_UNITS, split, tidy, units
from bot.wording.vocabulary import UnknownWordError
from conversations.replies import Choice, Reply
from conversations.session import Language
from tests.project import ROOT

LANGUAGES: tuple[Language, ...] = ("en", "fr")
TEMPLATES = ROOT / "locales" / "templates"
NB = "\N{NO-BREAK SPACE}"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates of the test's own, by name; they stand before those of the project."""
    own: dict[str, str] = {}
    for language in LANGUAGES:
        words = Templates(language)
        assert words.loader is not None
        words.loader = ChoiceLoader([DictLoader(own), words.loader])
        monkeypatch.setitem(_PREPARED, language, words)
    monkeypatch.setattr("bot.wording.templates", _PREPARED.__getitem__)
    return own


_PREPARED: dict[str, Templates] = {}


def say(language: Language = "en", *, key: str = "test", **values: Any) -> list[dict[str, Any]]:
    return Wording().say(Reply(key, language, values))


# -- messages


def test_a_reply_is_one_message_in_the_shape_of_the_outbox(written: dict[str, str]) -> None:
    written["test.j2"] = "{% trans %}Back{% endtrans %}"
    rows = ((Choice("nav.back", "b"), Choice("number", "n:3", {"number": 1200})), (Choice("nav.menu", "t:menu"),))
    assert Wording().say(Reply("test", "fr", {}, rows, place="edit")) == [
        {
            "text": "Retour",
            "rows": [[["Retour", "b"], [f"1{NB}200", "n:3"]], [["Menu", "t:menu"]]],
            "place": "edit",
            "message_id": None,
            "file": None,
        }
    ]


def test_values_are_escaped_and_words_are_not(written: dict[str, str]) -> None:
    written["test.j2"] = "<b>{{ name }}</b> {% trans %}Hello, <i>{{ name }}</i>{% endtrans %}"
    text = say(name='<b>&"')[0]["text"]
    assert text == "<b>&lt;b&gt;&amp;&#34;</b> Hello, <i>&lt;b&gt;&amp;&#34;</i>"


def test_a_value_that_is_missing_is_an_error(written: dict[str, str]) -> None:
    written["test.j2"] = "{{ nothing }}"
    with pytest.raises(UndefinedError, match="nothing"):
        say()


def test_a_reply_without_a_template_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        say(key="no/such/reply")


def test_empty_lines_collapse_and_indentation_goes(written: dict[str, str]) -> None:
    written["test.j2"] = "\n\n  One  \n\n\n{% if true %}\n    Two\n{% endif %}\n\n\n\nThree\n\n"
    assert say()[0]["text"] == "One\n\nTwo\n\nThree"


def test_the_export_goes_with_the_last_message(written: dict[str, str]) -> None:
    written["test.j2"] = "Here"
    export = {"name": "Zoé", "answers": [1]}
    message = Wording().say(Reply("test", "fr", {"export": export}, attach="export"))[-1]
    assert message["file"]["name"] == "tirage-export.json"
    assert json.loads(message["file"]["content"]) == export
    assert "Zoé" in message["file"]["content"]
    assert message["file"]["content"].count("\n") > 3


def test_a_long_reply_has_its_buttons_on_the_last_message_and_its_place_on_the_first(written: dict[str, str]) -> None:
    written["test.j2"] = "{% for n in range(400) %}\n<b>line {{ n }}</b> of some length\n{% endfor %}\n"
    messages = Wording().say(Reply("test", "en", {}, ((Choice("nav.back", "b"),),), place="edit"))
    assert len(messages) > 2
    assert [message["place"] for message in messages] == ["edit", *["new"] * (len(messages) - 1)]
    assert [bool(message["rows"]) for message in messages] == [*[False] * (len(messages) - 1), True]
    assert "\n".join(message["text"] for message in messages).count("line") == 400


def test_a_picture_goes_with_the_last_message_in_the_language_of_the_reply(written: dict[str, str]) -> None:
    written["test.j2"] = "{% for n in range(400) %}\nline {{ n }} of some length\n{% endfor %}\n"
    spec = {"kind": "pool", "score": None}
    messages = Wording().say(Reply("test", "fr", {}, picture=spec))
    assert [message.get("picture") for message in messages] == [
        *[None] * (len(messages) - 1),
        {"spec": spec, "language": "fr"},
    ]


def test_data_comes_before_the_methods_of_dict(written: dict[str, str]) -> None:
    written["test.j2"] = "{{ change.values.level }} {{ change.items }} {{ change.keys() | list | length }}"
    assert say(change={"values": {"level": 9}, "items": 3})[0]["text"] == "9 3 2"


def test_a_template_of_the_language_stands_before_the_common_one() -> None:
    for language in LANGUAGES:
        loader = Templates(language).loader
        assert isinstance(loader, FileSystemLoader)
        assert [Path(place).relative_to(TEMPLATES).as_posix() for place in loader.searchpath] == [language, "."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_override_uses_the_variables_of_the_common_template(language: Language) -> None:
    words = templates(language)
    for own in (TEMPLATES / language).rglob("*.j2"):
        common = TEMPLATES / own.relative_to(TEMPLATES / language)
        used = [meta.find_undeclared_variables(words.parse(path.read_text("utf-8"))) for path in (own, common)]
        assert used[0] == used[1], own.name


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda path: path.name)
def test_every_template_can_be_compiled(path: Path) -> None:
    name = path.relative_to(TEMPLATES).as_posix()
    for language in LANGUAGES:
        assert templates(language).get_template(name).name == name


# -- splitting

WORDS = st.text(st.characters(exclude_characters="<&>", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1)
PIECES = st.one_of(
    WORDS,
    st.sampled_from([" ", " ", "\n", "\n", "\n\n", "&amp;", "&#34;", NB, "🍁", "a" * 90]),
    st.sampled_from(["<b>", "<i>", "<code>", '<a href="https://canada.ca/?a=1&amp;b=2">', "</"]),
)


@st.composite
def html(draw: st.DrawFn) -> str:
    """Any well-formed text of Telegram: words, escapes, and tags that close in order."""
    opened: list[str] = []
    made = ""
    for piece in draw(st.lists(PIECES, max_size=60)):
        if piece == "</":
            made += f"</{opened.pop()}>" if opened else ""
            continue
        tag = re.match(r"<(\w+)", piece)
        if tag:
            opened.append(tag[1])
        made += piece
    return tidy(made + "".join(f"</{name}>" for name in reversed(opened)))


class Read(HTMLParser):
    """What one sees: each character with the tags around it; refuses tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.entities = 0
        self.feed(text)
        self.close()
        assert self.opened == [], text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(f"{tag} {attrs}")
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop().split()[0] == tag

    def handle_data(self, data: str) -> None:
        self.seen += [(letter, tuple(self.opened)) for letter in data if letter not in " \n"]


@given(html(), st.integers(160, 400), st.integers(4, 20))
def test_a_split_text_keeps_every_letter_its_order_and_its_tags(text: str, most: int, entities: int) -> None:
    if max(_depths(text), default=0) > 2:
        text = re.sub(r"<[^>]+>", "", text)
    parts = split(text, most, entities)
    assert [letter for part in parts for letter in Read(part).seen] == Read(text).seen
    for part in parts:
        assert units(part) <= most
        assert Read(part).entities <= entities


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for tag in re.findall(r"</?\w", text):
        depth += -1 if tag.startswith("</") else 1
        yield depth


def test_a_text_is_cut_between_lines() -> None:
    lines = [f"line {number} with a few words" for number in range(100)]
    assert "\n".join(split("\n".join(lines), 500)).split("\n") == lines


def test_a_line_that_is_too_long_is_cut_between_words() -> None:
    words = [f"word{number}" for number in range(300)]
    parts = split(" ".join(words), 500)
    assert " ".join(parts).split(" ") == words
    assert len(parts) > 3


def test_a_tag_is_closed_and_opened_again() -> None:
    assert split("<b>one two\nthree four</b>", 20) == ["<b>one two</b>", "<b>three four</b>"]


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert units("é🍁") == 3
    assert [units(part) <= 100 for part in split("🍁 " * 100, 100)] == [True] * 4


def test_a_text_that_fits_is_left_alone() -> None:
    text = "a" * MOST_UNITS
    assert split(text) == [text]
    assert len(split(text + " b")) == 2


# -- labels and commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_short_plain_text(language: Language) -> None:
    said = templates(language).module_of("vocabulary/labels.j2")
    for key in said.labels:
        text = Wording().label(Choice(key, "x"), language)
        assert 0 < len(text) < MOST_LABEL, text
        assert not re.search(r"[<>&%{]", text), text


def test_a_label_with_values_shows_them() -> None:
    label = Wording().label
    assert label(Choice("fit", "x", {"id": "fst"}), "en") == "Federal Skilled Trades Program"
    assert label(Choice("noc", "x", {"n": 2, "code": "21231"}), "en") == "2. Software engineers and designers"
    assert label(Choice("country", "x", {"country": "DE"}), "fr") == "Allemagne"
    assert label(Choice("day", "x", {"day": "2026-03-01"}), "fr") == "1er mars 2026"
    assert label(Choice("number", "x", {"number": 4}), "en") == "4"


def test_a_long_title_is_cut_between_words() -> None:
    text = Wording().label(Choice("noc", "x", {"n": 1, "code": "00013"}), "en")
    assert text.endswith("…")
    assert len(text) < MOST_LABEL
    assert shortened("a" * 80) == "a" * 58 + "…"


def test_a_label_without_words_is_an_error() -> None:
    with pytest.raises(UnknownWordError, match=r"no\.such"):
        Wording().label(Choice("no.such", "x"), "en")


def test_labels_are_not_html() -> None:
    assert "&" not in Wording().label(Choice("noc", "x", {"n": 1, "code": "00013"}), "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_commands_fit_where_telegram_shows_them(language: Language) -> None:
    said = Wording().command_words(language)
    names = [name for name, _ in said.commands]
    assert names == [
        "start", "which", "score", "eligible", "whatif", "draws", "stand", "chances", "alerts", "deadlines",
        "reminders", "documents", "profile", "language", "privacy", "export", "delete", "explain", "help",
    ]  # fmt: skip
    assert all(3 <= len(text) <= 256 for _, text in said.commands)
    assert len(said.description) <= 512
    assert len(said.short_description) <= 120
    assert "not legal advice" in said.description or "pas un avis juridique" in said.description


def test_the_commands_are_told_in_each_language() -> None:
    english, french = (Wording().command_words(language) for language in LANGUAGES)
    assert all(one != other for one, other in zip(english.commands, french.commands, strict=True))
    assert english.description != french.description


# -- forms

FORMS: list[tuple[str, Any, str, str]] = [
    ("day", "1994-05-02", "2 May 1994", "2 mai 1994"),
    ("day", "2026-03-01", "1 March 2026", "1er mars 2026"),
    ("day", "2026-11-01", "1 November 2026", "1er novembre 2026"),
    ("day", "2026-11-11", "11 November 2026", "11 novembre 2026"),
    ("day", "2026-04-01T14:05:09Z", "1 April 2026", "1er avril 2026"),
    ("day", date(2026, 12, 31), "31 December 2026", "31 décembre 2026"),
    ("day_month", "2026-05-02", "2 May", "2 mai"),
    ("day_month", "2026-01-01", "1 January", "1er janvier"),
    ("month", "2026-08-21", "August 2026", "août 2026"),
    ("month", "2026-08", "August 2026", "août 2026"),
    ("number", 1234.5, "1,234.5", f"1{NB}234,5"),
    ("number", -6, "−6", "−6"),
    ("tenths", 9.66, "9.6", "9,6"),
    ("tenths", 11.999, "11.9", "11,9"),
    ("tenths", 12.0, "12", "12"),
    ("points", 25, "+25", "+25"),
    ("points", -6, "−6", "−6"),
    ("points", 0, "0", "0"),
    ("money", 25000, "$25,000", f"25{NB}000{NB}$"),
    ("money", 25000.0, "$25,000", f"25{NB}000{NB}$"),
    ("money", 1234.5, "$1,234.50", f"1{NB}234,50{NB}$"),
    ("percent", 0.25, "25%", f"25{NB}%"),
    ("months", 12, "12 months", "12 mois"),
    ("months", 1, "1 month", "1 mois"),
    ("months", 9.66, "9.6 months", "9,6 mois"),
    ("months", 0.5, "15 days", "15 jours"),
    ("days", 1, "1 day", "1 jour"),
    ("days", 60, "60 days", "60 jours"),
    ("years", 1, "1 year", f"1{NB}an"),
    ("years", 3, "3 years", "3 ans"),
    ("hours", 37.5, "37.5 hours", "37,5 heures"),
    (
        "moment",
        "2026-04-01T14:05:09-04:00",
        f"1 April 2026 at 18:05:09{NB}UTC",
        f"1er avril 2026 à 18{NB}h{NB}05{NB}min{NB}9{NB}s{NB}UTC",
    ),
    ("clock", 0, f"12{NB}a.m.", f"0{NB}h"),
    ("clock", 720, f"12{NB}p.m.", f"12{NB}h"),
    ("clock", 1350, f"10:30{NB}p.m.", f"22{NB}h{NB}30"),
    ("clock", 425, f"7:05{NB}a.m.", f"7{NB}h{NB}05"),
    ("place", "America/Toronto", "Toronto", "Toronto"),
    ("place", "Africa/Algiers", "Algiers", "Alger"),
    ("place", "Etc/GMT+5", "UTC\N{MINUS SIGN}5", "UTC\N{MINUS SIGN}5"),
    ("listed", ["a", "b", "c"], "a, b and c", "a, b et c"),
    ("country", "CI", "Côte d’Ivoire", "Côte d’Ivoire"),
    ("country", "IN", "India", "Inde"),
    (
        "noc",
        "10019",
        "Other administrative services managers",
        "Directeurs/directrices d’autres services administratifs",
    ),
    (
        "duty",
        "41302",
        "lead worship, perform weddings and funerals, preach and guide people in their faith",
        "présider le culte, célébrer mariages et funérailles, prêcher et guider les gens dans leur foi",
    ),
    ("category_short", "stem", "STEM", "STIM"),
    ("category_short", "trades", "Trades", "Métiers spécialisés"),
]


@pytest.mark.parametrize(("form", "value", "english", "french"), FORMS)
def test_forms_are_those_of_each_language_in_canada(form: str, value: Any, english: str, french: str) -> None:
    assert (templates("en").filters[form](value), templates("fr").filters[form](value)) == (english, french)


def test_what_is_missing_is_rounded_up() -> None:
    months = templates("en").filters["months"]
    assert [months(value, short=True) for value in (2.34, 2.0, 0.03, 0.5)] == [
        "2.4 months",
        "2 months",
        "1 day",
        "16 days",
    ]


def test_a_moment_is_told_by_the_clock_of_a_place_too() -> None:
    moment = "2026-03-08T06:59:59Z"
    for zone, english in (
        ("America/Toronto", "8 March 2026 at 01:59:59"),
        ("Asia/Kolkata", "8 March 2026 at 12:29:59"),
    ):
        assert templates("en").filters["moment_in"](moment, zone) == english
    assert templates("en").filters["moment"](moment, seconds=False) == f"8 March 2026 at 06:59{NB}UTC"


def test_what_ircc_names_in_english_alone_is_named_so_in_french_too() -> None:
    assert templates("fr").filters["spoken"]("Hairdressers", "Coiffeurs d'ici") == "Coiffeurs d’ici"
    assert templates("fr").filters["spoken"]("Hairdressers", None) == "Hairdressers"
    assert templates("en").filters["spoken"]("Hairdressers", "Coiffeurs") == "Hairdressers"


def test_a_list_of_choices_is_joined_by_or() -> None:
    assert templates("fr").filters["listed"](["a", "b"], "or") == "a ou b"


@pytest.mark.parametrize(
    ("form", "value"), [("country", "XX"), ("noc", "99999"), ("duty", "99999"), ("day", "2026-13-01")]
)
def test_what_has_no_form_is_an_error(form: str, value: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        templates("en").filters[form](value)


# -- loading


def test_what_is_loaded_is_kept() -> None:
    assert translations("fr") is translations("fr")
    assert templates("fr") is templates("fr")
    assert templates("fr").get_template("vocabulary/terms.j2") is templates("fr").get_template("vocabulary/terms.j2")


def test_nothing_is_loaded_before_it_is_said() -> None:
    import subprocess

    code = (
        "import bot.wording.catalogue as c, bot.wording.environment as e;"
        "assert c.translations.cache_info().currsize == e.templates.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
