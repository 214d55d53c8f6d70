"""Reads a workbook in a process of its own: bytes on standard input, rows as JSON lines on standard output.

Run as a program by `service.spreadsheets.reading`, never imported by the service: a sheet of five
kilobytes can ask for more memory than the machine has, and then only this process may die.
"""

import datetime as dt
import io
import json
import resource
import sys
from typing import Any

import python_calamine

MEMORY_BYTES = 1 << 30  # 10,000 rows of 30 columns take under 200 MB
CPU_SECONDS = 20  # and under one second
AREA_CELLS = 5_000_000  # from A1 to the last cell: a sheet is laid out whole before it is read
# Exit codes that the parent turns into a sentence.
UNREADABLE, PASSWORD, TOO_LARGE = 3, 4, 5


class TooLargeError(Exception):
    """More rows or cells than the caller allows."""


def main(rows: int) -> int:
    """Write every sheet, at most `rows` rows in all; returns the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    rows -= _write_sheet(book, sheet, rows)
    except python_calamine.PasswordError:
        return PASSWORD
    except (TooLargeError, MemoryError):
        return TOO_LARGE
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        # Old workbooks tell of their password by words alone.
        return PASSWORD if "password" in str(error).lower() else UNREADABLE
    return 0


def _write_sheet(book: Any, metadata: Any, most: int) -> int:
    """Write a sheet's head and its rows that are not blank; returns how many."""
    sheet = book.get_sheet_by_name(metadata.name)
    hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    _write({"sheet": metadata.name, "hidden": hidden, "merges": sheet.merged_cell_ranges})
    if sheet.end is None:
        return 0
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > AREA_CELLS:
        raise TooLargeError
    written = 0
    # With the empty area skipped, as is the default, row numbers would not be those that people see.
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        while row and row[-1] == "":
            row.pop()
        if row:
            written += 1
            if written > most:
                raise TooLargeError
            _write([number, [_plain(cell) for cell in row]])
    return written


def _plain(cell: Any) -> Any:
    """A cell as JSON takes it; a day or a time becomes {"day": …}, {"moment": …} or {"time": …}."""
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    if isinstance(cell, dt.time | dt.timedelta):
        return {"time": str(cell)}
    return cell


def _write(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
