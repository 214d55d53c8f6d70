"""The ways in which a word that is not in the lexicon can still mean one of its concepts.

Every way gives (code, confidence, how). The confidences were set on words that are not part of
the vocabulary; `resolve` takes the surest guess for each code.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from matching.lexicon import Lexicon, bare_forms, core
from matching.sounds import loose_sound_key, sound_key
from matching.types import How

Guess = tuple[str, float, How]
Near = tuple[int, float]
WORKER_ENDINGS = ("", "工", "员", "匠", "工人", "操作工")


def guess_by_affix(lexicon: Lexicon, text: str) -> Iterator[Guess]:
    """干…的, 开…的, 师傅, 司机, 操作工 and the like taken off, or one put for another."""
    forms = bare_forms(text, lexicon.kind)
    for form in forms:
        codes = lexicon.codes(form)
        if codes:
            yield from _shared(codes, 0.94, How.AFFIX)
            return
    for form in (text, *forms):
        stem = core(form, lexicon.kind)
        words = lexicon.cores.get(stem, ())
        if words:
            codes = frozenset(code for word in words for code in lexicon.codes(word))
            yield from _shared(codes, _ending_confidence(form, stem, words), How.AFFIX)
            return


def _ending_confidence(text: str, stem: str, words: Iterable[str]) -> float:
    """How sure it is that words which differ in the ending alone mean the same.

    造型师 and 造型工 are different people, while 工, 员 and 司机 stand for one another. A bare
    stem may be a thing or a field of work, most of all where the word is longer by more than an
    ending that only says "worker": 商务 is no 商务司机, and 早餐 no 早餐师傅.
    """
    if text.endswith("师") != any(word.endswith("师") for word in words):
        return 0.6
    if text != stem:
        return 0.91
    return 0.86 if any(word[len(stem) :] in WORKER_ENDINGS for word in words) else 0.55


def _shared(codes: frozenset[str], confidence: float, how: How) -> Iterator[Guess]:
    """One code keeps the confidence; several can each be right only in their share of cases."""
    share = confidence if len(codes) < 2 else 0.8 * confidence / len(codes)
    return ((code, share, how) for code in sorted(codes))


def guess_by_sound(lexicon: Lexicon, text: str) -> Iterator[Guess]:
    """Written with characters that sound the same: 汉工 for 焊工, 叉车公 for 叉车工."""
    for form in (text, *bare_forms(text, lexicon.kind)):
        alike = lexicon.sounds.get(loose_sound_key(form), ()) if len(form) > 1 else ()
        exact = [word for word in alike if sound_key(word) == sound_key(form)]
        found = exact or alike
        codes = frozenset(code for word in found for code in lexicon.codes(word))
        if codes:
            is_safe = any(_is_slip_of_sound(lexicon, form, word) for word in found)
            unsafe, safe = _sound_confidence(bool(exact), form == text, len(form))
            yield from _shared(codes, safe if is_safe else unsafe, How.HOMOPHONE)
            return


def _sound_confidence(is_exact: bool, is_whole: bool, length: int) -> tuple[float, float]:
    """Confidence where the characters might say something else, and where they say nothing."""
    if is_exact:
        return (0.6, 0.92) if is_whole else (0.5, 0.75)
    return (0.5, 0.8) if length > 3 else (0.4, 0.62)


def _is_slip_of_sound(lexicon: Lexicon, written: str, meant: str) -> bool:
    """Whether a third of the word stands and the wrong characters make no pair that our words use.

    Where all but the last of three or more characters stand, as in 叉车公, there is no doubt.
    """
    if len(meant) > 2 and written[:-1] == meant[:-1]:
        return True
    same = sum(a == b for a, b in zip(written, meant, strict=False))
    return 3 * same >= len(meant) and not lexicon.nearest.knows_any(_changed_pairs(written, meant))


def guess_by_typo(lexicon: Lexicon, text: str, nearest: Sequence[Near]) -> Iterator[Guess]:
    """One character dropped, doubled, put in, swapped or wrong, among the `nearest` words."""
    if len(text) == 2:
        yield from _shared(lexicon.codes(text[::-1]), 0.85, How.TYPO)
        return
    near = dict.fromkeys(lexicon.entries[row].text for row, _ in nearest if len(text) > 2)
    slips = [(word, _slip_confidence(lexicon, text, word)) for word in near if OSA.distance(text, word) == 1]
    top = max((confidence for _, confidence in slips), default=0.0)
    rivals = {code for word, confidence in slips if confidence >= top - 0.1 for code in lexicon.codes(word)}
    doubt = 1.0 if len(rivals) == 1 else 0.75
    for word, confidence in slips:
        for code in sorted(lexicon.codes(word)):
            yield code, confidence * doubt, How.TYPO


# Confidence of a slip by its sort: (the change makes a pair that our words use, it makes none).
SWAPPED = (0.3, 0.92)
DOUBLED = (0.92, 0.92)
ADDED = (0.2, 0.62)
DROPPED = {3: (0.2, 0.45)}
DROPPED_LONG = (0.35, 0.72)
WRONG = {3: (0.1, 0.3), 4: (0.25, 0.55)}
WRONG_LONG = (0.35, 0.78)


def _slip_confidence(lexicon: Lexicon, written: str, meant: str) -> float:
    """How likely a text that differs in one place from a word is that word, mistyped.

    A change that makes pairs which our words use (电镀工 for 电焊工) is more likely another
    trade than a slip, and the more so the shorter the word is.
    """
    length = len(written)
    if sorted(written) == sorted(meant):
        by_sort = SWAPPED
    elif length > len(meant):
        by_sort = DOUBLED if _is_doubled(written, meant) else ADDED
    elif length < len(meant):
        by_sort = DROPPED.get(length, DROPPED_LONG)
    else:
        by_sort = WRONG.get(length, WRONG_LONG)
    return by_sort[not lexicon.nearest.knows_any(_changed_pairs(written, meant))]


def _changed_pairs(written: str, meant: str) -> set[str]:
    """The pairs of neighbours that the slip put in."""
    pairs = {a + b for a, b in pairwise(written)}
    return pairs - {a + b for a, b in pairwise(meant)}


def _is_doubled(written: str, meant: str) -> bool:
    return any(
        a == b and written[:place] + written[place + 1 :] == meant
        for place, (a, b) in enumerate(pairwise(written))
    )


# What stands before a head word and names only where the work is done.
WORKPLACE = re.compile(
    r".*(?:厂|店|公司|集团|车间|食堂|酒店|宾馆|饭店|餐厅|饭馆|医院|学校|幼儿园|小学|中学|大学|工地|超市|商场|小区|物业"
    r"|公园|养老院|敬老院|码头|冷库|仓库|物流|单位|机关|银行|会所|基地|园区|项目部|家庭|门市|市场|农场|大棚|渔船|船厂)$"
)


def guess_by_head(lexicon: Lexicon, text: str) -> Iterator[Guess]:
    """The longest known word that the text ends with: 食堂厨师 is a 厨师, 电子厂普工 a 普工."""
    for start in range(1, len(text) - 1):
        head = text[start:]
        codes = lexicon.codes(head)
        if codes:
            confidence = head_confidence(lexicon, head, codes)
            if WORKPLACE.match(text[:start]):
                confidence = 0.88
            yield from _shared(codes, confidence, How.HEAD)
            return


# An official name is broad and our other words are narrow, so that of a name and an alias which are
# equally near to an unknown word the name is the better guess.
OFFICIAL_LEAD = 0.07


def head_confidence(lexicon: Lexicon, head: str, codes: frozenset[str]) -> float:
    """Surer the more of the longer words that end with the head are words of the same concept.

    焊工 ends words of the one trade; 车工 ends those of 叉车工 and 挡车工 too and says little.
    """
    counts = lexicon.heads.get(head, Counter())
    same = sum(counts[code] for code in codes)
    return 0.15 + 0.65 * (same + 0.5) / (counts.total() + 1.5)


def guess_by_grams(lexicon: Lexicon, text: str, nearest: Sequence[Near]) -> Iterator[Guess]:
    """The `nearest` words; surer the nearer and the further ahead of the next."""
    best: dict[str, float] = {}
    for row, score in nearest:
        entry = lexicon.entries[row]
        best[entry.code] = max(best.get(entry.code, 0.0), score + OFFICIAL_LEAD * entry.is_official)
    ranked = sorted(best.items(), key=lambda it: (-it[1], it[0]))[:10]
    for place, (code, score) in enumerate(ranked):
        rival = ranked[1 if place == 0 else 0][1] if len(ranked) > 1 else 0.0
        yield code, gram_confidence(score, score - rival, len(text)), How.SIMILAR


def gram_confidence(score: float, lead: float, length: int) -> float:
    """Share of words that were right at this score, lead over the best rival and length, at most 0.85.

    A logistic curve fitted on half of 1,500 names that the vocabulary lacks and checked on the rest.
    """
    return min(0.85, 1 / (1 + math.exp(4.6 - 3.1 * score - 4.5 * lead - 2.0 * min(length, 8) / 8)))


def surest(guesses: Iterable[Guess]) -> dict[str, tuple[float, How]]:
    """The surest guess for each code; guesses that agree on a code confirm each other a little."""
    best: dict[str, tuple[float, How]] = {}
    for code, confidence, how in guesses:
        held, held_how = best.get(code, (0.0, how))
        best[code] = (held, held_how) if held >= confidence else (confidence, how)
    return best
