"""Numbers as people write them in Chinese, turned into digits."""

import re
import unicodedata

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
# 三四千 names a range; 三千五 a number whose last digit counts hundreds.
_NEIGHBOURS = re.compile(r"([一二三四五六七八])([二三四五六七八九])([十百千万])")
_NUMBER = re.compile(r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万]*(?![险金班休餐])")


def plain(text: str) -> str:
    """The text in half width and small letters, without blanks and thousands' commas."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub(r"\s", "", folded))


def read_number(text: str) -> int:
    """The value of a Chinese numeral: 三千五 is 3500, 一万二 is 12000, 十五 is 15, 三五 is 35.

    Args:
        text: only characters of a numeral, at least one.
    """
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit, unit = 0, 0, 1
    for place, character in enumerate(text):
        if character in _DIGITS:
            digit = _DIGITS[character]
            if digit == 0:
                unit = 10  # 三千零五: what follows counts ones
        else:
            unit = _UNITS[character]
            implied = 1 if place == 0 or text[place - 1] in "零〇" else 0
            total = (total + digit) * unit if unit == 10_000 else total + (digit or implied) * unit
            digit = 0
    return total + digit * max(unit // 10, 1)


def digits(text: str) -> str:
    """The text with its Chinese numerals written in digits; single digits without a unit stay.

    五险一金 and 做六休一 are words and stay as they are.
    """
    apart = _NEIGHBOURS.sub(r"\1\3-\2\3", text)
    return _NUMBER.sub(_replaced, apart)


def _replaced(hit: re.Match[str]) -> str:
    numeral = hit.group()
    return str(read_number(numeral)) if any(character in _UNITS for character in numeral) else numeral
