"""The answers of one person, looked at as facts. Nothing here is asked or said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conversations.keys import Key, Scope, parsed

NONE = "none"
"""The answer that says there is none, or no more, of something."""


class Dossier:
    """Answers by key. A key that is missing was not answered; null was answered with *I don't know*."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        """Take the answers as a session keeps them."""
        self.answers = answers

    def answered(self, key: Key) -> bool:
        """Whether a question was answered, be it with *I don't know*."""
        return str(key) in self.answers

    def get(self, key: Key) -> Any:
        """The answer, or None where there is none or it is not known."""
        return self.answers.get(str(key))

    def given(self) -> Iterator[Key]:
        """The keys of all answers, in the order given."""
        for text in self.answers:
            key = parsed(text)
            if key is not None:
                yield key

    def items(self, scope: Scope, question: str) -> Iterator[tuple[int, Any]]:
        """What was answered at each place of a list, up to the first that is missing or says *no more*."""
        index = 0
        while (value := self.get(Key(scope, question, index))) not in (None, NONE):
            yield index, value
            index += 1

    def partner(self) -> str | None:
        """The answer about a partner: none, coming, staying, canadian; None where it is not known."""
        found = self.get(Key("h", "partner"))
        return None if found is None else str(found)

    def noc(self, key: Key) -> str | None:
        """The unit group of the job that a key is about."""
        job = self.get(key.to("job"))
        code = job.get("noc") if isinstance(job, dict) else None
        return None if code is None else str(code)
