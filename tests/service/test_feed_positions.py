"""Positions become visible in the order of commits, without gaps: nothing can be missed by a reader."""

import random
import threading
import time
from collections import Counter

import pytest
import sqlalchemy as sa

from service.db import Database
from service.models import FeedHeadRow, Stream
from service.operations import feed
from service.queries.feed import feed_page, stream_head
from service.rules.cursor import Cursor
from tests.builders import NOW

on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
WRITERS = 8


class PowerCutError(Exception):
    """What ends a writer's transaction before its commit."""


def _cut_power(really: bool) -> None:
    if really:
        raise PowerCutError


def _append(database: Database, *items: str, fails: bool = False) -> None:
    with database.transaction() as session:
        feed.append(session, Stream.OPENINGS, [line for item in items for line in _line(item)], now=NOW)
        _cut_power(fails)


def _line(item_id: str) -> list[feed.Line]:
    return [feed.Line(item_id, "published", {"id": item_id})]


def _read(database: Database, after: Cursor | None = None, limit: int = 1000) -> tuple[list[str], Cursor]:
    """The items after a cursor, each with its position checked, and where to read on."""
    with database.reading() as session:
        page = feed_page(session, Stream.OPENINGS, after=after, limit=limit)
    start = after.position if after else 0
    positions = [line.position for line in page.lines]
    assert positions == list(range(start + 1, start + 1 + len(positions)))
    return [line.item_id for line in page.lines], page.cursor


class Writer(threading.Thread):
    """Appends one line, and commits or fails when it is told to."""

    def __init__(self, database: Database, item_id: str) -> None:
        super().__init__(daemon=True)
        self.database, self.item_id = database, item_id
        self.appended, self.go_on = threading.Event(), threading.Event()
        self.fails = False

    def run(self) -> None:
        try:
            with self.database.transaction() as session:
                feed.append(session, Stream.OPENINGS, _line(self.item_id), now=NOW)
                self.appended.set()
                assert self.go_on.wait(30)
                _cut_power(self.fails)
        except PowerCutError:
            pass

    def finish(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.go_on.set()
        self.join(30)
        assert not self.is_alive()


@pytest.mark.postgresql
@on_postgresql
@pytest.mark.parametrize("first_fails", [False, True], ids=["commits", "rolls-back"])
def test_a_second_writer_waits_so_that_no_reader_sees_it_first(database: Database, first_fails: bool) -> None:
    first, second = Writer(database, "a"), Writer(database, "b")
    first.start()
    assert first.appended.wait(30)
    second.start()
    second.go_on.set()
    # It cannot have its position before the first has committed, however long that takes.
    assert not second.appended.wait(0.5)
    assert _read(database)[0] == []
    first.finish(fails=first_fails)
    second.join(30)
    assert _read(database)[0] == (["b"] if first_fails else ["a", "b"])


def test_a_roll_back_gives_its_positions_back(database: Database) -> None:
    with pytest.raises(PowerCutError):
        _append(database, "a", "b", fails=True)
    _append(database, "c")
    assert _read(database)[0] == ["c"]


def test_streams_count_by_themselves(database: Database) -> None:
    with database.transaction() as session:
        feed.append(session, Stream.OPENINGS, _line("a"), now=NOW)
        feed.append(session, Stream.PROFILES, _line("p") + _line("q"), now=NOW)
    with database.reading() as session:
        positions = {stream: stream_head(session, stream).position for stream in Stream}
    assert positions == {Stream.OPENINGS: 1, Stream.MATCHES: 0, Stream.PROFILES: 2}


def test_appending_nothing_moves_nothing(database: Database) -> None:
    with database.transaction() as session:
        feed.append(session, Stream.OPENINGS, [], now=NOW)
    assert _read(database)[1].position == 0


def test_a_stream_without_a_head_is_a_fault_and_not_a_lost_line(database: Database) -> None:
    with database.transaction() as session:
        session.execute(sa.delete(FeedHeadRow))
    with pytest.raises(LookupError, match="openings"):
        _append(database, "a")


def _write_until(database: Database, deadline: float, number: int, committed: list[str]) -> None:
    chance = random.Random(number)
    count = 0
    while time.monotonic() < deadline:
        items = [f"{number}-{count + offset}" for offset in range(chance.randint(1, 3))]
        count += len(items)
        try:
            with database.transaction() as session:
                time.sleep(chance.random() * 0.002)
                feed.append(
                    session, Stream.OPENINGS, [line for item in items for line in _line(item)], now=NOW
                )
                time.sleep(chance.random() * 0.002)
                _cut_power(chance.random() < 0.05)
        except PowerCutError:
            continue
        committed += items


def _poll_while(database: Database, writers: list[threading.Thread]) -> list[str]:
    """Everything that a reader sees who polls all the while, and once more when the writers are done."""
    seen: list[str] = []
    cursor = None
    while True:
        writing = any(writer.is_alive() for writer in writers)
        items, cursor = _read(database, cursor, limit=50)
        seen += items
        if not items and not writing:
            return seen


def _race(database: Database, seconds: float) -> None:
    database.engine  # noqa: B018 - made before the threads, who would each make one
    committed: list[list[str]] = [[] for _ in range(WRITERS)]
    deadline = time.monotonic() + seconds
    writers = [
        threading.Thread(target=_write_until, args=(database, deadline, number, committed[number]))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    seen = _poll_while(database, writers)
    for number, mine in enumerate(committed):
        # Nothing lost, nothing twice, nothing that was rolled back, and each writer's lines in its order.
        assert [item for item in seen if item.startswith(f"{number}-")] == mine
    assert max(Counter(seen).values()) == 1
    assert len(seen) > seconds * 20


@pytest.mark.postgresql
@on_postgresql
def test_a_reader_that_polls_among_eight_writers_misses_nothing(database: Database) -> None:
    _race(database, 6)


@pytest.mark.long
@pytest.mark.postgresql
@on_postgresql
def test_a_reader_that_polls_for_a_minute_misses_nothing(database: Database) -> None:
    _race(database, 60)
