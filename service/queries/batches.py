"""Long lists cut for statements: SQLite takes 32,766 parameters, and long lists are slow to parse."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
BATCH = 500


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """`rows` in their order, at most `BATCH` at a time; nothing for none."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
