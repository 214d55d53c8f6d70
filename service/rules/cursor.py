"""A place in a stream, as readers carry it: the epoch and the position, opaque to them."""

import re
from dataclasses import dataclass

from service.rules.errors import CursorGone, Invalid

PATTERN = r"^[0-9a-f]{8}-[0-9]{1,18}$"
_PATTERN = re.compile(PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """`position` is the last line that was read; 0 stands before the first."""

    epoch: str
    position: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.position}"


def read_cursor(text: str) -> Cursor:
    """The cursor that `text` spells.

    Raises:
        Invalid: not one that we ever gave out; it is refused and not answered with the oldest page.
    """
    if not _PATTERN.fullmatch(text):
        raise Invalid("this is not a cursor of this feed", errors={"cursor": ["Not a cursor of this feed."]})
    epoch, _, position = text.partition("-")
    return Cursor(epoch, int(position))


def check_cursor(cursor: Cursor, *, epoch: str, floor: int, head: int) -> None:
    """Refuse a cursor from which reading on could miss something.

    Args:
        cursor: where the reader is.
        epoch: the stream's present epoch; it changes when a backup is restored.
        floor: the highest position that was let go.
        head: the last position given out.

    Raises:
        CursorGone: of another epoch, before what is kept, or past the head.
    """
    if cursor.epoch != epoch:
        raise CursorGone("the feed was restored from a backup since; start from the snapshot")
    if cursor.position < floor:
        raise CursorGone("the lines after this cursor are no longer kept; start from the snapshot")
    if cursor.position > head:
        raise CursorGone("this cursor lies past the end of the feed; start from the snapshot")
