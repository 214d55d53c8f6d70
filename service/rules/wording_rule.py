"""What a rule of the wording check is made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How much a finding stops."""

    BLOCK = "block"  # not published until the words are gone, or an annex item is cited where one exists
    REVIEW = "review"  # a second person looks and says why it may stay
    INFORM = "inform"  # a hint


@dataclass(frozen=True, slots=True)
class Ground:
    """The law behind a rule from `since` to `until` (both included; None: still in force)."""

    since: date
    until: date | None
    level: Level
    article: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write it, as a pattern on folded text (see `folding.fold`).

    Group `cut`, where the pattern has one, is the part that the rewrite replaces, else all of it.
    A hit is dropped where `before` ends the text before it, or `after` begins the text behind it.
    `{floor}` in `rewrite` stands for the youngest age named, kept where it is 16 to 18, else 16.
    """

    pattern: re.Pattern[str]
    rewrite: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One prohibition or hint.

    `needs` has to be found, and `unless` must not be found, anywhere in the checked fields together:
    无证亦可 is unlawful for an electrician, not for a packer. `exception` is the annex item or the
    law that a second person may cite to keep the words; "" where there is none.
    """

    id: str
    why: str
    grounds: tuple[Ground, ...]
    phrases: tuple[Phrase, ...]
    exception: str = ""
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def ground(self, on: date) -> Ground | None:
        """The ground in force on that day, None where the rule was not in force."""
        for ground in self.grounds:
            if ground.since <= on and (ground.until is None or on <= ground.until):
                return ground
        return None


# Words that turn a demand into its opposite when they stand shortly before it in the same clause.
DENIED = r"(?:不|无|免|零|没|勿|非|禁|严禁|禁止|拒绝|杜绝|取消|从未|无论|未)[^,;。!?\s]{0,5}"


def phrase(pattern: str, rewrite: str = "", *, before: str = "", after: str = "") -> Phrase:
    """A phrase from plain pattern texts; empty `before` or `after` guard nothing."""
    return Phrase(
        re.compile(pattern),
        rewrite,
        re.compile(f"(?:{before})$") if before else None,
        re.compile(after) if after else None,
    )


def phrases(
    patterns: Iterable[str], rewrite: str = "", *, before: str = "", after: str = ""
) -> tuple[Phrase, ...]:
    """Several phrases that share rewrite and guards."""
    return tuple(phrase(pattern, rewrite, before=before, after=after) for pattern in patterns)
