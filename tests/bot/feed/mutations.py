"""Feeds with something wrong, each made from a good one by a random source of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.feedserver import HTML

Rows = list[dict[str, Any]]
ODD_VALUES: tuple[Any, ...] = (
    *("", " ", "0", "-1", "x", "N/A", "1,2,3", "999,999,999,999", "1201", "2031-02-30", "13-03-2031", "2099-01-01"),
    *("<script>", "null", "905", "91a", "\u0000", "\ud800", "Ã©", "\ufffd", "é" * 500),
    *(None, True, False, 0, -1, 7, 3.5, 1e308, 10**30, [], ["905"], {}, {"drawNumber": "905"}),
)


def mutated(good: Sequence[dict[str, Any]], seed: int) -> bytes:
    """A feed with one to four things wrong: some in its rows, some in its text, some in its bytes."""
    random = Random(seed)
    rows: Rows = [dict(each) for each in good]
    for _ in range(random.randrange(3)):
        rows = random.choice(ROW_FAULTS)(random, rows) or [dict(good[0])]
    body = random.choice(SHAPES)(random, rows)
    for _ in range(random.randrange(2)):
        body = random.choice(BYTE_FAULTS)(random, body)
    return body


# In the rows


def _drop_key(random: Random, rows: Rows) -> Rows:
    row = random.choice(rows)
    row.pop(random.choice(list(row) or ["x"]), None)
    return rows


def _drop_key_everywhere(random: Random, rows: Rows) -> Rows:
    key = random.choice(list(rows[0]) or ["x"])
    return [{name: value for name, value in row.items() if name != key} for row in rows]


def _odd_value(random: Random, rows: Rows) -> Rows:
    row = random.choice(rows)
    row[random.choice([*row, "new"])] = random.choice(ODD_VALUES)
    return rows


def _odd_values(random: Random, rows: Rows) -> Rows:
    key, value = random.choice(["drawDate", "drawSize", "drawCRS", "drawName", "drawCutOff"]), random.choice(ODD_VALUES)
    for row in random.sample(rows, min(len(rows), random.randrange(2, 6))):
        row[key] = value
    return rows


def _swap_fields(random: Random, rows: Rows) -> Rows:
    row = random.choice(rows)
    names = list(row) or ["x"]
    one, other = random.choice(names), random.choice(names)
    row[one], row[other] = row.get(other), row.get(one)
    return rows


def _shift_columns(random: Random, rows: Rows) -> Rows:
    row = random.choice(rows)
    row.update(zip(row, [*row.values()][1:], strict=False))
    return rows


def _other_digit(random: Random, rows: Rows) -> Rows:
    row = random.choice(rows)
    key = random.choice(["drawNumber", "drawDate", "drawSize", "drawCRS", "drawCutOff", "dd1", "dd18"])
    text = str(row.get(key, ""))
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    if places:
        place = random.choice(places)
        row[key] = text[:place] + random.choice("0123456789") + text[place + 1 :]
    return rows


def _lose_rows(random: Random, rows: Rows) -> Rows:
    return random.sample(rows, random.randrange(len(rows) + 1))


def _lose_one(random: Random, rows: Rows) -> Rows:
    rows.pop(random.randrange(len(rows)))
    return rows


def _repeat(random: Random, rows: Rows) -> Rows:
    return rows + [dict(random.choice(rows)) for _ in range(random.randrange(1, 4))]


def _shuffle(random: Random, rows: Rows) -> Rows:
    random.shuffle(rows)
    return rows


def _new_row(random: Random, rows: Rows) -> Rows:
    day = random.choice(
        ["2031-03-13", "2031-03-12", "2031-03-06", "2031-03-05", "2031-03-14", "2031-03-15", "2016-01-01"]
    )
    number = random.choice(["906", "907", "1", "904c", "99999"])
    return [dict(random.choice(rows)) | {"drawNumber": number, "drawDate": day}, *rows]


def _no_row(random: Random, rows: Rows) -> Rows:
    place = random.randrange(len(rows))
    return rows[:place] + rows[place + 1 :] + [{"": random.choice(ODD_VALUES)}]


ROW_FAULTS: tuple[Callable[[Random, Rows], Rows], ...] = (
    *(_drop_key, _drop_key_everywhere, _odd_value, _odd_value, _odd_value, _odd_values, _swap_fields, _shift_columns),
    *(_other_digit, _other_digit, _lose_rows, _lose_one, _repeat, _shuffle, _new_row, _new_row, _no_row),
)


# As a text


def _list(random: Random, rows: Rows) -> bytes:
    return json.dumps({"classes": "x", "rounds": rows}, indent=random.choice([None, 4])).encode()


def _keyed(_random: Random, rows: Rows) -> bytes:
    return json.dumps({"rounds": {f"r{row.get('drawNumber')}": row for row in rows}}).encode()


def _other_name(random: Random, rows: Rows) -> bytes:
    name = random.choice(["Rounds", "round", "", "data"])
    return json.dumps({name: rows}).encode()


def _odd_rounds(random: Random, _rows: Rows) -> bytes:
    return json.dumps({"rounds": random.choice(ODD_VALUES)}).encode()


def _odd_rows(random: Random, rows: Rows) -> bytes:
    return json.dumps({"rounds": [*rows, random.choice(ODD_VALUES)]}).encode()


def _accented(random: Random, rows: Rows) -> bytes:
    text = json.dumps({"note": "été à l\N{RIGHT SINGLE QUOTATION MARK}œuvre", "rounds": rows}, ensure_ascii=False)
    encoding = random.choice(["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-32", "cp037"])
    return text.encode(encoding, "replace")


def _garbled(_random: Random, rows: Rows) -> bytes:
    text = json.dumps({"note": "été", "rounds": rows}, ensure_ascii=False).encode("utf-8", "replace")
    return text.decode("cp1252", "replace").encode("utf-8")


def _constant(random: Random, rows: Rows) -> bytes:
    return json.dumps({"rounds": rows, "x": random.choice([float("nan"), float("inf")])}).encode()


def _key_twice(random: Random, rows: Rows) -> bytes:
    text = json.dumps({"rounds": rows})
    key = random.choice(["drawCRS", "drawNumber", "rounds", "drawDate"])
    return text.replace(f'"{key}":', f'"{key}": "7", "{key}":', random.choice([1, -1])).encode()


def _page(_random: Random, _rows: Rows) -> bytes:
    return HTML


def _empty(random: Random, _rows: Rows) -> bytes:
    return random.choice([b"", b" ", b"null", b"[]", b"{}", b"0", b'""', b"\xef\xbb\xbf", b"\x00" * 50])


def _deep(random: Random, _rows: Rows) -> bytes:
    depth = random.choice([10, 1_000, 20_000])
    return b'{"rounds":' + b'[{"a":' * depth + b"1" + b"}]" * depth + b"}"


def _huge(random: Random, rows: Rows) -> bytes:
    row = dict(random.choice(rows)) | {random.choice(["drawName", "drawCutOff", "drawCRS", "x"]): "9" * 200_000}
    return json.dumps({"rounds": [row, *rows]}).encode()


SHAPES: tuple[Callable[[Random, Rows], bytes], ...] = (
    *[_list] * 14,
    *[_keyed] * 3,
    *(_other_name, _odd_rounds, _odd_rows, _accented, _accented, _garbled, _constant, _key_twice, _key_twice),
    *(_page, _empty, _deep, _huge),
)


# In the bytes


def _flip(random: Random, body: bytes) -> bytes:
    bent = bytearray(body)
    for _ in range(random.choice([1, 1, 2, 5, 50])):
        if bent:
            bent[random.randrange(len(bent))] ^= 1 << random.randrange(8)
    return bytes(bent)


def _cut(random: Random, body: bytes) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def _lose(random: Random, body: bytes) -> bytes:
    start = random.randrange(len(body) + 1)
    return body[:start] + body[start + random.choice([1, 1, 10, 1_000]) :]


def _insert(random: Random, body: bytes) -> bytes:
    start = random.randrange(len(body) + 1)
    return body[:start] + random.randbytes(random.choice([1, 1, 10])) + body[start:]


def _double(random: Random, body: bytes) -> bytes:
    start, end = sorted(random.randrange(len(body) + 1) for _ in range(2))
    return body[:end] + body[start:]


BYTE_FAULTS = (_flip, _flip, _flip, _cut, _lose, _insert, _double)
