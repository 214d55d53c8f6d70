"""Everything that is kept about one person, as it is handed out (个人信息保护法 45)."""

from marshmallow import Schema, fields

from service.rules.lifecycle import SeekerState
from service.schemas.audit import AuditOut
from service.schemas.seekers import ProfileOut


class ExportPersonOut(Schema):
    """The person, unmasked: it is the person's own."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    state = fields.Enum(SeekerState, by_value=True, required=True)
    consent_version = fields.String(required=True)
    consented_at = fields.DateTime(required=True)
    shares_with_employers_at = fields.DateTime(allow_none=True, required=True)
    subscribed_at = fields.DateTime(allow_none=True, required=True)
    subscriber_id = fields.String(allow_none=True, required=True)
    registered_by = fields.String(allow_none=True, required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ExportMatchOut(Schema):
    """A stored match."""

    posting_id = fields.String(required=True)
    total = fields.Float(required=True)
    conditional = fields.Boolean(required=True)
    scores = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    policy = fields.String(required=True)
    at = fields.DateTime(required=True)


class ExportOut(Schema):
    """All of it."""

    person = fields.Nested(ExportPersonOut, required=True)
    profile = fields.Nested(ProfileOut, required=True)
    matches = fields.List(fields.Nested(ExportMatchOut), required=True)
    acts = fields.List(fields.Nested(AuditOut), required=True)
