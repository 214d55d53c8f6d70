"""Free text to occupations, skills and licences, and how near two such terms are."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from matching.relations import (
    occupation_from_skill,
    occupation_nearness,
    occupation_skills,
    skill_from_occupation,
    skill_nearness,
)
from matching.resolve import is_word, resolve
from matching.suggest import suggest
from matching.text import Facts, contradicts, normalise, split_words, strip_chatter, take_facts
from matching.types import Hit, Kind, Term
from matching.vocabulary import vocabulary

__all__ = [
    "UNDERSTOOD_AT",
    "VOCABULARY_VERSION",
    "occupation_skills",
    "resolve_licence",
    "resolve_occupation",
    "resolve_skill",
    "similarity",
    "skill_similarity",
    "suggest",
    "understand_occupations",
    "understand_skills",
]

VOCABULARY_VERSION: str = vocabulary().version
"""Hash of the vocabulary files; whatever was resolved under another version is to be resolved anew."""

# From here on more words were understood rightly than wrongly on words that were not tuned on.
UNDERSTOOD_AT = 0.6
# Unknown words must be all but equal: 电工 and 电焊工 have a ratio of 0.80, 电动工 and 电动车工 0.86.
CHARACTERS_AT = 0.87
# What remains of a likeness when one text says 无证 and the other 持证.
CONTRADICTED = 0.25
# Two trades within one official occupation: nearer than two occupations of one 小类, and not the same.
OTHER_TRADE = 0.7
# A name stands for a skill of its own only where that is as sure as an alias.
SURELY = 0.9
WORKERS = ("司机", "驾驶员", "操作工", "师傅", "工", "员")
ENDINGS = range(1, 5)


def resolve_occupation(text: str, *, limit: int = 5) -> list[Hit]:
    """Occupations that a word or short title may mean, surest first, ties by code; may be empty.

    The code is a 小类 or 中类 where the family alone is sure. See `resolve` for `limit`.
    """
    return resolve(Kind.OCCUPATION, text, limit=limit)


def resolve_skill(text: str, *, limit: int = 5) -> list[Hit]:
    """Skills that a word may mean, surest first, ties by code; may be empty."""
    return resolve(Kind.SKILL, text, limit=limit)


def resolve_licence(text: str, *, limit: int = 5) -> list[Hit]:
    """Licences that a word may mean, surest first, ties by key; may be empty."""
    return resolve(Kind.LICENCE, text, limit=limit)


def understand_occupations(title: str) -> tuple[Term, ...]:
    """The jobs that a title names, in its order, each once; what is not understood stays a Term of text.

    财务助理/文员/出纳员 gives three, 招电工若干名 one, and 钳/焊工 钳工 and 焊工.
    """
    whole = normalise(title)
    # Names such as 文学、艺术学研究人员 hold marks that would part them.
    parts = (whole,) if is_word(Kind.OCCUPATION, whole) else split_words(strip_chatter(title))
    return _distinct(_jobs(parts))


def _jobs(parts: tuple[str, ...]) -> Iterator[Term]:
    for place, part in enumerate(parts):
        term = _term(Kind.OCCUPATION, part)
        if term.code is None and place + 1 < len(parts):
            term = _with_shared_ending(part, parts[-1]) or term
        yield term


def _with_shared_ending(part: str, last: str) -> Term | None:
    """What a shortened word means that shares the end of the last: 钳 in 钳/焊工."""
    for length in ENDINGS:
        if length < len(last):
            joined = part + last[-length:]
            if is_word(Kind.OCCUPATION, joined):
                return _term(Kind.OCCUPATION, joined)
    return None


def understand_skills(words: Iterable[str]) -> tuple[Term, ...]:
    """The skills that words name, in their order, each once; what is not understood stays a Term of text."""
    return _distinct(_term(Kind.SKILL, part) for word in words for part in split_words(word))


def _term(kind: Kind, text: str) -> Term:
    for hit in resolve(kind, text, limit=1):
        if hit.confidence >= UNDERSTOOD_AT:
            return Term(text, hit.code, hit.name, hit.confidence, hit.how)
    return Term(text)


def _distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Each concept or unknown text once; the first keeps its place."""
    first: dict[str, Term] = {}
    for term in terms:
        first.setdefault(term.code or term.text, term)
    return tuple(first.values())


