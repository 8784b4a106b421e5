"""Pictures are drawn outside of the event loop, one at a time; the last ones without a score are remembered."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping
from typing import Any

import pytest

from bot.charts import pictures
from bot.charts.pictures import NotDrawnError, Pictures
from conversations.session import Language
from tests.bot.charts.samples import SAMPLES


class Hand:
    """What draws here: it notes what it drew and where, and waits until it may."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Any, str]] = []
        self.threads: set[str] = set()
        self.may = threading.Event()
        self.may.set()

    def __call__(self, spec: Mapping[str, Any], language: Language) -> bytes:
        self.may.wait()
        self.threads.add(threading.current_thread().name)
        self.drawn.append((spec, language))
        if spec.get("total") == 404:
            raise ZeroDivisionError("478 candidates")
        return f"{len(self.drawn)}".encode()


async def test_what_shows_no_score_is_drawn_once_for_each_language() -> None:
    hand = Hand()
    drawn = Pictures(hand)
    first = await drawn.png(SAMPLES["pool_alone"], "en")
    assert await drawn.png(dict(SAMPLES["pool_alone"]), "en") == first
    assert await drawn.png(SAMPLES["pool_alone"], "fr") != first
    assert len(hand.drawn) == 2
    drawn.close()


async def test_what_shows_a_score_is_not_remembered() -> None:
    hand = Hand()
    drawn = Pictures(hand)
    assert await drawn.png(SAMPLES["pool"], "en") != await drawn.png(SAMPLES["pool"], "en")
    assert drawn._kept == {}
    drawn.close()


async def test_the_loop_goes_on_while_one_is_drawn() -> None:
    hand = Hand()
    hand.may.clear()
    drawn = Pictures(hand)
    tasks = [asyncio.create_task(drawn.png(SAMPLES[name], "en")) for name in ("pool", "score", "nominees")]
    await asyncio.sleep(0)
    assert hand.drawn == []
    hand.may.set()
    assert await asyncio.gather(*tasks) == [b"1", b"2", b"3"]
    assert hand.threads == {"pictures_0"}
    assert threading.current_thread().name not in hand.threads
    drawn.close()


async def test_the_oldest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT", 2)
    hand = Hand()
    drawn = Pictures(hand)
    specs = [{**SAMPLES["pool_alone"], "total": total} for total in range(3)]
    for spec in (specs[0], specs[1], specs[0], specs[2]):
        await drawn.png(spec, "en")
    assert len(hand.drawn) == 3
    await drawn.png(specs[0], "en")
    assert len(hand.drawn) == 3
    await drawn.png(specs[1], "en")
    assert len(hand.drawn) == 4
    drawn.close()


async def test_what_went_wrong_is_logged_without_what_was_to_be_drawn(caplog: pytest.LogCaptureFixture) -> None:
    drawn = Pictures(Hand())
    with caplog.at_level(logging.ERROR), pytest.raises(NotDrawnError):
        await drawn.png({**SAMPLES["pool"], "total": 404}, "en")
    assert "ZeroDivisionError" in caplog.text
    assert "478" not in caplog.text
    drawn.close()


async def test_what_is_no_picture_is_not_drawn() -> None:
    drawn = Pictures()
    with pytest.raises(NotDrawnError):
        await drawn.png({"kind": "sheet", "score": None}, "en")
    drawn.close()


async def test_the_real_hand_draws() -> None:
    drawn = Pictures()
    assert (await drawn.png(SAMPLES["score"], "fr")).startswith(b"\x89PNG")
    drawn.close()
