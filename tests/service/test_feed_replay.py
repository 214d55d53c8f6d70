"""Readers that start anywhere, crash anywhere and read pages twice end with what is open, to the letter."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from service.db import Database
from service.models import EmployerRow, PostingRow, Stream
from service.queries.feed import feed_page, items_in_order, stream_head
from service.queries.openings import opening_content
from service.rules.cursor import Cursor
from service.rules.lifecycle import PostingState
from service.worker import Worker
from tests.service.test_matching_work import ACTIONS, World, _empty

Contents = dict[str, Any]


class Reader:
    """An operator's program that keeps what it applied and, now and then, forgets how far it came."""

    def __init__(self, stream: Stream, *, snapshot: bool, limit: int) -> None:
        self.stream, self.limit, self.snapshot = stream, limit, snapshot
        self.contents: Contents = {}
        self.cursor: Cursor | None = None
        self.started = False

    def poll(self, database: Database, *, forgets: bool) -> bool:
        """Read and apply a page; whether there is more. Who forgets reads that page once more."""
        with database.reading(consistent=True) as session:
            if self.snapshot and not self.started:
                self.cursor = stream_head(session, self.stream).cursor
                self.contents = _snapshot(session, self.stream)
            self.started = True
            page = feed_page(session, self.stream, after=self.cursor, limit=self.limit)
        for line in page.lines:
            if line.content is None:
                self.contents.pop(line.item_id, None)
            else:
                self.contents[line.item_id] = json.loads(line.content)
        if not forgets:
            self.cursor = page.cursor
        return page.has_more or (forgets and bool(page.lines))


def _snapshot(session: Session, stream: Stream) -> Contents:
    return {item.item_id: json.loads(item.content) for item in items_in_order(session, stream)}


def _open(session: Session) -> Contents:
    """What the public stream has to hold, from the rows themselves."""
    rows = session.execute(
        sa.select(PostingRow, EmployerRow)
        .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
        .where(PostingRow.state == PostingState.OPEN)
    )
    contents = {posting.id: opening_content(posting, employer) for posting, employer in rows}
    told: Contents = json.loads(json.dumps(contents, default=str))
    return told


STEPS = st.lists(
    st.tuples(st.sampled_from([*ACTIONS, "poll", "poll", "poll"]), st.integers(0, 20), st.integers(0, 11)),
    min_size=10,
    max_size=45,
)
READERS = st.lists(
    st.builds(
        Reader,
        st.sampled_from([Stream.OPENINGS, Stream.OPENINGS, Stream.MATCHES]),
        snapshot=st.booleans(),
        limit=st.integers(1, 5),
    ),
    min_size=1,
    max_size=4,
)


@given(steps=STEPS, readers=READERS)
@settings(
    max_examples=12,
    deadline=None,
    # Shrinking replays a database each time; the acts of a failure are short enough to read.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_reader_ends_with_what_is_open(
    database: Database, steps: list[tuple[str, int, int]], readers: list[Reader]
) -> None:
    _empty(database)
    world = World(database)
    for action, which, value in steps:
        if action == "poll":
            readers[which % len(readers)].poll(database, forgets=value % 3 == 0)
        else:
            world.do(action, which, value)
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(world.now)
    for reader in readers:
        while reader.poll(database, forgets=False):
            pass
        with database.reading() as session:
            assert reader.contents == _snapshot(session, reader.stream)
    with database.reading() as session:
        assert _snapshot(session, Stream.OPENINGS) == _open(session)


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_reader_that_starts_from_a_snapshot_between_two_changes_misses_neither(
    database: Database, stop: int
) -> None:
    world = World(database)
    changes: list[Callable[[], None]] = [
        lambda: world.do("publish", 0, 0),
        lambda: world.do("publish", 1, 0),
        lambda: world.do("withdraw", 0, 0),
    ]
    for change in changes[:stop]:
        change()
    reader = Reader(Stream.OPENINGS, snapshot=True, limit=1)
    reader.poll(database, forgets=False)
    for change in changes[stop:]:
        change()
    while reader.poll(database, forgets=False):
        pass
    with database.reading() as session:
        assert reader.contents == _open(session)
        assert len(reader.contents) == 1
