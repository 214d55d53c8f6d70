"""Which rows of an import say the same, and which posting each row is."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import matching
from service.models import EmployerRow
from service.operations.import_entries import Entry, Note, NoteKind, Outcome, Problem, Receipt
from service.operations.posting_content import PostingContent
from service.queries.imports import KnownPosting

# What two rows of one employer have in common when they are the same posting sent twice.
_PAY = ("pay_stated", "pay_minimum", "pay_maximum", "pay_unit")
_LABELS = {
    "openings": "人数",
    "benefits": "福利",
    "housing": "住宿",
    "meals": "吃饭",
    "shuttle": "班车",
    "insurance": "保险",
    "education": "学历",
    "experience_years": "经验",
    "valid_until": "有效期",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "shift": "班次",
}


@dataclass(slots=True)
class Line:
    """A row on its way: its employer, what it says as one number, the posting that it is."""

    entry: Entry
    content: PostingContent
    employer: EmployerRow
    digest: str
    receipt: Receipt
    reference: str | None = None


def without_duplicates(lines: Sequence[Line]) -> list[Line]:
    """The lines that stay; of those that say the same all but one are merged into that one.

    Without references the same is: employer, title, place, pay and text. Which one stays does not
    depend on the order of the rows. Two different rows under one reference are refused but the first.
    """
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(_same(line), []).append(line)
    kept: list[Line] = []
    for group in groups.values():
        by_reference = group[0].entry.reference is not None
        first = group[0] if by_reference else min(group, key=lambda line: (line.digest, line.entry.row))
        kept.append(first)
        for line in group:
            if line is not first:
                _merge(line, first, strict=by_reference)
    return sorted(kept, key=lambda line: (line.entry.sheet, line.entry.row))


def bind_references(lines: Iterable[Line], known: Mapping[str, KnownPosting]) -> None:
    """Give every line its reference: the sender's, else one that its content finds again.

    It is made of employer, title, place and a number among those that have these in common. A row
    that says what one of them said before stays that one; the others take the numbers that are left,
    in an order that is not the sheet's.
    """
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.entry.reference is not None:
            line.reference = line.entry.reference
        else:
            groups.setdefault(_stem(line), []).append(line)
    taken: dict[str, dict[int, str | None]] = {}
    for reference, posting in known.items():
        stem, _, number = reference.rpartition("-")
        if stem in groups and number.isdecimal():
            taken.setdefault(stem, {})[int(number)] = posting.import_digest
    for stem, group in groups.items():
        _number(stem, group, taken.get(stem, {}))


def _number(stem: str, group: Sequence[Line], taken: Mapping[int, str | None]) -> None:
    free = sorted(taken)
    waiting = []
    for line in sorted(group, key=lambda line: line.digest):
        same = next((number for number in free if taken[number] == line.digest), None)
        if same is None:
            waiting.append(line)
        else:
            free.remove(same)
            line.reference = f"{stem}-{same}"
    following = max(taken, default=0)
    for line in waiting:
        if free:
            number = free.pop(0)
        else:
            following = number = following + 1
        line.reference = f"{stem}-{number}"


def _stem(line: Line) -> str:
    parts = [line.employer.id, _folded(line.content.title), *_place(line)]
    return "row-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _same(line: Line) -> tuple[str, ...]:
    if line.entry.reference is not None:
        return ("reference", line.entry.reference)
    pay = [str(getattr(line.content, name)) for name in _PAY]
    text = _folded(line.content.description)
    return ("content", line.employer.id, _folded(line.content.title), *_place(line), *pay, text)


def _place(line: Line) -> tuple[str, str]:
    return line.content.region or "", _folded(line.content.address)


def _folded(text: str) -> str:
    return matching.normalise("".join(text.split()))


def _merge(line: Line, first: Line, *, strict: bool) -> None:
    differing = _differing(line.content, first.content)
    receipt, row = line.receipt, first.entry.row
    if strict and (differing or line.employer is not first.employer):
        reason = f"与第 {row} 行编号相同，内容不同，请改正编号。"
        receipt.problems.append(Problem("岗位编号", line.entry.reference or "", reason))
        return
    receipt.outcome, receipt.merged_into = Outcome.MERGED, row
    if differing:
        names = "、".join(dict.fromkeys(_LABELS.get(name, "其他内容") for name in differing))
        message = f"与第 {row} 行是同一岗位，{names}不同，以第 {row} 行为准。"
        receipt.warnings.append(Note(NoteKind.DIFFERS, "", "", message))


def _differing(one: PostingContent, other: PostingContent) -> list[str]:
    told, known = asdict(one), asdict(other)
    return [name for name, value in told.items() if value != known[name]]
