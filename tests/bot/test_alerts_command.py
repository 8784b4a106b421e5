"""`tirage alerts`: what a round would say and to whom, and that it is told once."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import command
from bot.settings import variables
from bot.store import Saved, Turned
from bot.store.sqlite import SqliteStore
from bot.words import LANGUAGES, words
from conversations.session import Language, Session
from conversations.subscription import Subscription
from scoring.draws import shipped

NEWEST = shipped().rounds[-1]
TODAY = "2026-10-02"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A store with three people who want every round; one of them speaks French, one has told an age."""
    path = tmp_path / "tirage.db"

    async def fill() -> None:
        async with await SqliteStore.open(path) as store:
            people: tuple[tuple[str, Language], ...] = (("tg:1", "en"), ("tg:2", "fr"), ("terminal", "en"))
            for chat, language in people:
                told = Subscription("all").as_json()
                answers = {"c.birth_date": {"birth_date": "1994-05-02"}} if chat == "terminal" else {}
                session = Session(language=language, consented=True, answers=answers, alerts=told).as_json()
                turned = Turned(session, subscription=told)
                await store.turn(chat, None, partial(_say, turned))

    asyncio.run(fill())
    return path


def _say(turned: Turned, _saved: Saved | None) -> Turned:
    return turned


def run(*arguments: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(command(lang), ["alerts", *map(str, arguments)])


def queued(db: Path) -> dict[str, int]:
    async def look() -> dict[str, int]:
        async with await SqliteStore.open(db) as store:
            return await store.waiting_notices()

    return asyncio.run(look())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_newest_round_is_shown_as_a_person_would_read_it(db: Path, lang: str) -> None:
    done = run("preview", "--db", db, "--today", TODAY, lang=lang)
    assert done.exit_code == 0, done.output
    assert str(NEWEST.cut_off) in done.stdout
    assert "<b>" not in done.stdout


def test_a_round_is_shown_in_the_language_of_the_chat_that_is_named(db: Path) -> None:
    told = run("preview", "446", "--chat", "tg:2", "--db", db, "--today", TODAY).stdout
    assert "note minimale" in told
    assert "518" in told


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["preview", "9999"], "9999"), (["preview", "--chat", "tg:9"], "tg:9"), (["send", "x"], "x")],
)
def test_what_is_not_known_is_named_with_what_is(db: Path, arguments: list[str], named: str) -> None:
    done = run(*arguments, "--db", db, "--today", TODAY)
    assert done.exit_code == 2
    assert named in done.output + done.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dry_run_counts_and_queues_nothing(db: Path, lang: str) -> None:
    done = run("send", "--dry-run", "--db", db, "--today", TODAY, lang=lang)
    assert done.exit_code == 0, done.output
    say = words(lang)
    assert say["alerts_nothing_sent"] in done.stdout
    assert say["alerts_count"].format(name="en", count=2) in done.stdout
    assert say["alerts_count"].format(name="fr", count=1) in done.stdout
    assert queued(db) == {}


def test_a_round_is_queued_once_and_then_refused(db: Path) -> None:
    done = run("send", "447", "--db", db, "--today", TODAY)
    assert done.exit_code == 0, done.output
    assert queued(db) == {"waiting": 3}
    again = run("send", "447", "--db", db, "--today", TODAY)
    assert again.exit_code == 1
    assert "447" in again.stdout
    assert queued(db) == {"waiting": 3}
