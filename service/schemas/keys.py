"""API keys and sign-ins as they come in and go out."""

from marshmallow import Schema, fields, validate

from service.rules.access import Role
from service.schemas.base import IDENTIFIER, NOT_BLANK, Moment, StrictSchema


class KeyIn(StrictSchema):
    """What a new key may do."""

    role = fields.Enum(Role, by_value=True, required=True, metadata={"example": "operator"})
    label = fields.String(
        required=True,
        validate=[validate.Length(1, 80), NOT_BLANK],
        metadata={"description": "用途", "example": "公众号运营方"},
    )
    employer_id = fields.String(
        load_default=None,
        allow_none=True,
        validate=IDENTIFIER,
        metadata={"description": "用人单位, of role employer alone"},
    )
    expires_at = Moment(load_default=None, allow_none=True)


class KeyOut(Schema):
    """A key without its secret."""

    id = fields.String(required=True, metadata={"description": "the public part of the key"})
    role = fields.Enum(Role, by_value=True, required=True)
    label = fields.String(required=True)
    employer_id = fields.String(allow_none=True)
    created_by = fields.String()
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(allow_none=True)
    revoked_at = fields.AwareDateTime(allow_none=True)


class NewKeyOut(KeyOut):
    """A new key."""

    key = fields.String(required=True, metadata={"description": "prefix.secret, shown this once"})


class KeysPageOut(Schema):
    """A page of keys by id."""

    items = fields.List(fields.Nested(KeyOut), required=True)
    next = fields.String(required=True, allow_none=True)


class SignInIn(StrictSchema):
    """A staff member's name and password."""

    username = fields.String(required=True, validate=validate.Length(1, 40))
    password = fields.String(required=True, validate=validate.Length(1, 128))


class SessionOut(Schema):
    """A short key."""

    key = fields.String(required=True, metadata={"description": "Authorization: Bearer <key>"})
    role = fields.Enum(Role, by_value=True, required=True)
    expires_at = fields.AwareDateTime(required=True)
    must_change_password = fields.Boolean(
        required=True, metadata={"description": "until then the key does nothing but that"}
    )
