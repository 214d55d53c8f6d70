"""The demo county made ready to be looked at."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from service.db import Database
from service.demo.access import open_access, read_access, write_access
from service.demo.making import make_demo, match_everything
from service.demo.progress import Display
from service.demo.report import report


def prepare_demo(
    database: Database,
    index_phone: Callable[[str], Sequence[str]],
    *,
    data_dir: Path,
    base_url: str,
    display: Display,
    scale: float = 1.0,
) -> None:
    """Make the county and match it, or go on where that was cut short; then tell how to look at it.

    A county that is there is left as it is, and its accounts and keys stay while they open the doors.

    Args:
        database: migrated.
        index_phone: the blind indexes of a phone, newest secret first.
        data_dir: where `demo-access.json` is written.
        base_url: of the service.
        display: what the person at the terminal sees.
        scale: of the county's size, as `make_demo` takes it.

    Raises:
        NotDemo: the database holds rows of its own.
    """
    make_demo(database, index_phone, now=datetime.now(UTC), display=display, scale=scale)
    match_everything(database, display)
    with database.transaction() as session:
        access = open_access(session, read_access(data_dir), now=datetime.now(UTC))
    path = write_access(data_dir, access, base_url)
    report(database, access, base_url, path, display)
