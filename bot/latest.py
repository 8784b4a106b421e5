"""The rounds that the assistant goes by are those that the store knows, whichever process brought them there."""

from __future__ import annotations

from collections.abc import Callable

from bot.store.draws import Rounds
from scoring.draws import History


class Latest:
    """Looks whether the store knows other rounds by now, and hands them on to who goes by them."""

    def __init__(self, store: Rounds, learn: Callable[[History], None]) -> None:
        self._store, self._learn = store, learn
        self._version: int | None = None

    async def __call__(self) -> int:
        """Bring them up to date; the version that they have at least. Raises StoreError."""
        version = await self._store.history_version()
        if version != self._version:
            self._learn(await self._store.history())
            self._version = version
        return version
