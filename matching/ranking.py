"""How rows of one side are kept and ranked for a row of the other; `matching.index` has the two sides."""

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import RLock
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from matching.aspects import FLOOR, GATES, SCORES, Aspect
from matching.columns import Column, Floats, Slots, WordColumn
from matching.conditions import Level
from matching.likeness import counted, mean_of, skill_points
from matching.policy import COMPONENTS, MatchPolicy
from matching.score import MILLION, PLACE
from matching.types import Match, Posting, Seeker, Term

Row = TypeVar("Row", Posting, Seeker)
Probe = TypeVar("Probe", Posting, Seeker)

IDLE_EDITS = 1000
"""Edits that may leave unused values behind before the columns are laid anew; grows with the rows."""


class WordScores(NamedTuple):
    """The scores of words of some rows, in their order; `fit` as `matching.likeness.fit`."""

    occupation_fit: Floats
    skill_required: Floats
    skill_preferred: Floats
    fit: Floats


class SkillScore(NamedTuple):
    """What one list of skills comes to: its score, and the share that is really shown."""

    score: float
    shown: float


def skill_score(bests: Sequence[int], component: str, policy: MatchPolicy) -> SkillScore:
    """What skills come to, by the likeness of the nearest word for each, in thousandths."""
    points = sum(skill_points(best, component, policy) for best in bests)
    shown = sum(counted(best, policy) for best in bests)
    return SkillScore(mean_of(points, len(bests)), mean_of(shown, len(bests)) if bests else 0.0)


