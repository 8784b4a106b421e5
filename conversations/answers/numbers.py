"""Numbers: counts, hours a week, Canadian dollars."""

from __future__ import annotations

import re

from conversations.answers.result import JSON, MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain
from conversations.answers.words import with_digits

MOST_HOURS = 168
FULL_TIME = 30
"""Hours a week that Express Entry calls full-time."""
MOST_MONEY = 1_000_000_000
_HOUR = 60
_MOST_WRITTEN, _TOO_MUCH = 20, 10**12
"""A number of more signs is only known to be more than anything that is asked for."""

_GROUPED = r"\d{1,3}(?:(?P<sep>[ ,.'])\d{3})(?:(?P=sep)\d{3})*(?!\d)"
_DECIMALS = r"(?:[.,]\d{1,2})?(?!\d|[.,]\d|e\d)"
_NUMBER = re.compile(rf"(?<![\d.,])(?<!\de)(?P<minus>(?<!\S)-\s?)?(?P<n>{_GROUPED}{_DECIMALS}|\d+{_DECIMALS})")
_RANGE = re.compile(r"(?<=\d)\s?-\s?(?=\d)")
_NOTHING = re.compile(
    r"(?:none|no|nil|nothing|nobody|zero|aucune?s?|non|rien|pas d'?\w*|personne|neant)\b"
    r"(?! (?:idea|idee|clue)\b)"
)


def number(written: str) -> float:
    """The value of a number: three digits after a sign make thousands (`25.000`), one or two make decimals (`25,5`)."""
    if len(written) > _MOST_WRITTEN:
        return _TOO_MUCH
    grouped = re.fullmatch(rf"({_GROUPED})(?:[.,](\d{{1,2}}))?", written)
    if grouped:
        return float(re.sub(r"\D", "", grouped[1]) + "." + (grouped[3] or "0"))
    return float(written.replace(",", "."))


def whole(value: float) -> int | float:
    """The same number, without a decimal part where it has none."""
    return int(value) if value == int(value) else value


def read_number(text: str, low: float, high: float, whole_only: bool = True) -> Result:
    """A number from `low` to `high` (both inclusive), in digits or words; *none* is 0."""
    cleaned = clean(text)
    said = with_digits(plain(cleaned))
    bounds = {"low": low, "high": high}
    found = dict.fromkeys(_value(each) for each in _NUMBER.finditer(_RANGE.sub(" to ", said)))
    if not found and _NOTHING.match(said):
        found = {0.0: None}
    if not found:
        return Misread("no_number", cleaned, bounds)
    if len(found) > 1:
        return _several(cleaned, list(found), low, high, "which_number")
    value = whole(next(iter(found)))
    if not low <= value <= high:
        return Misread("out_of_range", cleaned, {**bounds, "number": value})
    if whole_only and not isinstance(value, int):
        return Misread("whole_wanted", cleaned, {**bounds, "number": value})
    return Understood(value)


def _value(found: re.Match[str]) -> float:
    value = number(found["n"])
    return -value if found["minus"] else value


def _several(cleaned: str, values: list[float], low: float, high: float, code: str) -> Result:
    """Which of several numbers is meant, where all of them could be."""
    if len(values) <= MOST_OPTIONS and all(low <= value <= high for value in values):
        return Unclear(code, cleaned, tuple(whole(value) for value in values))
    return Misread("several_numbers", cleaned, {"count": len(values)})


_FULL = re.compile(r"\bfull[- ]?time\b|\bfulltime\b|\b(?:a )?(?:temps plein|temps complet|plein temps)\b")
_PART = re.compile(r"\bpart[- ]?time\b|\b(?:a )?(?:temps partiel|mi-temps|mi temps)\b")
_HOURS = r"\s*(?:h\b|hrs?\b|hours?\b|heures?\b)"
_CLOCK = re.compile(r"(?<!\d)(\d{1,3})\s?h\s?([0-5]\d)(?!\d)")
_OTHER_PERIOD = re.compile(
    r"(?:/|\bper |\ba |\beach |\bpar |\bevery )\s?(?:day|jour|month|mois|year|an\b|annee)"
    r"|\b(?:daily|monthly|mensuel\w*|biweekly|fortnight\w*|2 weeks|2 semaines)\b"
)
HOURS_IN_LINE = re.compile(
    rf"(?<![\d.,-])(?:\d{{1,3}}\s?h\s?[0-5]\d|\d{{1,3}}(?:[.,]\d{{1,2}})?{_HOURS})"
    r"(?:\s?(?:/\s?|\ba |\bper |\bby |\bpar |\beach |\bla |\bevery )\s?"
    r"(?:week|wk|w|semaine|sem|day|jour|month|mois)\b\.?)?|"
    rf"{_FULL.pattern}|{_PART.pattern}"
)
"""Hours where they stand among other things: with their unit, or in words."""


def read_hours(text: str) -> Result:
    """Hours a week, 0 to 168, two decimals at most; *full-time* alone is the 30 hours of Express Entry, and is told."""
    cleaned = clean(text)
    said = with_digits(_CLOCK.sub(_decimal_hours, plain(cleaned)))
    if _OTHER_PERIOD.search(said):
        return Misread("per_week", cleaned)
    found = dict.fromkeys(_value(each) for each in _NUMBER.finditer(_RANGE.sub(" to ", said)))
    if not found:
        return _hours_in_words(cleaned, said)
    if len(found) > 1:
        return _several(cleaned, list(found), 0, MOST_HOURS, "hours")
    hours = whole(next(iter(found)))
    if not 0 <= hours <= MOST_HOURS or round(hours, 2) != hours:
        return Misread("out_of_range", cleaned, {"low": 0, "high": MOST_HOURS, "number": hours})
    return Understood(hours)


