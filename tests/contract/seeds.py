"""A small county for generated requests to find, and the ids to ask for it by."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from service.db import Database
from service.models import Stream
from service.operations.keys import KeyContent, create_key
from service.operations.posting_states import submit_posting
from service.operations.seekers import Consents
from service.operations.staff import create_staff
from service.queries.feed import stream_head
from service.rules.access import SYSTEM, Role
from service.worker import Worker
from tests.builders import CLERK, make_employer, make_open_posting, make_posting, make_seeker

_ROLES: list[Role] = [Role.ADMINISTRATOR, Role.BUREAU, Role.EMPLOYER, Role.OPERATOR]
_LIKELY = 0.8  # the rest of the ids are made up


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """A key of each role, and values by the parameter that takes them."""

    keys: dict[Role, str]
    values: dict[str, list[str]]

    def config(self) -> dict[str, Any]:
        """The values as schemathesis' configuration takes them."""
        return {
            "dictionaries": {_name(place): {"values": values} for place, values in self.values.items()},
            "parameters": {
                place: {"dictionary": _name(place), "probability": _LIKELY} for place in self.values
            },
        }


def _name(place: str) -> str:
    return place.replace(".", "-").lower()


def plant(database: Database) -> Seeds:
    """Fill `database`, let the worker settle it, and say what is there."""
    now = datetime.now(UTC)
    until = now + timedelta(days=20)
    with database.transaction() as session:
        employer = make_employer(session, now=now)
        unvetted = make_employer(session, "2", verified=False, name="东港市新来的渔业公司", now=now)
        openings = [
            make_open_posting(session, employer, now=now, valid_until=until, title=title)
            for title in ("电焊工", "氩弧焊工", "缝纫工", "叉车司机")
        ]
        drafts = [make_posting(session, employer, now=now, valid_until=until) for _ in range(2)]
        submit_posting(session, drafts[0].id, actor=CLERK, now=now)
        both = Consents(shares_with_employers=True, subscribed=True)
        seekers = [make_seeker(session, f"1380000000{n}", now=now, consents=both) for n in range(4)]
        keys = {role: _key(session, role, employer.id, now) for role in _ROLES}
        spare = [_key(session, Role.OPERATOR, employer.id, now).partition(".")[0] for _ in range(2)]
        staff = [
            create_staff(session, name, "王丽", Role.BUREAU, actor=SYSTEM, now=now)[0].id
            for name in ("wang.li", "li.wang")
        ]
    Worker(database, feed_retention_days=30, gateways={}).work_until_idle(now)
    with database.reading() as session:
        cursor = stream_head(session, Stream.OPENINGS).cursor
    return Seeds(
        keys=keys,
        values={
            "path.posting_id": [row.id for row in openings + drafts],
            "path.seeker_id": [row.id for row in seekers],
            "path.employer_id": [employer.id, unvetted.id],
            "path.key_id": spare,
            "path.staff_id": staff,
            "query.cursor": [str(cursor), f"{cursor.epoch}-1"],
            "header.If-Match": ["*", '"1"', '"3"'],
            "body.employer_id": [employer.id],
            "body.phone": ["13900001111", "139 0000 2222"],
        },
    )


def _key(session: Any, role: Role, employer_id: str, now: datetime) -> str:
    content = KeyContent(role=role, label="test", employer_id=employer_id if role is Role.EMPLOYER else None)
    return create_key(session, content, actor=SYSTEM, now=now)[1]
