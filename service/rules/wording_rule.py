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

    A text that holds none of `keys` is not searched: the patterns are slow and most texts are clean.
    `needs` has to be found, and `unless` must not be found, anywhere in the checked fields together:
    无证亦可 is unlawful for an electrician, not for a packer. `exception` is the annex item or the
    law that a second person may cite to keep the words; "" where there is none.
    """

    id: str
    why: str
    grounds: tuple[Ground, ...]
    keys: tuple[str, ...]
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


# Words that several tables share.
ONLY = r"(?:仅限招?|只限招?|限招|限定|限|仅招收?|只招收?|只要|仅要|只收|仅收|只用|仅需|只需)"
FIRST = r"\s*(?:者|工)?\s*(?:优先(?:考虑|录用|录取)?|优选|尤佳|更佳|为佳|最佳|最好|为主|为宜|首选)"
OFF = (
    r"(?:请?(?:勿|免|慎|绕[行道]?|止步|谢绝|不要|别|莫)(?:扰|投递|投|谈|进|来|应聘|道)?"
    r"|除外|不招|不收|不予录用|不予考虑|不录用)"
)
NOT = r"(?:不要|不招收?|不收|不用|不考虑|不接受|不录用|谢绝|拒绝|拒收)"
OPEN = r"\s*(?:均可|都可|都行|皆可|不限|亦可|也可|都要|不论|没有要求|无要求|一视同仁)"
ITEM_START = r"(?<![^\s,;:、。.!(\[【])"
ITEM_END = r"(?=$|[\s,;。.!)\]】])"
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
