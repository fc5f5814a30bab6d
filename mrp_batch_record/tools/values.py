"""How what happened is written into entries: text that no later setting changes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Person:
    """Somebody an entry tells of; the entry itself holds a commitment only.

    :param str key: whom, for a later erasure: ``model,id``
    :param str name: the printed name at the time
    :param str function: what this person was here for
    """

    key: str
    name: str
    function: str = ""

    def get_text(self):
        """:return: what is committed to"""
        return f"{self.name} ({self.function})" if self.function else self.name


def decimal_text(value, digits=6):
    """Write a number as a decimal string of so many digits at most.

    >>> [decimal_text(number) for number in (0.1 + 0.2, 12.50, -0.0, 3)]
    ['0.3', '12.5', '0', '3']
    """
    number = Decimal(repr(float(value or 0)))
    number = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def utc_text(value):
    """Write a moment in UTC, to the second.

    >>> import datetime
    >>> utc_text(datetime.datetime(2026, 1, 2, 3, 4, 5, 6))
    '2026-01-02T03:04:05Z'
    """
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def reference(record):
    """:return: which record it was, for people who still have the database"""
    return f"{record._name},{record.id}" if record else None
