"""How much of the work is the database's: matching on SQLite and on PostgreSQL, beside peers without it.

`python -m bench.engine [--scale 0.4] [--json]` makes the demo county on both engines, matches everybody as
one worker does, and prints for each engine

* pairs compared a second by the worker, and by the two indexes alone on the same rows (the peer);
* rows of matches a second written by the worker, and by plain executemany in batches of 500 (the peer);
* milliseconds from a changed profile to its stored matches, in the middle and in the worst of a hundred.

Ratios are of one run on one machine; PostgreSQL is a private server that does not wait for the disk.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from service import migrations
from service.db import Database
from service.demo.making import make_demo
from service.demo.progress import Display
from service.models import MatchDue, MatchRow, PostingRow, ProfileRow, SeekerRow, use_vault
from service.operations.indexes import Indexes
from service.operations.matching import refresh_lists, rematch_changed
from service.queries.values import posting_value, seeker_value
from service.rules.calendar import local_day
from service.vault import Vault
from tests.postgres import PostgresServer

BATCH = 500


@contextmanager
def fresh_urls() -> Iterator[dict[str, str]]:
    """The address of an empty database of each engine."""
    server = PostgresServer()
    server.start()
    with tempfile.TemporaryDirectory(prefix="chunfeng-bench-") as folder:
        yield {
            "sqlite": f"sqlite:///{Path(folder) / 'bench.sqlite'}",
            "postgresql": server.url(server.create_database()),
        }
    server.stop()


def work_until_idle(database: Database, indexes: Indexes) -> None:
    """What one worker does, a transaction a step."""
    for step in (rematch_changed, refresh_lists):
        done = 1
        while done:
            with database.transaction() as session:
                done = step(session, indexes, now=datetime.now(UTC))


def indexes_alone(database: Database) -> tuple[int, float]:
    """Pairs compared, and the seconds that took, without a database: the rows are read before."""
    indexes = Indexes()
    with database.reading() as session:
        indexes.follow(session, local_day(datetime.now(UTC)))
        postings = [
            posting_value(row) for row in session.scalars(sa.select(PostingRow)) if row.id in indexes.postings
        ]
        pairs = session.execute(sa.select(ProfileRow, SeekerRow.state).join(SeekerRow))
        seekers = [seeker_value(row, state) for row, state in pairs if row.seeker_id in indexes.seekers]
    began = time.perf_counter()
    for posting in postings:
        indexes.seekers.rank(posting)
    for seeker in seekers:
        indexes.postings.rank(seeker)
    return 2 * len(postings) * len(seekers), time.perf_counter() - began


def plain_writes(database: Database) -> tuple[int, float]:
    """Rows of matches copied by plain executemany, and the seconds that took."""
    table = MatchRow.__table__
    with database.transaction() as session:
        rows = [dict(row) for row in session.execute(sa.select(table)).mappings()]
        session.execute(sa.text("CREATE TABLE peer AS SELECT * FROM matches WHERE 1 = 0"))
    peer = sa.Table("peer", sa.MetaData(), *[sa.Column(column.name, column.type) for column in table.columns])
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        with database.transaction() as session:
            session.execute(sa.insert(peer), rows[start : start + BATCH])
    return len(rows), time.perf_counter() - began


def one_change(database: Database, indexes: Indexes, times: int) -> list[float]:
    """Milliseconds from a changed profile to its stored matches, each time another's."""
    with database.reading() as session:
        first = sa.select(ProfileRow.seeker_id).order_by(ProfileRow.seeker_id).limit(times)
        ids = session.scalars(first).all()
    took = []
    for seeker_id in ids:
        with database.transaction() as session:
            changed = sa.update(ProfileRow).where(ProfileRow.seeker_id == seeker_id)
            session.execute(changed.values(match_due=int(MatchDue.CONTENT)))
        began = time.perf_counter()
        with database.transaction() as session:
            rematch_changed(session, indexes, now=datetime.now(UTC))
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def measure(engine: str, database: Database, scale: float) -> dict[str, Any]:
    """Every figure of one engine."""
    display = Display(sys.stderr)
    make_demo(database, lambda phone: [phone], now=datetime.now(UTC), display=display, scale=scale)
    indexes = Indexes()
    began = time.perf_counter()
    work_until_idle(database, indexes)
    worked = time.perf_counter() - began
    pairs, alone = indexes_alone(database)
    rows, plain = plain_writes(database)
    changes = one_change(database, indexes, 100)
    return {
        "engine": engine,
        "pairs": pairs,
        "rows": rows,
        "worker_pairs_per_second": round(pairs / worked),
        "indexes_pairs_per_second": round(pairs / alone),
        "worker_of_indexes": round(alone / worked, 3),
        "worker_rows_per_second": round(rows / worked),
        "plain_rows_per_second": round(rows / plain),
        "worker_of_plain_rows": round(plain / worked, 3),
        "change_ms_median": round(statistics.median(changes), 1),
        "change_ms_worst": round(changes[-1], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.4)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    use_vault(Vault(["bench"]))
    with fresh_urls() as urls:
        for engine, url in urls.items():
            migrations.upgrade(url)
            database = Database(url)
            figures = measure(engine, database, arguments.scale)
            database.dispose()
            if arguments.json:
                print(json.dumps(figures))
            else:
                print("\n".join(f"{name:28} {value}" for name, value in figures.items()), end="\n\n")


if __name__ == "__main__":
    main()
