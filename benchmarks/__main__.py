"""Runs every `benchmarks/bench_*.py` in turn: each has a `main()` that measures and prints."""

import importlib
import pkgutil

import benchmarks


def main() -> None:
    """Run them all, or say that there is none."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name[:6] == "bench_")
    if not names:
        print("No benchmark yet: add benchmarks/bench_<what>.py with a main().")
    for name in names:
        print(f"# {name.removeprefix('bench_')}")
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
