"""Rows taken apart into columns of distinct values, so that each value is measured once.

A facet is one side's part of a measured thing: the place of a posting, the words of a seeker. Rows with
equal parts share a facet. What a probe (a row of the other side) gets with a facet is measured when it
is first needed and kept in bounded caches; nothing else changes while reading.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.taxonomy import CHARACTERS_AT
from matching.text import Facts, find_facts, normalise, take_facts
from matching.types import Term

Floats = npt.NDArray[np.float64]
Slots = npt.NDArray[np.intp]
Points = npt.NDArray[np.int16]
Measure = Callable[[Any, Any], float]
Likeness = Callable[[Term, Term], int]
Key = Hashable
V = TypeVar("V")

NEARLY_ALIKE = CHARACTERS_AT * 100 - 1
"""Texts under this `ratio` are not alike by characters; a little low, since cdist reckons in float32."""
CACHE_NUMBERS = 4_000_000
"""The most numbers that one column keeps for its probes: 32 MB of float64, 8 MB of int16."""


class Column:
    """One measured thing over all rows: the number of each row's facet, and the facets' keys.

    Slots are dense numbers of rows, given and re-used by the owner.
    """

    def __init__(self, measure: Measure) -> None:
        """`measure(facet, probe)` gives the number for a row's key and a probe's key."""
        self.measure = measure
        self.keys: list[Any] = []
        self._numbers: dict[Key, int] = {}
        self._facets = np.zeros(16, dtype=np.int32)
        self._known: dict[Key, Floats] = {}

    def put(self, slot: int, key: Key) -> None:
        """Give the row of `slot` this key."""
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        if slot >= len(self._facets):
            self._facets = np.concatenate((self._facets, np.zeros(slot + 1, dtype=np.int32)))
        self._facets[slot] = number

    def forget(self) -> None:
        """Drop all measured numbers, for another policy."""
        self._known = {}

    def values(self, slots: Slots, probe: Key) -> Floats:
        """What the rows of `slots` measure with a probe, in their order."""
        facets = self._facets[slots]
        known = self._known_for(probe)
        found = known[facets]
        unknown = np.isnan(found)
        if unknown.any():
            for facet in np.unique(facets[unknown]).tolist():
                known[facet] = self.measure(self.keys[facet], probe)
            found = known[facets]
        return found

    def _known_for(self, probe: Key) -> Floats:
        known = self._known.get(probe)
        if known is None or len(known) < len(self.keys):
            room = np.full(len(self.keys) + len(self.keys) // 8, np.nan)
            if known is not None:
                room[: len(known)] = known
            if (len(self._known) + 1) * len(room) > CACHE_NUMBERS:
                # A new dictionary instead of an emptied one: another reader may hold the old one.
                self._known = {}
            self._known[probe] = known = room
        return known


class WordColumn:
    """Lists of words over all rows, found again by each of their words.

    `likeness(word of a row, word of a probe)` is in thousandths.
    """

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self.words: list[Term] = []
        self.lists: list[tuple[int, ...]] = []
        self._word_numbers: dict[Term, int] = {}
        self._list_numbers: dict[tuple[Term, ...], int] = {}
        self._lists_of_word: list[list[int]] = []
        self._rows_of_list: list[set[int]] = []
        self._facets: list[int] = []
        self._known: dict[Term, Points] = {}
        self._by_code: dict[str, Points] = {}
        self._bare: list[str] = []
        self._unknown: list[int] = []
        self._of_code: dict[str, list[int]] = {}

    def put(self, slot: int, words: tuple[Term, ...]) -> None:
        """Give the row of `slot` these words."""
        number = self._list_numbers.get(words)
        if number is None:
            number = self._add_list(words)
        self._rows_of_list[number].add(slot)
        if slot >= len(self._facets):
            self._facets.extend([-1] * (slot + 1 - len(self._facets)))
        self._facets[slot] = number

    def _add_list(self, words: tuple[Term, ...]) -> int:
        number = self._list_numbers[words] = len(self.lists)
        self._rows_of_list.append(set())
        for word in dict.fromkeys(words):
            if word not in self._word_numbers:
                self._word_numbers[word] = len(self.words)
                if word.code is None:
                    self._unknown.append(len(self.words))
                else:
                    self._of_code.setdefault(word.code, []).append(len(self.words))
                self.words.append(word)
                self._bare.append(bare_text(word.text))
                self._lists_of_word.append([])
            self._lists_of_word[self._word_numbers[word]].append(number)
        self.lists.append(tuple(self._word_numbers[word] for word in words))
        return number

    def take(self, slot: int) -> None:
        """Take the row of `slot` out; its words stay for rows to come."""
        self._rows_of_list[self._facets[slot]].discard(slot)

    def nearest(self, probe: Sequence[Term]) -> list[int]:
        """For each word of the rows the likeness of the nearest word of the probe."""
        if not probe:
            return [0] * len(self.words)
        best = self._likenesses(probe[0])
        for word in probe[1:]:
            best = np.maximum(best, self._likenesses(word))
        return list(best.tolist())

    def rows_with(self, nearest: Sequence[int], least: int) -> set[int]:
        """Slots of all rows that have a word of at least this likeness."""
        lists: set[int] = set()
        for number in np.flatnonzero(np.asarray(nearest) >= least).tolist():
            lists.update(self._lists_of_word[number])
        rows: set[int] = set()
        return rows.union(*(self._rows_of_list[number] for number in lists))

    def reduce(self, slots: Iterable[int], of_words: Callable[[tuple[int, ...]], V]) -> list[V]:
        """`of_words(word numbers)` for the rows of `slots`, computed once for each distinct list."""
        memo: dict[int, V] = {}
        values = []
        for slot in slots:
            number = self._facets[slot]
            if number not in memo:
                memo[number] = of_words(self.lists[number])
            values.append(memo[number])
        return values

    def _likenesses(self, probe: Term) -> Points:
        known = self._known.get(probe)
        start = 0 if known is None else len(known)
        if known is not None and start == len(self.words):
            return known
        more = self._compare(probe, start)
        known = more if known is None else np.concatenate((known, more))
        if (len(self._known) + 1) * len(known) > CACHE_NUMBERS:
            self._known = {}
        self._known[probe] = known
        return known

    def _compare(self, probe: Term, start: int) -> Points:
        """The likeness of each word from `start` on, asking only for pairs that may be alike at all.

        Two concepts are compared once per pair of codes; the words themselves matter only where both
        state conditions (无证, 持证), or name one concept: it may hold several trades (叉车, 塔吊). An
        unknown word is like nothing that its characters are not like.
        """
        if probe.code is None:
            points: Points = np.zeros(len(self.words), dtype=np.int16)
            ask = self._alike(probe, range(start, len(self.words)))
        else:
            points = self._concepts(probe.code).copy()
            ask = self._alike(probe, _from(start, self._unknown))
            ask += _from(start, self._of_code.get(probe.code, []))
            if has_conditions(probe.text):
                ask += [at for at in np.flatnonzero(points).tolist() if has_conditions(self.words[at].text)]
        for at in ask:
            points[at] = self.likeness(self.words[at], probe)
        return points[start:]

    def _alike(self, probe: Term, among: Sequence[int]) -> list[int]:
        """The numbers of those words whose characters are nearly those of the probe."""
        texts = [self._bare[at] for at in among]
        near = process.cdist([bare_text(probe.text)], texts, scorer=fuzz.ratio, score_cutoff=NEARLY_ALIKE)
        return [among[at] for at in np.flatnonzero(near[0]).tolist()]

    def _concepts(self, code: str) -> Points:
        """The likeness of each known word to a concept, whatever words stand for both; 0 for the others."""
        known = self._by_code.get(code, np.zeros(0, dtype=np.int16))
        if len(known) < len(self.words):
            asked = Term("", code)
            memo: dict[str | None, int] = {None: 0}
            for word in self.words[len(known) :]:
                if word.code not in memo:
                    memo[word.code] = self.likeness(Term("", word.code), asked)
            more = np.array([memo[word.code] for word in self.words[len(known) :]], dtype=np.int16)
            known = np.concatenate((known, more))
            if (len(self._by_code) + 1) * len(known) > CACHE_NUMBERS:
                self._by_code = {}
            self._by_code[code] = known
        return known


def _from(start: int, numbers: list[int]) -> list[int]:
    """Those of ascending numbers that are not below `start`."""
    return numbers[bisect_left(numbers, start) :]


@lru_cache(maxsize=1 << 16)
def bare_text(text: str) -> str:
    """A text as its characters are compared: normalised and without its conditions."""
    return take_facts(text)[0] or normalise(text)


@lru_cache(maxsize=1 << 16)
def has_conditions(text: str) -> bool:
    """Whether a text states conditions beside its job words."""
    return find_facts(text) != Facts()
