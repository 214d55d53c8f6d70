"""What goes with a change of a posting's state, or of its openings."""

from marshmallow import fields, validate

from service.schemas.base import NOT_BLANK, Integer, Moment, StrictSchema
from service.schemas.posting_content import OPENINGS


class MayReasonIn(StrictSchema):
    """A change that may say why."""

    reason = fields.String(
        load_default="", validate=validate.Length(max=400), metadata={"description": "理由"}
    )


class ReasonIn(StrictSchema):
    """A change that says why."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(1, 400), NOT_BLANK],
        metadata={"description": "理由", "example": "工资与用人单位核实后再发"},
    )


class RenewalIn(StrictSchema):
    """A later end."""

    valid_until = Moment(required=True, metadata={"description": "有效期至"})


class HiresIn(StrictSchema):
    """People who were hired."""

    count = Integer(required=True, validate=OPENINGS, metadata={"description": "新入职人数", "example": 2})


class ReopeningIn(StrictSchema):
    """How many are wanted again."""

    openings_left = Integer(required=True, validate=OPENINGS, metadata={"description": "还缺人数"})


class OpeningsIn(StrictSchema):
    """How many are wanted in all; `openings_left` left out, the hires reported so far stay counted."""

    openings = Integer(required=True, validate=OPENINGS, metadata={"description": "招聘人数"})
    openings_left = Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 9999),
        metadata={"description": "剩余人数"},
    )
