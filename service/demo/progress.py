"""How far it has come: bars on a terminal, plain lines in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Advance = Callable[[int], None]


class Display:
    """Shows steps one after the other on `stream`, standard output by default."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Advance]:
        """A step of `total` parts; call what it gives with the number of parts that are done anew."""
        if self._stream.isatty():
            with self._bar(label, total) as advance:
                yield advance
            return
        begun = time.monotonic()
        self.say(f"{label}: {total} …")
        yield _unseen
        self.say(f"{label}: 完成 / done, {time.monotonic() - begun:.1f} s")

    def say(self, text: str) -> None:
        """One line, at once."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    @contextmanager
    def _bar(self, label: str, total: int) -> Iterator[Advance]:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(file=self._stream)) as progress:
            task = progress.add_task(label, total=total)
            yield lambda parts: progress.advance(task, parts)
            # What was counted beforehand may come out a little otherwise; a step that is over is whole.
            progress.update(task, completed=total)


def _unseen(_parts: int) -> None:
    """In a log only the beginning and the end of a step are said."""
