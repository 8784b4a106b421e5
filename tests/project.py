"""Where the project's own files are, for the tests that read them as text."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Made by tools, and ignored by git.
NOT_OURS = {".git", "mutants", "build", "dist", "__pycache__", ".hypothesis", ".benchmarks"}


def project_files() -> Iterator[Path]:
    """Every file that is written by hand or shipped, in a stable order."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        made = any(
            part in NOT_OURS or part.startswith(".venv") or part.endswith(("_cache", ".egg-info")) for part in parts
        )
        if path.is_file() and not made:
            yield path


def modules_of(package: str) -> list[Path]:
    """Every Python module under a top-level package."""
    return [path for path in project_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == package]
