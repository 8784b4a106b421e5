"""A Bot API server of our own, on 127.0.0.1, and the people who write to the bot.

    from tests.botapi import BotApi

    async def test_the_bot_greets() -> None:
        async with BotApi() as api, running_bot(api.token, api.url):  # python-telegram-bot: base_url=api.base_url
            user = api.user(42, language_code="fr", first_name="Zoé")
            await user.start()
            hello = await user.next()  # the next message sent or edited, as soon as it is there
            assert "Bonjour" in hello.text  # hello.html: as sent; hello.labels, hello.rows: the buttons
            tap = await user.tap("Commencer")  # by label or data; on=message for an old one; a Button of history too
            assert (await tap.answered()).text == ""
            first, second = await user.wait(2)
            assert [message.text for message in user.inbox] == ...  # message.history: its versions

Trouble on order, on any method and chat, once, `times` or always (`times=None`):

    api.fail("sendMessage", 429, retry_after=3)          api.fail("sendMessage", 403, chat=42, times=None)
    api.fail("getUpdates", 502, page=True, times=5)      api.cut("sendMessage", accepted=True)  # arrived all the same
    silence = api.hang("sendMessage"); await silence.struck(); ...; silence.release()

Waiting for the bot, never for time: `await api.polled()` (it waits in getUpdates), `await api.drained()` (it confirmed
every update), `await api.until(lambda: api.count("sendMessage") == 3)`; a wait in vain fails and says what the bot did.

Time is `api.clock`: it stands still until `api.clock.advance(20)`. Only waits on sockets (the timeout of getUpdates,
`latency`) take real time. What is counted and kept: `api.count("sendMessage")`, `api.calls("setMyCommands")`.

As a process of its own, for bots that are killed and for benchmarks: `python -m tests.botapi --help`; a parent plays
people, orders trouble and reads inboxes through `tests.botapi.remote.Remote`.

Where it is stricter than Telegram, on purpose (`strict=False` undoes it): an ampersand that is not escaped, and a
button with two actions, are errors. Where it knows less: media are photos and documents, parse_mode is HTML, addresses
in the bot's own texts are not found by themselves, and the same getUpdates twice in 3 s is not slowed down.
"""

from tests.botapi.clock import Clock
from tests.botapi.faults import Fault
from tests.botapi.feed import NothingCameError
from tests.botapi.files import File, png
from tests.botapi.model import Answer, Button, Message, Shown
from tests.botapi.people import Group, User
from tests.botapi.room import Tap
from tests.botapi.server import TOKEN, BotApi

__all__ = [
    "TOKEN",
    "Answer",
    "BotApi",
    "Button",
    "Clock",
    "Fault",
    "File",
    "Group",
    "Message",
    "NothingCameError",
    "Shown",
    "Tap",
    "User",
    "png",
]
