"""工作人员 as they come in and go out."""

from marshmallow import Schema, fields, validate

from service.rules.access import Role
from service.schemas.base import NOT_BLANK, Pattern, StrictSchema


class StaffIn(StrictSchema):
    """A new account."""

    username = fields.String(
        required=True,
        validate=Pattern(r"^[a-z][a-z0-9_.-]{1,39}$", error="2 to 40 small letters, digits, . _ -"),
        metadata={"description": "用户名", "example": "wang.li"},
    )
    name = fields.String(
        required=True, validate=[validate.Length(1, 40), NOT_BLANK], metadata={"description": "姓名"}
    )
    role = fields.Enum(
        Role,
        by_value=True,
        required=True,
        metadata={"description": "administrator or bureau", "example": "bureau"},
    )


class PasswordIn(StrictSchema):
    """A change of one's own password."""

    current_password = fields.String(required=True, validate=validate.Length(1, 128))
    new_password = fields.String(
        required=True,
        validate=validate.Length(10, 128, error="密码须为 10 至 128 个字符。"),
        metadata={"description": "10 characters or more"},
    )


class StaffOut(Schema):
    """An account."""

    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    must_change_password = fields.Boolean()
    locked_until = fields.AwareDateTime(allow_none=True)
    disabled_at = fields.AwareDateTime(allow_none=True)
    created_at = fields.AwareDateTime()


class NewStaffOut(StaffOut):
    """An account with its one-time password."""

    one_time_password = fields.String(required=True, metadata={"description": "shown this once"})


class StaffPageOut(Schema):
    """A page of accounts by id."""

    items = fields.List(fields.Nested(StaffOut), required=True)
    next = fields.String(required=True, allow_none=True)
