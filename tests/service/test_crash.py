"""kill -9 in the middle of the workers' work loses nothing and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.db import Database
from service.models import FeedEntryRow, PostingRow, SeekerRow, Stream
from service.operations import posting_states, postings, seekers
from service.operations.seekers import Consents
from service.queries.feed import stream_head
from service.queries.work import backlog
from service.rules.calendar import local_day
from tests.builders import (
    CLERK,
    make_employer,
    make_open_posting,
    make_posting_content,
    make_profile_content,
    make_seeker,
)
from tests.conftest import SECRET
from tests.service.recomputation import recomputed, stored, to_be_told, told

ROOT = Path(__file__).parents[2]
JOBS = ["电焊工", "氩弧焊工", "水产品加工工", "缝纫工", "叉车司机", "普工"]
TOWNS = ["210681104", "210681101", "210681108", "210681001"]
SETTLED_WITHIN = 90.0  # seconds; two cores may be busy with everything else


class WorkerProcess:
    """A real worker in a process of its own, which may be killed and started again."""

    def __init__(self, database_url: str, folder: Path) -> None:
        names = {"DATABASE_URL": database_url, "DATA_DIR": str(folder), "SECRET_KEY": SECRET}
        mine = {name: value for name, value in os.environ.items() if not name.startswith("CHUNFENG_")}
        self._environment = mine | {f"CHUNFENG_{name}": value for name, value in names.items()}
        self._log = folder / "worker.log"
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "service.worker"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        assert self.process.poll() is None, self._log.read_text()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Ask it to end, which it does with the step in hand done."""
        self.process.terminate()
        assert self.process.wait(30) == 0, self._log.read_text()


@contextmanager
def _workers(database_url: str, folder: Path) -> Iterator[Sequence[WorkerProcess]]:
    workers = []
    for number in range(2):
        (folder / str(number)).mkdir()
        workers.append(WorkerProcess(database_url, folder / str(number)))
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.process.poll() is None:
                worker.process.kill()
                worker.process.wait(10)


def _plant(database: Database, chance: random.Random, postings_count: int, seekers_count: int) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        employer = make_employer(session, now=now)
        for _ in range(postings_count):
            make_open_posting(
                session, employer, now=now, title=chance.choice(JOBS), region=chance.choice(TOWNS),
                pay_minimum=chance.randrange(3500, 7000, 500), pay_maximum=None,
                valid_until=now + timedelta(days=9),
            )  # fmt: skip
        for number in range(seekers_count):
            make_seeker(
                session, f"139{number:08}", now=now, occupations=[chance.choice(JOBS)], skills=[],
                region=chance.choice(TOWNS), pay_expected=chance.randrange(3000, 7000, 500),
                consents=Consents(subscribed=number % 10 == 0),
            )  # fmt: skip


def _change_something(database: Database, chance: random.Random) -> None:
    """What the county goes on doing while the workers die."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        posting_ids = session.scalars(
            sa.select(PostingRow.id).where(PostingRow.state == "open").order_by(PostingRow.id)
        ).all()
        seeker_ids = session.scalars(sa.select(SeekerRow.id).order_by(SeekerRow.id)).all()
        one, other = chance.sample(posting_ids, 2)
        content = make_posting_content(title=chance.choice(JOBS), valid_until=now + timedelta(days=8))
        postings.replace_posting(session, one, content, actor=CLERK, now=now, reason="更正")
        posting_states.withdraw_posting(session, other, "不招了", actor=CLERK, now=now)
        profile = make_profile_content(occupations=[chance.choice(JOBS)], skills=[])
        seekers.replace_profile(
            session, chance.choice(seeker_ids), profile, revision=None, actor=CLERK, now=now
        )


def _wait_until_idle(database: Database) -> None:
    deadline = time.monotonic() + SETTLED_WITHIN
    while True:
        now = datetime.now(UTC)
        with database.reading() as session:
            owed = backlog(session, now=now, today=local_day(now))
        if owed.total == 0:
            return
        assert time.monotonic() < deadline, owed
        time.sleep(0.1)


def _survive(database: Database, url: str, folder: Path, *, size: tuple[int, int], kills: int) -> None:
    """Let two workers settle `size` postings and seekers, kill one of them `kills` times, and compare."""
    chance = random.Random(1)
    _plant(database, chance, *size)
    with _workers(url, folder) as workers:
        # They read their tables first; a kill then would meet nobody at work.
        time.sleep(2)
        for kill in range(kills):
            _change_something(database, chance)
            time.sleep(chance.uniform(0.05, 0.9))
            workers[kill % 2].kill()
            workers[kill % 2].start()
        _wait_until_idle(database)
        for worker in workers:
            worker.stop()
    with database.reading() as session:
        by_seeker, by_posting = recomputed(session, local_day(datetime.now(UTC)))
        assert len(by_seeker) > size[1]
        for have, want in zip(stored(session), (by_seeker, by_posting), strict=True):
            wrong = {pair for pair in have.keys() | want.keys() if have.get(pair) != want.get(pair)}
            assert not wrong, [(pair, have.get(pair), want.get(pair)) for pair in sorted(wrong)[:5]]
        assert told(session) == to_be_told(session, by_seeker)
        for stream in Stream:
            entries = sa.select(FeedEntryRow.position).where(FeedEntryRow.stream == stream)
            positions = list(session.scalars(entries.order_by(FeedEntryRow.position)))
            assert positions == list(range(1, stream_head(session, stream).position + 1))


on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@pytest.mark.postgresql
@on_postgresql
def test_killed_workers_lose_nothing_and_double_nothing(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    _survive(database, database_url, tmp_path, size=(60, 300), kills=6)


@pytest.mark.long
@pytest.mark.postgresql
@on_postgresql
def test_workers_that_are_killed_again_and_again_lose_nothing_and_double_nothing(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    _survive(database, database_url, tmp_path, size=(200, 800), kills=40)
