"""用人单位 as it comes in and goes out."""

from marshmallow import Schema, fields, validate

from service.rules.lifecycle import EmployerState
from service.schemas.base import NOT_BLANK, REGION_CODE, PageArgs, Pattern, PublishedSchema, StrictSchema


def _text(longest: int, description: str) -> fields.String:
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=[validate.Length(1, longest), NOT_BLANK],
        metadata={"description": description},
    )


class EmployerIn(PublishedSchema):
    """An employer; null means "not stated"."""

    name = fields.String(
        required=True,
        validate=[validate.Length(1, 120), NOT_BLANK],
        metadata={"description": "单位名称", "example": "东港市前阳机械铸造有限公司"},
    )
    credit_code = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 40),
        metadata={"description": "统一社会信用代码; needed before the employer is verified"},
    )
    kind = _text(40, "单位类型")
    size = _text(40, "单位规模")
    industry = _text(80, "行业")
    region = fields.String(
        load_default=None,
        allow_none=True,
        validate=REGION_CODE,
        metadata={"description": "所在区划", "example": "210681104"},
    )
    address = _text(200, "单位地址")
    introduction = _text(5000, "单位简介")
    contact_name = _text(40, "联系人")
    contact_phone = fields.String(
        load_default=None,
        allow_none=True,
        validate=Pattern(r"^[0-9+() -]{5,30}$", error="不是电话号码。"),
        metadata={"description": "联系电话; never published"},
    )


class VerificationIn(StrictSchema):
    """What was seen when the employer was vetted (条例 26)."""

    documents = fields.List(
        fields.String(validate=[validate.Length(1, 80), NOT_BLANK]),
        required=True,
        validate=validate.Length(1, 10),
        metadata={"description": "核验材料", "example": ["营业执照", "经办人身份证件", "委托证明"]},
    )


class EmployerArgs(PageArgs):
    """Which employers to read."""

    state = fields.Enum(EmployerState, by_value=True)
    credit_code = fields.String(validate=validate.Length(1, 40))
    name = fields.String(
        validate=[validate.Length(1, 120), NOT_BLANK], metadata={"description": "part of the name"}
    )


class EmployerSummaryOut(Schema):
    """An employer in a list: without whom to call."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    kind = fields.String(allow_none=True)
    size = fields.String(allow_none=True)
    industry = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    introduction = fields.String(allow_none=True)
    state = fields.Enum(EmployerState, by_value=True, required=True)
    verified_at = fields.AwareDateTime(allow_none=True)
    verified_until = fields.AwareDateTime(allow_none=True, metadata={"description": "核验有效期至"})
    revision = fields.Integer(required=True)
    created_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()


class EmployerOut(EmployerSummaryOut):
    """An employer as the bureau and itself see it."""

    contact_name = fields.String(allow_none=True)
    contact_phone = fields.String(allow_none=True)


class EmployersPageOut(Schema):
    """A page of employers by id."""

    items = fields.List(fields.Nested(EmployerSummaryOut), required=True)
    next = fields.String(required=True, allow_none=True)
