"""Anything may be asked of a store in any order: it does what a few dictionaries do."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.store import Inbound, Outbound, Saved, Turned
from bot.store.sqlite import SqliteStore
from tests.bot.store.turns import inbound, message

T = TypeVar("T")
CHATS = st.sampled_from(["tg:1", "tg:2", "terminal"])
NUMBERS = st.integers(0, 12)
TEXTS = st.lists(st.text(max_size=5), max_size=3)
SESSIONS = st.dictionaries(st.text(max_size=3), st.none() | st.integers() | st.text(max_size=5), max_size=3)


class Fails(Exception):  # noqa: N818  # what a turn raises, not what goes wrong here
    """Raised in a turn."""


class Model(RuleBasedStateMachine):
    """A store beside what it ought to hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.sessions: dict[str, Saved] = {}
        self.waits: dict[int, Inbound] = {}
        self.handled: set[int] = set()
        self.outbox: list[Outbound] = []
        self.open()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def open(self) -> None:
        self.store = self.run(SqliteStore.open(Path(self.folder.name) / "tirage.db"))

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(updates=st.lists(st.tuples(NUMBERS, CHATS), max_size=5))
    def receive(self, updates: list[tuple[int, str]]) -> None:
        new = []
        for number, chat in updates:
            if number not in self.waits and number not in self.handled:
                self.waits[number] = inbound(number, chat)
                new.append(number)
        assert self.run(self.store.receive([inbound(*update) for update in updates])) == new

    @rule(chat=CHATS, number=st.none() | NUMBERS, session=st.none() | SESSIONS, texts=TEXTS)
    def turn(self, chat: str, number: int | None, session: Saved | None, texts: list[str]) -> None:
        seen: list[Saved | None] = []

        def handle(saved: Saved | None) -> Turned:
            seen.append(saved)
            return Turned(session, [message(text) for text in texts])

        told = self.run(self.store.turn(chat, number, handle))
        if number in self.handled:
            assert (told, seen) == (None, [])
            return
        assert seen == [self.sessions.get(chat)]
        self.mark(number)
        if session is None:
            self.forget(chat)
        else:
            self.sessions[chat] = session
        assert told is not None
        assert [(sent.chat, sent.message) for sent in told] == [(chat, message(text)) for text in texts]
        self.outbox += told

    @rule(chat=CHATS, number=st.none() | NUMBERS)
    def turn_that_fails(self, chat: str, number: int | None) -> None:
        def handle(saved: Saved | None) -> Turned:
            raise Fails(saved)

        if number in self.handled:
            assert self.run(self.store.turn(chat, number, handle)) is None
            return
        with pytest.raises(Fails):
            self.run(self.store.turn(chat, number, handle))

    @rule(number=NUMBERS)
    def drop(self, number: int) -> None:
        self.run(self.store.drop(number))
        self.mark(number)

    @rule(which=st.sets(st.integers(0, 20)))
    def sent(self, which: set[int]) -> None:
        ids = [self.outbox[place].id for place in which if place < len(self.outbox)]
        self.run(self.store.sent(ids))
        self.outbox = [item for item in self.outbox if item.id not in ids]

    @rule()
    def open_again(self) -> None:
        self.run(self.store.close())
        self.open()

    @invariant()
    def holds_what_it_ought_to(self) -> None:
        assert self.run(self.store.waiting()) == list(self.waits.values())
        assert self.run(self.store.unsent()) == self.outbox
        assert self.run(self.store.chats()) == len(self.sessions)
        for chat in ("tg:1", "tg:2", "terminal"):
            kept = self.run(self.store.everything(chat))
            assert kept["session"] == self.run(self.store.load(chat)) == self.sessions.get(chat)
            assert [row["update_id"] for row in kept["inbox"]] == [
                update.update_id for update in self.waits.values() if update.chat == chat
            ]
            assert [row["id"] for row in kept["outbox"]] == [item.id for item in self.outbox if item.chat == chat]

    def mark(self, number: int | None) -> None:
        if number is not None:
            self.handled.add(number)
            self.waits.pop(number, None)

    def forget(self, chat: str) -> None:
        self.sessions.pop(chat, None)
        self.waits = {number: update for number, update in self.waits.items() if update.chat != chat}
        self.outbox = [item for item in self.outbox if item.chat != chat]


TestModel = Model.TestCase
TestModel.settings = settings(stateful_step_count=15)


@pytest.mark.soak
def test_long_lives_of_a_store() -> None:
    run_state_machine_as_test(Model, settings=settings(stateful_step_count=100, max_examples=300))
