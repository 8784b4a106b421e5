"""What goes wrong on the way in: an update is handled once, whatever is cut, refused or started again."""

from pathlib import Path
from typing import Any

import pytest

from bot.store.sqlite import SqliteStore
from bot.telegram.polling import TokenRefusedError
from bot.telegram.updates import Kept
from conversations.events import Said
from tests.bot.telegram.conftest import Pauses, Run
from tests.bot.telegram.counting import step
from tests.botapi import BotApi
from tests.botapi.args import Args
from tests.botapi.polling import OTHER_POLL
from tests.botapi.updates import FIRST_UPDATE


async def test_an_update_that_comes_again_is_not_handled_again(api: BotApi, run: Run) -> None:
    user = api.user(42)
    await user.send("one")
    api.cut("getUpdates", after=1, accepted=False)
    pauses = Pauses(hold=0)
    async with run(pauses=pauses):
        assert (await user.next()).text == "1: one"
        await pauses.holding.wait()
    assert len(api.polling.updates.waiting) == 1
    async with run() as running:
        assert (await user.ask("two")).text == "2: two"
        assert await running.answers.store.load("tg:42") == {"count": 2, "language": "en"}
    assert [message.text for message in user.inbox] == ["1: one", "2: two"]


async def test_an_update_that_was_written_down_and_not_handled_is_handled_once(
    api: BotApi, run: Run, tmp_path: Path
) -> None:
    user = api.user(42)
    await user.send("one")
    await user.send("two")
    async with await SqliteStore.open(tmp_path / "tirage.db") as store:
        await store.receive([Kept(FIRST_UPDATE, "said", 42, "en", "one").inbound()])
    async with run():
        assert [one.text for one in await user.wait(2)] == ["1: one", "2: two"]
        assert (await user.ask("three")).text == "3: three"


async def test_what_was_left_is_sent_before_what_waits_is_handled(api: BotApi, run: Run, tmp_path: Path) -> None:
    user = api.user(42, known=True)
    async with await SqliteStore.open(tmp_path / "tirage.db") as store:
        await store.turn("tg:42", 1, lambda saved: step(saved, Said("parts 3"), None))
        await store.turn("terminal", None, lambda saved: step(saved, Said("not ours"), None))
        await store.receive([Kept(2, "said", 42, "en", "two").inbound(), Kept(3, "said", 42, "en", "three").inbound()])
    async with run() as running:
        shown = await user.wait(5)
        await running.end()
        assert [left.chat for left in await running.answers.store.unsent()] == ["terminal"]
    assert [one.text for one in shown] == ["1.0", "1.1", "1.2", "2: two", "3: three"]


@pytest.mark.parametrize(
    ("code", "page"), [(500, False), (502, True), (429, False), (409, False)], ids=["500", "502", "429", "409"]
)
async def test_a_poll_that_is_refused_for_now_is_made_again(
    api: BotApi, run: Run, caplog: pytest.LogCaptureFixture, code: int, page: bool
) -> None:
    retry_after = 9 if code == 429 else None
    api.fail("getUpdates", code, page=page, times=3, description=f"Conflict: {OTHER_POLL}", retry_after=retry_after)
    async with run() as running:
        assert (await api.user(42).ask("hello")).text == "1: hello"
    assert len(running.pauses.asked) == 3
    assert all(wait >= (retry_after or 0) for wait in running.pauses.asked)
    if code == 409:
        assert "another program polls for this bot (409)" in caplog.text


@pytest.mark.parametrize("trouble", ["cut", "hang"])
async def test_a_poll_whose_answer_is_lost_is_made_again(api: BotApi, run: Run, trouble: str) -> None:
    await api.user(42).send("hello")
    getattr(api, trouble)("getMe", accepted=True)
    api.cut("getUpdates", accepted=True)
    async with run(answer=0.2):
        assert (await api.user(42).next()).text == "1: hello"


