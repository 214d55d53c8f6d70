"""Bytes of whatever an office sends -> sheets with rows of cells."""

import codecs
import csv
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from service.rules.errors import FileTooLarge, UnreadableFile
from service.spreadsheets import child

Cell = str | float | bool | date  # a datetime is a date

_WALL_SECONDS = 40.0
# Rows of sheets that turn out to hold no postings (lists of towns behind a drop-down) are read as well.
_SPARE_ROWS = 5
_LONGEST_CELL = 100_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP = ("<html", "<table", "<!doctype", "<?xml", "<meta", "<head", "<style")
_SAVE_AS = "请用 Excel 或 WPS 打开，“另存为” .xlsx 后再上传。"
_HELP = {
    child.PASSWORD: "文件有打开密码，请先取消密码（文件—信息—保护工作簿）再上传。",
    child.TOO_LARGE: "表格太大，或很远的空白处还有内容。请删除多余的行、列和工作表，分成几个文件再上传。",
    child.UNREADABLE: f"文件打不开，可能没有下载完整，或不是表格。{_SAVE_AS}",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank; `number` as the program that made the sheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells made one, both ends included: rows from 1 as shown, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `merges` is None where the format does not tell which cells are merged."""

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] | None = None
    hidden: bool = False


def read_sheets(content: bytes, *, max_rows: int) -> list[Sheet]:
    """The sheets of an xlsx, xls, et, ods or csv file, told apart by content and not by name.

    Numbers are floats, days dates; blank rows are left out and blank cells are "".

    Raises:
        UnreadableFile: not a sheet, damaged or locked; the message says what to do about it.
        FileTooLarge: many times more rows than `max_rows`.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableFile("文件是空的，请检查后重新上传。")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise UnreadableFile(_HELP[child.PASSWORD])
    if content.startswith((b"PK", _OLE)):
        return _read_workbook(content, max_rows)
    # Workbooks before 1995 begin with the record of their kind; calamine knows them, nothing else does.
    if content.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return _read_workbook(content, max_rows)
    return [_read_text(content)]


def _read_workbook(content: bytes, max_rows: int) -> list[Sheet]:
    # The program's own path and -I: neither the working folder nor the environment can change what runs.
    command = [sys.executable, "-I", str(Path(child.__file__)), str(max_rows * _SPARE_ROWS)]
    try:
        done = subprocess.run(  # noqa: S603  # the command is ours, whole
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_HELP[child.TOO_LARGE]) from None
    if done.returncode == child.TOO_LARGE:
        raise FileTooLarge(_HELP[child.TOO_LARGE])
    if done.returncode:
        # Negative: it asked for more memory or time than a sheet needs, and was ended.
        known = _HELP.get(done.returncode)
        raise UnreadableFile(known or _HELP[child.TOO_LARGE if done.returncode < 0 else child.UNREADABLE])
    return list(_sheets(done.stdout))


def _sheets(output: bytes) -> Iterator[Sheet]:
    head: dict[str, Any] | None = None
    rows: list[Row] = []
    for line in output.splitlines():
        value = json.loads(line)
        if isinstance(value, list):
            rows.append(Row(value[0], tuple(_cell(cell) for cell in value[1])))
            continue
        if head is not None:
            yield _sheet(head, rows)
        head, rows = value, []
    if head is not None:
        yield _sheet(head, rows)


def _sheet(head: dict[str, Any], rows: list[Row]) -> Sheet:
    merges = head["merges"]
    if merges is not None:
        merges = tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merges)
    return Sheet(head["sheet"], tuple(rows), merges, head["hidden"])


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        if kind == "day":
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if kind == "moment" else str(text)
    cell: Cell = value
    return cell


def _read_text(content: bytes) -> Sheet:
    text = _decoded(content)
    if text.lstrip().lower().startswith(_MARKUP):
        raise UnreadableFile(f"这是网页改名的表格，不是真正的 Excel 文件。{_SAVE_AS}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    try:
        # Records and not lines: a cell may hold line breaks, and Excel numbers such a row once.
        for number, record in enumerate(reader, 1):
            cells = tuple(cell.strip() for cell in record)
            if any(cells):
                rows.append(Row(number, cells))
    except csv.Error as error:
        raise UnreadableFile(
            f"第 {reader.line_num} 行附近的引号或分隔不完整，读不下去。{_SAVE_AS}"
        ) from error
    return Sheet("", tuple(rows))


def _decoded(content: bytes) -> str:
    """The text: by its byte order mark, else strict UTF-8, else GB18030, which holds GBK and GB2312."""
    encodings = [encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)]
    for encoding in encodings or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and sum(map(_is_control, text[:4096])) <= 2:
            return text
    raise UnreadableFile(f"这个文件不是表格（支持 xlsx、xls、et、ods、csv）。{_SAVE_AS}")


def _is_control(character: str) -> bool:
    return character < " " and character not in "\t\r\n\x0b\x0c"


def _delimiter(text: str) -> str:
    """The separator that parts the first lines most often; a comma where none does."""
    start = "\n".join(text.splitlines()[:5])
    counts = Counter(character for character in start if character in ",;\t")
    return counts.most_common(1)[0][0] if counts else ","
