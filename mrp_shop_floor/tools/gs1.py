"""GS1 element strings: what stands in the barcodes of a label."""

import re

from odoo.tools.barcode import get_barcode_check_digit

#: symbology's own sign between values whose length varies
FNC1 = "\xf1"
FIXED = ("00", "01", "02", "11", "13", "15", "17", "20")
GTIN_LENGTHS = (8, 12, 13, 14)
#: what a lot may be written with (GS1 character set 82, without brackets)
VALUE = re.compile(r"[A-Za-z0-9!\"%&'*+,\-./:;<=>?_]{1,20}")
MOST_DIGITS = 6


def get_gtin(barcode):
    """:return: the 14 digits of a GTIN; None when it is none"""
    code = barcode or ""
    if not re.fullmatch(r"\d+", code) or len(code) not in GTIN_LENGTHS:
        return None
    return code.zfill(14) if get_barcode_check_digit(code) == int(code[-1]) else None


def make_sscc(prefix, number):
    """Number a container.

    :param str prefix: GS1 company prefix
    :param int number: never given twice under the prefix
    :return: 18 digits, None when the numbers of the prefix are used up
    """
    places = 17 - 1 - len(prefix)
    extension, serial = divmod(number, 10**places)
    if extension > 9:
        return None
    body = f"{extension}{prefix}{serial:0{places}d}"
    return f"{body}{get_barcode_check_digit(body + '0')}"


def get_measure(key, value):
    """A measure as an element: as many decimals as fit six digits, three at most.

    :param str key: the first three digits of the identifier, such as 310
    :return: ``(identifier, digits)``; None when it does not fit
    """
    for decimals in range(3, -1, -1):
        digits = str(round(value * 10**decimals))
        if len(digits) <= MOST_DIGITS:
            return f"{key}{decimals}", digits.zfill(MOST_DIGITS)
    return None


def is_fixed(key):
    """:return: whether values of the identifier end by themselves"""
    return key in FIXED or key[:2] in ("31", "32", "33", "34", "35", "36")


def to_text(elements):
    """:return: what people read under the bars"""
    return "".join(f"({key}){value}" for key, value in elements)


def to_symbols(elements, separator=FNC1, start=FNC1, pattern="{}{}"):
    """:return: what is encoded as Code 128"""
    parts = [start]
    for place, (key, value) in enumerate(elements, 1):
        parts.append(pattern.format(key, value))
        if not is_fixed(key) and place < len(elements):
            parts.append(separator)
    return "".join(parts)
