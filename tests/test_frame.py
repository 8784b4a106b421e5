"""What the project says about itself: its metadata, its locks, and the reason of each dependency."""

import re
import tomllib
from typing import Any

import pytest

from tests.project import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, list[Any]] = PYPROJECT["dependency-groups"]
RUNTIME: list[str] = PYPROJECT["project"]["dependencies"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def name_of(requirement: str) -> str:
    """The name alone, in the one spelling that locks use: `A_b[c]>=1` is `a-b`."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def names_in_group(group: str) -> set[str]:
    names: set[str] = set()
    for entry in GROUPS[group]:
        names |= {name_of(entry)} if isinstance(entry, str) else names_in_group(entry["include-group"])
    return names


def locked(lock: str) -> dict[str, str]:
    """Each requirement of a lock: its line (`click==8.5.1`, with a marker or not) and the hashes under it."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split("--hash")[0].strip(): line for line in lines}


def test_python_3_11_is_enough() -> None:
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"


def test_command_is_tirage() -> None:
    assert PYPROJECT["project"]["scripts"] == {"tirage": "bot.cli:main"}


def test_the_four_packages_are_shipped() -> None:
    packages = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["scoring", "conversations", "bot", "locales"]
    assert all((ROOT / package / "__init__.py").is_file() for package in packages)


def test_build_backend_is_locked_as_it_is_asked_for() -> None:
    assert GROUPS["build"] == PYPROJECT["build-system"]["requires"]


def test_each_dependency_has_its_reason_in_contributing() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| `([a-z0-9-]+)` \| [a-z]+ \| (.+) \|$", contributing, re.MULTILINE))
    direct = {name_of(requirement) for requirement in RUNTIME}.union(*(names_in_group(group) for group in GROUPS))
    assert set(reasons) == direct
    assert all(len(reason.split()) >= 4 for reason in reasons.values())


@pytest.mark.parametrize("lock", ["dev.txt", "runtime.txt", "tools.txt"])
def test_every_locked_requirement_is_pinned_and_hashed(lock: str) -> None:
    requirements = locked(lock)
    assert requirements
    for requirement, line in requirements.items():
        assert re.fullmatch(r"[a-z0-9-]+==[^\s;]+( ; .+)?", requirement)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), requirement


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_names_a_host(lock: Any) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)|^\s*-[a-z]", text, re.MULTILINE)


def test_locks_hold_what_is_asked_for() -> None:
    runtime = {name_of(requirement) for requirement in RUNTIME}
    assert {name_of(requirement) for requirement in locked("runtime.txt")} >= runtime
    assert {name_of(requirement) for requirement in locked("dev.txt")} >= runtime | names_in_group("dev")
    assert {name_of(requirement) for requirement in locked("tools.txt")} >= names_in_group("tools")


def test_what_is_tested_is_what_is_run() -> None:
    assert set(locked("runtime.txt").items()) <= set(locked("dev.txt").items())


def test_each_page_of_the_docs_is_listed() -> None:
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text(encoding="utf-8")
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} - {"README.md"}
    assert [page for page in sorted(pages) if f"]({page})" not in index] == []
    links = re.findall(r"\]\(([^)#:]+)\)", index)
    assert [link for link in links if not (docs / link).exists()] == []


def test_version_in_the_changelog_is_the_version_of_the_package() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert versions[0] == PYPROJECT["project"]["version"]
