"""The same totals as `score_pair`, for all postings of one seeker or all seekers of one posting.

Words are compared once per distinct pair; a probe's words lead to the few rows that fit at all, and only
those are judged and measured, by columns of distinct values. Every method takes the index's lock, so
threads may read while one of them writes.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from matching.aspects import Aspect
from matching.columns import WordColumn
from matching.conditions import takes_people
from matching.likeness import (
    FULL,
    cutoff_points,
    occupation_likeness,
    skill_likeness,
    skills_offered,
    skills_that_count,
    work_offered,
)
from matching.ranking import Ranking, SkillScore, WordScores, skill_score
from matching.search import (
    TITLE_WORTH,
    Part,
    SearchHit,
    Wish,
    in_title,
    is_about,
    score_search,
    understand_search,
)
from matching.types import Match, Posting, Seeker, Term


class PostingIndex(Ranking[Posting, Seeker]):
    """Postings, to be ranked for a seeker."""

    def _measure(self, aspect: Aspect) -> Callable[[Any, Any], float]:
        return lambda row, probe: aspect.measure(row, probe, self._policy)

    def _row_key(self, aspect: Aspect, row: Posting) -> Any:
        return aspect.offered(row)

    def _probe_key(self, aspect: Aspect, probe: Seeker) -> Any:
        return aspect.wanted(probe)

    def _lay_words(self) -> None:
        self._work = WordColumn(occupation_likeness)
        self._required = WordColumn(skill_likeness)
        self._preferred = WordColumn(skill_likeness)

    def _word_columns(self, row: Posting) -> Iterator[tuple[WordColumn, tuple[Term, ...]]]:
        yield self._work, row.occupations
        yield self._required, row.skills_required
        yield self._preferred, row.skills_preferred

    def _touched(self, probe: Seeker) -> set[int]:
        least = max(cutoff_points(self._policy), 1)
        skills = skills_offered(probe)
        rows = self._work.rows_with(
            self._work.nearest(work_offered(probe)), points_under(self._policy.fit_floor)
        )
        for column in (self._required, self._preferred):
            rows |= column.rows_with(column.nearest(skills), least)
        return rows

    def _word_scores(self, slots: list[int], probe: Seeker) -> WordScores:
        work = self._work.nearest(work_offered(probe))
        bests = self._work.reduce(slots, partial(_nearest_of, work))
        floors = self._floor.values(np.array(slots, dtype=np.intp), bool(probe.occupations))
        required, preferred = (
            self._reduced_skills(name, slots, probe) for name in ("skill_required", "skill_preferred")
        )
        best = np.array(bests, dtype=np.float64)
        shown = [
            must.shown if has else may.shown
            for (has, must), (_, may) in zip(required, preferred, strict=True)
        ]
        return WordScores(
            np.maximum(best, floors) / FULL,
            np.array([skills.score for _, skills in required], dtype=np.float64),
            np.array([skills.score for _, skills in preferred], dtype=np.float64),
            np.maximum(best / FULL, np.array(shown, dtype=np.float64)),
        )

    def _reduced_skills(self, name: str, slots: list[int], probe: Seeker) -> list[tuple[bool, SkillScore]]:
        """For each row whether it asks for skills of this component, and what they come to."""
        policy, column = self._policy, self._required if name == "skill_required" else self._preferred
        nearest = column.nearest(skills_offered(probe))
        return column.reduce(
            slots, lambda words: (bool(words), skill_score([nearest[word] for word in words], name, policy))
        )

    def search(self, text: str, *, region: str | None = None, limit: int = 20) -> list[SearchHit]:
        """Postings that take people for what somebody typed, best first, ties by id; may be empty.

        Args:
            text: words such as 焊工 前阳 包住 白班 5000.
            region: a division: names of places are understood as lying near it, and only postings in
                it, or whose place was not stated, are found. None for everywhere.
            limit: how many at most.
        """
        with self._lock:
            parts = understand_search(text, self._policy, region=region)
            understood = tuple(part.understood for part in parts)
            work = [part for part in parts if part.understood.wish is Wish.WORK]
            slots = sorted(self._found(work) if work else self._slots.values())
            met = [self._work_met(part, slots) for part in work]
            scores: list[tuple[float, str]] = []
            for at, slot in enumerate(slots if parts else ()):
                posting = self._rows[self._ids[slot]]
                if takes_people(posting) and is_about(posting, region):
                    by_work = [one[at] for one in met]
                    scores.append((-score_search(parts, by_work, posting, self._policy), posting.id))
        best = heapq.nsmallest(limit, (pair for pair in scores if pair[0]))
        return [SearchHit(row_id, -minus, understood) for minus, row_id in best]

    def _found(self, work: list[Part]) -> set[int]:
        """Slots of the postings that may meet one of the wishes for work."""
        least = points_under(self._policy.fit_floor)
        found: set[int] = set()
        for part in work:
            for column in (self._work, self._required, self._preferred):
                found |= column.rows_with(column.nearest(part.terms), least)
            found |= {slot for row_id, slot in self._slots.items() if in_title(part, self._rows[row_id])}
        return found

    def _work_met(self, part: Part, slots: list[int]) -> list[float]:
        """How far each posting meets one wish for work: by its jobs, its skills or, unknown, its title."""
        best = [TITLE_WORTH * in_title(part, self._rows[self._ids[slot]]) for slot in slots]
        for column in (self._work, self._required, self._preferred):
            nearest = column.nearest(part.terms)
            found = column.reduce(slots, partial(_nearest_of, nearest))
            best = [max(one, other / FULL) for one, other in zip(best, found, strict=True)]
        return best

    def _match(
        self, row_id: str, probe: Seeker, total: float, conditional: bool, scores: dict[str, float]
    ) -> Match:
        return Match(row_id, probe.id, total, conditional, scores)


class SeekerIndex(Ranking[Seeker, Posting]):
    """Seekers, to be ranked for a posting."""

    def _measure(self, aspect: Aspect) -> Callable[[Any, Any], float]:
        return lambda row, probe: aspect.measure(probe, row, self._policy)

    def _row_key(self, aspect: Aspect, row: Seeker) -> Any:
        return aspect.wanted(row)

    def _probe_key(self, aspect: Aspect, probe: Posting) -> Any:
        return aspect.offered(probe)

    def _lay_words(self) -> None:
        self._work = WordColumn(lambda offered, asked: occupation_likeness(asked, offered))
        self._skills = WordColumn(lambda offered, asked: skill_likeness(asked, offered))

    def _word_columns(self, row: Seeker) -> Iterator[tuple[WordColumn, tuple[Term, ...]]]:
        yield self._work, work_offered(row)
        yield self._skills, work_offered(row)

    def _touched(self, probe: Posting) -> set[int]:
        least = max(cutoff_points(self._policy), 1)
        rows = self._work.rows_with(
            self._work.nearest(probe.occupations), points_under(self._policy.fit_floor)
        )
        asked = skills_that_count(probe)
        return rows | self._skills.rows_with(self._skills.nearest(asked), least)

    def _word_scores(self, slots: list[int], probe: Posting) -> WordScores:
        work = self._work.nearest(probe.occupations)
        bests = self._work.reduce(slots, partial(_nearest_of, work))
        floors = self._floor.values(np.array(slots, dtype=np.intp), bool(probe.occupations))
        best = np.array(bests, dtype=np.float64)
        required = self._reduced_skills("skill_required", slots, probe.skills_required)
        preferred = self._reduced_skills("skill_preferred", slots, probe.skills_preferred)
        shown = [skills.shown for skills in (required if probe.skills_required else preferred)]
        return WordScores(
            np.maximum(best, floors) / FULL,
            np.array([skills.score for skills in required], dtype=np.float64),
            np.array([skills.score for skills in preferred], dtype=np.float64),
            np.maximum(best / FULL, np.array(shown, dtype=np.float64)),
        )

    def _reduced_skills(self, name: str, slots: list[int], asked: tuple[Term, ...]) -> list[SkillScore]:
        """What the skills asked for come to, for each row."""
        policy = self._policy
        if not asked:
            return [skill_score((), name, policy)] * len(slots)
        nearest = [self._skills.nearest((skill,)) for skill in asked]

        @cache
        def scored(bests: tuple[int, ...]) -> SkillScore:
            # Most rows come to one of a few: none of the skills, or all of them.
            return skill_score(bests, name, policy)

        return self._skills.reduce(
            slots, lambda words: scored(tuple([_nearest_of(one, words) for one in nearest]))
        )

    def _match(
        self, row_id: str, probe: Posting, total: float, conditional: bool, scores: dict[str, float]
    ) -> Match:
        return Match(probe.id, row_id, total, conditional, scores)


def points_under(share: float) -> int:
    """Whole thousandths that are not above a share; at least one, for 0 is no likeness."""
    return max(int(share * FULL), 1)


def _nearest_of(nearest: Sequence[int], words: tuple[int, ...]) -> int:
    """The greatest of the likenesses of some words, given by their numbers; 0 for none."""
    return max((nearest[word] for word in words), default=0)
