"""Dates as the guide has them (EDTF), read a second time and in another way than the program does."""

import datetime
import re

PLAIN = r"-?\d{4}(-(0\d|1[0-2])(-\d\d)?)?"


def unit(text):
    """The first and the last day it may be, and how many of year, month and day are known."""
    text = re.sub("[~?%]", "", text)
    sign, year, month, day = re.fullmatch(r"(-?)([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?", text).groups()
    low, high = sorted(int(sign + year.replace("X", digit)) for digit in "09")
    if month in ("21", "22", "23", "24"):  # a season; winter ends in the year after
        start = 3 * int(month) - 60
        return (low, start, 1), (high + (start == 12), (start + 1) % 12 + 1, 31), 1
    if "X" in year or not (month or "").isdigit():
        return (low, 1, 1), (high, 12, 31), int("X" not in year)
    if not (day or "").isdigit():
        return (low, int(month), 1), (high, int(month), 31), 2
    return (low, int(month), int(day)), (high, int(month), int(day)), 3


def span(text):
    """The same of an interval or a set."""
    parts = re.split(r"/|,|\.\.", text.strip("[]"))
    units = [unit(part) for part in parts if part]
    first = min(low for low, _, _ in units) if parts[0] else (-9999, 1, 1)
    last = max(high for _, high, _ in units) if parts[-1] else (9999, 12, 31)
    return first, last, max(known for _, _, known in units)


def end_of(text, is_last):
    """Of an interval one of its ends, which may be empty or `..`; else the date."""
    return text.split("/")[1 if is_last else 0] if "/" in text else text


def days(text):
    """First and last day, where both are known and in no doubt."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", text)
    return found and tuple(datetime.date.fromisoformat(day) for day in (found[1], found[2] or found[1]))


def in_doubt(text):
    """Approximate, uncertain, a set, or open at an end."""
    return bool(re.search(r"[~?%\[]|\.\.|^/|/$", text))


def is_level_1(text):
    """Whether BibLaTeX reads it: no sets, and marks of doubt behind the whole date only."""
    one = r"(-?\d{4}(-\d\d(-\d\d)?)?|\d{4}-\d\d-XX|\d{4}-XX-XX|\d{4}-XX|\d\d[\dX]X)[~?%]?"
    return bool(re.fullmatch(rf"|{one}|({one}|\.\.)?/({one}|\.\.)?", text))


def is_true(value, text, is_last=False):
    """Whether a plain date claims no more than the EDTF date does; of an interval, one of its ends."""
    text = end_of(text, is_last)
    if text in ("", "..") or not re.fullmatch(PLAIN, value):
        return False
    (low, high, _), (first, last, _) = unit(value), span(text)
    return low <= first and last <= high


def parts_fit(parts, text, is_last=False):
    """Whether year, month and day are no finer than the date, and not outside of it."""
    part = end_of(text, is_last)
    first, last, known = span(part if part.strip(".") else text)
    inside = first[:len(parts)] <= tuple(parts) <= last[:len(parts)]
    return len(parts) <= max(known, 1) and inside
