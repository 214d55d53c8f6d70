"""操作留痕 as it is asked for and goes out."""

from marshmallow import Schema, fields, validate

from service.schemas.base import StrictSchema


class AuditArgs(StrictSchema):
    """Which acts to read."""

    subject_kind = fields.String(load_default=None, validate=validate.Length(1, 20))
    subject_id = fields.String(load_default=None, validate=validate.Length(1, 80))
    actor_id = fields.String(load_default=None, validate=validate.Length(1, 40))
    after = fields.Integer(load_default=None, validate=validate.Range(1, 2**53))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class AuditOut(Schema):
    """操作留痕: one act."""

    id = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    actor_kind = fields.String(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    subject_kind = fields.String(required=True)
    subject_id = fields.String(required=True)
    from_state = fields.String(required=True, allow_none=True)
    to_state = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    detail = fields.Dict(required=True)


class AuditPageOut(Schema):
    """A page of the ledger, newest first."""

    items = fields.List(fields.Nested(AuditOut), required=True)
    next = fields.Integer(required=True, allow_none=True)
