"""Nearest words by what their characters say: TF-IDF of n-grams first, then RapidFuzz."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

ENDING = re.compile(r"(?:作业人员|技术人员|操作工|操作员|人员|工人|师傅|工|员|师|手|者)$")

# Single characters say more about a Chinese trade word than pairs do, because people leave
# characters out; the name of the family to which an occupation belongs helps a little.
PAIR_WEIGHT = 0.5
FAMILY_WEIGHT = 0.15
RATIO_WEIGHT = 0.35


def without_ending(text: str) -> str:
    """`text` without the ending that only says "worker", unless one character would be left."""
    short = ENDING.sub("", text)
    return short if len(short) > 1 else text


def gram_weights(text: str) -> dict[str, float]:
    """Characters and neighbouring pairs of `text` with their weights, each once."""
    pairs = dict.fromkeys(map(str.__add__, text, text[1:]), PAIR_WEIGHT)
    return dict.fromkeys(text, 1.0) | pairs


@lru_cache(maxsize=1024)
def _family_weights(family: str) -> dict[str, float]:
    return {gram: weight * FAMILY_WEIGHT for gram, weight in gram_weights(without_ending(family)).items()}


class GramIndex:
    """Words ranked by TF-IDF cosine of their grams, then by RapidFuzz among the nearest.

    The rows of each gram lie together in one column, so that a question adds a few slices.
    Immutable once built, so that any number of threads may ask it.
    """

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        """Index (word, name of its family or "") pairs; a row is a place in `words`."""
        self._short = [without_ending(word) for word, _ in words]
        self._ids: dict[str, int] = {}
        ids: list[int] = []
        weights: list[float] = []
        lengths: list[int] = []
        for word, family in words:
            # Where the word lacks a gram of its family's name, the family lends it a little weight.
            document = _family_weights(family) | gram_weights(word)
            ids.extend([self._ids.setdefault(gram, len(self._ids)) for gram in document])
            weights.extend(document.values())
            lengths.append(len(document))
        grams = np.array(ids, dtype=np.int32)
        rows = np.repeat(np.arange(len(words), dtype=np.int32), lengths)
        counts = np.bincount(grams, minlength=len(self._ids))
        self._unseen = float(np.log(1 + len(words))) + 1
        self._rarity = self._unseen - np.log(1 + counts)
        values = np.array(weights) * self._rarity[grams]
        norms = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(words)))
        order = np.argsort(grams, kind="stable")
        self._rows = rows[order]
        self._values = (values / norms[rows])[order]
        self._starts = np.concatenate(([0], np.cumsum(counts))).tolist()

    def knows_any(self, pairs: Iterable[str]) -> bool:
        """Whether any of the neighbouring pairs of characters occurs in an indexed word."""
        return any(pair in self._ids for pair in pairs)

    def nearest(self, text: str, *, limit: int = 100) -> list[tuple[int, float]]:
        """Rows of the words nearest to `text` with a score in [0, 1], best first, ties by row."""
        cosine = self._cosine(text)
        count = min(limit, len(cosine))
        if not count:
            return []
        short = without_ending(text)
        scored = [
            (row, (1 - RATIO_WEIGHT) * near + RATIO_WEIGHT * fuzz.ratio(short, self._short[row]) / 100)
            for row in np.argpartition(-cosine, count - 1)[:count].tolist()
            if (near := float(cosine[row])) > 0
        ]
        return sorted(scored, key=lambda it: (-it[1], it[0]))

    def _cosine(self, text: str) -> npt.NDArray[np.float64]:
        scores = np.zeros(len(self._short))
        squares = 0.0
        for gram, weight in gram_weights(text).items():
            place = self._ids.get(gram)
            value = weight * (self._unseen if place is None else float(self._rarity[place]))
            squares += value * value
            if place is not None:
                held = slice(self._starts[place], self._starts[place + 1])
                scores[self._rows[held]] += self._values[held] * value
        return scores / (squares**0.5 or 1.0)
