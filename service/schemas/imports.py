"""导入 as it comes in and goes out."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.schemas.base import Integer, Pattern
from service.schemas.posting_content import OPENINGS
from service.schemas.postings import NewPostingIn

_PROVIDER = Pattern(r"^[a-z0-9][a-z0-9_.-]{0,39}$", error="来源应为 40 个以内的小写字母、数字和 _ . -")
_DAYS = validate.Range(1, 365)
_OUTCOMES = ["accepted", "merged", "refused"]


class Judged(fields.Nested):
    """A member of a list that is judged alone: a wrong one becomes its ValidationError, not everybody's."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, *args, **kwargs)
        except ValidationError as error:
            return error


class _ImportIn(Schema):
    """Whose postings these are, and what fills a row that leaves something unsaid."""

    class Meta:
        unknown = RAISE

    provider = fields.String(
        validate=_PROVIDER,
        metadata={"description": "来源; left out, the bureau or the key's own employer", "example": "58"},
    )


class PostingsImportIn(_ImportIn):
    """A list of postings. What is wrong with one of them refuses that one alone."""

    openings = Integer(
        load_default=None,
        allow_none=True,
        validate=OPENINGS,
        metadata={"description": "招聘人数 where a posting does not tell; marked in its `defaults`"},
    )
    valid_days = Integer(
        load_default=None,
        allow_none=True,
        validate=_DAYS,
        metadata={"description": "有效期 in days where a posting does not tell; left out, the service's own"},
    )
    postings = fields.List(
        Judged(NewPostingIn), required=True, validate=validate.Length(min=1), metadata={"minItems": 1}
    )


class SheetIn(_ImportIn):
    """What goes with a file, as fields of the form."""

    openings = fields.Integer(
        load_default=None,
        validate=OPENINGS,
        metadata={"description": "招聘人数 where a row does not tell; marked in its `defaults`"},
    )
    valid_days = fields.Integer(
        load_default=None,
        validate=_DAYS,
        metadata={"description": "有效期 in days where a row does not tell; left out, the service's own"},
    )


class SheetUpload(SheetIn):
    """The form as it is documented, with its file."""

    file = fields.Raw(
        required=True,
        metadata={"type": "string", "format": "binary", "description": "xlsx, xls, et, ods or csv"},
    )


class ProblemOut(Schema):
    """Why a row was refused."""

    column = fields.String(required=True, metadata={"description": "the title of the column, or the field"})
    value = fields.String(required=True, metadata={"description": "without personal numbers"})
    reason = fields.String(required=True)


class WarningOut(Schema):
    """What to look at in an accepted row."""

    kind = fields.String(
        required=True,
        metadata={"description": "default, dropped, unread, inherited, wording, unknown or differs"},
    )
    column = fields.String(required=True)
    value = fields.String(required=True)
    message = fields.String(required=True)
    level = fields.String(required=True, metadata={"description": "of wording: block, review or inform"})
    article = fields.String(required=True)


class ReceiptOut(Schema):
    """What became of one row."""

    row = fields.Integer(required=True, metadata={"description": "as the sheet numbers it; from 1"})
    sheet = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(_OUTCOMES))
    action = fields.String(
        required=True, allow_none=True, metadata={"description": "created, updated or unchanged"}
    )
    posting_id = fields.String(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    merged_into = fields.Integer(
        required=True, allow_none=True, metadata={"description": "the row that says the same"}
    )
    problems = fields.List(fields.Nested(ProblemOut), required=True)
    warnings = fields.List(fields.Nested(WarningOut), required=True)
    filled = fields.List(fields.String(), required=True, metadata={"description": "by a default"})


class CountsOut(Schema):
    """accepted + merged + refused = read; created + updated + unchanged = accepted."""

    read = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    merged = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class ColumnOut(Schema):
    """How one column of a sheet was understood; `field` null where it was not, and not imported."""

    sheet = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)


class DefaultsOut(Schema):
    """What filled rows that left it unsaid."""

    openings = fields.Integer(required=True, allow_none=True)
    valid_days = fields.Integer(required=True, allow_none=True)


class ImportDetailOut(Schema):
    """By which defaults rows were filled, and how the columns of a sheet were understood."""

    defaults = fields.Nested(DefaultsOut, required=True)
    columns = fields.List(fields.Nested(ColumnOut))
    skipped_sheets = fields.List(fields.String(), metadata={"description": "sheets without a known header"})


class ImportOut(Schema):
    """An import with the receipt of every row, in their order."""

    id = fields.String(required=True)
    provider = fields.String(required=True)
    file_name = fields.String(required=True)
    digest = fields.String(required=True, metadata={"description": "SHA-256 of what was sent"})
    at = fields.AwareDateTime(required=True)
    counts = fields.Nested(CountsOut, required=True)
    detail = fields.Nested(ImportDetailOut, required=True)
    receipts = fields.List(fields.Nested(ReceiptOut), required=True)
