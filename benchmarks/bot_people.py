"""The people of the benchmarks: whole conversations, each person's own, and what the bot answers to each step."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.build import lexicon
from bot.wording import Wording
from conversations.context import Context
from conversations.events import Event, Said, Tapped
from conversations.machine import step
from conversations.session import Session
from tests.botapi.load import TAP

TODAY = date(2026, 6, 1)
RESULTS = frozenset({"which", "score", "eligible", "whatif", "summary", "lines", "programs", "categories"})
"""The replies that are pages of results."""
BIRTH_READ = "ask/partner"
"""The reply to a birth date."""
WHAT_IF_EVERY = 10
"""One person in so many asks what would bring more points."""


class OffScriptError(AssertionError):
    """The assistant did not take a step as the benchmark means it; the text names the step and what came."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a person does, the key of the last reply, and how many messages that is."""

    does: str
    reply: str
    messages: int

    def moved(self, days: int) -> Step:
        """Another day typed."""
        return replace(self, does=(date.fromisoformat(self.does) + timedelta(days=days)).isoformat())


@dataclass(frozen=True, slots=True)
class Person:
    """One way through the assistant."""

    language: str
    steps: tuple[Step, ...]

    def born_later(self, days: int) -> Person:
        """Somebody like this one, with another birth date: results that were worked out for one fit no other."""
        return replace(self, steps=tuple(step.moved(days) if step.reply == BIRTH_READ else step for step in self.steps))

    def typed(self) -> tuple[Step, ...]:
        """What is typed, for a bot that has no buttons: one reply to each."""
        return tuple(replace(step, messages=1) for step in self.steps if not step.does.startswith(TAP))

    def beginning(self, count: int) -> Person:
        """The first steps alone."""
        return replace(self, steps=self.steps[:count])

    def before_results(self) -> Person:
        """The questions alone."""
        return self.beginning(self._first_result())

    def from_results(self) -> Person:
        """What comes from the answer that the last question leads to."""
        return replace(self, steps=self.steps[self._first_result() :])

    def _first_result(self) -> int:
        return next(place for place, step in enumerate(self.steps) if step.reply in RESULTS)


def people(count: int, seed: int = 1) -> list[Person]:
    """People with facts of their own, every second one in French; the same for the same seed."""
    chance = random.Random(seed)
    return [_played(("en", "fr")[n % 2], [*_interview(n, chance), *_afterwards(n, chance)]) for n in range(count)]


JOBS = (
    ("nurse", "31301", "infirmière"),
    ("software developer", "21232", "développeur de logiciels"),
    ("electrician", "72200", "électricien"),
    ("high school teacher", "41220", "enseignant au secondaire"),
    ("accountant", "11100", "comptable"),
    ("cook", "63200", "cuisinier"),
)
DEGREES = (
    ("bachelor's degree", "baccalauréat universitaire"),
    ("master's degree", "maîtrise"),
    ("high school", "école secondaire"),
)


def _interview(n: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """From the first message to the question after which the answer comes: what is done, and the reply it gets."""
    french = n % 2 == 1
    born = date(1970, 1, 1) + timedelta(days=chance.randrange(30 * 365))
    taken = TODAY - timedelta(days=chance.randrange(30, 600))
    job, code, emploi = chance.choice(JOBS)
    degree = chance.choice(DEGREES)[french]
    since = chance.randrange(2012, 2024)
    yield "/start", "welcome"
    yield f"{TAP}c:yes", "menu"
    yield ("quelle catégorie me convient ?" if french else "which category fits me?"), "ask/birth_date"
    yield born.isoformat(), BIRTH_READ
    yield ("célibataire" if french else "single"), "ask/level"
    yield degree, "ask/test"
    yield ("TCF Canada" if french else "ielts general"), "ask/scores"
    yield _scores(chance, french), "ask/taken_on"
    yield taken.isoformat(), "ask/job"
    yield (
        (
            f"{emploi} au Maroc depuis mars {since}, 40 heures par semaine"
            if french
            else f"{job} in India since March {since}, 40 hours a week"
        ),
        "pick_job",
    )
    yield f"{TAP}n:c.job.0:{code}", "which"


def _afterwards(n: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    yield f"{TAP}g:score", "score"
    yield f"{TAP}g:which", "which"
    yield f"{TAP}q:c.scores.0", "ask/scores"
    yield _scores(chance, n % 2 == 1), "which"
    yield "/profile", "summary"
    if n % WHAT_IF_EVERY == 0:
        yield "/whatif", "whatif"


def _scores(chance: random.Random, french: bool) -> str:
    if french:
        heard, read_, wrote, spoke = (chance.randrange(*ends) for ends in ((331, 699), (342, 699), (4, 21), (4, 21)))
        return f"{heard}, {read_}, {wrote}, {spoke}"
    return " ".join(str(chance.randrange(10, 18) / 2) for _ in range(4))


def _played(language: str, script: Sequence[tuple[str, str]]) -> Person:
    """The person with what the assistant answers, which has to be what is meant. Raises OffScriptError."""
    context, words, session, steps = Context(TODAY, lexicon()), Wording(), Session(), []
    for does, meant in script:
        session, replies = step(session, _event(does, language), context)
        if replies[-1].key != meant:
            raise OffScriptError(f"{does!r} was answered with {replies[-1].key}, not {meant}")
        steps.append(Step(does, meant, sum(len(words.say(reply)) for reply in replies)))
    return Person(language, tuple(steps))


def _event(does: str, language: str) -> Event:
    if does.startswith(TAP):
        return Tapped(does.removeprefix(TAP), language)
    return Said(does, language)
