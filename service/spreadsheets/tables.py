"""Sheets -> tables: where the header is, which column is what, and which rows hold postings."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.spreadsheets.fields import EMPLOYER_FIELDS, JOINED, Field
from service.spreadsheets.reading import Cell, Merge, Row, Sheet
from service.spreadsheets.titles import field_of

# As many known titles make a row the header.
_ENOUGH = 3
# A header stands above its table, under a title and a few lines of notes at most.
_HEADER_WITHIN = 30
_OF_WORK = re.compile(r"工作|上班|就业|用工|岗位|务工|职位")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its title as written, and what it holds; None where nobody knows."""

    place: int
    title: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: the cells that are not blank, by column. `inherited` came from a row above."""

    sheet: str
    row: int
    columns: tuple[Column, ...]
    cells: Mapping[Column, Cell]
    inherited: frozenset[Column] = frozenset()


@dataclass(slots=True)
class Table:
    """The postings under one header."""

    sheet: str
    columns: tuple[Column, ...]
    records: list[Record] = field(default_factory=list)


def tables_of(sheet: Sheet) -> list[Table]:
    """The tables in a sheet, from the top; none where no row holds three known titles.

    A header that comes again, as where lists were put under each other, begins another table.
    """
    tables: list[Table] = []
    rows = list(sheet.rows)
    place = 0
    while place < len(rows):
        if not tables and place >= _HEADER_WITHIN:
            break
        header = _header(sheet, rows, place, again=bool(tables))
        if header is not None:
            tables.append(Table(sheet.name, header[0]))
            place += header[1]
            continue
        if tables:
            cells = {
                column: rows[place].cells[column.place]
                for column in tables[-1].columns
                if column.place < len(rows[place].cells) and _text(rows[place].cells[column.place])
            }
            if cells:
                tables[-1].records.append(Record(sheet.name, rows[place].number, tables[-1].columns, cells))
        place += 1
    for table in tables:
        table.records = list(_filled_down(table, sheet.merges))
    return tables


def _header(
    sheet: Sheet, rows: Sequence[Row], place: int, *, again: bool
) -> tuple[tuple[Column, ...], int] | None:
    """The columns of the header that begins at `place` and the number of its rows, None where none does."""
    alone = _columns([_text(cell) for cell in rows[place].cells])
    best = (alone, 1)
    if place + 1 < len(rows) and rows[place + 1].number == rows[place].number + 1:
        joined = _joined(sheet, rows[place], rows[place + 1])
        if joined is not None and _known(joined) >= _known(alone):
            best = (joined, 2)
    if _known(best[0]) < _ENOUGH:
        return None
    # Within a table a row of 五险, 住宿, 班车 is a row of benefits unless it names the posting's column too.
    if again and Field.TITLE not in {column.field for column in best[0]}:
        return None
    return best


def _joined(sheet: Sheet, above: Row, below: Row) -> tuple[Column, ...] | None:
    """Both rows as one header, None where the lower one holds anything that is no title."""
    width = max(len(above.cells), len(below.cells))
    upper = _spread(sheet.merges, above, width)
    lower = [_text(cell) for cell in below.cells] + [""] * (width - len(below.cells))
    if not any(lower):
        return None
    titles = []
    for top, bottom in zip(upper, lower, strict=True):
        title = f"{top} {bottom}".strip()
        if bottom and field_of(title) is None:
            if field_of(bottom) is None:
                return None
            title = bottom
        titles.append(title)
    return _columns(titles)


def _spread(merges: tuple[Merge, ...] | None, row: Row, width: int) -> list[str]:
    """The row's titles with each merged one standing over all of its columns.

    Where the format does not tell what is merged, a title reaches to the next one.
    """
    titles = [_text(cell) for cell in row.cells] + [""] * (width - len(row.cells))
    if merges is None:
        for place in range(1, width):
            titles[place] = titles[place] or titles[place - 1]
        return titles
    for merge in merges:
        if merge.first_row <= row.number <= merge.last_row and merge.first_column < width:
            for place in range(merge.first_column, min(merge.last_column + 1, width)):
                titles[place] = titles[merge.first_column]
    return titles


def _columns(titles: Sequence[str]) -> tuple[Column, ...]:
    """A column for every title; where two hold the same and cannot be joined, the second is not known."""
    columns: list[Column] = []
    taken: set[Field] = set()
    workplace = _workplace(titles)
    for place, title in enumerate(titles):
        found = field_of(title) if title else None
        if found is Field.PLACE and place != workplace:
            found = Field.EMPLOYER_ADDRESS
        if found in taken and found not in JOINED:
            found = None
        if found is not None:
            taken.add(found)
        if title:
            columns.append(Column(place, " ".join(title.split()), found))
    return tuple(columns)


def _workplace(titles: Sequence[str]) -> int | None:
    """The column of the place of work: the one that names work, else the first of any address."""
    places = [place for place, title in enumerate(titles) if title and field_of(title) is Field.PLACE]
    named = [place for place in places if _OF_WORK.search(titles[place])]
    return next(iter(named or places), None)


def _known(columns: Sequence[Column]) -> int:
    return sum(column.field is not None for column in columns)


def _text(cell: Cell) -> str:
    return str(cell).strip()


def _filled_down(table: Table, merges: tuple[Merge, ...] | None) -> Iterator[Record]:
    """The records with the employer's cells filled from the merged cell, or from the row above.

    No other column is filled: a blank number of openings is not the number of the row above. Where
    the format does not tell what is merged, an employer's blank cells are taken for merged ones as
    long as all of them are blank.
    """
    columns = [column for column in table.columns if column.field in EMPLOYER_FIELDS]
    merged = None if merges is None else _merged(table.records, columns, merges)
    above: Mapping[Column, Cell] = {}
    for record in table.records:
        given = {column: record.cells[column] for column in columns if column in record.cells}
        if merged is not None:
            found: Mapping[Column, Cell] = merged.get(record.row, {})
        else:
            found = {} if given else above
        above = given or above
        inherited = {column: cell for column, cell in found.items() if column not in given}
        yield replace(record, cells={**record.cells, **inherited}, inherited=frozenset(inherited))


def _merged(
    records: Sequence[Record], columns: Sequence[Column], merges: Sequence[Merge]
) -> dict[int, dict[Column, Cell]]:
    """What the rows under the first of a merged cell take from it, by row."""
    numbers = [record.row for record in records]
    found: dict[int, dict[Column, Cell]] = {}
    for merge in merges:
        first = bisect_left(numbers, merge.first_row)
        if first == len(numbers) or numbers[first] != merge.first_row:
            continue
        held = {
            column: records[first].cells[column]
            for column in columns
            if merge.first_column <= column.place <= merge.last_column and column in records[first].cells
        }
        if held:
            for number in numbers[first + 1 : bisect_right(numbers, merge.last_row)]:
                found.setdefault(number, {}).update(held)
    return found
