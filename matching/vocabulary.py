"""The trade vocabulary: its files read into concepts, with a finding for every faulty line.

Line format of `data/vocabulary/*.txt`: a mark, a space, then words parted by spaces.

| mark | meaning |
|---|---|
| `;` | comment |
| `@ code name` | starts an occupation: code and official name of 职业分类大典 2022 |
| `$ code name` | starts a skill: our own code and name |
| `=` | other words for the concept |
| `+` | skills that the occupation uses, by any of their names |
| `~` | close concepts, by code or name |
| `>` | covered or implied concepts: who does this can do that |
| `!` | concepts or texts that must never be taken for this one |
| `%` | keys of the licences that the law usually demands |
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from matching.tables import find_licence, find_occupation, occupations
from matching.text import normalise
from matching.types import Kind

FOLDER = Path(__file__).parent / "data" / "vocabulary"
STARTS = {"@": Kind.OCCUPATION, "$": Kind.SKILL}
FIELDS = {Kind.OCCUPATION: frozenset("=+~>!%"), Kind.SKILL: frozenset("=~>!")}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of the vocabulary. `where` is file:line, `message` says what is wrong."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Written:
    """A word as a file writes it, with its place as file:line."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Block:
    """What the files say of one concept, by mark, before any reference is looked up."""

    kind: Kind
    code: str
    name: str
    where: str
    fields: dict[str, list[Written]]

    def words(self, mark: str) -> list[Written]:
        """The words under `mark`, in the order written; may be empty."""
        return self.fields.get(mark, [])


@dataclass(frozen=True, slots=True)
class Concept:
    """One occupation or skill as the vocabulary knows it; all references are codes.

    `aliases` are in lower case and, as the linter holds, normalised. `never` are codes of the same
    kind, `never_texts` normalised words that belong to no concept and must not be read as this one.
    """

    kind: Kind
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    close: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    never_texts: frozenset[str] = frozenset()
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts by code. A faulty line costs its own words and stands in `findings`."""

    occupations: Mapping[str, Concept]
    skills: Mapping[str, Concept]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    version: str

    def concepts(self, kind: Kind) -> Mapping[str, Concept]:
        """The concepts of `kind` by code; empty for licences, which the tables hold."""
        return {Kind.OCCUPATION: self.occupations, Kind.SKILL: self.skills}.get(kind, {})


@dataclass(slots=True)
class _Reader:
    """Collects blocks while lines are read; blocks of one code in several places become one."""

    blocks: dict[str, Block] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    current: Block | None = None

    def read_line(self, line: str, where: str) -> None:
        mark, _, rest = line.strip().partition(" ")
        words = [Written(word, where) for word in rest.split()]
        if mark in STARTS:
            self.current = self._start(STARTS[mark], words, where)
        elif len(mark) != 1 or mark not in FIELDS[Kind.OCCUPATION] or not words:
            self.findings.append(Finding(where, f"not a line of the vocabulary: {line.strip()}"))
        elif self.current is None:
            self.findings.append(Finding(where, "words before any block, or in a block that was refused"))
        elif mark not in FIELDS[self.current.kind]:
            self.findings.append(Finding(where, f"a {self.current.kind} takes no line {mark}"))
        else:
            self.current.fields.setdefault(mark, []).extend(words)

    def _start(self, kind: Kind, words: list[Written], where: str) -> Block | None:
        if len(words) < 2:
            self.findings.append(Finding(where, "a block starts with a code and a name"))
            return None
        # A few official names hold a space after a mark.
        code, name = words[0].text, "".join(word.text for word in words[1:])
        fault = _occupation_fault(code, name) if kind is Kind.OCCUPATION else _skill_fault(code)
        known = self.blocks.get(code)
        if not fault and known and known.name != name:
            fault = f"{code} is named {known.name} at {known.where}"
        if fault:
            self.findings.append(Finding(where, fault))
            return None
        return self.blocks.setdefault(code, Block(kind, code, name, where, {}))


def _occupation_fault(code: str, name: str) -> str:
    row = find_occupation(code)
    if row is None:
        return f"no occupation {code} in the classification"
    return "" if "".join(row.name.split()) == name else f"{code} is {row.name}, not {name}"


def _skill_fault(code: str) -> str:
    return "" if code.startswith("K-") else f"the code of a skill begins with K-: {code}"


def read_blocks(lines: Iterable[tuple[str, str]]) -> tuple[tuple[Block, ...], list[Finding]]:
    """Blocks in the order first met, and what was wrong.

    Args:
        lines: (file:line, text) of every line; blank lines and comments may be among them.
    """
    reader = _Reader()
    for where, line in lines:
        if line.strip() and not line.lstrip().startswith(";"):
            reader.read_line(line, where)
    return tuple(reader.blocks.values()), reader.findings


class _References:
    """Looks words up among the blocks and the classification: codes and names before aliases."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._codes: dict[tuple[Kind, str], str] = {}
        for row in occupations().values():
            self._add(Kind.OCCUPATION, row.code, row.code, row.name)
        for block in blocks:
            self._add(block.kind, block.code, block.code, block.name)
        for block in blocks:
            self._add(block.kind, block.code, *(word.text for word in block.words("=")))

    def _add(self, kind: Kind, code: str, *words: str) -> None:
        for word in words:
            self._codes.setdefault((kind, word), code)

    def find(self, kind: Kind, text: str) -> str | None:
        return self._codes.get((kind, text))


