"""flask import-postings: a provider's sheet from the command line."""

import hashlib
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from service.models import ImportRow
from service.operations.import_entries import Defaults
from service.operations.imports import ImportSource, import_postings
from service.rules.access import SYSTEM
from service.rules.calendar import local_day
from service.rules.errors import DomainError
from service.spreadsheets import read_postings

_SHOWN = 20
_KINDS = {
    "default": "按默认值补填",
    "dropped": "没有导入",
    "unread": "没有读懂，已写入岗位说明",
    "inherited": "取自合并单元格",
    "wording": "用语需要修改或说明",
    "unknown": "没有认出",
    "differs": "与已有的不同",
}


def _provider(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,39}", name):
        raise click.BadParameter("来源应为 40 个以内的小写字母、数字和 _ . -")
    return name


@click.command("import-postings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--provider",
    required=True,
    callback=_provider,
    help="来源，如 58；同一来源再次导入时据此找回原来的岗位。",
)
@click.option("--openings", type=click.IntRange(1, 9999), default=1, show_default=True,
              help="表里没有写招聘人数时按几人。")  # fmt: skip
@click.option("--valid-days", type=click.IntRange(1, 365), help="表里没有写有效期时按几天；默认用系统设置。")
@click.option(
    "--receipts", type=click.Path(dir_okay=False, path_type=Path), help="把每一行的结果写入这个 JSON 文件。"
)
@with_appcontext
def import_postings_command(
    file: Path, provider: str, openings: int, valid_days: int | None, receipts: Path | None
) -> None:
    """Import a sheet (xlsx, xls, et, ods, csv) of postings as drafts, all rows in one transaction."""
    settings = current_app.extensions["settings"]
    if file.stat().st_size > settings.import_max_bytes:
        raise click.ClickException(f"文件超过 {settings.import_max_bytes // 1_000_000} MB，请分成几个文件。")
    content, now = file.read_bytes(), datetime.now(UTC)
    days = settings.posting_validity_days if valid_days is None else valid_days
    try:
        sheets = read_postings(
            content, max_rows=settings.import_max_rows, hint=settings.region, today=local_day(now)
        )
        detail = {"columns": sheets.columns, "skipped_sheets": sheets.skipped}
        source = ImportSource(provider, file.name, hashlib.sha256(content).hexdigest(), detail)
        with current_app.extensions["database"].transaction() as session:
            row = import_postings(
                session, sheets.entries, source, defaults=Defaults(openings, days), actor=SYSTEM, now=now
            )
    except DomainError as error:
        raise click.ClickException(error.detail) from None
    _report(row)
    if receipts is not None:
        receipts.write_text(json.dumps(row.receipts, ensure_ascii=False, indent=1), encoding="utf-8")
        click.echo(f"每一行的结果已写入 {receipts}")


def _report(row: ImportRow) -> None:
    counts, defaults = row.counts, row.detail["defaults"]
    click.echo(f"导入 {row.id}（来源 {row.provider}）")
    click.echo(
        f"读到 {counts['read']} 行 = 接受 {counts['accepted']} + 合并 {counts['merged']}"
        f" + 拒绝 {counts['refused']}；接受的行里新建 {counts['created']}，更新 {counts['updated']}，"
        f"未变 {counts['unchanged']}"
    )
    click.echo(
        f"没有写的按：招聘 {defaults['openings']} 人，有效 {defaults['valid_days']} 天（已在岗位上标明）"
    )
    unknown = [column["title"] for column in row.detail["columns"] if column["field"] is None]
    if unknown:
        click.echo(f"没有导入的列：{'、'.join(unknown)}")
    if row.detail["skipped_sheets"]:
        click.echo(f"没有表头的工作表：{'、'.join(row.detail['skipped_sheets'])}")
    kinds = Counter(warning["kind"] for receipt in row.receipts for warning in receipt["warnings"])
    for kind, count in kinds.most_common():
        click.echo(f"提示 {count} 处：{_KINDS[kind]}")
    refused = [receipt for receipt in row.receipts if receipt["problems"]]
    for receipt in refused[:_SHOWN]:
        for problem in receipt["problems"]:
            place = f"{receipt['sheet']} 第 {receipt['row']} 行，{problem['column']}“{problem['value']}”"
            click.echo(f"拒绝 {place.strip()}：{problem['reason']}")
    if len(refused) > _SHOWN:
        click.echo(f"……另有 {len(refused) - _SHOWN} 行，用 --receipts 写出全部。")
