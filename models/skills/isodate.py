"""The forms of ISO 8601 that a date field may hold."""

import datetime
import re

_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"

DATE_PATTERN = rf"{_DATE}({_TIME})?(/{_DATE}({_TIME})?)?"
"""Regular expression of the written form: a year, month, day or minute, or two of them as an interval ("from/to")."""

_WRITTEN = re.compile(DATE_PATTERN)


def has_iso_form(value: str) -> bool:
    """Whether ``value`` is written as ISO 8601, whatever the calendar says of it."""
    return _WRITTEN.fullmatch(value) is not None


def is_iso_date(value: str) -> bool:
    """Whether ``value`` is written as ISO 8601 and exists: "2026-02" does, "2026-02-30" does not."""
    return has_iso_form(value) and all(_exists(part) for part in value.split("/"))


def _exists(part: str) -> bool:
    day, _, time = part.partition("T")
    whole = day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day
    if time and len(day) < 10:
        return False
    try:
        datetime.datetime.fromisoformat(f"{whole}T{time or '00:00'}")
    except ValueError:
        return False
    return True