class Ranking(ABC, Generic[Row, Probe]):
    """Rows of one side, ready to be ranked for a probe of the other."""

    def __init__(self, rows: Iterable[Row], policy: MatchPolicy) -> None:
        self._policy = policy
        self._lock = RLock()
        self._rows: dict[str, Row] = {}
        self._lay(rows)

    def _lay(self, rows: Iterable[Row]) -> None:
        """Begin with empty columns and put the rows in."""
        self._slots: dict[str, int] = {}
        self._ids: list[str] = []
        self._free: list[int] = []
        self._edits = 0
        self._columns = {name: Column(self._measure(aspect)) for name, aspect in {**SCORES, **GATES}.items()}
        self._floor = Column(self._measure(FLOOR))
        self._lay_words()
        for row in rows:
            self.add(row)

    @abstractmethod
    def _measure(self, aspect: Aspect) -> Callable[[Any, Any], float]:
        """The aspect's measure as a function of the row's key and the probe's."""

    @abstractmethod
    def _row_key(self, aspect: Aspect, row: Row) -> Any:
        """The row's key of an aspect."""

    @abstractmethod
    def _probe_key(self, aspect: Aspect, probe: Probe) -> Any:
        """The probe's key of an aspect."""

    @abstractmethod
    def _lay_words(self) -> None:
        """Begin with empty columns of words."""

    @abstractmethod
    def _word_columns(self, row: Row) -> Iterator[tuple[WordColumn, tuple[Term, ...]]]:
        """Each column of words with what the row has in it."""

    @abstractmethod
    def _touched(self, probe: Probe) -> set[int]:
        """Slots of all rows whose fit may reach the policy's floor, where that floor is above 0."""

    @abstractmethod
    def _word_scores(self, slots: list[int], probe: Probe) -> WordScores:
        """The scores of words of these rows."""

    @abstractmethod
    def _match(
        self, row_id: str, probe: Probe, total: float, conditional: bool, scores: dict[str, float]
    ) -> Match:
        """The row and the probe as a match."""

    @property
    def policy(self) -> MatchPolicy:
        """The policy that rows are ranked by; setting it costs what was measured so far, not the rows."""
        return self._policy

    @policy.setter
    def policy(self, policy: MatchPolicy) -> None:
        with self._lock:
            self._policy = policy
            for column in (*self._columns.values(), self._floor):
                column.forget()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._rows

    def add(self, row: Row) -> None:
        """Put a new row in.

        Raises:
            ValueError: a row of this id is in already.
        """
        with self._lock:
            if row.id in self._slots:
                raise ValueError(f"{row.id} is in the index already")
            slot = self._free.pop() if self._free else len(self._ids)
            if slot == len(self._ids):
                self._ids.append(row.id)
            self._ids[slot] = row.id
            self._slots[row.id] = slot
            self._rows[row.id] = row
            for name, aspect in {**SCORES, **GATES}.items():
                self._columns[name].put(slot, self._row_key(aspect, row))
            self._floor.put(slot, self._row_key(FLOOR, row))
            for column, words in self._word_columns(row):
                column.put(slot, words)

    def replace(self, row: Row) -> None:
        """Put a row in the place of the one with its id, or in, where there was none."""
        with self._lock:
            if self._rows.get(row.id) != row:
                self.remove(row.id)
                self.add(row)

    def remove(self, row_id: str) -> None:
        """Take a row out; nothing happens where it is not in."""
        with self._lock:
            row = self._rows.pop(row_id, None)
            if row is None:
                return
            slot = self._slots.pop(row_id)
            self._free.append(slot)
            for column, _ in self._word_columns(row):
                column.take(slot)
            self._edits += 1
            if self._edits > IDLE_EDITS + len(self._rows):
                self._lay(list(self._rows.values()))

    def rank(self, probe: Probe, limit: int | None = None) -> list[Match]:
        """The matches of one row of the other side, by (-total, id); exactly those of `score_pair`.

        Args:
            probe: a seeker for postings, a posting for seekers.
            limit: how many at most; None for all.
        """
        with self._lock:
            policy = self._policy
            near = self._touched(probe) if policy.fit_floor > 0 else set(self._slots.values())
            slots = np.fromiter(near, dtype=np.intp, count=len(near))
            levels = self._levels(slots, probe)
            slots, levels = slots[levels < Level.FAIL], levels[levels < Level.FAIL]
            words = self._word_scores(slots.tolist(), probe)
            fits = words.fit >= policy.fit_floor
            slots, levels = slots[fits], levels[fits]
            scores = [part[fits] for part in words[:3]]
            scores += [
                self._columns[name].values(slots, self._probe_key(aspect, probe))
                for name, aspect in SCORES.items()
            ]
            totals = _totals(scores, policy)
            kept = np.flatnonzero((totals >= policy.cutoff) & (scores[PLACE] >= policy.place_floor))
            # Plain numbers before the loop: taking them out of the arrays one by one costs most of it.
            parts = [part[kept].tolist() for part in scores]
            conditional = (levels[kept] == Level.CONDITIONAL).tolist()
            ids = [self._ids[slot] for slot in slots[kept].tolist()]
            order = [
                (-total, row_id, at)
                for at, (total, row_id) in enumerate(zip(totals[kept].tolist(), ids, strict=True))
            ]
            best = sorted(order) if limit is None else heapq.nsmallest(limit, order)
            return [
                self._match(
                    row_id,
                    probe,
                    -minus,
                    conditional[at],
                    {name: part[at] for name, part in zip(COMPONENTS, parts, strict=True)},
                )
                for minus, row_id, at in best
            ]

    def _levels(self, slots: Slots, probe: Probe) -> Floats:
        """The worst verdict of all gates, for each row."""
        worst: Floats = np.zeros(len(slots))
        for name, aspect in GATES.items():
            worst = np.maximum(worst, self._columns[name].values(slots, self._probe_key(aspect, probe)))
        return worst


def _totals(scores: Sequence[Floats], policy: MatchPolicy) -> Floats:
    """As `matching.score.total_of`, for many rows: the same products, added in the same order."""
    total: Floats = np.zeros(len(scores[0]))
    for name, part in zip(COMPONENTS, scores, strict=True):
        total += policy.weights[name] * part
    return np.rint(total * MILLION) / MILLION
