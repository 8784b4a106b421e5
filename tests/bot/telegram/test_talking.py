"""What a person sees: answers, in order, in the right place."""

from tests.bot.telegram.conftest import Run
from tests.bot.telegram.counting import ONLY_TEXT
from tests.botapi import BotApi


async def test_a_message_is_answered(api: BotApi, run: Run) -> None:
    async with run():
        shown = await api.user(42).ask("hello")
        assert shown.text == "1: hello"
        assert shown.labels == ["Edit", "Same"]