def similarity(asked: Term, offered: Term) -> float:
    """How near what a person offers is to the job asked for, in [0, 1]; 1 for the same concept.

    Two concepts are compared by what is known of them, never by characters. `offered` may be a
    skill: then it counts as far as that skill alone fits for the job. Characters speak where at
    least one term is unresolved. Texts that contradict each other (无证, 持证) keep a quarter.
    """
    if asked.code is None or offered.code is None:
        near = _by_characters(Kind.OCCUPATION, asked, offered)
    elif _is_skill(offered.code):
        near = occupation_from_skill(asked.code, offered.code)
    elif asked.code == offered.code:
        near = _within_occupation(asked.text, offered.text)
    else:
        near = occupation_nearness(asked.code, offered.code)
    return _less_contradiction(near, asked, offered)


def skill_similarity(asked: Term, offered: Term) -> float:
    """How well an offered skill, or work done, shows the skill asked for, in [0, 1]."""
    if asked.code is None or offered.code is None:
        near = _by_characters(Kind.SKILL, asked, offered)
    elif _is_skill(offered.code):
        near = skill_nearness(asked.code, offered.code)
    else:
        near = skill_from_occupation(asked.code, offered.code)
    return _less_contradiction(near, asked, offered)


def _is_skill(code: str) -> bool:
    return code.startswith("K-")


def _within_occupation(asked: str, offered: str) -> float:
    """How near two names of one occupation are: 1 unless each names a trade of its own within it.

    The official classification puts 叉车, 天车 and 塔吊 into one occupation; who drives the one is
    near to driving the other and is not yet its driver.
    """
    first, second = _trade(asked), _trade(offered)
    if first is None or second is None or first == second:
        return 1.0
    return max(OTHER_TRADE, skill_nearness(first, second))


@lru_cache(maxsize=1 << 15)
def _trade(text: str) -> str | None:
    """The skill that a job's name is also the name of, None where it names the occupation alone."""
    word = _read(text)[0]
    for name in (word, *(word.removesuffix(ending) for ending in WORKERS if word.endswith(ending))):
        hits = resolve_skill(name, limit=1)
        if hits and hits[0].confidence >= SURELY:
            return hits[0].code
    return None


def _less_contradiction(near: float, asked: Term, offered: Term) -> float:
    if near and asked.text != offered.text and contradicts(_read(asked.text)[1], _read(offered.text)[1]):
        return near * CONTRADICTED
    return near


@lru_cache(maxsize=1 << 16)
def _read(text: str) -> tuple[str, Facts]:
    """The normalised text without its conditions, all of it where nothing else is left, and these."""
    rest, facts = take_facts(text)
    return rest or normalise(text), facts


def _by_characters(kind: Kind, one: Term, other: Term) -> float:
    """RapidFuzz `ratio` / 100 of the texts without their conditions, 0 below the cut-off.

    Containment counts for nothing: 会计 stands in 社会计生专员 and has nothing to do with it.
    """
    if _is_never(kind, one, other) or _is_never(kind, other, one):
        return 0.0
    first, second = _read(one.text)[0], _read(other.text)[0]
    return fuzz.ratio(first, second, score_cutoff=CHARACTERS_AT * 100) / 100


def _is_never(kind: Kind, known: Term, written: Term) -> bool:
    """Whether the vocabulary says that a text must never be read as the known concept."""
    concept = vocabulary().concepts(kind).get(known.code or "")
    return concept is not None and normalise(written.text) in concept.never_texts
