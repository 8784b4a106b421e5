"""Amounts of money in free text: where one stands, and where a range of two begins and ends."""

from __future__ import annotations

import re

AMOUNT = re.compile(
    r"(?:(?:ca|c|us|a)?\$\s?|(?<![a-z])(?:cad|usd|eur|inr)\s?"
    r"|[€£₹]\s?)?(?<![\d.,])(?:\d{1,3}(?:[ ,.']\d{3})+|\d{1,9})(?:[.,]\d{1,2})?(?!\d)\s?(?:k\b|mille\b"
    r"|thousand\b|lakhs?\b"
    r"|millions?\b(?: d[e'])?|grand\b)?"
    r"\s?(?:\$\s?(?:ca\b|can\b|us\b)?|€|£|₹|cad\b|usd\b|us dollars?\b|euros?\b|eur\b|dollars?(?: canadiens"
    r"| canadian| americains)?\b|inr\b|rupees?\b|nairas?\b|php\b|pesos?\b|dirhams?\b"
    r"|f ?cfa\b|cfa\b|xof\b|xaf\b|dinars?\b|francs?\b|dh\b|mad\b|tnd\b)?"
)
CURRENCY = re.compile(
    r"[$€£₹]|\b(?:cad|usd|eur|euros?|dollars?|inr|rupees?|nairas?|php|pesos?|dirhams?|lakhs?"
    r"|f ?cfa|cfa|xof|xaf|dinars?|francs?|dh|mad|tnd)\b|\dk\b|\bk\b"
)
LARGE = re.compile(r"\d{4,}|\d[ ,.]\d{3}")
_LOW = re.compile(
    r"(?P<between>\b(?:between|entre)\s)?(?<![\w.,])\$?(?P<low>\d{1,3}(?:[ ,.']?\d{3})*)\s?(?P<scale>k|mille)?\s?\$?"
    r"\s?(?P<to>-|–|to|or|a|ou|and|et)\s?\$?$"
)
_HIGH = re.compile(rf"\s?(?P<to>-|–|to|or|a|ou|and|et)\s?(?P<high>{AMOUNT.pattern})")
_BETWEEN = re.compile(r"\b(?:between|entre)\s*$")
_AND = frozenset({"and", "et"})
LEAST_OF_HIGH = 0.3
"""What the lower end of a range is of the higher one, at least: *3 kids and $15,000* are no range."""


def amount_around(said: str, found: re.Match[str]) -> tuple[int, int]:
    """Where an amount begins and ends, with the other end of a range: *13 to 15k*, *between 20k and 25k*."""
    low = _LOW.search(said[: found.start()])
    if low and (low["to"] not in _AND or low["between"]) and _is_lower(low["low"], found.group()):
        return low.start("low"), found.end()
    high = _HIGH.match(said, found.end())
    joined = high and (high["to"] not in _AND or _BETWEEN.search(said[: found.start()]))
    if high and joined and _is_lower(found.group(), high["high"]):
        return found.start(), high.end()
    return found.span()


def _is_lower(low: str, high: str) -> bool:
    """Whether a number may be the lower end of an amount; a year, or the number of children, is none."""
    one, other = (re.sub(r"\D", "", each) for each in (low, high))
    if not one or not other:
        return False
    return any(LEAST_OF_HIGH * int(other) <= int(one) * scale < int(other) for scale in (1, 1000))
