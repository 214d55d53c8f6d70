"""Type-ahead: what somebody may be about to type, by characters or by pinyin."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from matching.lexicon import Entry, lexicon
from matching.resolve import resolve
from matching.sounds import initials, sound_key
from matching.text import normalise
from matching.types import Hit, How, Kind

PREFIX = 0.8
INSIDE = 0.6
SOUND = 0.5


@dataclass(frozen=True, slots=True)
class TypedIndex:
    """Words in order of usefulness, and their pinyin keys in order, each with its word's place."""

    entries: tuple[Entry, ...]
    sounds: tuple[tuple[str, int], ...]


@cache
def _typed_index(kind: Kind) -> TypedIndex:
    words = lexicon(kind).words
    entries = [entry for held in words.values() for entry in held]
    # Short words first, official names before others: what is nearest to complete is shown first.
    entries.sort(key=lambda it: (len(it.text), not it.is_official, it.text, it.code))
    sounds = set()
    for place, entry in enumerate(entries):
        sounds |= {(key, place) for key in initials(entry.text)}
        sounds.add((sound_key(entry.text).replace(" ", ""), place))
    return TypedIndex(tuple(entries), tuple(sorted(sounds)))


def suggest(kind: Kind, text: str, limit: int = 10) -> list[Hit]:
    """Concepts of which a word begins with, holds, or sounds like what was typed; each concept once.

    Whole words come first, then beginnings, then words that hold the text, then pinyin (dhg or
    dianhan for 电焊工), then what `resolve` makes of it. Confidence falls in that order
    down to pinyin; what was resolved has its own.

    Args:
        kind: what is looked for.
        text: as typed so far; nothing is suggested for an empty one.
        limit: 1 or more.
    """
    typed = normalise(text)
    found: dict[str, Hit] = {}
    for hit in _candidates(kind, typed) if typed else ():
        found.setdefault(hit.code, hit)
        if len(found) == limit:
            break
    return list(found.values())


def _candidates(kind: Kind, typed: str) -> Iterator[Hit]:
    index, names = _typed_index(kind), lexicon(kind).names

    def hits(entries: Iterator[Entry], confidence: float, how: How) -> Iterator[Hit]:
        return (Hit(kind, entry.code, names[entry.code], confidence, how) for entry in entries)

    for entry in lexicon(kind).words.get(typed, ()):
        yield Hit(kind, entry.code, names[entry.code], 1.0, How.EXACT if entry.is_official else How.ALIAS)
    yield from hits((it for it in index.entries if it.text.startswith(typed)), PREFIX, How.HEAD)
    yield from hits((it for it in index.entries if typed in it.text), INSIDE, How.SIMILAR)
    if typed.isascii():
        yield from hits(_sounding(index, typed.replace(" ", "")), SOUND, How.HOMOPHONE)
    yield from resolve(kind, typed, limit=10)


def _sounding(index: TypedIndex, typed: str) -> Iterator[Entry]:
    start = bisect_left(index.sounds, (typed, 0))
    places = [place for _, place in takewhile(lambda it: it[0].startswith(typed), index.sounds[start:])]
    return (index.entries[place] for place in sorted(places))
