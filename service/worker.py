"""python -m service.worker: does what is due, one transaction each."""

import signal
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from service.db import Database
from service.logs import configure_logging
from service.models import EmployerRow, PostingRow, use_vault
from service.operations import employer_states, matching, posting_states, promises, retention, understanding
from service.operations.indexes import Indexes
from service.queries import work
from service.rules.calendar import local_day
from service.settings import Settings, stored_secret
from service.vault import Vault

_IDLE_SECONDS = 0.5
_FAULT_SECONDS = 5.0
_HOUSE_SECONDS = 3600.0
_BATCH = 100

log = structlog.get_logger("worker")


Gateways = Mapping[str, Callable[[str, Mapping[str, Any]], None]]
"""By kind of promise: what calls the outside with the idempotency key and the payload, or raises."""


class Worker:
    """Asks the database for what is due and does it, until told to stop.

    What a row owes is visible in the row, so that a worker that dies loses its locks and nothing
    else, and any number of them can share one PostgreSQL.
    """

    def __init__(self, database: Database, *, feed_retention_days: int, gateways: Gateways) -> None:
        self._database = database
        self._retention_days = feed_retention_days
        self._gateways = gateways
        self._indexes = Indexes()
        self._housed_at: datetime | None = None
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish the step in hand and return from `run`. May be called from any thread."""
        self._stopping.set()

    def run(self) -> None:
        """Work until `stop`; a fault is logged and tried again, since nothing is lost by it."""
        while not self._stopping.is_set():
            try:
                worked = self.work_once(datetime.now(UTC))
            except DBAPIError as error:
                # Deadlocks and lost connections end here; the rows still owe what they owed.
                log.warning("database refused a step", error=type(error.orig).__name__)
                self._forget()
                self._stopping.wait(_FAULT_SECONDS if error.connection_invalidated else _IDLE_SECONDS)
            except Exception:
                log.exception("a step failed")
                self._forget()
                self._stopping.wait(_FAULT_SECONDS)
            else:
                if not worked:
                    self._stopping.wait(_IDLE_SECONDS)

    def work_once(self, now: datetime) -> bool:
        """Do at most one transaction of each kind that is due; False when nothing was."""
        done = self._keep_house(now)
        with self._database.reading() as session:
            due = work.due(session, now=now, today=local_day(now))
            owed = promises.due_exists(session, now=now)
        steps: list[tuple[bool, Callable[[Session, datetime], int]]] = [
            (due.start, _start),
            (due.expire, _expire),
            (due.lapse, _lapse),
            (due.content, self._rematch),
            (due.lists, self._refresh),
        ]
        done += sum(self._step(step, now) for is_due, step in steps if is_due)
        if owed:
            done += self._keep_promises(now)
        return done > 0

    def work_until_idle(self, now: datetime) -> None:
        """Work until nothing is due at `now`."""
        while self.work_once(now):
            pass

    def _step(self, step: Callable[[Session, datetime], int], now: datetime) -> int:
        with self._database.transaction() as session:
            return step(session, now)

    def _rematch(self, session: Session, now: datetime) -> int:
        return matching.rematch_changed(session, self._indexes, now=now)

    def _refresh(self, session: Session, now: datetime) -> int:
        return matching.refresh_lists(session, self._indexes, now=now)

    def _keep_promises(self, now: datetime) -> int:
        """Try every promise that is due once; the calls stand between transactions and hold no lock."""
        tried = 0
        while True:
            with self._database.transaction() as session:
                taken = promises.take_due(session, now=now)
            if taken is None:
                return tried
            tried += 1
            error = self._call(taken)
            with self._database.transaction() as session:
                promises.note_outcome(session, taken.id, error, now=now)

    def _call(self, taken: promises.Taken) -> str | None:
        """None when it went well, else what went wrong in a few words."""
        gateway = self._gateways.get(taken.kind)
        if gateway is None:
            return f"no gateway for {taken.kind}"
        try:
            gateway(taken.idempotency_key, taken.payload)
        except Exception as error:  # noqa: BLE001 - whatever a gateway raises is noted in the row
            log.warning("a promise was not kept", kind=taken.kind, error=type(error).__name__)
            return f"{type(error).__name__}: {error}"
        return None

    def _forget(self) -> None:
        """Read the indexes anew: a step that failed midway may have left them ahead of its rollback."""
        self._indexes = Indexes()

    def _keep_house(self, now: datetime) -> int:
        """What scans whole tables: once at the start, then once an hour."""
        if self._housed_at is not None and (now - self._housed_at).total_seconds() < _HOUSE_SECONDS:
            return 0
        done = 0
        while read := self._step(
            lambda session, at: understanding.refresh_understanding(session, now=at), now
        ):
            done += read
        self._step(self._prune, now)
        self._housed_at = now
        return done

    def _prune(self, session: Session, now: datetime) -> int:
        return retention.prune_feed(session, keep_days=self._retention_days, now=now)


def _start(session: Session, now: datetime) -> int:
    return _each_posting(session, work.start_due(now), posting_states.start_posting, now)


def _expire(session: Session, now: datetime) -> int:
    return _each_posting(session, work.expiry_due(now), posting_states.expire_posting, now)


def _each_posting(
    session: Session, due: sa.ColumnElement[bool], act: Callable[..., PostingRow], now: datetime
) -> int:
    ids = work.claimed_ids(session, PostingRow.id, due, limit=_BATCH)
    for row in session.scalars(sa.select(PostingRow).where(PostingRow.id.in_(ids)).order_by(PostingRow.id)):
        act(session, row, now=now)
    return len(ids)


def _lapse(session: Session, now: datetime) -> int:
    ids = work.claimed_ids(session, EmployerRow.id, work.lapse_due(now), limit=_BATCH)
    for row in session.scalars(sa.select(EmployerRow).where(EmployerRow.id.in_(ids))):
        employer_states.lapse_employer(session, row, now=now)
    return len(ids)


class WorkerThread:
    """A worker that lives in the web process: the embedded default."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._thread = threading.Thread(target=worker.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the step in hand. What is not done yet is still due when the service starts again."""
        self._worker.stop()
        self._thread.join(timeout=20)


def main() -> None:
    """Run one worker process until SIGTERM or Ctrl-C."""
    settings = Settings.from_env()
    configure_logging(settings.log_level)
    use_vault(Vault(settings.secret_keys or (stored_secret(settings.data_dir),)))
    database = Database(settings.database_url)
    worker = Worker(database, feed_retention_days=settings.feed_retention_days, gateways={})
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: worker.stop())
    log.info("worker started")
    worker.run()
    database.dispose()
    log.info("worker stopped")


if __name__ == "__main__":
    main()
