"""A small chat with known answers, run by the real channel over the real store.

`python -m tests.bot.terminal.scripted FILE LANG [--plain]`
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

from bot.store import Outbound, Saved, Store, Turned
from bot.store.errors import StoreError
from bot.store.sqlite import SqliteStore
from bot.terminal.run import run
from conversations.events import Event, Said, Tapped

LONG = "This sentence is long enough to be wrapped on every page, however wide, and no word of it is ever cut in two. "
TEXTS = {
    "en": {
        "start": "<b>Hello</b> &amp; welcome. What are you here for?",
        "resume": "Welcome back.",
        "age": "How old are you?",
        "said": "You said: {}",
        "tapped": "You tapped: {}",
        "gone": "Everything is deleted.",
        "file": "Here is your file.",
        "picture": "471 to 480: 16,465.",
    },
    "fr": {
        "start": "<b>Bonjour</b> et bienvenue. Qu’est-ce qui vous amène?",
        "resume": "Rebonjour.",
        "age": "Quel âge avez-vous?",
        "said": "Vous avez dit\N{NO-BREAK SPACE}: {}",
        "tapped": "Vous avez choisi\N{NO-BREAK SPACE}: {}",
        "gone": "Tout est supprimé.",
        "file": "Voici votre fichier.",
        "picture": "471 à 480, 16\N{NO-BREAK SPACE}465.",
    },
}
PICTURE = {
    "kind": "pool",
    "as_on": "2026-09-27",
    "bands": [[481, 490, 12817], [471, 480, 16465]],
    "total": 29282,
    "score": {"low": 478, "high": 478},
}
GOALS = {
    "en": [[["Which category fits me", "g:which"]], [["Bachelor’s degree", "a:bachelor"]]],
    "fr": [[["Quelle catégorie me convient", "g:which"]], [["Baccalauréat", "a:bachelor"]]],
}
WAYS = {
    "en": [["Back", "b"], ["I don’t know", "u:c.age"], ["Why?", "y:c.age"]],
    "fr": [["Retour", "b"], ["Je ne sais pas", "u:c.age"], ["Pourquoi?", "y:c.age"]],
}


class Scripted:
    """Answers from TEXTS; raises at "/crash", where a turn of the real assistant may have a fault."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def turn(self, chat: str, event: Event) -> list[Outbound] | None:
        return await self.store.turn(chat, None, lambda saved: _answered(saved, event))


def _answered(saved: Saved | None, event: Event) -> Turned:
    lang = (saved or {}).get("language") or event.language_code or "en"
    kept: dict[str, Any] = {"language": lang}
    say = TEXTS[lang]
    match event:
        case Tapped(data="g:which") | Said(text="/age"):
            return Turned(kept, [_message(say["age"], [WAYS[lang]], typed="number", place="edit")])
        case Tapped():
            return Turned(kept, [_message(say["tapped"].format(event.data), GOALS[lang])])
        case Said(text="/start" | "/resume"):
            return Turned(kept, [_message(say[event.text[1:]], [*GOALS[lang], WAYS[lang]])])
        case Said(text="/fr" | "/en"):
            return Turned({"language": event.text[1:]}, [_message(TEXTS[event.text[1:]]["start"])])
        case Said(text="/long"):
            return Turned(kept, [_message(LONG * 3), _message("<i>It ends here.</i>", GOALS[lang])])
        case Said(text="/export"):
            file = {"name": "tirage.json", "content": '{"é": 1}\n'}
            return Turned(kept, [{**_message(say["file"]), "file": file}])
        case Said(text="/picture"):
            return Turned(
                kept, [{**_message(say["picture"], GOALS[lang]), "picture": {"spec": PICTURE, "language": lang}}]
            )
        case Said(text="/delete"):
            return Turned(None, [_message(say["gone"])])
        case Said(text="/crash"):
            raise ValueError("a secret that was typed")
        case Said(text="/locked"):
            raise StoreError("locked", "file")
        case _:
            return Turned(kept, [_message(say["said"].format(escape(event.text)))])


def _message(text: str, rows: Sequence[Any] = (), place: str = "new", **more: str) -> dict[str, Any]:
    return {"text": text, "rows": list(rows), "place": place, "message_id": None, "file": None, **more}


def main(file: str, lang: str, *flags: str) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Scripted]:
        async with await SqliteStore.open(file) as store:
            yield Scripted(store)

    commands = {"en": [("age", "Say your age"), ("export", "Save a file")], "fr": [("age", "Dire votre âge")]}
    answered = run(opened, commands.__getitem__, lang, Path(f"{file}-commands"), "--plain" in flags)
    sys.exit(not answered)


if __name__ == "__main__":
    main(*sys.argv[1:])
