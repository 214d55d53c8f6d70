"""A word as people write it, resolved to the concepts that it may mean."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from matching.guesses import (
    Guess,
    guess_by_affix,
    guess_by_grams,
    guess_by_head,
    guess_by_sound,
    guess_by_typo,
    surest,
)
from matching.lexicon import Lexicon, lexicon
from matching.tables import find_occupation
from matching.text import normalise, strip_chatter, take_facts
from matching.types import Hit, How, Kind
from matching.vocabulary import vocabulary

OFFICIAL = 1.0
KNOWN = 0.97
SURE = 0.9
LEAST = 0.05
LONGEST = 60
FAMILY_AT = 0.3


def resolve(kind: Kind, text: str, *, limit: int = 5) -> list[Hit]:
    """Concepts of `kind` that `text` may mean, surest first, ties by code; may be empty.

    Args:
        kind: what is looked for.
        text: one word or a short title; what stands after its 60th character is not looked at.
        limit: 1 or more.

    Raises:
        ValueError: `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be 1 or more")
    return list(_resolve(kind, normalise(text)[:LONGEST])[:limit])


def is_word(kind: Kind, text: str) -> bool:
    """Whether a normalised text is, as it stands, a name or another word of a concept."""
    return text in lexicon(kind).words


@lru_cache(maxsize=65536)
def _resolve(kind: Kind, text: str) -> tuple[Hit, ...]:
    words = lexicon(kind)
    form = text
    for form in _forms(kind, text):
        found = words.words.get(form, ())
        if found:
            official = found[0].is_official
            how = How.EXACT if official else How.ALIAS
            confidence = (OFFICIAL if official else KNOWN) / len(found)
            return _hits(words, {entry.code: (confidence, how) for entry in found})
    best = surest(_allowed(kind, form, _guesses(words, form)))
    return _hits(words, best | _family(kind, best))


def _forms(kind: Kind, text: str) -> Iterator[str]:
    """The text, then what is left without conditions, chatter and brackets; the last is the barest.

    The last is empty where a text such as 不要电工 or 有经验 names no job.
    """
    yield text
    if kind is not Kind.LICENCE:
        text = take_facts(text)[0]
        yield text
    if kind is Kind.OCCUPATION and text:
        text = strip_chatter(text)
        yield text
    yield text.partition("(")[0] or text


def _guesses(words: Lexicon, text: str) -> Iterator[Guess]:
    if not text:
        return
    for way in (guess_by_affix, guess_by_sound):
        found = list(way(words, text))
        yield from found
        if any(confidence >= SURE for _, confidence, _ in found):
            return
    nearest = words.nearest.nearest(text)
    yield from guess_by_typo(words, text, nearest)
    yield from guess_by_head(words, text)
    yield from guess_by_grams(words, text, nearest)


def _allowed(kind: Kind, text: str, guesses: Iterable[Guess]) -> Iterable[Guess]:
    """Guesses without those that the vocabulary says must never be made for this text."""
    concepts = vocabulary().concepts(kind)
    for guess in guesses:
        concept = concepts.get(guess[0])
        if concept is None or not any(never in text for never in concept.never_texts):
            yield guess


def _family(kind: Kind, best: dict[str, tuple[float, How]]) -> dict[str, tuple[float, How]]:
    """The class in which most of the likely occupations lie, where no single one is likely."""
    ranked = sorted(best.items(), key=lambda it: (-it[1][0], it[0]))[:4]
    if kind is not Kind.OCCUPATION or not ranked or ranked[0][1][0] >= FAMILY_AT:
        return {}
    parents = [row.parent for code, _ in ranked if (row := find_occupation(code))]
    for parent in parents[:1]:
        if parents.count(parent) >= 3:
            return {parent: (FAMILY_AT, How.SIMILAR)}
    return {}


def _hits(words: Lexicon, best: dict[str, tuple[float, How]]) -> tuple[Hit, ...]:
    hits = (
        Hit(words.kind, code, words.names[code], round(confidence, 4), how)
        for code, (confidence, how) in best.items()
        if confidence >= LEAST
    )
    return tuple(sorted(hits, key=lambda hit: (-hit.confidence, hit.code)))