async def test_a_server_that_is_not_there_yet_is_waited_for(run: Run) -> None:
    async with BotApi() as gone:
        port = gone.port
    async with run(server=gone.url) as running:
        await running.pauses.came.wait()
        async with BotApi(port=port) as api:
            assert (await api.user(42).ask("hello")).text == "1: hello"
            await running.end()


@pytest.mark.parametrize("token", ["7000000001:AAEanother_token_0123456789abcdefg", "no-token"])
async def test_a_token_that_is_refused_ends_the_bot(run: Run, token: str) -> None:
    async with run(token=token) as running:
        with pytest.raises(TokenRefusedError):
            await running.task


async def test_a_token_that_is_revoked_meanwhile_ends_the_bot(api: BotApi, run: Run) -> None:
    async with run() as running:
        await api.user(42).ask("hello")
        api.fail("getUpdates", 401)
        api.fail("sendMessage", 401, times=None)
        await api.user(42).send("more")
        with pytest.raises(TokenRefusedError):
            await running.task
        assert len(await running.answers.store.unsent()) == 1


async def test_a_webhook_is_taken_away_and_what_waits_for_it_is_handled(api: BotApi, run: Run) -> None:
    await api.polling.set_webhook(Args({"url": "http://127.0.0.1:9/"}))
    await api.user(42).send("hello")
    async with run():
        assert (await api.user(42).next()).text == "1: hello"
    assert api.polling.delivery is None


async def test_an_update_that_is_not_as_documented_stops_nothing(
    api: BotApi, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    broken: list[dict[str, Any]] = [
        {},
        {"chat": {}},
        {"chat": {"type": "private"}, "text": "secret"},
        {"chat": {"type": "private"}},
    ]
    for content in broken:
        api.polling.add("message", "chat42", content)
    api.polling.add("callback_query", "tap42", {"id": "1", "data": "secret"})
    async with run():
        assert (await api.user(42).ask("hello")).text == "1: hello"
    assert f"update {FIRST_UPDATE} passed over" in caplog.text
    assert "secret" not in caplog.text


async def test_what_is_not_for_the_bot_is_not_kept(api: BotApi, run: Run) -> None:
    user, group = api.user(42), api.group(-5, privacy=False)
    await group.add_bot(user)
    await group.send(user, "hello all")
    asked = {"id": "1", "from": user.payload, "message": {"message_id": 1, "chat": group.chat.payload}, "data": "x"}
    api.polling.add("callback_query", "tap42", asked)
    async with run() as running:
        await user.ask("hello")
        assert await running.answers.store.everything("tg:-5") == {
            "chat": "tg:-5", "updated_on": None, "session": None, "inbox": [], "outbox": [], "worth": None,
            "notices": [],
        }  # fmt: skip


async def test_a_bot_that_is_stopped_finishes_what_it_took_and_takes_nothing_more(api: BotApi, run: Run) -> None:
    user = api.user(42)
    silence = api.hang("sendMessage")
    async with run() as running:
        for number in range(5):
            await user.send(f"m{number}")
        await silence.struck()
        running.stop.set()
        silence.release()
        await running.task
        assert await running.answers.store.waiting() == []
        assert await running.answers.store.unsent() == []
    assert [message.text for message in user.inbox] == [f"{number + 1}: m{number}" for number in range(5)]


async def test_a_bot_that_is_stopped_while_telegram_hangs_leaves_the_rest_for_the_next_start(
    api: BotApi, run: Run
) -> None:
    user = api.user(42)
    silence = api.hang("sendMessage", accepted=True, times=None)
    async with run(leave=0.0) as running:
        for number in range(5):
            await user.send(f"m{number}")
        await silence.struck()
        await running.end()
    api.faults.clear()  # what hung has arrived, and the bot cannot know
    expected = [f"{number + 1}: m{number}" for number in range(5)]
    async with run():
        shown = [one.text for one in await user.wait(6)]
    assert shown == [expected[0], *expected]
