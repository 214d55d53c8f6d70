"""Small sheets for tests, good and bad, made in memory."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from service.operations.employers import EmployerContent
from service.operations.import_entries import Entry, NoteKind
from service.operations.posting_content import PostingContent
from service.spreadsheets import read_postings

TITLES = ("岗位名称", "用人单位", "工作地点", "工资")
ROW = ("电焊工", "东港市前阳机械铸造有限公司", "前阳镇", "5000-7000元/月")


def make_xlsx(rows: Sequence[Sequence[Any]], *, merges: Sequence[str] = (), name: str = "岗位") -> bytes:
    """A workbook with one sheet; dates become dates, `merges` are ranges such as "A2:A3"."""
    return make_workbook({name: rows}, merges=merges)


def make_workbook(sheets: dict[str, Sequence[Sequence[Any]]], *, merges: Sequence[str] = ()) -> bytes:
    """A workbook with several sheets; the merges are the first one's."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(y, x, cell, day)
                    elif cell not in ("", None):
                        sheet.write(y, x, cell)
            for place in merges if sheet is book.worksheets()[0] else ():
                sheet.merge_range(place, "")
                y, x = _corner(place)
                sheet.write(y, x, rows[y][x])
    return file.getvalue()


def _corner(place: str) -> tuple[int, int]:
    return int(place.split(":", maxsplit=1)[0][1:]) - 1, ord(place[0]) - ord("A")


def make_csv(rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A text file."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding)


TODAY = date(2026, 3, 2)


def read(content: bytes, *, max_rows: int = 1000) -> list[Entry]:
    return read_postings(content, max_rows=max_rows, hint="210681", today=TODAY).entries


def read_row(**cells: object) -> Entry:
    """The one row of a sheet whose further columns are `cells`."""
    (entry,) = read(make_xlsx([(*TITLES, *cells), (*ROW, *cells.values())]))
    return entry


def posting_of(entry: Entry) -> PostingContent:
    assert entry.problems == ()
    assert entry.posting is not None
    return entry.posting


def employer_of(entry: Entry) -> EmployerContent:
    assert entry.employer is not None
    return entry.employer


def kinds(entry: Entry) -> list[NoteKind]:
    return [note.kind for note in entry.notes]
