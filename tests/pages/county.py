"""A small county for the pages: enough postings for two pages, and one that is gone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from matching import PayUnit, Shift
from service.db import Database
from service.models import EmployerRow, PayStated, PostingRow
from service.operations.posting_states import fill_posting
from service.rules.calendar import local_day, start_of_day
from tests.builders import CLERK, make_employer, make_open_posting, make_posting

TOWN = "210681104"  # 前阳镇
OTHER_TOWN = "210681101"
WELDERS = 21  # with the others more than one page of twenty

NEWEST = "水产品加工分拣包装冷库操作工兼夏季海蜇加工季节性操作工"
NURSE = "养老护理员"
FILLED = "电焊工（招满）"
DRAFT = "还没审的岗位"


@dataclass(frozen=True, slots=True)
class County:
    """Ids of what a test looks for."""

    newest: str
    nurse: str
    filled: str
    draft: str
    now: datetime


def seed_county(database: Database) -> None:
    """Postings published a minute apart, the newest last."""
    now = datetime.now(UTC)
    until = start_of_day(local_day(now) + timedelta(days=4))
    with database.transaction() as session:
        foundry = make_employer(session, "1", now=now)
        home = make_employer(session, "2", name="东港市前阳镇康宁养老服务有限公司", region=TOWN, now=now)
        for number in range(WELDERS):
            made_at = now - timedelta(minutes=200 - number)
            make_open_posting(
                session,
                foundry,
                now=made_at,
                title=f"电焊工（{number + 1}班）",
                licences=["焊工证"],
                housing=True,
                meals=True,
                shuttle=True,
                insurance=True,
                shift=Shift.LONG_DAY,
                region=TOWN if number % 2 else OTHER_TOWN,
                valid_until=until,
            )
        make_posting(session, foundry, now=now, title=DRAFT, valid_until=until)
        _newest(session, foundry, now - timedelta(minutes=1), until)
        _nurse(session, home, now - timedelta(minutes=2), until)
        _filled(session, foundry, now - timedelta(minutes=300), until)


def find_county(database: Database) -> County:
    """The ids in a database that was seeded, here or where it was copied from."""
    with database.reading() as session:
        rows = session.execute(sa.select(PostingRow.title, PostingRow.id))
        ids = {row.title: row.id for row in rows}
        now = session.scalar(sa.select(sa.func.max(PostingRow.updated_at)))
    assert now is not None
    return County(newest=ids[NEWEST], nurse=ids[NURSE], filled=ids[FILLED], draft=ids[DRAFT], now=now)


def _nurse(session, employer: EmployerRow, now: datetime, until: datetime) -> PostingRow:
    return make_open_posting(
        session,
        employer,
        now=now,
        title=NURSE,
        pay_stated=PayStated.NEGOTIABLE,
        pay_minimum=None,
        pay_maximum=None,
        pay_unit=None,
        openings=2,
        valid_until=until,
    )


def _newest(session, employer: EmployerRow, now: datetime, until: datetime) -> PostingRow:
    """A posting with much to say: it is what breaks a narrow screen."""
    return make_open_posting(
        session,
        employer,
        now=now,
        title=NEWEST,
        description="分拣、清洗、称重、包装。\n\n工作环境偏冷，发棉服。\nABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ",
        licences=["健康证", "叉车证"],
        pay_minimum=180,
        pay_maximum=260,
        pay_unit=PayUnit.PIECE,
        shuttle=True,
        shuttle_regions=[TOWN, OTHER_TOWN],
        benefits=["节日礼品", "工龄奖"],
        skills_required=["分拣", "包装"],
        openings=30,
        valid_until=until,
    )


def _filled(session, employer: EmployerRow, now: datetime, until: datetime) -> PostingRow:
    row = make_open_posting(session, employer, now=now, title=FILLED, valid_until=until)
    return fill_posting(session, row.id, actor=CLERK, now=now)
