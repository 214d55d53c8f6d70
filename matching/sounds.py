"""How Chinese words sound: keys for homophones, initials for type-ahead."""

from functools import cache
from unicodedata import normalize

from pypinyin.constants import PINYIN_DICT

# Pairs that northern and southern speakers mix up when they type; folded in the loose key only.
LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))

ROUND_U = str.maketrans("üǖǘǚǜ", "vvvvv")


@cache
def readings(char: str) -> tuple[str, ...]:
    """The readings of one character without tones, the usual one first; itself where it has none."""
    marked = PINYIN_DICT.get(ord(char))
    if marked is None:
        return (char,)
    plain = (_without_tone(reading) for reading in marked.split(","))
    return tuple(dict.fromkeys(reading for reading in plain if reading)) or (char,)


def _without_tone(reading: str) -> str:
    return "".join(letter for letter in normalize("NFD", reading.translate(ROUND_U)) if "a" <= letter <= "z")


@cache
def _loose_reading(char: str) -> str:
    key = readings(char)[0]
    for written, folded in LOOSE:
        key = key.replace(written, folded)
    return key


def sound_key(text: str) -> str:
    """The usual readings joined by spaces; equal for words that sound alike but for tones."""
    return " ".join([readings(char)[0] for char in text])


def loose_sound_key(text: str) -> str:
    """The same with zh/z, ch/c, sh/s, ang/an, eng/en and ing/in folded together."""
    return " ".join([_loose_reading(char) for char in text])


def initials(text: str) -> frozenset[str]:
    """First letters of the readings, as typed on a phone: 电焊工 gives dhg.

    Where characters have several readings each is tried in turn with the others at their usual
    one, so that 长途司机 is found under ctsj as well as ztsj.
    """
    usual = [readings(char)[0][0] for char in text]
    found = {"".join(usual)}
    for place, char in enumerate(text):
        for other in readings(char)[1:]:
            found.add("".join((*usual[:place], other[0], *usual[place + 1 :])))
    return frozenset(found)
