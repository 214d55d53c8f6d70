"""The pay of a row: one cell as people write it, or bounds and unit in columns of their own."""

import re

from service.rules.pay_text import PayReading, PayStated, read_pay
from service.spreadsheets.cells import Cells
from service.spreadsheets.fields import Field

_UNITS = (
    ("小时", r"小时|时薪|/时"),
    ("天", r"天|日薪|日工资|日结|/日"),
    ("年", r"年薪|/年|元年"),
    ("月", r"月"),
)
_FIGURES = re.compile(r"[\d.,，\s]+(?:[-–—~～至到]+[\d.,，\s]+)?")
_UNSTATED = PayReading(None, PayStated.UNSTATED, "")


def pay_of(cells: Cells) -> PayReading:
    """What the row says of pay; a cell that cannot be read refuses the row."""
    if cells.text(Field.PAY):
        return cells.needed(Field.PAY, lambda text: read_pay(_with_unit(text, cells, Field.PAY)), _UNSTATED)
    low, high = cells.text(Field.PAY_MINIMUM), cells.text(Field.PAY_MAXIMUM)
    low, high = ("" if bound in ("0", "0.0") else bound for bound in (low, high))
    if not low and not high:
        return cells.needed(Field.PAY_UNIT, _without_figures, _UNSTATED)
    field = Field.PAY_MINIMUM if low else Field.PAY_MAXIMUM
    if low and high and low != high:
        return cells.needed(field, lambda _: read_pay(_with_unit(f"{low}-{high}", cells, field)), _UNSTATED)
    if low and high:
        return cells.needed(field, lambda _: read_pay(_with_unit(low, cells, field)), _UNSTATED)
    words = f"不低于{low}" if low else f"不超过{high}"
    return cells.needed(field, lambda _: read_pay(words + _unit(cells, field)), _UNSTATED)


def _without_figures(text: str) -> PayReading:
    """面议 in a column of units; 元/月 there says nothing without a figure."""
    return read_pay(text) if re.search(r"面议|面谈|计件", text) else _UNSTATED


def _with_unit(text: str, cells: Cells, field: Field) -> str:
    """Bare figures with the unit that the column's title or the unit's column tells."""
    figures, unit = text.removesuffix("元"), _unit(cells, field)
    return figures + unit if unit and _FIGURES.fullmatch(figures) else text


def _unit(cells: Cells, field: Field) -> str:
    """What stands behind bare figures: 千元/月, /天, or nothing where nothing is told."""
    title = cells.title(field)
    scale = next((scale for scale in "千万" if re.search(rf"{scale}元|[(（]{scale}|{scale}/", title)), "")
    for told in (cells.text(Field.PAY_UNIT), title):
        for unit, pattern in _UNITS:
            if re.search(pattern, told):
                return f"{scale}元/{unit}"
    return f"{scale}元/月" if scale else ""
