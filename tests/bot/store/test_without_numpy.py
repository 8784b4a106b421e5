"""sqlite-utils is loaded without numpy, which stays to be had for those who draw."""

import subprocess
import sys

LOOK = """
import sys
import bot.store.sqlite
assert "sqlite_utils" in sys.modules
assert "numpy" not in sys.modules
import numpy
print(numpy.__name__)
"""


def test_the_store_does_not_load_numpy_and_does_not_keep_others_from_it() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "numpy"
