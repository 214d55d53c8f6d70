"""What every schema shares."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate


class Pattern(validate.Regexp):
    """The whole of a text, as the document's pattern means it.

    Python's `$` would let a line break stand at the end, and its classes the digits of every script.
    """

    def __init__(self, regex: str, *, error: str | None = None) -> None:
        super().__init__(regex, re.ASCII, error=error)
        self._whole = re.compile(regex, re.ASCII)

    def __call__(self, value: Any) -> Any:
        """The value itself, where all of it fits."""
        if self._whole.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


CURSOR = Pattern(r"^[0-9a-z]{1,40}$", error="Not a cursor of this list.")
IDENTIFIER = Pattern(r"^[0-9a-z]{26}$", error="Not an identifier: 26 small letters and digits.")
REGION_CODE = Pattern(r"^(\d{6}|\d{9})$", error="Six or nine digits of the official division code.")
# Spelt out, because \s is not the same in Python and in the JSON Schema that we publish.
_BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NOT_BLANK = validate.Regexp(f"^[{_BLANK}]*[^{_BLANK}]", error="请不要留空。")
_NOT_TEXT = "A text holds a NUL character or half of a surrogate pair."
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_LEGIBLE = "请去掉看不见的控制字符。"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What this service can be about; a year 1 or 9999 overflows as soon as its time zone is changed.
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_CENTURY = r"^20[0-9]{2}-"


class StrictSchema(Schema):
    """Unknown members are refused: a misspelt field must not be dropped in silence."""

    class Meta:
        unknown = RAISE

    @pre_load
    def _refuse_what_no_database_keeps(self, values: Any, **_: Any) -> Any:
        """PostgreSQL keeps no NUL, and half of a surrogate pair is not text."""
        members = values if isinstance(values, Mapping) else {}
        if any(_holds(name, _UNSTORABLE) for name in members):
            raise ValidationError(_NOT_TEXT)
        faulty = {name: [_NOT_TEXT] for name, value in members.items() if _holds(value, _UNSTORABLE)}
        if faulty:
            raise ValidationError(faulty)
        return values


class PublishedSchema(StrictSchema):
    """What the public reads: also as XML, which has no control characters but tabs and line ends."""

    @pre_load
    def _refuse_what_no_feed_carries(self, values: Any, **_: Any) -> Any:
        members = values if isinstance(values, Mapping) else {}
        faulty = {name: [_NOT_LEGIBLE] for name, value in members.items() if _holds(value, _CONTROLS)}
        if faulty:
            raise ValidationError(faulty)
        return values


def _holds(value: Any, characters: re.Pattern[str]) -> bool:
    """Whether any text in a value as JSON gives it, names of members too, holds one of `characters`."""
    if isinstance(value, str):
        return characters.search(value) is not None
    if isinstance(value, Mapping):
        return any(_holds(name, characters) or _holds(member, characters) for name, member in value.items())
    if isinstance(value, list):
        return any(_holds(member, characters) for member in value)
    return False


class Integer(fields.Integer):
    """A whole number as JSON Schema means it: 408.0 is one, 408.5 and "408" are not.

    Every use gives a range: no column keeps more than 64 bits.
    """

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_whole(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(int(value))


def _is_whole(number: float) -> bool:
    return isinstance(number, int) or (math.isfinite(number) and number == int(number))


class Number(fields.Float):
    """A number as JSON Schema means it: "4.5" and true are none."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Boolean(fields.Boolean):
    """True or false; 1, "yes" and "on" are neither."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Moment(fields.AwareDateTime):
    """A moment with its offset from UTC, in the years 2000 to 2099."""

    def __init__(self, *, metadata: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": _CENTURY} | (metadata or {}), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not _FIRST <= moment.date() <= _LAST:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return moment.astimezone(UTC)


class Day(fields.Date):
    """A calendar day in the years 2000 to 2099."""

    def __init__(self, *, metadata: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": _CENTURY} | (metadata or {}), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        day = super()._deserialize(value, attr, data, **kwargs)
        if not _FIRST <= day <= _LAST:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return day


class PageArgs(StrictSchema):
    """Keyset paging: `after` is the `next` of the page before."""

    after = fields.String(load_default=None, validate=CURSOR)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class TermOut(Schema):
    """A word as written, and what it was understood as; `code` is null where it was not."""

    text = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    confidence = fields.Float(required=True, metadata={"description": "in [0, 1]"})
    how = fields.String(required=True, metadata={"description": "exact, alias, typo, homophone, …, unknown"})


def page_of(rows: list[Any], limit: int) -> dict[str, Any]:
    """A page as its schema dumps it: `next` is the last id where the page is full, else None."""
    return {"items": rows, "next": rows[-1].id if len(rows) == limit else None}


def with_members(row: Any, schema: type[Schema], **members: Any) -> dict[str, Any]:
    """A row's values by the fields of `schema`, and `members` that no row keeps, such as a new secret."""
    return {name: getattr(row, name) for name in schema().fields} | members
