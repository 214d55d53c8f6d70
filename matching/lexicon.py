"""All words of one kind with the keys by which a word as written finds them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from matching.grams import GramIndex
from matching.sounds import loose_sound_key
from matching.tables import find_occupation, licences, occupations
from matching.text import normalise
from matching.types import Kind
from matching.vocabulary import Vocabulary, vocabulary


def _listed(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


# What may be taken off a word before it is looked up.
PREFIXES = {
    Kind.OCCUPATION: _listed("从事 专业 熟练 高级 中级 初级 学徒 干 开 做 会 搞 当 女 男 老"),
    Kind.SKILL: _listed(
        "熟练掌握 熟练使用 熟练操作 能熟练 熟练 掌握 熟悉 精通 懂得 能够 使用 操作 了解 擅长 懂 会 能"
    ),
    Kind.LICENCE: _listed("必须有 需要 持有 具有 具备 需有 持 有 需 带"),
}
SUFFIXES = {
    Kind.OCCUPATION: _listed(
        "操作人员 作业人员 从业人员 工作人员 高级技师 操作工 操作员 操作手 驾驶员 作业员 熟练工 学徒工",
        "技师 师傅 司机 人员 工人 阿姨 大姐 大妈 大嫂 大叔 大哥 小哥 小妹 学徒 熟手 工作 工种 岗位 岗",
        "工 员 师 手 匠 的 活",
    ),
    Kind.SKILL: _listed("操作技能 的技能 技能 技术 操作 经验 工艺 作业 的 活"),
    Kind.LICENCE: _listed(
        "特种作业操作证 职业资格证书 上岗资格证 特种作业证 特种操作证 操作资格证 职业资格证 资格证书",
        "资格证 上岗证 操作证 从业证 作业证 执业证 等级证 证书 证件 执照 驾照 驾驶证 证 本 照 的",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a concept.

    `is_official` tells that it is the concept's own name. `family` is the name of the class above,
    given to official names alone. `is_class` tells that it names a whole class of occupations: such
    a name is found when written out and never guessed, since its words are those of every
    occupation below it.
    """

    text: str
    code: str
    is_official: bool
    family: str = ""
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word of one kind, and what leads to it. Immutable.

    `heads` counts, for a word that longer words end with, whose words these are. `words` gives the
    entries of a normalised text, `cores` and `sounds` the texts that share a core
    or a loose sound key; `entries` are the rows of `nearest`. `names` gives names by code.
    """

    kind: Kind
    names: Mapping[str, str]
    words: Mapping[str, tuple[Entry, ...]]
    cores: Mapping[str, tuple[str, ...]]
    sounds: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, Counter[str]]
    entries: tuple[Entry, ...]
    nearest: GramIndex

    def codes(self, text: str) -> frozenset[str]:
        """The concepts that have `text` (normalised) as a word; may be empty."""
        return frozenset(entry.code for entry in self.words.get(text, ()))


_SUFFIX_SETS = {kind: frozenset(suffixes) for kind, suffixes in SUFFIXES.items()}
_LONGEST_SUFFIX = max(len(suffix) for suffixes in SUFFIXES.values() for suffix in suffixes)


def bare_forms(text: str, kind: Kind) -> list[str]:
    """`text` with one prefix and up to two suffixes off, nearest to the text first.

    At least two characters stay. The text itself is not among the forms.
    """
    forms: dict[str, None] = {}
    for start in (text, *_without_prefix(text, kind)):
        once = _without_suffix(start, kind)
        forms |= dict.fromkeys((start, once, _without_suffix(once, kind)))
    forms.pop(text)
    return list(forms)


def core(text: str, kind: Kind) -> str:
    """`text` with up to two suffixes off: what 叉车工, 叉车司机 and 叉车 have in common."""
    return _without_suffix(_without_suffix(text, kind), kind)


def _without_prefix(text: str, kind: Kind) -> list[str]:
    found = (prefix for prefix in PREFIXES[kind] if text.startswith(prefix) and len(text) >= len(prefix) + 2)
    return [text[len(prefix) :] for prefix in found][:1]


def _without_suffix(text: str, kind: Kind) -> str:
    """`text` without its longest suffix, unless fewer than two characters would stay."""
    for length in range(min(_LONGEST_SUFFIX, len(text) - 2), 0, -1):
        if text[-length:] in _SUFFIX_SETS[kind]:
            return text[:-length]
    return text


def build_lexicon(kind: Kind, entries: Iterable[Entry], names: Mapping[str, str]) -> Lexicon:
    """Index `entries`; where a word is one concept's own name, other concepts lose it."""
    words: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda it: not it.is_official):
        held = words[entry.text]
        if not any(other.is_official or other.code == entry.code for other in held):
            held.append(entry)
    cores: dict[str, list[str]] = defaultdict(list)
    sounds: dict[str, list[str]] = defaultdict(list)
    guessable: list[Entry] = []
    for text, held in words.items():
        if not held[0].is_class:
            guessable += held
            cores[core(text, kind)].append(text)
            sounds[loose_sound_key(text)].append(text)
    return Lexicon(
        kind=kind,
        names=names,
        words={text: tuple(held) for text, held in words.items()},
        cores={key: tuple(held) for key, held in cores.items()},
        sounds={key: tuple(held) for key, held in sounds.items()},
        heads=_heads(guessable, words),
        entries=tuple(guessable),
        nearest=GramIndex([(entry.text, entry.family) for entry in guessable]),
    )


def _heads(entries: Iterable[Entry], words: Mapping[str, list[Entry]]) -> dict[str, Counter[str]]:
    """For each word that longer words end with: how many of these each concept has."""
    heads: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for start in range(1, len(entry.text) - 1):
            if entry.text[start:] in words:
                heads[entry.text[start:]][entry.code] += 1
    return dict(heads)


def _occupation_entries(words: Vocabulary) -> Iterable[Entry]:
    for row in occupations().values():
        above = find_occupation(row.parent)
        family = above.name if above else ""
        if row.level > 1:
            yield Entry(normalise(row.name), row.code, True, family, row.level < 4)
        concept = words.occupations.get(row.code)
        for alias in concept.aliases if concept else ():
            yield Entry(alias, row.code, False)


def _skill_entries(words: Vocabulary) -> Iterable[Entry]:
    for concept in words.skills.values():
        yield Entry(normalise(concept.name), concept.code, True)
        yield from (Entry(alias, concept.code, False) for alias in concept.aliases)


def _licence_entries() -> Iterable[Entry]:
    for row in licences().values():
        yield from (Entry(normalise(word), row.key, True) for word in (row.name, row.key, f"{row.name}证"))
        yield from (
            Entry(normalise(alias), row.key, False) for alias in (*row.aliases, row.official_code) if alias
        )


@cache
def lexicon(kind: Kind) -> Lexicon:
    """The packaged words of `kind`, indexed once."""
    words = vocabulary()
    if kind is Kind.OCCUPATION:
        names = {it.code: it.name for it in occupations().values()}
        return build_lexicon(kind, _occupation_entries(words), names)
    if kind is Kind.SKILL:
        return build_lexicon(kind, _skill_entries(words), {it.code: it.name for it in words.skills.values()})
    return build_lexicon(kind, _licence_entries(), {it.key: it.name for it in licences().values()})
