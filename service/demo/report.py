"""What is told once the demo county stands."""

from pathlib import Path

import sqlalchemy as sa

from service.db import Database
from service.demo.access import Access, pull_command
from service.demo.progress import Display
from service.models import EmployerRow, MatchRow, PostingRow, SeekerRow
from service.rules.lifecycle import PostingState

_ROLES = {
    "administrator": "管理员",
    "bureau": "人社局",
    "employer": "用人单位",
    "operator": "公众号运营方",
}


def report(database: Database, access: Access, base_url: str, path: Path, display: Display) -> None:
    """Say what there is, what to open and with what."""
    for line in (*_counted(database), "", *_opened(base_url), "", *_granted(access), ""):
        display.say(line)
    display.say("拉取岗位信息流 / Pull the feed:")
    display.say(f"  {pull_command(base_url)}")
    display.say(f"以上内容也写在 / The same is written in: {path}")


def _counted(database: Database) -> list[str]:
    is_open = PostingRow.state == PostingState.OPEN
    with database.reading() as session:
        employers = session.scalar(sa.select(sa.func.count()).select_from(EmployerRow))
        seekers = session.scalar(sa.select(sa.func.count()).select_from(SeekerRow))
        matches = session.scalar(sa.select(sa.func.count()).select_from(MatchRow))
        postings, openings = session.execute(
            sa.select(sa.func.count(), sa.func.sum(PostingRow.openings_left)).where(is_open)
        ).one()
    chinese = (
        f"演示县：用人单位 {employers} 家，在招岗位 {postings} 个（{openings} 人），"
        f"求职者 {seekers} 人，匹配 {matches} 条"
    )
    english = (
        f"Demo county, all of it invented: {employers} employers, {postings} open postings with {openings} "
        f"openings, {seekers} seekers, {matches} matches"
    )
    return [chinese, english]


def _opened(base_url: str) -> list[str]:
    return [
        "打开 / Open:",
        f"  岗位 / postings        {base_url}/",
        f"  接口文档 / API         {base_url}/v1/docs/",
        f"  订阅 / feeds           {base_url}/feed/openings.json  .atom  .rss",
    ]


def _granted(access: Access) -> list[str]:
    lines = ["工作人员账号 / Staff:"]
    for username, password, role in access.staff:
        lines.append(f"  {username:<10} {password}   {_ROLES[role]} / {role}")
    lines.append("接口密钥 / API keys (Authorization: Bearer …):")
    for role, key in access.keys.items():
        lines.append(f"  {role:<14} {key}   {_ROLES[role]}")
    return lines