def _decimal_hours(found: re.Match[str]) -> str:
    return f"{round(int(found[1]) + int(found[2]) / _HOUR, 2):g} h"


def _hours_in_words(cleaned: str, said: str) -> Result:
    if _PART.search(said):
        return Misread("hours_wanted", cleaned)
    if _FULL.search(said):
        return Understood(FULL_TIME, {"from": "full_time"})
    return Misread("no_hours", cleaned)


_CURRENCIES: dict[str, str] = {
    "USD": r"usd|us ?\$|\$ ?us\b|u\.s\.|us dollars?|american dollars?|dollars? (?:us|americains?)",
    "EUR": r"eur|euros?|€",
    "GBP": r"gbp|£|pounds?|livres?(?: sterling)?",
    "INR": r"inr|₹|rs\.?|rupees?|roupies?|lakhs?|lacs?|crores?",
    "PHP": r"php|₱|philippine pesos?|pesos? philippins?",
    "NGN": r"ngn|₦|nairas?",
    "CNY": r"cny|rmb|yuans?",
    "JPY": r"jpy|yens?|¥",
    "KRW": r"krw|₩|korean won|wons coreens|million won",
    "XOF": r"xof|xaf|f ?cfa|cfa",
    "MAD": r"mad|dh|dirhams? marocains?|moroccan dirhams?",
    "AED": r"aed|(?:uae |emirati )dirhams?|dirhams? (?:des emirats|emiratis?)",
    "DZD": r"dzd|dinars? algeriens?|algerian dinars?",
    "TND": r"tnd|dinars? tunisiens?|tunisian dinars?",
    "SAR": r"sar|riyals?",
    "PKR": r"pkr|pakistani rupees?",
    "BDT": r"bdt|takas?",
    "BRL": r"brl|r\$|reais",
    "MXN": r"mxn|mexican pesos?|pesos? mexicains?",
    "COP": r"colombian pesos?|pesos? colombiens?",
    "CHF": r"chf|swiss francs?|francs? suisses?",
    "AUD": r"aud|a\$|australian dollars?|dollars? australiens?",
    "HKD": r"hkd|hk\$",
    "SGD": r"sgd|s\$",
    "TRY": r"lira|livres? turques?",
    "IRR": r"irr|rials?|tomans?",
    "UAH": r"uah|hryvnias?",
    "RUB": r"rub|rubles?|roubles?|₽",
    "VND": r"vnd",
    "KES": r"kes|kenyan shillings?",
    "GHS": r"ghs|cedis?",
    "EGP": r"egp|egyptian pounds?|livres? egyptiennes?",
    "ETB": r"etb|birrs?",
    "CLP": r"clp|chilean pesos?",
    "ZAR": r"zar|rands?",
}
"""Other currencies by what people write; a code that is also a word is left out."""
_OTHERS = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _CURRENCIES.items())
    + r"|(?P<unknown>pesos?|dirhams?|dinars?|francs?|shillings?))(?![a-z])"
)
_CANADIAN = re.compile(r"\bcad\b|\b(?:ca|c)\$|\bcanadian dollars?\b|\bdollars? canadiens?\b")
_SHARED_SCALE = re.compile(r"(\d+)\s*(?:-|to|a)\s*(\d+)\s*(k|mille|thousand|millions?)\b")
_SCALE = {"k": 1_000, "mille": 1_000, "thousand": 1_000, "grand": 1_000, "million": 1_000_000, "millions": 1_000_000}
_MONEY = re.compile(rf"{_NUMBER.pattern}(?:\s*(?P<scale>k|mille|thousand|grand|millions?)(?![a-z]))?")


def read_money(text: str) -> Result:
    """Canadian dollars. Another currency is misread as `other_currency`, with its code where that is known."""
    cleaned = clean(text)
    said = _SHARED_SCALE.sub(r"\1 \3 to \2 \3", with_digits(_CANADIAN.sub("$", plain(cleaned))))
    other = _OTHERS.search(said)
    if other:
        code = other.lastgroup if other.lastgroup != "unknown" else None
        return Misread("other_currency", cleaned, {"currency": code or other.group()})
    found = dict.fromkeys(_amount(each) for each in _MONEY.finditer(_RANGE.sub(" to ", said)))
    if not found and _NOTHING.match(said):
        found = {0.0: None}
    if not found:
        return Misread("no_money", cleaned)
    if len(found) > 1:
        return _several(cleaned, list(found), 0, MOST_MONEY, "which_amount")
    return _dollars(whole(next(iter(found))), cleaned)


def _amount(found: re.Match[str]) -> float:
    return round(_value(found) * _SCALE.get(found["scale"] or "", 1), 6)


def _dollars(amount: JSON, cleaned: str) -> Result:
    if not 0 <= amount <= MOST_MONEY:
        return Misread("out_of_range", cleaned, {"low": 0, "high": MOST_MONEY, "number": amount})
    if round(amount, 2) != amount:
        return Misread("no_money", cleaned)
    return Understood(amount, {"currency": "CAD"})
