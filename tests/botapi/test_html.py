"""Telegram's HTML: what it becomes, and what is refused."""

import pytest

from tests.botapi.errors import ApiError
from tests.botapi.html import parse_html
from tests.botapi.text import MAX_ENTITIES, formatted, found_entities, message_text


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#x27;", "a <b> & \"c\" 'd'", []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<strong>x</strong><em>y</em>", "xy", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><s>b</s><code>c</code>", "abc", [("underline", 0, 1), ("strikethrough", 1, 1), ("code", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B >x</b >", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<code>a<b>c</b></code>", "ac", [("code", 0, 2)]),
        ("<b>a<b>c</b></b>", "ac", [("bold", 0, 2)]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found, marked = parse_html(source, strict=True)
    assert found == text
    assert [(one["type"], one["offset"], one["length"]) for one in marked] == entities


def test_offsets_are_counted_in_utf16_code_units() -> None:
    assert parse_html("😀é<b>x</b>", strict=True) == ("😀éx", [{"type": "bold", "offset": 3, "length": 1}])


def test_language_of_a_program_is_kept_with_its_block() -> None:
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>', strict=True)
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ('<a href="https://canada.ca">', "https://canada.ca/"),
        ('<a href="https://canada.ca/a?b=1&amp;c=2">', "https://canada.ca/a?b=1&c=2"),
        ("<a href='canada.ca/en'>", "http://canada.ca/en"),
        ('<a href="HTTPS://canada.ca/EN">', "https://canada.ca/EN"),
    ],
)
def test_links_are_kept_as_telegram_writes_them(tag: str, url: str) -> None:
    assert parse_html(f"{tag}x</a>", strict=True)[1] == [{"type": "text_link", "offset": 0, "length": 1, "url": url}]


@pytest.mark.parametrize("href", ["not a link", "/relative", "javascript:alert(1)", "canada"])
def test_address_that_is_none_loses_the_link_and_keeps_the_text(href: str) -> None:
    assert parse_html(f'<a href="{href}">x</a>', strict=True) == ("x", [])


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("AT&T", "Unescaped ampersand at byte offset 2"),
        ("a&nbsp;b", "Unescaped ampersand at byte offset 1"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, error: str) -> None:
    with pytest.raises(ApiError) as raised:
        parse_html(source, strict=True)
    assert raised.value.code == 400
    assert raised.value.description.startswith(f"Bad Request: can't parse entities: {error}")


def test_lenient_server_shows_a_wrong_ampersand_as_it_stands() -> None:
    assert parse_html("AT&T &nbsp; &lt;", strict=False) == ("AT&T &nbsp; <", [])


def test_text_is_trimmed_and_entities_with_it() -> None:
    found = formatted("\n  <b> x </b>\r\n ", "HTML", None, strict=True)
    assert found.text == "x"
    assert found.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_control_characters_become_spaces() -> None:
    assert formatted("a\tb\x00c", "", None, strict=True).text == "a b c"


def test_entities_after_the_hundredth_are_dropped_and_counted() -> None:
    found = formatted("<b>x</b> " * (MAX_ENTITIES + 7), "HTML", None, strict=True)
    assert (len(found.entities), found.dropped) == (MAX_ENTITIES, 7)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_text_is_from_1_to_4096_utf16_units_after_parsing(source: str, error: str) -> None:
    with pytest.raises(ApiError, match=error):
        message_text(source, "HTML", None, strict=True)


def test_tags_do_not_count_towards_the_length() -> None:
    assert len(message_text("<b>" + "x" * 4096 + "</b>", "HTML", None, strict=True).text) == 4096
    assert message_text("😀" * 2048, "", None, strict=True).text == "😀" * 2048


def test_given_entities_stand_in_for_tags() -> None:
    given = [{"type": "bold", "offset": 0, "length": 1}, {"type": "url", "offset": 0, "length": 1}]
    assert formatted("xy", "", given, strict=True).entities == given[:1]
    with pytest.raises(ApiError, match="Unsupported type"):
        formatted("xy", "", [{"type": "big", "offset": 0, "length": 1}], strict=True)


def test_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("x", "bbcode", None, strict=True)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start x", [("bot_command", 0, 6)]),
        ("/start@tirage_test_bot", [("bot_command", 0, 22)]),
        ("😀 /score", [("bot_command", 3, 6)]),
        ("hey @tirage_test_bot!", [("mention", 4, 16)]),
        ("see https://canada.ca/en.", [("url", 4, 20)]),
        ("#tag a@b.ca", [("hashtag", 0, 4), ("email", 5, 6)]),
        ("8/7/7.5", []),
    ],
)
def test_what_people_type_is_marked_by_telegram_itself(text: str, entities: list[tuple[str, int, int]]) -> None:
    assert [(one["type"], one["offset"], one["length"]) for one in found_entities(text)] == entities
