"""What a reviewer would miss in the vocabulary's files: words twice, cycles, clashes of sound."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from matching.sounds import sound_key
from matching.tables import occupations
from matching.text import normalise
from matching.types import Kind
from matching.vocabulary import Block, Concept, Finding, Vocabulary, Written, vocabulary


def lint(words: Vocabulary | None = None) -> list[Finding]:
    """All findings on a vocabulary, the packaged one unless another is given; empty when it is sane.

    Besides faulty lines: a word twice, a word not written in its normalised form, an alias that is
    another concept's own name, "covers" in a circle, a concept that is close to and never another,
    and words that sound the same of concepts between which nothing is declared: `!` where they must
    not be confused, `~` or `>` where it would do no harm.
    """
    words = words or vocabulary()
    return [
        *words.findings,
        *_spelling(words.blocks),
        *_repeated(words.blocks),
        *_taken_names(words.blocks),
        *_circles(words.occupations),
        *_circles(words.skills),
        *_contradictions(words),
        *_clashes_of_sound(words),
    ]


def _spelling(blocks: Iterable[Block]) -> Iterator[Finding]:
    for block in blocks:
        for word in block.words("="):
            if normalise(word.text) != word.text.lower():
                yield Finding(word.where, f"write {normalise(word.text)}, not {word.text}")


def _repeated(blocks: Iterable[Block]) -> Iterator[Finding]:
    seen: dict[tuple[Kind, str], tuple[Written, str]] = {}
    for block in blocks:
        for word in block.words("="):
            first, code = seen.setdefault((block.kind, word.text.lower()), (word, block.code))
            if first is not word:
                yield Finding(word.where, f"{word.text} stands already at {first.where}, for {code}")


def _taken_names(blocks: Iterable[Block]) -> Iterator[Finding]:
    """Aliases that are the name of their own or another concept, where they do nothing or harm."""
    names = {(Kind.OCCUPATION, normalise(row.name)): row.code for row in occupations().values()}
    blocks = tuple(blocks)
    names |= {(Kind.SKILL, normalise(block.name)): block.code for block in blocks if block.kind is Kind.SKILL}
    for block in blocks:
        for word in block.words("="):
            code = names.get((block.kind, normalise(word.text)))
            if code is not None:
                yield Finding(word.where, f"{word.text} is the name of {code}")


def _circles(concepts: Mapping[str, Concept]) -> Iterator[Finding]:
    """Concepts that cover themselves by way of others, each named once."""
    done: set[str] = set()

    def walk(code: str, path: tuple[str, ...]) -> Iterator[Finding]:
        if code in path:
            yield Finding(
                "vocabulary", "covers in a circle: " + " > ".join((*path[path.index(code) :], code))
            )
        elif code not in done and code in concepts:
            for further in sorted(concepts[code].covers):
                yield from walk(further, (*path, code))
            done.add(code)

    for code in concepts:
        yield from walk(code, ())


def _contradictions(words: Vocabulary) -> Iterator[Finding]:
    for known in (words.occupations, words.skills):
        for concept in known.values():
            for code in sorted(concept.never):
                if code in concept.close | concept.covers or _is_near(known, code, concept.code):
                    yield Finding("vocabulary", f"{concept.code} is never {code} and yet close to it")


def _is_near(known: Mapping[str, Concept], one: str, other: str) -> bool:
    return one in known and other in known[one].close | known[one].covers


def _clashes_of_sound(words: Vocabulary) -> Iterator[Finding]:
    """Aliases that sound like a word of another concept; names that nobody chose are left alone."""
    for kind in (Kind.OCCUPATION, Kind.SKILL):
        alike: dict[str, dict[str, str]] = defaultdict(dict)
        for text, code in _spoken(words, kind):
            if len(text) > 1:
                alike[sound_key(text)].setdefault(code, text)
        known = words.concepts(kind)
        for by_code in alike.values():
            yield from _undeclared(known, list(by_code.items()))


def _spoken(words: Vocabulary, kind: Kind) -> Iterator[tuple[str, str]]:
    """Every alias of a kind, then the official names, with their codes."""
    for concept in words.concepts(kind).values():
        yield from ((alias, concept.code) for alias in concept.aliases)
        if kind is Kind.SKILL:
            yield normalise(concept.name), concept.code
    if kind is Kind.OCCUPATION:
        yield from ((normalise(row.name), row.code) for row in occupations().values())


def _undeclared(known: Mapping[str, Concept], spoken: list[tuple[str, str]]) -> Iterator[Finding]:
    for place, (code, text) in enumerate(spoken):
        for other, other_text in spoken[place + 1 :]:
            if text == other_text or (code not in known and other not in known):
                continue
            if not any(_is_related(known, a, b) for a, b in ((code, other), (other, code))):
                yield Finding("vocabulary", f"{text} ({code}) sounds like {other_text} ({other})")


def _is_related(known: Mapping[str, Concept], one: str, other: str) -> bool:
    return _is_near(known, one, other) or (one in known and other in known[one].never)
