"""import-postings and demo: rows that come in from outside."""

import hashlib
from pathlib import Path

import click
from marshmallow import ValidationError

from service.commands.opened import Opened, Refused, moment, opened
from service.demo import Display, NotDemo, prepare_demo
from service.models import ImportRow
from service.operations.import_entries import Defaults
from service.operations.imports import ImportSource, import_postings
from service.rules.access import SYSTEM
from service.rules.calendar import local_day
from service.schemas.imports import SheetIn
from service.spreadsheets import read_postings

_SHOWN = 20


@click.command("import-postings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--provider", required=True, help="来源 / who gave it to us, as in 58 or bureau")
@click.option("--openings", type=int, help="未写人数时按几人 / openings where a row does not tell")
@click.option(
    "--valid-days", type=int, help="未写有效期时按几天 / validity in days where a row does not tell"
)
@click.option("--all-receipts", is_flag=True, help="列出每一行 / show the receipt of every row")
def import_sheet(
    file: Path, provider: str, openings: int | None, valid_days: int | None, all_receipts: bool
) -> None:
    """导入岗位表（xlsx、xls、et、ods、csv）为草稿 / Import a sheet of postings as drafts."""
    told = {"provider": provider, "openings": openings, "valid_days": valid_days}
    try:
        SheetIn().load({name: value for name, value in told.items() if value is not None})
    except ValidationError as error:
        messages = [f"{name}: {' '.join(said)}" for name, said in error.normalized_messages().items()]
        raise Refused("; ".join(messages)) from None
    with opened() as installation:
        done = _imported(installation, file, provider, Defaults(openings, valid_days))
    _tell_receipts(done, every=all_receipts)


@click.command("demo")
@click.option(
    "--scale", type=click.FloatRange(0.01, 2.0), default=1.0, help="规模 / size; 1 is the whole county"
)
def make_demo(scale: float) -> None:
    """生成演示县（虚构数据） / Make the invented demo county in an empty database."""
    with opened() as installation:
        settings = installation.settings
        try:
            prepare_demo(
                installation.database,
                installation.vault.blind_indexes,
                data_dir=settings.data_dir,
                base_url=settings.base_url,
                display=Display(),
                scale=scale,
            )
        except NotDemo:
            raise Refused(f"这里已有真实数据 / this is no empty database: {settings.data_dir}") from None


def _imported(installation: Opened, file: Path, provider: str, told: Defaults) -> ImportRow:
    settings, now = installation.settings, moment()
    if file.stat().st_size > settings.import_max_bytes:
        raise Refused(f"文件超过 {settings.import_max_bytes} 字节 / the file is larger than that: {file}")
    content = file.read_bytes()
    reading = read_postings(
        content, max_rows=settings.import_max_rows, hint=settings.region, today=local_day(now)
    )
    source = ImportSource(
        provider,
        file.name,
        hashlib.sha256(content).hexdigest(),
        {"columns": reading.columns, "skipped_sheets": reading.skipped},
    )
    days = settings.posting_validity_days if told.valid_days is None else told.valid_days
    with installation.database.transaction() as session:
        return import_postings(
            session,
            reading.entries,
            source,
            defaults=Defaults(told.openings, days),
            actor=SYSTEM,
            now=now,
        )


def _tell_receipts(done: ImportRow, *, every: bool) -> None:
    refused = [receipt for receipt in done.receipts if receipt["outcome"] == "refused"]
    shown = done.receipts if every else refused[:_SHOWN]
    for receipt in shown:
        place = f"{receipt['sheet']} 第 {receipt['row']} 行 / row {receipt['row']}: {receipt['outcome']}"
        click.echo(" ".join([place.strip(), receipt["action"] or ""]).rstrip())
        for problem in receipt["problems"]:
            click.echo(f"    {problem['column']}: “{problem['value']}” {problem['reason']}")
    if not every and len(refused) > _SHOWN:
        click.echo(f"    … 另有 {len(refused) - _SHOWN} 行被拒 / more refused rows: --all-receipts")
    counts = "  ".join(f"{name} {count}" for name, count in done.counts.items())
    click.echo(f"导入 / Import {done.id}: {counts}")
