"""Subscribers, rounds, and who is to hear what of them: set down here by hand, with nothing of the bot's own judgement.

Two people are those of stories whose arithmetic stands at their heads; the third has answered nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal

from bot.store import Turned
from bot.store.sqlite import SqliteStore
from conversations.session import Language, Session
from conversations.subscription import Quiet, Subscription
from scoring.draws import shipped
from tests.conversations.storytelling import play
from tests.feedrows import Row, row, rows_of
from tests.feedserver import FeedServer
from tests.project import ROOT

Who = Literal["worker", "teacher", "nobody"]
Kind = Literal["all", "mine", "cec", "others", "asleep", "muted", "off"]

TODAY = date(2026, 12, 28)
STORIES: Mapping[Who, str] = {"worker": "cec_one_month_short", "teacher": "french_teacher"}
"""From the 22nd of December on, the worker has 12 months in Canada and 397 points; the teacher has 427, and French."""
KINDS: tuple[Kind, ...] = ("all", "mine", "cec", "others", "asleep", "muted", "off")
WANTS: Mapping[Kind, Subscription] = {
    "all": Subscription("all"),
    "mine": Subscription("mine"),
    "cec": Subscription("types", ("cec",)),
    "others": Subscription("types", ("french", "pnp")),
    "asleep": Subscription("all"),
    "muted": Subscription("off", before_mute="all"),
}
CONCERNS: Mapping[Who, frozenset[str]] = {
    "worker": frozenset({"cec"}),
    "teacher": frozenset({"french"}),
    "nobody": frozenset({"cec", "french"}),  # nothing is known that would rule them out; a nomination is asked for
}


@dataclass(frozen=True)
class Held:
    """A round as it is published. `corrected`: the cut-off that IRCC sets right afterwards."""

    number: str
    day: date
    type: str
    label: str
    label_fr: str
    cut_off: int
    corrected: int | None = None

    def row(self) -> Row:
        """As the feed has it."""
        return row(self.number, self.day, self.label, 1000, self.cut_off, tie="December 1, 2026 at 10:00:00 UTC")


CEC = ("cec", "Canadian Experience Class", "Catégorie de l’expérience canadienne")
FRENCH = (
    "french",
    "French-Language proficiency 2026-Version 2",
    "Maîtrise du français, 2026-Version 2",
)
PNP = ("pnp", "Provincial Nominee Program", "Programme des candidats des provinces")
ROUNDS = (
    Held("448", date(2026, 12, 21), *CEC, 343),
    Held("449", date(2026, 12, 22), *FRENCH, 428),
    Held("450", date(2026, 12, 23), *PNP, 700),
    Held("451", date(2026, 12, 28), *CEC, 396),
    Held("452", date(2026, 12, 28), *FRENCH, 426, corrected=428),
)

NOT_FIT = ("did not fit this type of round that day", "ne vous correspondait pas ce jour-là")
SHORT = ("It was not you: 1 point short.", "il vous manquait 1 point.")
ABOVE = ("it was you: 1 point above", "c’était vous : 1 point au-dessus")
NOMINATED = ("people whom a province had nominated", "désignées par une province")
UNKNOWN = ("I know nothing about you so far", "Je ne sais encore rien de vous")
VERDICTS: Mapping[tuple[Who, str], tuple[str, str]] = {
    # on the 21st, the worker's 344 points stand above 343, and one day of the twelve months is missing
    ("worker", "448"): NOT_FIT,
    ("worker", "449"): NOT_FIT,
    ("worker", "450"): NOMINATED,
    ("worker", "451"): ABOVE,
    ("worker", "452"): NOT_FIT,
    ("teacher", "448"): NOT_FIT,
    ("teacher", "449"): SHORT,
    ("teacher", "450"): NOMINATED,
    ("teacher", "451"): NOT_FIT,
    ("teacher", "452"): ABOVE,
    **{("nobody", held.number): UNKNOWN for held in ROUNDS},
}
"""A piece of what the message says in English and French, before a correction."""
CORRECTED: Mapping[Who, tuple[str, str]] = {"worker": NOT_FIT, "teacher": SHORT, "nobody": UNKNOWN}


@dataclass(frozen=True)
class Person:
    """One subscriber."""

    number: int
    who: Who
    kind: Kind
    language: Language
    blocks: bool

    def due(self, held: Held) -> bool:
        """Whether this person is to hear of a round."""
        wanted: Mapping[Kind, bool] = {
            "all": True,
            "mine": held.type in CONCERNS[self.who],
            "cec": held.type == "cec",
            "others": held.type in ("french", "pnp"),
        }
        return not self.blocks and wanted.get(self.kind, False)

    def verdict(self, held: Held) -> str:
        """A piece of what the message about a round says to this person when it comes."""
        return VERDICTS[self.who, held.number][self.language == "fr"]

    def corrected(self) -> str:
        """A piece of what it says once the last round was corrected."""
        return CORRECTED[self.who][self.language == "fr"]


LAST = Person(99_999, "nobody", "all", "fr", False)
"""Nobody is told after this one: not invited, and the last by name."""


def audience(size: int, seed: int) -> list[Person]:
    """People of every kind, drawn at random; the last one is `LAST`."""
    chance = random.Random(seed)
    return [*(_person(1_000 + place, chance) for place in range(size - 1)), LAST]


def _person(number: int, chance: random.Random) -> Person:
    who: Who = chance.choice(("worker", "teacher", "nobody"))
    language: Language = chance.choice(("en", "fr"))
    return Person(number, who, chance.choice(KINDS), language, chance.random() < 0.05)


async def subscribe(store: SqliteStore, people: list[Person]) -> None:
    """Each of them as a turn leaves them."""
    for person in people:
        saved, told = session(person).as_json(), wants(person)
        turned = Turned(saved, (), None if told is None else told.as_json(), changed=True)
        await store.turn(f"tg:{person.number}", None, lambda _, turned=turned: turned)  # type: ignore[misc]


def session(person: Person) -> Session:
    """What is kept of a person."""
    told = wants(person)
    alerts = None if told is None else told.as_json()
    return replace(_known(person.who), language=person.language, alerts=alerts)


def wants(person: Person) -> Subscription | None:
    """What a person subscribed to; who is asleep is so for half a day from now on."""
    if person.kind == "off":
        return None
    if person.kind != "asleep":
        return WANTS[person.kind]
    now = datetime.now(UTC)
    minute = now.hour * 60 + now.minute
    return replace(WANTS["asleep"], zone="UTC", quiet=Quiet((minute - 60) % 1440, (minute + 720) % 1440))


@cache
def _known(who: Who) -> Session:
    if who == "nobody":
        return Session(consented=True)
    saved: dict[str, Any] | None = play(
        ROOT / "tests" / "conversations" / "stories" / "en" / f"{STORIES[who]}.txt"
    ).saved
    assert saved is not None
    return Session.from_json(saved)


def feed() -> FeedServer:
    """The live feed, before any of these rounds."""
    history = shipped()
    return FeedServer(rows_of(history), {held.number: held.label_fr for held in history.rounds if held.label_fr})


def published(server: FeedServer) -> Iterator[Held]:
    """Publish one round after another."""
    for held in ROUNDS:
        server.publish(held.row(), held.label_fr)
        yield held