class _Linker:
    """Looks up the references of blocks; a reference to nothing is a finding."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.references = _References(blocks)
        self.findings: list[Finding] = []

    def concept(self, block: Block) -> Concept:
        never = [(self.references.find(block.kind, word.text), word.text) for word in block.words("!")]
        return Concept(
            kind=block.kind,
            code=block.code,
            name=block.name,
            aliases=tuple(dict.fromkeys(word.text.lower() for word in block.words("="))),
            skills=tuple(dict.fromkeys(self._codes(block, "+", Kind.SKILL))),
            close=frozenset(self._codes(block, "~", block.kind)),
            covers=frozenset(self._codes(block, ">", block.kind)),
            never=frozenset(code for code, _ in never if code and code != block.code),
            never_texts=frozenset(normalise(text) for code, text in never if code is None),
            licences=tuple(dict.fromkeys(self._licences(block))),
        )

    def _codes(self, block: Block, mark: str, kind: Kind) -> Iterator[str]:
        for word in block.words(mark):
            code = self.references.find(kind, word.text)
            if code is None:
                self.findings.append(Finding(word.where, f"{mark} names no {kind}: {word.text}"))
            elif code != block.code:
                yield code

    def _licences(self, block: Block) -> Iterator[str]:
        for word in block.words("%"):
            if find_licence(word.text) is None:
                self.findings.append(Finding(word.where, f"no licence {word.text}"))
            else:
                yield word.text


def link_blocks(blocks: Iterable[Block]) -> tuple[dict[str, Concept], list[Finding]]:
    """Concepts by code, every reference looked up; a reference to nothing is a finding."""
    blocks = tuple(blocks)
    linker = _Linker(blocks)
    return {block.code: linker.concept(block) for block in blocks}, linker.findings


def read_vocabulary(folder: Path) -> Vocabulary:
    """Everything that the files of `folder` say, in the order of their names."""
    digest = hashlib.sha256()
    lines: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.txt")):
        content = path.read_text(encoding="utf-8")
        digest.update(content.encode())
        lines += ((f"{path.name}:{number}", line) for number, line in enumerate(content.splitlines(), 1))
    blocks, findings = read_blocks(lines)
    concepts, more = link_blocks(blocks)
    return Vocabulary(
        occupations={code: it for code, it in concepts.items() if it.kind is Kind.OCCUPATION},
        skills={code: it for code, it in concepts.items() if it.kind is Kind.SKILL},
        blocks=blocks,
        findings=(*findings, *more),
        version=digest.hexdigest()[:16],
    )


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary, read once."""
    return read_vocabulary(FOLDER)
