"""The real assistant on Telegram: the first words, consent, a step, and the end of it all."""

import asyncio
from datetime import date
from pathlib import Path

from bot.build import assistant
from bot.telegram.channel import Channel
from bot.telegram.parts import Connection
from bot.wording import Wording
from tests.botapi import BotApi


async def test_a_person_is_greeted_asked_and_forgotten(api: BotApi, tmp_path: Path) -> None:
    user, stop = api.user(42, language_code="fr-CA", first_name="Zoé"), asyncio.Event()
    async with assistant(tmp_path / "tirage.db", lambda: date(2026, 11, 20)) as opened:
        running = asyncio.create_task(Channel(opened, Wording(), Connection(api.token, api.url)).run(stop))
        await user.start()
        hello = await user.next()
        assert "Bonjour" in hello.text
        tap = await user.tap("J’accepte, on commence")
        await tap.answered()
        menu = await user.next()
        assert (menu.edited, menu.message_id) == (True, hello.message_id)
        assert "Question" in (await user.ask("ma note")).text
        await user.send_voice()
        told, asked_again = await user.wait(2)
        assert "texte" in told.text
        assert "Question" in asked_again.text
        assert (await opened.store.load("tg:42") or {})["language"] == "fr"
        sure = await user.ask("/delete")
        await user.tap("Oui, tout supprimer", on=sure)
        await user.next()
        assert await opened.store.chats() == 0
        stop.set()
        await running
