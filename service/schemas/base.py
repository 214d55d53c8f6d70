"""What every schema shares."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

CURSOR = validate.Regexp(r"^[0-9a-z]{1,40}$", error="Not a cursor of this list.")
REGION_CODE = validate.Regexp(r"^(\d{6}|\d{9})$", error="Six or nine digits of the official division code.")


class StrictSchema(Schema):
    """Unknown members are refused: a misspelt field must not be dropped in silence."""

    class Meta:
        unknown = RAISE


class Integer(fields.Integer):
    """A whole number as JSON Schema means it: 408.0 is one, 408.5 and "408" are not."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(int(value))


class PageArgs(Schema):
    """Keyset paging: `after` is the `next` of the page before."""

    after = fields.String(validate=CURSOR)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
