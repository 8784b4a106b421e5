"""Sentences that nobody wrote: the known ones with letters lost, words swapped and joined, and random ones."""

import random
import tomllib
from collections.abc import Iterator

from tests.project import ROOT

HERE = ROOT / "tests" / "conversations" / "understanding"
SIGNS = "abcdefghijklmnopqrstuvwxyz ABCXYZ0123456789.,;:!?/'’\"«»()-–+&$€%@#\n\t éèàçœÎ🙂한字\u202e\u00a0\u0000\ud800"
MOST_SIGNS, MOST_WORDS, MOST_CHANGES = 120, 60, 6


def sentences() -> list[str]:
    """The sentences of the test data."""
    asked = tomllib.loads((HERE / "asked.toml").read_text(encoding="utf-8"))
    told = tomllib.loads((HERE / "told.toml").read_text(encoding="utf-8"))["case"]
    wishes = [text for language in asked.values() for texts in language.values() for text in texts]
    return wishes + [case["say"] for case in told]


def mutated(seed: int, count: int) -> Iterator[str]:
    """So many sentences; the same seed gives the same ones."""
    chance = random.Random(seed)
    known = sentences()
    words = sorted({word for text in known for word in text.split()})
    for number in range(count):
        kind = number % 4
        if kind == 0:
            yield "".join(chance.choices(SIGNS, k=chance.randint(0, MOST_SIGNS)))
        elif kind == 1:
            yield " ".join(chance.choices(words, k=chance.randint(1, MOST_WORDS)))
        else:
            text = chance.choice(known)
            if kind == 3:
                text = f"{text} {chance.choice(known)}"
            yield _changed(text, chance)


def _changed(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        place = chance.randrange(len(letters)) if letters else 0
        letters[place : place + chance.randint(0, 2)] = chance.choice(
            ["", chance.choice(SIGNS), *letters[place : place + 1] * 2]
        )
    return "".join(letters)
