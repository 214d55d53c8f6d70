"""Look-ups of regions, occupations, skills and licences by what people type."""

from marshmallow import Schema, fields, validate

from service.schemas.base import NOT_BLANK, StrictSchema


class LookupArgs(StrictSchema):
    """What was typed so far."""

    q = fields.String(
        required=True,
        validate=[validate.Length(1, 60), NOT_BLANK],
        metadata={"description": "characters, or the first letters of their pinyin", "example": "电焊"},
    )
    limit = fields.Integer(load_default=10, validate=validate.Range(1, 50))


class LookupHitOut(Schema):
    """One thing that may be meant."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    path = fields.String(
        required=True, metadata={"description": "where it stands, from the top; may be empty"}
    )
    confidence = fields.Float(required=True, metadata={"description": "in [0, 1]"})
    how = fields.String(required=True, metadata={"description": "exact, alias, typo, homophone, similar, …"})


class LookupOut(Schema):
    """What may be meant, surest first."""

    items = fields.List(fields.Nested(LookupHitOut), required=True)
