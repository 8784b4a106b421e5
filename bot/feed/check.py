"""One look at the live feed: fetch what changed, read it, and lay it over what is known."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from bot.feed.fetch import Fetch, FetchError, Validators
from bot.feed.merge import Merge, lay_names, merge, unchanged
from bot.feed.parse import parse, parse_names
from bot.feed.parsed import FeedError, Oddity, ParsedFeed
from bot.store.draws import Announce, Decide, FeedFile, Rounds, to_nobody

Trouble = FetchError | FeedError


class Urls(NamedTuple):
    """The two files: facts from the English one, names from the French one."""

    en: str
    fr: str


@dataclass(frozen=True)
class Checked:
    """What a look brought. `merge`: what was changed, or would be; None where the English file cannot be used.

    `trouble`, `trouble_fr`: why a file cannot be used. `fresh`: what is odd about the feed and was not before.
    """

    merge: Merge | None = None
    trouble: Trouble | None = None
    trouble_fr: Trouble | None = None
    fresh: tuple[Oddity, ...] = ()


@dataclass(frozen=True)
class _File:
    """A file as this look found it: its bytes where they changed, and what to keep about it once they are taken in."""

    url: str
    before: FeedFile
    after: FeedFile
    body: bytes | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Look:
    """The parts of a look. `anew`: take both files whole, as after a start with other rules.

    `now`: an aware moment; `today`: the day that it is for the people who are told.
    """

    store: Rounds
    fetch: Fetch
    urls: Urls
    announce: Announce = to_nobody

    async def __call__(
        self, now: datetime, today: date, *, anew: bool = False, dry: bool = False, withdraw: bool = False
    ) -> Checked:
        """Look once. `dry`: tell what would change, and write nothing. `withdraw`: see `bot.feed.merge.merge`.

        Raises StoreError; trouble with the files is told in what is returned. The French file never holds the English
        one up: without it, names are those that are known.
        """
        english = await self._fetched(self.urls.en, now, anew)
        if english.trouble is not None:
            return await self._failed(english, now, dry)
        # names of new rounds may have come before the rounds: with those, the French file is taken whole
        french = await self._fetched(self.urls.fr, now, anew or english.body is not None)
        french, names = await _read_names(french)
        try:
            decide = await asyncio.to_thread(_decision, english.body, names, now, today, withdraw)
            if dry:
                laid = decide(await self.store.known())
                return Checked(laid, None, french.trouble, (*laid.quarantined, *laid.warnings))
            merged = await self.store.merge(decide, now, self.announce)
        except FeedError as error:
            return await self._failed(_File(english.url, english.before, english.before, None, error), now, dry)
        await self._keep(english, now)
        await self._keep(french, now)
        return Checked(merged.merge, None, french.trouble, merged.fresh)

    async def _fetched(self, url: str, now: datetime, anew: bool) -> _File:
        before = await self.store.feed_file(url)
        validators = Validators() if anew else Validators(before.etag, before.last_modified)
        try:
            found = await self.fetch(url, validators)
        except FetchError as error:
            return _File(url, before, before, None, error)
        if found.body is None:
            return _File(url, before, before._replace(last_ok=now))
        mark = sha256(found.body).hexdigest()
        after = FeedFile(found.etag, found.last_modified, mark, now)
        return _File(url, before, after, None if mark == before.hash and not anew else found.body)

    async def _failed(self, file: _File, now: datetime, dry: bool) -> Checked:
        if not dry:
            await self._keep(file, now)
        return Checked(trouble=file.trouble)

    async def _keep(self, file: _File, now: datetime) -> None:
        """Validators are kept of what was taken in only: what is refused is asked for again, whole."""
        if file.trouble is None:
            kept = file.after._replace(error="", failing_since=None)
        else:
            since = file.before.failing_since or now
            kept = file.before._replace(etag="", last_modified="", error=file.trouble.code, failing_since=since)
        await self.store.keep_feed_file(file.url, kept)


async def _read_names(french: _File) -> tuple[_File, dict[str, str]]:
    if french.body is None:
        return french, {}
    try:
        return french, await asyncio.to_thread(parse_names, french.body)
    except FeedError as error:
        return _File(french.url, french.before, french.before, None, error), {}


def _decision(body: bytes | None, names: dict[str, str], now: datetime, today: date, withdraw: bool) -> Decide:
    """What is to be made of the English file, None where it did not change. Raises FeedError."""
    if body is not None:
        feed: ParsedFeed = parse(body, names)
        return lambda known: merge(known, feed, now, today, withdraw=withdraw)
    if names:
        return lambda known: lay_names(known, names, "feed", now, today)
    return lambda known: unchanged(known, today)
