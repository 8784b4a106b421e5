"""The arrows between the packages, the purity of the inner ones, and what no file of the project may name."""

import re

import pytest

from tests.project import ROOT, modules_of, project_files
from tests.purity import MAY_IMPORT, offences


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_package_keeps_to_its_side_of_the_arrows(package: str) -> None:
    modules = modules_of(package)
    assert modules
    found = [
        offence
        for path in modules
        for offence in offences(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source", "offence"),
    [
        # directions
        ("scoring/a.py", "import conversations", "scoring imports conversations"),
        ("scoring/a.py", "from bot.store import x", "scoring imports bot"),
        ("scoring/crs/a.py", "import locales.fr as words", "scoring imports locales"),
        ("scoring/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bot", "scoring imports bot"),
        ("scoring/a.py", "def f():\n    from conversations import machine", "scoring imports conversations"),
        ("scoring/a.py", "from tests.conftest import x", "scoring imports tests"),
        ("conversations/topics/a.py", "from bot import wording", "conversations imports bot"),
        ("conversations/a.py", "import locales", "conversations imports locales"),
        ("locales/a.py", "import scoring", "locales imports scoring"),
        ("bot/a.py", "import tests.conftest", "bot imports tests"),
        # the clock
        ("scoring/a.py", "from datetime import date\ndate.today()", "uses datetime.date.today"),
        ("scoring/a.py", "from datetime import datetime as d\nf = d.now", "uses datetime.datetime.now"),
        ("scoring/a.py", "import datetime as d\nx = d.datetime.utcnow()", "uses datetime.datetime.utcnow"),
        ("scoring/a.py", "def f(on):\n    return type(on).today()", "calls .today()"),
        ("conversations/a.py", "import time", "imports time"),
        ("conversations/a.py", "from time import monotonic", "imports time.monotonic"),
        # the network
        ("scoring/a.py", "import socket", "imports socket"),
        ("scoring/a.py", "import http.client", "imports http.client"),
        ("scoring/a.py", "from http import client", "imports http.client"),
        ("scoring/a.py", "from urllib.request import urlopen", "imports urllib.request.urlopen"),
        ("scoring/a.py", "import urllib\nurllib.request.urlopen('')", "uses urllib.request.urlopen"),
        ("scoring/a.py", "from urllib import *", "imports urllib.*"),
        ("conversations/a.py", "import requests", "imports requests"),
        ("conversations/a.py", "import aiohttp", "imports aiohttp"),
        ("conversations/a.py", "import httpx", "imports httpx"),
        # chance
        ("scoring/a.py", "import random as r", "imports random"),
        ("scoring/a.py", "from uuid import uuid4", "imports uuid.uuid4"),
        ("conversations/a.py", "import secrets", "imports secrets"),
        # the machine
        ("scoring/a.py", "import os\nx = os.environ['A']", "uses os.environ"),
        ("scoring/a.py", "from os import getenv", "imports os.getenv"),
        ("conversations/a.py", "import subprocess", "imports subprocess"),
        # files
        ("scoring/a.py", "open('a')", "uses open()"),
        ("scoring/a.py", "read = open", "uses open()"),
        ("scoring/a.py", "from pathlib import Path", "imports pathlib.Path"),
        ("scoring/a.py", "def f(p):\n    return p.read_text()", "calls .read_text()"),
        ("scoring/a.py", "from importlib import resources", "imports importlib.resources"),
        ("scoring/a.py", "import importlib.resources", "imports importlib.resources"),
        ("scoring/a.py", "import gzip\ngzip.open('a')", "uses gzip.open"),
        ("scoring/a.py", "x = __file__", "uses __file__"),
        ("conversations/a.py", "import sqlite3", "imports sqlite3"),
        ("scoring/resources.py", "def f(p):\n    p.write_text('')", "calls .write_text()"),
        ("scoring/rulebook.py", "import tempfile", "imports tempfile"),
        # ways round
        ("scoring/a.py", "import importlib\nimportlib.import_module('bot')", "uses importlib.import_module"),
        ("scoring/a.py", "__import__('bot')", "uses __import__()"),
    ],
)
def test_planted_offender_is_caught(path: str, source: str, offence: str) -> None:
    assert [found.split(": ", 1)[1] for found in offences(path, source)].count(offence) == 1


def test_relative_import_is_followed_to_where_it_leads() -> None:
    assert offences("scoring/crs/core.py", "from ..profile import Profile\nfrom . import partner") == []
    assert offences("scoring/crs/core.py", "from ...bot import cli") == ["scoring/crs/core.py:1: scoring imports bot"]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("scoring/a.py", "from datetime import date, timedelta\nx = date(2026, 1, 1) + timedelta(1)"),
        ("scoring/a.py", "def f(context):\n    return context.today"),
        ("scoring/a.py", "from urllib.parse import quote\nfrom http import HTTPStatus"),
        ("scoring/a.py", "import io, csv, gzip\nx = gzip.decompress(io.BytesIO(b'').getvalue())"),
        ("scoring/resources.py", "from importlib import resources\nx = resources.files('a').joinpath('b').read_text()"),
        ("conversations/a.py", "from scoring.profile import Profile"),
        ("bot/a.py", "import os, time, random, conversations, locales\nopen('a')"),
    ],
)
def test_allowed_code_is_left_alone(path: str, source: str) -> None:
    assert offences(path, source) == []


# Written in pieces, so that this file does not name them either.
PACKAGE_HOSTS = [("py", "pi.org"), ("files.python", "hosted"), ("registry.npm", "js"), ("deb.deb", "ian.org")]
PLACES = [("/ro", "ot/"), ("/opt/wh", "eels"), ("/opt/py", "pi"), ("/fa", "rm/"), ("/tmp/ba", "sh_"), (".lib", "rary")]
MAKERS = [
    ("anth", "ropic"),
    ("open", "ai"),
    ("chat", "gpt"),
    ("cla", "ude"),
    ("co-auth", "ored"),
    ("language", " model"),
]
NEVER_NAMED = re.compile(
    "|".join(
        [re.escape(head + tail) for head, tail in PACKAGE_HOSTS + PLACES + MAKERS]
        # as the first part of a path only: "study/work" is a phrase
        + [r"(?<![\w.)>-])/wo" + r"rk\b", r"(?<![\w./-])sha" + r"red/"]
    ),
    re.IGNORECASE,
)


def test_no_file_names_a_package_host_or_the_machine_it_was_written_on() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or an archive
            continue
        lines = enumerate(text.splitlines(), start=1)
        found += [f"{path.relative_to(ROOT)}:{number}" for number, line in lines if NEVER_NAMED.search(line)]
    assert found == []


@pytest.mark.parametrize("pieces", [*PACKAGE_HOSTS, *PLACES, *MAKERS, (" /wo", "rk/main"), ("`sha", "red/design.md`")])
def test_planted_name_is_caught(pieces: tuple[str, str]) -> None:
    assert NEVER_NAMED.search("x " + "".join(pieces) + " y")


@pytest.mark.parametrize("text", ["a study/work permit", "canada.ca/en/services/work", "a library of rules", "shared"])
def test_ordinary_words_are_not_taken_for_places(text: str) -> None:
    assert not NEVER_NAMED.search(text)
