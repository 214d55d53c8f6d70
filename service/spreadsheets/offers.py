"""What a row offers beside the wage: housing, meals, a bus, insurance, and the rest in words."""

from typing import Any

from service.operations.import_entries import NoteKind
from service.rules.benefits import Benefits, read_benefits
from service.rules.row_words import read_bool
from service.spreadsheets.cells import Cells
from service.spreadsheets.fields import Field

_TOPICS = ("housing", "meals", "shuttle", "insurance")
_COLUMNS = {
    Field.HOUSING: ("housing",),
    Field.MEALS: ("meals",),
    Field.SHUTTLE: ("shuttle",),
    Field.INSURANCE: ("insurance",),
    Field.BOARD: ("housing", "meals"),
}
_LONGEST, _MOST = 40, 20


def offers_of(cells: Cells, asides: Benefits) -> dict[str, Any]:
    """The offers by field, and `benefits` in words.

    A column of its own speaks first, then the list of benefits, then what title and pay say by the
    way (`asides`). Where two of them contradict each other the first holds, and a note says so.
    """
    said: dict[str, bool] = {}
    others: dict[str, None] = {}
    for field in _COLUMNS:
        if cells.text(field):
            _hear(cells, field, _column(cells, field, others), said)
    for column, text in cells.all(Field.BENEFITS):
        try:
            benefits = read_benefits(text)
        except ValueError as error:
            cells.leftovers.append(f"{column.title}：{text}")
            cells.note(NoteKind.UNREAD, Field.BENEFITS, f"{error}原文已写入岗位说明。")
            continue
        _hear(cells, Field.BENEFITS, _told(benefits), said)
        others |= dict.fromkeys(benefits.others)
    _hear(cells, Field.TITLE, _told(asides), said)
    long = [word for word in others if len(word) > _LONGEST]
    if long:
        cells.leftovers.append(f"福利：{'；'.join(long)}")
    words = [word for word in others if len(word) <= _LONGEST]
    if len(words) > _MOST:
        cells.leftovers.append(f"福利：{'；'.join(words[_MOST:])}")
    return {**said, "benefits": words[:_MOST]}


def _column(cells: Cells, field: Field, others: dict[str, None]) -> dict[str, bool]:
    """What a column about one thing says: yes, no, or words such as 免费四人间, which stay words."""
    text = cells.text(field)
    try:
        answer = read_bool(text)
    except ValueError:
        answer = None
    else:
        return {} if answer is None else dict.fromkeys(_COLUMNS[field], answer)
    try:
        told = _told(read_benefits(text))
    except ValueError:
        told = {}
    if not told:
        others[f"{cells.title(field)}：{text}"] = None
    return told


def _told(benefits: Benefits) -> dict[str, bool]:
    return {topic: told for topic in _TOPICS if (told := getattr(benefits, topic)) is not None}


def _hear(cells: Cells, field: Field, told: dict[str, bool], said: dict[str, bool]) -> None:
    for topic, given in told.items():
        if said.setdefault(topic, given) is not given:
            cells.note(NoteKind.UNREAD, field, "与本行其他地方写的相反，请核对。")
