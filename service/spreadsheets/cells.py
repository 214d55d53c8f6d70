"""One row's cells as words, with what is wrong or worth saying about them."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from service.operations.import_entries import Note, NoteKind, Problem
from service.spreadsheets.fields import Field
from service.spreadsheets.reading import Cell
from service.spreadsheets.tables import Column, Record

Value = TypeVar("Value")

# Excel keeps 15 digits of a number: a longer one has lost its end for good.
_MOST_EXACT = 10**15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_BLANKS = frozenset(
    {"", "-", "--", "/", "\\", "无", "nan", "none", "null", "#n/a", "#ref!", "#value!", "#name?"}
)


def text_of(cell: Cell) -> str:
    """A cell as a person would have typed it: 5000.0 is "5000", a day 2026-06-30."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        return str(int(cell)) if cell == int(cell) else format(cell, ".15g")
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return re.sub(r"(?<![\d.])(\d+)\.0+(?!\d)", r"\1", cell.strip())


class Cells:
    """The cells of a record by what they hold; problems and notes gather while they are read."""

    def __init__(self, record: Record) -> None:
        self._titles = {column.field: column.title for column in reversed(record.columns)}
        self._cells: dict[Field, list[tuple[Column, Cell]]] = {}
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.leftovers: list[str] = []  # words for the description
        for column, cell in record.cells.items():
            if column.field is not None:
                self._cells.setdefault(column.field, []).append((column, cell))

    def all(self, field: Field) -> list[tuple[Column, str]]:
        """The column and the words of every cell of this kind that is not blank."""
        found = [(column, text_of(cell)) for column, cell in self._cells.get(field, [])]
        return [(column, text) for column, text in found if text.lower() not in _BLANKS]

    def text(self, field: Field) -> str:
        """The words of the first cell of this kind; "" where there is none."""
        return next((text for _, text in self.all(field)), "")

    def raw(self, field: Field) -> Cell | None:
        """The first cell of this kind as it is."""
        return next((cell for _, cell in self._cells.get(field, [])), None)

    def title(self, field: Field) -> str:
        """What the sheet calls the column; the field's own name where it has none."""
        return self._titles.get(field, field.value)

    def refuse(self, field: Field, reason: str, value: str | None = None) -> None:
        """Refuse the row because of this cell."""
        self.problems.append(Problem(self.title(field), self.text(field) if value is None else value, reason))

    def note(self, kind: NoteKind, field: Field, message: str, article: str = "") -> None:
        """Say something about this cell."""
        self.notes.append(Note(kind, self.title(field), self.text(field), message, article=article))

    def unread(self, field: Field) -> None:
        """Keep the words of a cell that was not understood in the description, and say so."""
        self.leftovers.append(f"{self.title(field)}：{self.text(field)}")
        self.note(NoteKind.UNREAD, field, "没有读懂，原文已写入岗位说明，请核对。")

    def needed(self, field: Field, read: Callable[[str], Value], otherwise: Value) -> Value:
        """What the cell says, `otherwise` where it is blank; what cannot be read refuses the row."""
        text = self.text(field)
        if not text:
            return otherwise
        if isinstance(self.raw(field), date):
            self.refuse(field, "Excel 把这里变成了日期，请把单元格格式改为“文本”后重新填写，如“3-5”。")
            return otherwise
        try:
            return read(text)
        except ValueError as error:
            self.refuse(field, str(error))
            return otherwise

    def wished(self, field: Field, read: Callable[[str], Value], otherwise: Value) -> Value:
        """As `needed`, but what cannot be read goes to the description and refuses nothing."""
        text = self.text(field)
        if not text:
            return otherwise
        try:
            return read(text)
        except ValueError:
            self.unread(field)
            return otherwise

    def exact(self, field: Field) -> str:
        """The words of a cell that is a number of many digits; a damaged one refuses the row."""
        text, cell = self.text(field), self.raw(field)
        is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
        if (is_number and abs(float(text)) >= _MOST_EXACT) or _SCIENTIFIC.fullmatch(text):
            self.refuse(
                field,
                "这一列按数字保存，Excel 只保留前 15 位，后面的已经变成 0 或科学计数，不能使用。"
                "请先把单元格格式改为“文本”，再对照原件重新填写。",
                text,
            )
            return ""
        return text
