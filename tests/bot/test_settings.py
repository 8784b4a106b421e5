"""What the environment says: what is taken, what is refused, and that a secret is never shown."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

import platformdirs
import pytest

from bot.settings import (
    TELEGRAM,
    Settings,
    SettingsError,
    default_db,
    read_settings,
    shown,
    unknown_variables,
    usable_settings,
    variables,
)
from bot.words import LANGUAGES, words

TOKEN = "123456789:AAbbccDDeeFF-gg_hhIIjjKKllMMnnOOppQ"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)


def refused() -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return caught.value


def test_without_a_variable_every_setting_has_its_default() -> None:
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.telegram_api_url is None
    assert settings.api_root == TELEGRAM
    assert settings.db == default_db() == Path(platformdirs.user_data_dir("tirage")) / "tirage.db"
    assert settings.log_level == "info"


def test_every_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv("TIRAGE_TELEGRAM_API_URL", "http://localhost:8081/")
    monkeypatch.setenv("TIRAGE_DB", "~/kept/tirage.db")
    monkeypatch.setenv("TIRAGE_LOG_LEVEL", "DEBUG")
    settings = read_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.api_root == settings.telegram_api_url == "http://localhost:8081"
    assert settings.db == Path.home() / "kept" / "tirage.db"
    assert settings.log_level == "debug"


@pytest.mark.parametrize("name", variables())
def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    assert read_settings() == Settings()
    assert read_settings().model_fields_set == set()


@pytest.mark.parametrize(
    "token",
    [
        "987654321",
        "AAbbcc:DDeeFFggHHiiJJkkLLmm",
        f"{TOKEN}!",
        f"bot{TOKEN}",
        "1:" + "a" * 19,
        "1 :" + "a" * 20,
        "\N{ARABIC-INDIC DIGIT ONE}:" + "a" * 20,
    ],
)
def test_what_has_not_the_shape_of_a_token_is_refused_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", token)
    error = refused()
    printed = "".join(traceback.format_exception(error)) + repr(error.mistakes)
    for lang in LANGUAGES:
        assert "TIRAGE_TELEGRAM_TOKEN" in error.told(words(lang))
        printed += error.told(words(lang))
    assert token not in printed


def test_the_shortest_token_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", "1:" + "a" * 20)
    assert read_settings().telegram_token is not None


def test_a_token_is_hidden_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", TOKEN)
    settings = read_settings()
    assert TOKEN not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    "url",
    [
        *("localhost:8081", "ftp://localhost", "http://", "https:///x", "http://localhost:port", "http://local host"),
        *("http://localhost?x=1", "http://localhost#x", "https://api.telegram.org/bot", "http://localhost:99999"),
    ],
)
def test_what_is_no_address_of_a_server_is_refused_with_what_was_read(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_API_URL", url)
    error = refused()
    for lang in LANGUAGES:
        assert "TIRAGE_TELEGRAM_API_URL" in error.told(words(lang))
        assert url in error.told(words(lang))


@pytest.mark.parametrize("url", ["http://localhost:8081", "https://bots.example.org/telegram", "http://[::1]:8081"])
def test_an_address_of_a_server_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_API_URL", f"{url}/")
    assert read_settings().api_root == url


def test_a_secret_in_a_wrong_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_API_URL", f"https://me:hunter2@localhost/bot{TOKEN}")
    told = refused().told(words("en"))
    assert "https://…@localhost/bot…" in told
    assert TOKEN not in told
    assert "hunter2" not in told


def test_a_log_level_that_is_unknown_is_refused_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_LOG_LEVEL", "loud")
    told = refused().told(words("fr"))
    assert "lu\N{NO-BREAK SPACE}: loud" in told
    assert "debug, info, warning, error" in told


def test_the_feed_is_the_one_that_ircc_publishes_every_five_minutes_by_default() -> None:
    settings = read_settings()
    assert settings.feed_url_en == "https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_en.json"
    assert settings.feed_url_fr == "https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_fr.json"
    assert (settings.feed_every, settings.feed_contact) == (300, "")


@pytest.mark.parametrize(
    ("text", "seconds"), [("1", 1), (" 86400 ", 86_400), ("off", 0), ("OFF", 0), ("0", 0), ("600", 600)]
)
def test_the_feed_is_looked_at_every_so_many_seconds_or_never(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: int
) -> None:
    monkeypatch.setenv("TIRAGE_FEED_EVERY", text)
    assert read_settings().feed_every == seconds


@pytest.mark.parametrize(("text", "number"), [("", 30), ("1", 1), (" 300 ", 300), ("1000", 1000)])
def test_thirty_messages_a_second_are_sent_where_nothing_else_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, text: str, number: int
) -> None:
    monkeypatch.setenv("TIRAGE_SEND_PER_SECOND", text)
    assert read_settings().send_per_second == number


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("TIRAGE_FEED_EVERY", text) for text in ("-1", "86401", "5 minutes", "1.5", "never", "nan")),
        *(("TIRAGE_FEED_URL_EN", text) for text in ("rounds.json", "ftp://h/a", "http://h", "http://h/", "http:///a")),
        *(("TIRAGE_FEED_URL_FR", text) for text in ("http://h:port/a", "http://h/a b", "http://h/a#b", "http://h/é")),
        *(("TIRAGE_SEND_PER_SECOND", text) for text in ("0", "1001", "-1", "1.5", "fast")),
        *(("TIRAGE_FEED_CONTACT", text) for text in ("a" * 201, "me\nyou", "(me)", "é", "a\\b")),
    ],
)
def test_a_setting_of_the_rounds_that_cannot_be_used_is_told_with_what_was_read(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    error = refused()
    assert [mistake.variable for mistake in error.mistakes] == [name]
    for lang in LANGUAGES:
        assert name in error.told(words(lang))
        assert value in error.told(words(lang))


def test_an_address_of_a_feed_on_loopback_and_a_contact_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIRAGE_FEED_URL_EN", "http://127.0.0.1:8090/en.json?v=1")
    monkeypatch.setenv("TIRAGE_FEED_CONTACT", " mailto:me@example.org ")
    settings = read_settings()
    assert settings.feed_url_en == "http://127.0.0.1:8090/en.json?v=1"
    assert settings.feed_contact == "mailto:me@example.org"


def test_every_mistake_is_told_and_the_rest_can_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIRAGE_LOG_LEVEL", "loud")
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", "none")
    monkeypatch.setenv("TIRAGE_DB", str(tmp_path / "here.db"))
    assert [mistake.variable for mistake in refused().mistakes] == ["TIRAGE_TELEGRAM_TOKEN", "TIRAGE_LOG_LEVEL"]
    settings, mistakes = usable_settings()
    assert mistakes == refused().mistakes
    assert (settings.telegram_token, settings.log_level, settings.db) == (None, "info", tmp_path / "here.db")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(read_settings(), "log_level", "debug")  # noqa: B010  # mypy knows already that it cannot be done


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("TIRAGE_TOKEN", "TIRAGE_TELEGRAM_TOKEN"), ("TIRAGE_TELEGRAM_TOKN", "TIRAGE_TELEGRAM_TOKEN")),
        *(("TIRAGE_BOT_TOKEN", "TIRAGE_TELEGRAM_TOKEN"), ("TIRAGE_API_URL", "TIRAGE_TELEGRAM_API_URL")),
        *(("TIRAGE_DATABASE", "TIRAGE_DB"), ("TIRAGE_LOGLEVEL", "TIRAGE_LOG_LEVEL"), ("TIRAGE_FROBNICATE", None)),
    ],
)
def test_a_name_that_means_nothing_is_told_with_the_nearest_one(name: str, meant: str | None) -> None:
    assert unknown_variables([name, "PATH", "TIRAGE", *variables(), "tirage_db"]) == {name: meant}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        (f"a {TOKEN} b", "a … b"),
        ("http://u:p@h/", "http://…@h/"),
        ("http://h:80/a", "http://h:80/a"),
    ],
)
def test_what_looks_like_a_secret_is_not_shown(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize("arguments", [["assess", "--schema"], ["rules"]])
def test_commands_that_read_no_settings_do_not_pay_for_them(arguments: list[str]) -> None:
    run = "try:\n    main()\nfinally:\n    print(*sys.modules)"
    code = f"import sys; sys.argv[1:] = {arguments!r}\nfrom bot.cli import main\n{run}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {"pydantic_settings", "aiohttp", "sqlite_utils", "telegram", "prompt_toolkit"} == set()
