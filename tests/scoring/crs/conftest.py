"""A session forgets what an earlier one in the same process remembered."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nothing_remembered() -> None:
    """Clear every functools cache of the package and of these tests.

    mutmut forks each mutant off a process that has run the tests already: what was remembered then would hide it.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(("scoring.", "tests.scoring.crs")):
            for remembered in list(vars(module).values()):
                clear = getattr(remembered, "cache_clear", None)
                if clear is not None:
                    clear()
