"""What an import hands in row by row, and the receipt that each row gets."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from service.models import PostingRow
from service.operations.employers import EmployerContent
from service.operations.posting_content import PostingContent
from service.rules.calendar import local_day, start_of_day
from service.rules.contacts import lift_contacts

_LONGEST_VALUE = 60
_TOLD = tuple(field.name for field in fields(PostingContent) if field.name != "region_hint")


class Outcome(StrEnum):
    """What became of a row; every row read has exactly one."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    REFUSED = "refused"


class NoteKind(StrEnum):
    """What a warning is about."""

    DEFAULT = "default"  # filled by the import's stated default
    DROPPED = "dropped"  # not imported
    UNREAD = "unread"  # not understood; the words are kept in the description
    INHERITED = "inherited"  # taken from a merged cell or the row above
    WORDING = "wording"  # words that the law forbids or that need a reason
    UNKNOWN = "unknown"  # an occupation or a place that nobody knows
    DIFFERS = "differs"  # not what was known before


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: which column, what stands there, and what to write instead."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """A warning; the row is accepted all the same. `level` and `article` belong to wording."""

    kind: NoteKind
    column: str
    value: str
    message: str
    level: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row as it was read.

    `posting` is None where `problems` say why. The employer is told by `employer` or by its id.
    `openings_open` tells that the row itself says 若干: no default speaks over it. `valid_days` is a
    stated duration ("三个月"), which counts from the import.
    """

    row: int
    sheet: str = ""
    reference: str | None = None
    employer: EmployerContent | None = None
    employer_id: str | None = None
    posting: PostingContent | None = None
    valid_days: int | None = None
    openings_open: bool = False
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What fills a row that leaves it unsaid; None fills nothing. Stated in the import's report."""

    openings: int | None = None
    valid_days: int | None = None


@dataclass(slots=True)
class Receipt:
    """What became of one row.

    `action` of an accepted one is "created", "updated" or "unchanged"; `merged_into` is the row that
    a merged one says the same as. `filled` names the fields that a default filled.
    """

    row: int
    sheet: str
    outcome: Outcome = Outcome.REFUSED
    action: str | None = None
    posting_id: str | None = None
    reference: str | None = None
    state: str | None = None
    merged_into: int | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)

    def as_stored(self) -> dict[str, Any]:
        """As JSON, with personal numbers hidden: receipts are read by more people than postings are."""
        plain = ("row", "sheet", "action", "posting_id", "reference", "state", "merged_into", "filled")
        return {name: getattr(self, name) for name in plain} | {
            "outcome": self.outcome.value,
            "problems": [_hidden(problem) for problem in self.problems],
            "warnings": [_hidden(note) for note in self.warnings],
        }


def _hidden(told: Problem | Note) -> dict[str, str]:
    """A problem or a note as JSON, without personal numbers."""
    stored = {name: str(getattr(told, name)) for name in told.__slots__}
    for name in {"message", "reason"} & stored.keys():
        stored[name] = _without_numbers(stored[name])
    return stored | {"value": shown_value(told.column, told.value)}


# The same few sentences stand in thousands of receipts.
@lru_cache(maxsize=4096)
def _without_numbers(text: str) -> str:
    return lift_contacts(text)[0]


def shown_value(column: str, value: str) -> str:
    """A cell's value as a receipt may show it: short, without personal numbers."""
    if re.search(r"联系|电话|手机|contact_", column):
        return "（已隐去）" if value else ""
    text = _without_numbers(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def digest_of(entry: Entry, content: PostingContent) -> str:
    """What the sender says in this row, as one number: equal when nothing was said otherwise.

    Without the bureau's county, the defaults and the day of the import, which are not the sender's.
    """
    told = {name: getattr(content, name) for name in _TOLD}
    told |= {"valid_days": entry.valid_days, "openings_open": entry.openings_open}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def filled_content(
    entry: Entry,
    content: PostingContent,
    defaults: Defaults,
    found: PostingRow | None,
    *,
    now: datetime,
) -> PostingContent:
    """The row's `content` with what it leaves unsaid filled by the defaults, and marked so.

    What a default filled at an earlier import stays: the days are not counted anew.
    """
    changes: dict[str, Any] = {}
    filled = set(content.defaults)
    before = set(found.defaults) if found is not None else set()
    if content.valid_until is None and (days := entry.valid_days or defaults.valid_days) is not None:
        kept = found.valid_until if found is not None and "valid_until" in before else None
        changes["valid_until"] = kept or start_of_day(local_day(now) + timedelta(days=days + 1))
        if entry.valid_days is None or kept:
            filled.add("valid_until")
    if content.openings is None and not entry.openings_open and defaults.openings is not None:
        changes["openings"] = defaults.openings
        filled.add("openings")
    return replace(content, **changes, defaults=sorted(filled))


def counts_of(receipts: list[Receipt]) -> dict[str, int]:
    """How many rows became what; accepted + merged + refused = read."""
    counts = {"read": len(receipts)}
    for outcome in Outcome:
        counts[outcome.value] = sum(receipt.outcome is outcome for receipt in receipts)
    for action in ("created", "updated", "unchanged"):
        counts[action] = sum(receipt.action == action for receipt in receipts)
    return counts


def problems_of(errors: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> list[Problem]:
    """A refusal's messages by field, as problems; `titles` are the columns' own names."""
    return [
        Problem((titles or {}).get(name, name), "", message)
        for name, messages in errors.items()
        for message in _flat(messages)
    ]


def _flat(messages: Any) -> list[str]:
    if isinstance(messages, Mapping):
        return [text for inner in messages.values() for text in _flat(inner)]
    return [text for inner in messages for text in _flat(inner)] if isinstance(messages, list) else [messages]
