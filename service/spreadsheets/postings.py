"""A file of postings, read whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from service.operations.import_entries import Entry
from service.rules.errors import FileTooLarge, UnreadableFile
from service.spreadsheets.fields import Field
from service.spreadsheets.reading import Sheet, read_sheets
from service.spreadsheets.tables import Table, tables_of
from service.spreadsheets.values import entry_of


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The rows of a file as entries, and how its columns were understood.

    `columns` has an item for each column: sheet, title, field (None: unknown, not imported).
    `skipped` are the sheets in which no header was found.
    """

    entries: list[Entry]
    columns: list[dict[str, Any]]
    skipped: list[str]


def read_postings(content: bytes, *, max_rows: int, hint: str | None, today: date) -> SheetReading:
    """The postings in a file of whatever kind, one entry a row.

    Args:
        content: of the file.
        max_rows: how many rows of postings one import takes.
        hint: code of the bureau's county, which decides between places of one name.
        today: the day of the import.

    Raises:
        UnreadableFile: not a sheet, or no row with three known titles; the message says what to do.
        FileTooLarge: more rows than `max_rows`.
    """
    sheets = read_sheets(content, max_rows=max_rows)
    # What is hidden is a list behind a drop-down, unless there is nothing else.
    shown = [sheet for sheet in sheets if not sheet.hidden] or sheets
    tables = {sheet.name: tables_of(sheet) for sheet in shown}
    found = [table for tables_found in tables.values() for table in tables_found]
    _check(shown, found, max_rows)
    return SheetReading(
        entries=[entry_of(record, hint=hint, today=today) for table in found for record in table.records],
        columns=[
            {"sheet": table.sheet, "title": column.title, "field": column.field and column.field.value}
            for table in found
            for column in table.columns
        ],
        skipped=[sheet.name for sheet in sheets if sheet.rows and not tables.get(sheet.name)],
    )


def _check(sheets: list[Sheet], tables: list[Table], max_rows: int) -> None:
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile("表格里没有内容，请检查后重新上传。")
    if not any(column.field is Field.TITLE for table in tables for column in table.columns):
        raise UnreadableFile(
            "没有认出表头：需要有一行写明各列的名称，至少包括岗位名称、用人单位、工作地点、工资中的三项，其中岗位名称必须有。"
        )
    rows = sum(len(table.records) for table in tables)
    if rows > max_rows:
        raise FileTooLarge(f"表格有 {rows} 行岗位，一次最多导入 {max_rows} 行，请分成几个文件。")
    if not rows:
        raise UnreadableFile("表头下面没有岗位，请填写后重新上传。")
