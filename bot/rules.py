"""What is in force on a day, for the person who keeps the rules up to date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from scoring.draws import shipped as shipped_history
from scoring.provisions import Provision
from scoring.rulebook import MANY, TOPICS, Rulebook


def rules_data(book: Rulebook, on: date) -> dict[str, Any]:
    """Every provision in force on a day, what was checked long ago, and what is only reported or proposed.

    Raises NoRulesError when the CRS has no table for the day.
    """
    rules = book.on(on)
    tables = [
        {
            "table": _name(topic, table, entry),
            "in_force_from": entry.in_force_from.isoformat(),
            "in_force_until": entry.in_force_until.isoformat() if entry.in_force_until else None,
            "checked_on": entry.checked_on.isoformat(),
            "read": "own" if topic == "near" else entry.read,
            "reference": entry.reference,
            "url": entry.url,
        }
        for topic, kinds in TOPICS.items()
        for table, kind in kinds.items()
        for entry in book.all(topic, table, kind, on)
    ]
    days = rules.near.stale_rules_days
    limit = on - timedelta(days)
    return {
        "on": on.isoformat(),
        "history_to": shipped_history().known_to.isoformat(),
        "tables": tables,
        "stale_after_days": days,
        "stale": [row["table"] for row in tables if date.fromisoformat(str(row["checked_on"])) < limit],
        "reported": [
            {"id": item.id, "since": item.since.isoformat(), "reference": item.reference} for item in book.reported()
        ],
        "proposed": [
            {"id": item.id, "announced": item.announced.isoformat(), "reference": item.reference}
            for item in book.proposed()
        ],
    }


def _name(topic: str, table: str, entry: Provision) -> str:
    """What tells an entry apart: its table, and what it is about where several hold at once."""
    if table not in MANY:
        return f"{topic}.{table}"
    parts = [getattr(entry, key, "") for key in ("category", "version", "test", "scale", "id")]
    return ".".join([topic, *(part for part in parts if part)])


def listing(data: dict[str, Any], say: dict[str, str]) -> str:
    """The same as a text to read."""
    header = (say["table"], say["since"], say["until"], say["checked"], say["read"], say["reference"])
    rows = [
        (
            row["table"],
            row["in_force_from"],
            row["in_force_until"] or say["still"],
            row["checked_on"],
            say[row["read"]],
            f"{row['reference']} <{row['url']}>",
        )
        for row in data["tables"]
    ]
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header) - 1)]
    lines = [say["in_force"].format(on=data["on"]), say["known_to"].format(day=data["history_to"]), ""]
    lines += [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in [header, *rows]
    ]
    days = data["stale_after_days"]
    if data["stale"]:
        lines += ["", say["stale"].format(days=days), *(f"  {name}" for name in data["stale"])]
    else:
        lines += ["", say["no_stale"].format(days=days)]
    for key, when in (("reported", "since"), ("proposed", "announced")):
        items = [f"  {item[when]}  {item['id']}: {item['reference']}" for item in data[key]]
        lines += ["", say[key], *(items or [f"  {say['none']}"])]
    return "\n".join(lines)
